"""The keys of an agent's desk phone on a whole system: hold, blind and attended transfer, and leaving while holding."""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.errors import UserMistake
from fs_control.events import ActionRequested
from fs_control.records import Action, CallRecord, EndedBy, SegmentKind
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    Hold,
    PhoneBehaviour,
    Refer,
    ReferWithReplaces,
    Resume,
    Wait,
    WaitForAnswer,
    WaitForTalk,
)
from tests.freeswitch.sipp_stage import SippStage
from tests.scenarios.house import House, kinds

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
  - {number: "8002", name: 李雷, phone: "1002", extension: "802"}
groups:
  - {name: sales, ring: 5, members: ["8001"]}
  - {name: experts, ring: 5, members: ["8002"]}
numbers:
  - {number: "4001000001", flow: sales}
  - {number: "4001000002", flow: expert}
"""
FLOWS = {
    "sales": """
flow: sales
language: zh
start: line
steps:
  line: {do: queue, group: sales, served: served, nobody_free: closed, nobody_signed_in: closed}
  served: {do: play, prompt: goodbye, next: end}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
""",
    "expert": """
flow: expert
language: zh
start: agent
steps:
  agent: {do: agent, agent: "8002", ring: 5, served: end, busy: end, no_answer: end, not_signed_in: end}
  end: {do: hangup}
""",
}
SALES, EXPERT = "4001000001", "4001000002"
CALLER = CallerScript(SALES, "13800138000", steps=(WaitForAnswer(), WaitForTalk()))
ANSWERS = PhoneBehaviour(answer_after=0.4, talk=2.0)
HELD = (SegmentKind.TALK, SegmentKind.HOLD, SegmentKind.TALK)


@pytest.fixture
def keyed(house: House, tmp_path: Path) -> House:
    """A house in which two agents with desk phones are there."""
    folder = tmp_path / "flows"
    folder.mkdir()
    for name, text in FLOWS.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    house.configure(DIRECTORY, flows=folder)
    return house


def at_desk(house: House, *keys: object, then: float | None = None) -> None:
    """Agent 8001's phone does this after its answer; agent 8002 answers and hangs up after two seconds."""
    steps = (Wait(1.0), *keys)
    house.phone("1001", PhoneBehaviour(answer_after=0.4, steps=steps, talk=then))  # type: ignore[arg-type]
    house.phone("1002", ANSWERS)
    house.sign_in("8001", "8002")


def spent(record: CallRecord) -> list[SegmentKind]:
    """What the customer's time was spent on with agents."""
    return [kind for kind in kinds(record) if kind in (SegmentKind.TALK, SegmentKind.HOLD)]


def talked_with(house: House, record: CallRecord) -> list[str | None]:
    return [house.number_of(each.agent) for each in record.segments if each.kind is SegmentKind.TALK]


def wait_until_held(house: House) -> None:
    house.wait_for(lambda: any(live.call.talk.by_phone for live in house.engine.centre.calls.values()))


def act(house: House, action: Action) -> None:
    """Agent 8001 asks for something by other means than the phone's keys."""
    agent = house.agent("8001")
    house.engine.requests.ask(lambda request: ActionRequested(request=request, agent=agent, by="test", action=action))


def heard(house: House, leg: str) -> str:
    return " ".join(house.stage.journal(leg).heard())


def heard_since_talk(house: House, leg: str) -> str:
    """What the caller heard since the first talk began; the music before that is that of the line."""
    notes = house.stage.journal(leg).notes
    begun = [note.kind for note in notes].index("talk_start")
    return " ".join(note.detail for note in notes[begun:] if note.kind == "prompt_start")


def test_C2_who_is_held_by_the_phone_hears_our_music_and_is_taken_back(keyed: House) -> None:
    """Acceptance: the customer hears the configured music during hold; resume restores; hold seconds are on the CDR."""
    at_desk(keyed, Hold(), Wait(2.0), Resume(), Wait(1.0), HangUp())
    leg = keyed.call(CALLER)
    record = keyed.record_of(leg)
    assert spent(record) == list(HELD)
    assert talked_with(keyed, record) == ["8001", "8001"]
    assert "hold.wav" in heard_since_talk(keyed, leg)
    assert "goodbye" in heard(keyed, leg)  # the flow has gone on after the talk


