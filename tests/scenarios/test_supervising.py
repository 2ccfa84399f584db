"""A leader on the calls of others, on a whole system: listens, whispers, joins, takes over, and all of it is kept (C7).

And a telephone that is none of ours: only a key lets a customer through to it (A14).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.agents import AgentState, Moment
from fs_control.events import SuperviseRequested
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.records import Action, CallRecord, OfferResult, SuperviseMode, SuperviseWish
from fs_control.store.supervision_log import PostgresSupervisionLog
from fs_control.virtual_switch.script import CallerScript, HangUp, PhoneBehaviour, Press, Step, Wait, WaitForAnswer
from tests.scenarios.house import House, kinds

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
  - {number: "8100", name: 李雷, phone: "1002"}
  - {number: "8200", name: 韩梅, phone: "1003"}
  - {number: "8300", name: 张伟, phone: "1004"}
groups:
  - {name: sales, ring: 5, members: ["8001"]}
numbers:
  - {number: "4001000001", flow: sales}
"""

FLOW = """
flow: sales
language: zh
start: line
steps:
  line: {do: queue, group: sales, wait_at_most: 60, served: goodbye, waited_too_long: end, nobody_signed_in: end}
  goodbye: {do: play, prompt: goodbye, next: end}
  end: {do: hangup}
"""
ANSWERS = PhoneBehaviour(answer_after=0.4)
MOBILE = "13900139000"


@pytest.fixture
def office(house: House, tmp_path: Path) -> House:
    """An agent who serves the callers of sales, and three leaders, of whom the last one's phone never registers."""
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "sales.yaml").write_text(FLOW, "utf-8")
    house.configure(DIRECTORY, tmp_path / "flows")
    for phone in ("1001", "1002", "1003"):
        house.phone(phone, ANSWERS)
    for leader in ("8100", "8200", "8300"):
        house.type(f"agent set {leader} --right leader")
    assert house.engine.load_directory()
    house.sign_in("8001")
    return house


def talking(house: House, *steps: Step) -> str:
    """A customer talks with 8001."""
    leg = house.call(CallerScript("4001000001", "13800138000", b"", (WaitForAnswer(), *steps)))
    house.wait_until("8001", Moment.TALKING)
    return leg


def ask(house: House, wish: SuperviseWish, leader: str = "8100") -> None:
    who, whose = house.agent(leader), house.agent("8001")
    house.engine.requests.ask(
        lambda request: SuperviseRequested(request=request, leader=who, agent=whose, by="test", wish=wish)
    )


def modes(house: House) -> set[SuperviseMode]:
    """How leaders are on a call at this moment."""
    return {watch.mode for watch in house.engine.centre.supervised.values() if watch.began_at is not None}


def is_in(house: House, mode: SuperviseMode) -> None:
    house.wait_for(lambda: modes(house) == {mode})


def kept(house: House) -> list[tuple[str, str, SuperviseMode]]:
    """The log in the database, the oldest first."""
    house.settle()
    entries = PostgresSupervisionLog(house.database, DEFAULT_ENTERPRISE).newest(100)[::-1]
    return [(entry.leader_number, entry.agent_number, entry.mode) for entry in entries]


def end(house: House, leg: str) -> CallRecord:
    """The agent puts the phone down; the customer hears a sentence, and the call is over."""
    house.act("8001", Action.HANG_UP)
    return house.record_of(leg)


def test_C7_listen_whisper_and_join_and_every_use_is_kept(office: House) -> None:
    """Listen/whisper/barge start and end without a click audible to the customer and are audited."""
    leg = talking(office)
    ask(office, SuperviseWish.LISTEN)
    is_in(office, SuperviseMode.LISTEN)
    assert office.moment("8100") is Moment.SUPERVISING
    for wish, mode in (
        (SuperviseWish.WHISPER, SuperviseMode.WHISPER),
        (SuperviseWish.JOIN, SuperviseMode.JOIN),
        (SuperviseWish.LISTEN, SuperviseMode.LISTEN),
    ):
        ask(office, wish)
        is_in(office, mode)
    ask(office, SuperviseWish.STOP)
    office.wait_for(lambda: office.moment("8100") is Moment.SIGNED_OUT)
    assert office.moment("8001") is Moment.TALKING
    record = end(office, leg)
    assert [offer.result for offer in record.offers] == [OfferResult.ACCEPTED]
    assert kept(office) == [
        ("8100", "8001", mode)
        for mode in (SuperviseMode.LISTEN, SuperviseMode.WHISPER, SuperviseMode.JOIN, SuperviseMode.LISTEN)
    ]


def test_C7_the_leaders_own_keys_do_the_same(office: House) -> None:
    """With nothing but a phone: 2 whispers, 3 joins, 1 listens, * leaves."""
    keys = (Wait(1), Press("2"), Wait(1), Press("3"), Wait(1), Press("1"), Wait(1), Press("*"))
    office.phone("1002", PhoneBehaviour(answer_after=0.4, steps=keys))
    leg = talking(office)
    ask(office, SuperviseWish.LISTEN)
    office.wait_for(lambda: office.moment("8100") is Moment.SUPERVISING)
    office.wait_for(lambda: office.moment("8100") is Moment.SIGNED_OUT)
    assert office.moment("8001") is Moment.TALKING
    end(office, leg)
    assert [mode for _, _, mode in kept(office)] == [
        SuperviseMode.LISTEN,
        SuperviseMode.WHISPER,
        SuperviseMode.JOIN,
        SuperviseMode.LISTEN,
    ]


