"""Talks without a line, on a whole system: one agent whom the flow names, a number outside, and nobody to wait for."""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.agents import AgentStatus
from fs_control.ids import NO_GROUP
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
from tests.scenarios.house import House, kinds

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
  - {number: "8002", name: 李雷, phone: "1002"}
groups:
  - {name: sales, ring: 5, members: ["8001"]}
numbers:
  - {number: "4001000001", flow: reach}
  - {number: "4001000002", flow: dial}
  - {number: "4001000003", flow: sales}
"""

LAST_WORDS = """
  served: {do: play, prompt: goodbye, next: end}
  busy: {do: play, prompt: wrong-key, next: end}
  no-answer: {do: play, prompt: no-key, next: end}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
"""
"""What a caller hears tells by which exit they came."""

FLOWS = {
    "reach": """
flow: reach
language: zh
start: welcome
steps:
  welcome: {do: play, prompt: welcome, next: agent}
  agent: {do: agent, agent: "8001", ring: 5, served: served, busy: busy, no_answer: no-answer, not_signed_in: closed}
"""
    + LAST_WORDS,
    "dial": """
flow: dial
language: zh
start: welcome
steps:
  welcome: {do: play, prompt: welcome, next: branch}
  branch: {do: dial, number: "02112345678", ring: 5, served: served, busy: busy, no_answer: no-answer, failed: closed}
"""
    + LAST_WORDS,
    "sales": """
flow: sales
language: zh
start: line
steps:
  line: {do: queue, group: sales, served: served, nobody_free: busy, nobody_signed_in: closed}
  served: {do: play, prompt: goodbye, next: end}
  busy: {do: play, prompt: wrong-key, next: end}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
