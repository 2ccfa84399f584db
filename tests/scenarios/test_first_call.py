"""The first call: dials, hears the flow, presses a key, waits, talks, hangs up; its record is in PostgreSQL."""

from __future__ import annotations

import pytest

from fs_control.ids import NumberKind
from fs_control.records import CallRecord, Disposition, EndedBy, OfferResult, SegmentKind
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
    Reaction,
    Step,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
    WaitForTalk,
)
from fs_control.virtual_switch.script import Press as PressKeys
from tests.scenarios.house import House, kinds

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
  - {number: "8002", name: 李雷, phone: "1002"}
  - {number: "8003", name: 陈静, phone: "1003"}
groups:
  - {name: sales, ring: 3, members: ["8001", "8002"]}
  - {name: service, ring: 3, members: ["8002", "8003"]}
numbers:
  - {number: "4001234567", flow: main}
  - {number: "4000000001"}
  - {number: "4000000002", flow: main, max_calls: 1}
"""

QUICK = PhoneBehaviour(answer_after=0.4)
TALKS = PhoneBehaviour(answer_after=0.4, talk=2.0)
IN_MENU = (WaitForAnswer(), WaitForPrompt("main-menu"), Wait(0.5))
TALKING = WaitForTalk()


def caller(*steps: Step, number: str = "4001234567", who: str = "13800138000", name: bytes = b"") -> CallerScript:
    """Somebody who calls a service number."""
    return CallerScript(number, who, name, steps)


def press(key: str) -> tuple[Step, ...]:
    """Listen to the menu and choose."""
    return (*IN_MENU, PressKeys(key))


@pytest.fixture(autouse=True)
def configured(house: House) -> None:
    """Three agents in two groups, one of them in both."""
    house.configure(DIRECTORY)


def answered_by(house: House, record: CallRecord) -> list[str | None]:
    """Return the agents who talked in a call."""
    return [house.number_of(segment.agent) for segment in record.segments if segment.kind is SegmentKind.TALK]


def results(house: House, record: CallRecord) -> list[tuple[str | None, OfferResult | None]]:
    """Return whom the caller was offered to, and what came of it."""
    return [(house.number_of(offer.agent), offer.result) for offer in record.offers]


# --- the whole way -------------------------------------------------------------------------------------------------


def test_D1_a_call_goes_the_whole_way_and_its_segments_add_up(house: House) -> None:
    """Exactly one call row per customer call in Postgres plus one row per leg/segment; segments add up to the call's
    duration.
    """
    house.phone("1001", QUICK)
    house.sign_in("8001")
    record = house.play(caller(*press("1"), TALKING, Wait(3), HangUp()))
    assert record.disposition is Disposition.ANSWERED
    assert kinds(record) == [SegmentKind.IVR, SegmentKind.RING, SegmentKind.TALK]
    assert record.ended_by is EndedBy.CALLER
    assert results(house, record) == [("8001", OfferResult.ACCEPTED)]


def test_D8_the_agents_row_tells_ring_talk_and_who_ended_it(house: House) -> None:
    """Per agent: offered, ring seconds, answered, talk, hold, consult, end cause."""
    house.phone("1001", TALKS)
    house.sign_in("8001")
    record = house.play(caller(*press("1")))
    (offer,) = record.offers
    assert offer.ringing_at is not None
    assert offer.answered_at is not None
    assert offer.ended_at is not None
    assert offer.offered_at <= offer.ringing_at < offer.answered_at < offer.ended_at
    assert offer.cause == "NORMAL_CLEARING"
    assert record.ended_by is EndedBy.AGENT
    assert record.segments[-1].ended_by is EndedBy.AGENT


def test_C1_the_agent_is_on_call_from_the_answer_and_free_after_it(house: House) -> None:
    """State changes exactly at answer; reject moves the call on and the same agent is not offered that call again."""
    house.phone("1001", PhoneBehaviour(answer_after=2.0))
    house.sign_in("8001")
    leg = house.call(caller(*press("1"), TALKING, Wait(2), HangUp()))
    agent = house.agent("8001")
    seen: list[str] = []
    house.wait_for(lambda: _note(seen, house.engine.centre.agents[agent].state) == "on_call")
    house.record_of(leg)
    assert seen == ["idle", "reserved", "ringing", "on_call"] or seen == ["idle", "ringing", "on_call"]
    assert house.engine.centre.agents[agent].state == "idle"


def _note(seen: list[str], state: str) -> str:
    if not seen or seen[-1] != state:
        seen.append(state)
    return state


# --- the menu ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "agent"), [("1", "8001"), ("2", "8003")])
def test_N3_each_key_leads_to_its_own_queue(house: House, key: str, agent: str) -> None:
    """Key 1 and key 2 land in two different queues; wrong key and no key each follow their own configured branch
    with a retry limit.
    """
    for phone in ("1001", "1003"):
        house.phone(phone, TALKS)
    house.sign_in("8001", "8003")
    assert answered_by(house, house.play(caller(*press(key)))) == [agent]


def test_N3_a_wrong_key_is_told_and_asked_again_up_to_the_limit(house: House) -> None:
    """Wrong key and no key each follow their own configured branch with a retry limit."""
    house.sign_in()
    wrong = (WaitForPrompt("main-menu"), Wait(0.5), PressKeys("9"))
    leg = house.call(caller(WaitForAnswer(), *wrong, *wrong, *wrong))
    record = house.record_of(leg)
    assert [step.detail for step in record.steps if step.kind == "wrong_key"] == ["9", "9", "9"]
    heard = [path.rpartition("/")[2].removesuffix(".wav") for path in house.stage.journal(leg).heard()]
    assert heard.count("wrong-key") == 2
    assert heard[-1] == "goodbye"
    assert record.disposition is Disposition.ENDED_BY_FLOW


def test_N3_no_key_follows_its_own_branch(house: House) -> None:
    """Wrong key and no key each follow their own configured branch with a retry limit."""
    house.phone("1001", TALKS)
    house.sign_in("8001")
    record = house.play(caller(WaitForAnswer()))
    assert [step.kind for step in record.steps].count("no_key") == 3
    assert answered_by(house, record) == ["8001"]


# --- who is rung ---------------------------------------------------------------------------------------------------


def test_Q1_an_agent_in_two_groups_is_offered_calls_from_both(house: House) -> None:
    """An agent in two queues is offered calls from both."""
    house.phone("1002", TALKS)
    house.sign_in("8002")
    assert answered_by(house, house.play(caller(*press("1")))) == ["8002"]
    assert answered_by(house, house.play(caller(*press("2")))) == ["8002"]


def test_Q6_the_agent_whose_last_call_ended_earliest_is_rung(house: House) -> None:
    """Agent whose last call ended earliest is offered, even if they went busy→idle a moment ago."""
    for phone in ("1001", "1002"):
        house.phone(phone, TALKS)
    house.sign_in("8001", "8002")
    talked = [answered_by(house, house.play(caller(*press("1"))))[0] for _ in range(3)]
    assert talked == ["8001", "8002", "8001"]


FAILURES = [
    (PhoneBehaviour(Reaction.BUSY), OfferResult.BUSY),
    (PhoneBehaviour(Reaction.DECLINE), OfferResult.DECLINED),
    (PhoneBehaviour(Reaction.NO_ANSWER), OfferResult.NO_ANSWER),
    (PhoneBehaviour(Reaction.UNREACHABLE), OfferResult.UNREACHABLE),
]


@pytest.mark.parametrize(("behaviour", "result"), FAILURES)
def test_C1_a_failed_offer_goes_on_to_the_next_agent(
    house: House, behaviour: PhoneBehaviour, result: OfferResult
) -> None:
    """Reject moves the call on and the same agent is not offered that call again."""
    house.phone("1001", behaviour)
    house.phone("1002", TALKS)
    house.sign_in("8001", "8002")
    record = house.play(caller(*press("1")))
    assert results(house, record) == [("8001", result), ("8002", OfferResult.ACCEPTED)]


def test_C1_an_unregistered_phone_goes_on_to_the_next_agent(house: House) -> None:
    """Reject moves the call on and the same agent is not offered that call again."""
    house.phone("1002", TALKS)
    house.sign_in("8001", "8002")
    record = house.play(caller(*press("1")))
    assert results(house, record) == [("8001", OfferResult.UNREGISTERED), ("8002", OfferResult.ACCEPTED)]


def test_C1_who_declined_is_not_offered_this_caller_again_while_another_is_signed_in(house: House) -> None:
    """Reject moves the call on and the same agent is not offered that call again."""
    house.phone("1001", PhoneBehaviour(Reaction.DECLINE), QUICK)
    house.phone("1002", PhoneBehaviour(Reaction.NO_ANSWER), PhoneBehaviour(Reaction.NO_ANSWER), TALKS)
    house.sign_in("8001", "8002")
    record = house.play(caller(*press("1")))
    assert [who for who, _ in results(house, record)] == ["8001", "8002", "8002", "8002"]


def test_C1_who_declined_is_asked_again_after_a_minute_where_nobody_else_is_signed_in(house: House) -> None:
    """One who declined is not offered this caller again unless nobody else is signed in, then after 60 s."""
    house.phone("1001", PhoneBehaviour(Reaction.DECLINE), TALKS)
    house.sign_in("8001")
    record = house.play(caller(*press("1")))
    first, second = record.offers
    assert first.ended_at is not None
    assert second.offered_at - first.ended_at >= 60_000_000 - 50_000  # our timer, the switch's clock: a tick apart
    assert second.result is OfferResult.ACCEPTED


def test_Q13_two_callers_for_one_agent_are_served_one_after_the_other(house: House) -> None:
    """No offer is made to an agent that is not idle at offer time, and no agent has two offers."""
    house.phone("1001", TALKS)
    house.sign_in("8001")
    legs = [house.call(caller(*press("1"), who=f"1380013800{n}")) for n in range(2)]
    first, second = sorted((house.record_of(leg) for leg in legs), key=lambda record: record.offers[0].offered_at)
    assert kinds(second) == [SegmentKind.IVR, SegmentKind.LINE, SegmentKind.RING, SegmentKind.TALK]
    assert first.offers[0].ended_at is not None
    assert second.offers[0].offered_at >= first.offers[0].ended_at


# --- the caller leaves ---------------------------------------------------------------------------------------------

LEAVES = {
    "before the answer": ((HangUp(),), Disposition.ABANDONED_IN_IVR),
    "in the greeting": ((WaitForAnswer(), Wait(0.5), HangUp()), Disposition.ABANDONED_IN_IVR),
    "in the menu": ((*IN_MENU, HangUp()), Disposition.ABANDONED_IN_IVR),
    "while the phone rings": ((*press("1"), WaitForPrompt("hold"), Wait(1), HangUp()), Disposition.ABANDONED_RINGING),
}


@pytest.mark.parametrize("moment", LEAVES)
def test_C1_a_caller_who_leaves_frees_everybody(house: House, moment: str) -> None:
    """The caller leaving at any moment frees everybody."""
    house.phone("1001", PhoneBehaviour(Reaction.NO_ANSWER), TALKS)
    house.sign_in("8001")
    steps, disposition = LEAVES[moment]
    record = house.play(caller(*steps))
    assert (record.disposition, record.ended_by) == (disposition, EndedBy.CALLER)
    assert house.engine.centre.agents[house.agent("8001")].state == "idle"
    house.wait_for(lambda: not house.stage.snapshot().channels)  # a switch keeps a dead channel for its last events


def test_a_caller_who_leaves_the_line_is_not_offered_any_more(house: House) -> None:
    """The caller leaving at any moment frees everybody."""
    house.phone("1001", PhoneBehaviour(answer_after=0.2, talk=12.0))
    house.sign_in("8001")
    busy = house.call(caller(*press("1")))
    house.wait_for(lambda: house.engine.centre.agents[house.agent("8001")].state == "on_call")
    record = house.play(caller(*press("1"), WaitForPrompt("hold"), Wait(1), HangUp(), who="13900139000"))
    assert record.disposition is Disposition.ABANDONED_IN_LINE
    assert record.offers == ()
    assert answered_by(house, house.record_of(busy)) == ["8001"]


# --- the door ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "disposition", "prompt"),
    [
        ("4009999999", Disposition.NO_NUMBER, "no-number"),
        ("4000000001", Disposition.NO_FLOW, "no-flow"),
    ],
)
def test_N1_a_number_without_a_flow_is_refused_in_words(
    house: House, number: str, disposition: Disposition, prompt: str
) -> None:
    """A call to a number with no bound flow is refused and leaves a CDR with reason `no_flow`."""
    leg = house.call(caller(number=number))
    record = house.record_of(leg)
    assert (record.disposition, record.ended_by) == (disposition, EndedBy.CENTRE)
    assert [path.rpartition("/")[2] for path in house.stage.journal(leg).heard()] == [f"{prompt}.wav"]


def test_N13_with_nobody_signed_in_the_caller_hears_so(house: House) -> None:
    """At 03:00 with nobody signed in a call is answered by the flow and ends in message/hang-up, never in silence or
    a busy tone.
    """
    leg = house.call(caller(*press("1")))
    record = house.record_of(leg)
    assert record.disposition is Disposition.NOBODY_SIGNED_IN
    assert record.answered_at is not None
    assert house.stage.journal(leg).heard()[-2].endswith("nobody-signed-in.wav")


def test_a_number_that_is_full_says_so_and_the_first_call_goes_on(house: House) -> None:
    """Admission: limits per number; over them the caller hears why and the record says so."""
    first = house.call(caller(*IN_MENU, Wait(3), HangUp(), number="4000000002"))
    house.wait_for(lambda: house.engine.centre.admitted == 1)
    second = house.call(caller(number="4000000002"))
    assert house.record_of(second).disposition is Disposition.NUMBER_FULL
    assert house.stage.journal(second).heard()[-1].endswith("number-full.wav")
    assert house.record_of(first).disposition is Disposition.ABANDONED_IN_IVR


# --- who calls -----------------------------------------------------------------------------------------------------


def test_a_name_in_gbk_arrives_readable_in_the_record_and_on_the_phone(house: House) -> None:
    """Caller names from Chinese carriers are often GBK."""
    house.phone("1001", TALKS)
    house.sign_in("8001")
    record = house.play(caller(*press("1"), name="王小明".encode("gb18030")))
    assert record.caller_name == "王小明"
    assert record.disposition is Disposition.ANSWERED


@pytest.mark.parametrize(
    ("raw", "kind", "e164"),
    [
        ("013800138000", NumberKind.REGULAR, "+8613800138000"),
        ("008613800138000", NumberKind.REGULAR, "+8613800138000"),
        ("anonymous", NumberKind.ANONYMOUS, None),
    ],
)
def test_O12_the_callers_number_is_read_and_its_raw_form_kept(
    house: House, raw: str, kind: NumberKind, e164: str | None
) -> None:
    """Normaliser table test both directions; a stored number matches all its written forms."""
    record = house.play(caller(WaitForAnswer(), HangUp(), who=raw))
    assert (record.caller.raw, record.caller.kind, record.caller.e164) == (raw, kind, e164)