def test_C7_a_leader_takes_the_customer_over(office: House) -> None:
    """The leader has the customer, the agent's part is over, and one record tells of both."""
    leg = talking(office)
    ask(office, SuperviseWish.LISTEN)
    is_in(office, SuperviseMode.LISTEN)
    ask(office, SuperviseWish.TAKE)
    office.wait_until("8100", Moment.TALKING)
    office.wait_until("8001", Moment.IDLE)
    office.wait_for(lambda: len(office.stage.snapshot().channels) == 2)
    office.act("8100", Action.HANG_UP)
    record = office.record_of(leg)
    assert [office.number_of(offer.agent) for offer in record.offers] == ["8001", "8100"]
    talks = [office.number_of(segment.agent) for segment in record.segments if segment.kind.value == "talk"]
    assert talks == ["8001", "8100"]
    assert [mode for _, _, mode in kept(office)] == [SuperviseMode.LISTEN, SuperviseMode.TAKE]


def test_C7_listening_ends_with_the_talk(office: House) -> None:
    """Nobody listens to a customer whom the agent has no more."""
    leg = talking(office)
    for leader in ("8100", "8200"):
        ask(office, SuperviseWish.LISTEN, leader)
    office.wait_for(lambda: len(office.engine.centre.supervised) == 2 and modes(office) == {SuperviseMode.LISTEN})
    end(office, leg)
    assert len(kept(office)) == 2
    assert office.moment("8100") is Moment.SIGNED_OUT


def test_C7_hold_and_resume_leave_it_alone(office: House) -> None:
    """The leader stays while the customer is on hold."""
    leg = talking(office)
    ask(office, SuperviseWish.WHISPER)
    is_in(office, SuperviseMode.WHISPER)
    office.act("8001", Action.HOLD)
    office.wait_until("8001", Moment.HELD)
    office.act("8001", Action.RESUME)
    office.wait_until("8001", Moment.TALKING)
    assert modes(office) == {SuperviseMode.WHISPER}
    record = end(office, leg)
    assert "hold" in [kind.value for kind in kinds(record)]


def test_C7_a_customer_who_leaves_ends_it_too(office: House) -> None:
    """All are free when the customer is gone."""
    leg = talking(office, Wait(6), HangUp())
    ask(office, SuperviseWish.LISTEN)
    is_in(office, SuperviseMode.LISTEN)
    office.record_of(leg)
    assert kept(office) == [("8100", "8001", SuperviseMode.LISTEN)]


def test_C7_a_leader_whose_phone_is_not_there_is_free_again(office: House) -> None:
    """No leg was ever made: the switch's answer is all that comes."""
    leg = talking(office)
    ask(office, SuperviseWish.LISTEN, "8300")
    office.wait_for(lambda: not office.engine.centre.supervised)
    office.wait_for(lambda: office.engine.centre.agents[office.agent("8300")].state is AgentState.IDLE)
    end(office, leg)
    assert kept(office) == []


def test_C7_the_commands_say_what_is_done_and_the_log_shows_it(office: House) -> None:
    """`supervise log` is read from the database."""
    leg = talking(office)
    ask(office, SuperviseWish.LISTEN)
    is_in(office, SuperviseMode.LISTEN)
    end(office, leg)
    kept(office)
    shown = office.type("supervise log --leader 8100")
    assert "listened" in shown
    assert "8001" in shown


# --- press 1 to accept ----------------------------------------------------------------------------------------------


def on_mobile(house: House, *steps: Step) -> None:
    """8001 is at an ordinary telephone, on which somebody, or a voicemail, does this."""
    house.outsider(MOBILE, PhoneBehaviour(answer_after=0.4, steps=steps))
    house.type(f"agent set 8001 --terminal phone={MOBILE} --default-terminal phone")
    assert house.engine.load_directory()
    house.sign_out("8001")
    house.sign_in("8001")


def test_A14_a_voicemail_never_gets_a_customer(office: House) -> None:
    """Who answers and presses nothing is not joined; the customer hears music all the time."""
    on_mobile(office)
    leg = office.call(CallerScript("4001000001", "13800138000", b"", (WaitForAnswer(), Wait(32), HangUp())))
    record = office.record_of(leg)
    assert record.offers[0].result is not OfferResult.ACCEPTED
    assert "talk" not in [kind.value for kind in kinds(record)]


def test_A14_whoever_presses_1_has_the_customer(office: House) -> None:
    """The key accepts the call."""
    on_mobile(office, Wait(1.5), Press("1"))
    leg = talking(office)
    record = end(office, leg)
    assert [offer.result for offer in record.offers] == [OfferResult.ACCEPTED]