""",
}
OUTSIDE = "02112345678"
TALKS = PhoneBehaviour(answer_after=0.4, talk=1.0)
LONG = PhoneBehaviour(answer_after=0.4, talk=6.0)
NEVER = PhoneBehaviour(Reaction.NO_ANSWER)
BUSY = PhoneBehaviour(Reaction.BUSY)


@pytest.fixture
def talking(house: House, tmp_path: Path) -> House:
    """A house whose numbers lead to one agent, outside, and to a line in which nobody waits."""
    folder = tmp_path / "flows"
    folder.mkdir()
    for name, text in FLOWS.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    house.configure(DIRECTORY, folder)
    return house


def caller(number: str, *steps: Step, who: str = "13800138000") -> CallerScript:
    """Somebody who calls one of the numbers, and stays if nothing else is said."""
    return CallerScript(f"400100000{number}", who, b"", (WaitForAnswer(), *steps))


def last_words(house: House, leg: str) -> str:
    """The last prompt that a caller heard; music and ringing count for none."""
    heard = [each for each in house.stage.journal(leg).heard() if "/prompts/" in each]
    return Path(heard[-1]).stem


def play(house: House, script: CallerScript) -> tuple[CallRecord, str]:
    """Let somebody call; the record, and what they heard last."""
    leg = house.call(script)
    record = house.record_of(leg)
    return record, last_words(house, leg)


def exits(record: CallRecord) -> list[str]:
    """By which exits the caller left the steps."""
    return [step.detail for step in record.steps if step.kind == "exit"]


# --- one agent -----------------------------------------------------------------------------------------------------


def test_the_agent_whom_the_flow_names_is_rung_and_the_flow_goes_on_after_the_talk(talking: House) -> None:
    talking.phone("1001", TALKS)
    talking.sign_in("8001")
    record, heard = play(talking, caller("1", WaitForTalk()))
    (offer,) = record.offers
    assert (offer.result, offer.group, offer.decision.rule) == (OfferResult.ACCEPTED, NO_GROUP, "named.in_flow")
    assert (exits(record), heard) == (["served"], "goodbye")
    assert kinds(record) == [SegmentKind.IVR, SegmentKind.RING, SegmentKind.TALK, SegmentKind.IVR]
    assert (record.segments[2].agent, record.segments[2].ended_by) == (talking.agent("8001"), EndedBy.AGENT)
    assert record.disposition is Disposition.ANSWERED
    assert talking.engine.centre.agents[talking.agent("8001")].inbound_today == 1


def test_who_is_not_signed_in_is_not_rung(talking: House) -> None:
    talking.phone("1001", TALKS)
    record, heard = play(talking, caller("1"))
    assert (exits(record), heard, record.offers) == (["not_signed_in"], "nobody-signed-in", ())
    assert ("not_rung", "8001/reason.signed_out") in [(step.kind, step.detail) for step in record.steps]


def test_Q13_who_talks_with_another_caller_is_busy_and_gets_no_second_offer(talking: House) -> None:
    """No agent has two offers."""
    talking.phone("1001", LONG)
    talking.sign_in("8001")
    first = talking.call(caller("1", WaitForTalk()))
    talking.wait_for(lambda: talking.engine.centre.agents[talking.agent("8001")].state == "on_call")
    record, heard = play(talking, caller("1", who="13900139000"))
    assert (exits(record), heard, record.offers) == (["busy"], "wrong-key", ())
    assert exits(talking.record_of(first)) == ["served"]


@pytest.mark.parametrize("reaction", [Reaction.BUSY, Reaction.DECLINE])
def test_a_phone_that_is_busy_or_declines_is_busy(talking: House, reaction: Reaction) -> None:
    talking.phone("1001", PhoneBehaviour(reaction))
    talking.sign_in("8001")
    record, heard = play(talking, caller("1"))
    assert (exits(record), heard) == (["busy"], "wrong-key")


def test_C1_a_phone_that_nobody_takes_up_is_no_answer_and_a_miss(talking: House) -> None:
    talking.phone("1001", NEVER)
    talking.sign_in("8001")
    record, heard = play(talking, caller("1"))
    assert ([offer.result for offer in record.offers], exits(record)) == ([OfferResult.NO_ANSWER], ["no_answer"])
    assert heard == "no-key"
    assert talking.engine.centre.agents[talking.agent("8001")].misses == 1
    assert talking.engine.centre.agents[talking.agent("8001")].status is AgentStatus.READY


def test_an_agent_who_signs_out_while_ringing_is_not_signed_in(talking: House) -> None:
    talking.phone("1001", NEVER)
    talking.sign_in("8001")
    leg = talking.call(caller("1"))
    talking.wait_for(lambda: talking.engine.centre.agents[talking.agent("8001")].state == "ringing")
    talking.sign_out("8001")
    assert exits(talking.record_of(leg)) == ["not_signed_in"]


def test_a_caller_who_leaves_while_the_agent_rings_frees_them(talking: House) -> None:
    talking.phone("1001", NEVER)
    talking.sign_in("8001")
    record, _ = play(talking, caller("1", WaitForPrompt("hold"), Wait(0.5), HangUp()))
    assert [offer.result for offer in record.offers] == [OfferResult.CALLER_LEFT]
    assert record.disposition is Disposition.ABANDONED_RINGING
    assert talking.engine.centre.agents[talking.agent("8001")].state == "idle"
    talking.wait_for(lambda: not talking.stage.snapshot().channels)


# --- a number outside ----------------------------------------------------------------------------------------------


def test_a_number_outside_is_dialled_and_the_flow_goes_on_after_the_talk(talking: House) -> None:
    talking.outsider(OUTSIDE, TALKS)
    record, heard = play(talking, caller("2", WaitForTalk()))
    assert (exits(record), heard) == (["served"], "goodbye")
    assert ("dialled", OUTSIDE) in [(step.kind, step.detail) for step in record.steps]
    assert kinds(record) == [SegmentKind.IVR, SegmentKind.RING, SegmentKind.TALK, SegmentKind.IVR]
    assert (record.segments[2].agent, record.segments[2].ended_by) == (None, EndedBy.OUTSIDE)
    assert (record.offers, record.disposition) == ((), Disposition.PUT_THROUGH)


@pytest.mark.parametrize(
    ("behaviour", "exit_name", "heard"),
    [
        (BUSY, "busy", "wrong-key"),
        (PhoneBehaviour(Reaction.DECLINE), "busy", "wrong-key"),
        (NEVER, "no_answer", "no-key"),
        (None, "failed", "nobody-signed-in"),
    ],
)
def test_a_number_that_cannot_be_had_says_why(
    talking: House, behaviour: PhoneBehaviour | None, exit_name: str, heard: str
) -> None:
    """None: nobody listens where the gateway leads."""
    if behaviour is not None:
        talking.outsider(OUTSIDE, behaviour)
    record, last = play(talking, caller("2"))
    assert (exits(record), last) == ([exit_name], heard)
    assert kinds(record)[-1] is SegmentKind.IVR
    assert record.disposition is Disposition.ENDED_BY_FLOW


def test_a_caller_who_hangs_up_ends_the_call_outside(talking: House) -> None:
    talking.outsider(OUTSIDE, PhoneBehaviour(answer_after=0.2))
    record, _ = play(talking, caller("2", WaitForTalk(), Wait(1), HangUp()))
    assert (kinds(record)[-1], record.ended_by) == (SegmentKind.TALK, EndedBy.CALLER)
    talking.wait_for(lambda: not talking.stage.snapshot().channels)


def test_a_caller_who_hangs_up_while_it_rings_ends_the_ringing_outside(talking: House) -> None:
    talking.outsider(OUTSIDE, NEVER)
    record, _ = play(talking, caller("2", WaitForPrompt("hold"), Wait(0.5), HangUp()))
    assert (kinds(record)[-1], record.disposition) == (SegmentKind.RING, Disposition.ABANDONED_RINGING)
    talking.wait_for(lambda: not talking.stage.snapshot().channels)


# --- nobody to wait for --------------------------------------------------------------------------------------------


def test_N7_where_no_agent_is_idle_the_flow_goes_on_at_once(talking: House) -> None:
    """When NO agent is idle the caller is offered something else than the line."""
    talking.phone("1001", LONG)
    talking.sign_in("8001")
    first = talking.call(caller("3", WaitForTalk()))
    talking.wait_for(lambda: talking.engine.centre.agents[talking.agent("8001")].state == "on_call")
    record, heard = play(talking, caller("3", who="13900139000"))
    assert (exits(record), heard) == (["nobody_free"], "wrong-key")
    assert (record.offers, record.disposition) == ((), Disposition.NOBODY_FREE)
    assert exits(talking.record_of(first)) == ["served"]


def test_N7_where_nobody_is_signed_in_that_is_another_exit(talking: House) -> None:
    record, heard = play(talking, caller("3"))
    assert (exits(record), heard) == (["nobody_signed_in"], "nobody-signed-in")