def test_C2_who_is_held_when_the_agent_leaves_comes_back_and_is_not_cut_off(keyed: House) -> None:
    at_desk(keyed, Hold(), Wait(1.0), HangUp())
    leg = keyed.call(CALLER)
    record = keyed.record_of(leg)
    assert spent(record)[:2] == [SegmentKind.TALK, SegmentKind.HOLD]
    assert "goodbye" in heard(keyed, leg)
    assert record.ended_by is EndedBy.FLOW


def test_C2_a_hold_of_the_phone_is_not_ended_by_request(keyed: House) -> None:
    at_desk(keyed, Hold(), Wait(3.0), HangUp())
    leg = keyed.call(CALLER)
    wait_until_held(keyed)
    with pytest.raises(UserMistake, match="held_by_phone"):
        act(keyed, Action.RESUME)
    keyed.record_of(leg)


@pytest.mark.parametrize("first", [(), (Hold(), Wait(1.0))], ids=["at once", "held"])
def test_C3_the_transfer_key_hands_the_customer_to_the_colleague(keyed: House, first: tuple[object, ...]) -> None:
    """Acceptance: after the transfer the customer talks to the target, and the agent's own call has ended."""
    at_desk(keyed, *first, Refer("8002"))
    leg = keyed.call(CALLER)
    record = keyed.record_of(leg)
    assert talked_with(keyed, record) == ["8001", "8002"]
    assert [step.kind for step in record.steps if step.kind == "transferred"] == ["transferred"]
    assert "goodbye" in heard(keyed, leg)


def test_C3_who_is_sent_to_nobody_comes_back_to_the_agent(keyed: House) -> None:
    """Acceptance: a failed target returns the customer to the agent."""
    keyed.phone("1002", ANSWERS)
    keyed.phone("1001", PhoneBehaviour(answer_after=0.4, steps=(Wait(1.0), Refer("99"))), ANSWERS)
    keyed.sign_in("8001")
    record = keyed.record_of(keyed.call(CALLER))
    assert talked_with(keyed, record) == ["8001", "8001"]


@pytest.mark.parametrize("number", [EXPERT, "802"], ids=["by a flow", "by extension"])
def test_C4_a_phone_joins_the_customer_with_the_colleague_it_has_asked(keyed: House, number: str) -> None:
    """Attended transfer by the phone's own keys: hold, call the colleague, join (REFER with Replaces)."""
    at_desk(keyed, Hold(), Wait(4.0), ReferWithReplaces())
    leg = keyed.call(CALLER)
    wait_until_held(keyed)
    keyed.phone("1002", PhoneBehaviour(answer_after=0.4, talk=7.0))
    own = keyed.call(CallerScript(number, phone="1001", steps=(WaitForAnswer(), WaitForTalk())))
    record = keyed.record_of(leg)
    assert talked_with(keyed, record) == ["8001", "8002"]
    assert spent(record) == [SegmentKind.TALK, SegmentKind.HOLD, SegmentKind.TALK]
    assert "goodbye" in heard(keyed, leg)
    assert keyed.record_of(own).ended_by is EndedBy.AGENT


def test_C4_a_customer_sent_to_a_phone_that_still_rings_is_rung_through(keyed: House) -> None:
    """REFER with Replaces of a call that is not answered yet: the customer hears music, and then the colleague."""
    if not isinstance(keyed.stage, SippStage):
        pytest.skip("the virtual switch does not join calls that ring")
    at_desk(keyed, Hold(), Wait(3.0), ReferWithReplaces())
    leg = keyed.call(CALLER)
    wait_until_held(keyed)
    keyed.phone("1002", PhoneBehaviour(answer_after=30.0), ANSWERS)
    keyed.call(CallerScript("802", phone="1001"))
    record = keyed.record_of(leg)
    assert talked_with(keyed, record) == ["8001", "8002"]
    assert "goodbye" in heard(keyed, leg)
