"""Calls that an agent's answer takes up (`answer: on_agent`), on a whole system: all before it is early media."""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.records import CallRecord, Disposition, SegmentKind
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
    Press,
    Reaction,
    Step,
    Wait,
    WaitForPrompt,
    WaitForTalk,
)
from tests.scenarios.house import House, kinds

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
groups:
  - {name: sales, ring: 4, members: ["8001"]}
numbers:
  - {number: "4001000001", flow: early, max_calls: 1}
  - {number: "4001000002", flow: outside}
"""

FLOWS = {
    "early": """
flow: early
language: zh
answer: on_agent
start: welcome
steps:
  welcome: {do: play, prompt: welcome, next: choose}
  choose:
    do: menu
    prompt: main-menu
    keys: {1: sales, 9: end}
    wrong_key: {next: end}
    no_key: {next: end}
  sales: {do: queue, group: sales, served: thanks, keys: {"*": thanks}, nobody_signed_in: closed}
  thanks: {do: play, prompt: goodbye, next: end}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
""",
    "outside": """
flow: outside
language: zh
answer: on_agent
start: branch
steps:
  branch: {do: dial, number: "02112345678", ring: 5, served: thanks, failed: thanks}
  thanks: {do: play, prompt: goodbye, next: end}
  end: {do: hangup}
""",
}
TALKS = PhoneBehaviour(answer_after=0.6, talk=1.0)
NEVER = PhoneBehaviour(Reaction.NO_ANSWER)


@pytest.fixture
def quiet(house: House, tmp_path: Path) -> House:
    """A house that leaves the answer to whoever takes the caller up."""
    folder = tmp_path / "flows"
    folder.mkdir()
    for name, text in FLOWS.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    house.configure(DIRECTORY, folder)
    return house


def caller(*steps: Step, number: str = "1", who: str = "13800138000") -> CallerScript:
    """Somebody who calls, and hears us before anybody has answered."""
    return CallerScript(f"400100000{number}", who, b"", steps)


CHOOSES = (WaitForPrompt("main-menu"), Wait(0.3), Press("1"))


def talk_began(record: CallRecord) -> int:
    """When the first talk of a call began."""
    return next(segment.started_at for segment in record.segments if segment.kind is SegmentKind.TALK)


def journal(house: House, leg: str) -> list[str]:
    """What a caller lived through: what they heard by its name, and the answer."""
    kinds_of_notes = ("prompt_start", "answered")
    notes = (note for note in house.stage.journal(leg).notes if note.kind in kinds_of_notes)
    return [Path(note.detail).stem if note.detail else note.kind for note in notes]


def test_prompts_keys_and_music_come_before_the_answer_which_the_agent_gives(quiet: House) -> None:
    quiet.phone("1001", TALKS)
    quiet.sign_in("8001")
    leg = quiet.call(caller(*CHOOSES, WaitForTalk()))
    record = quiet.record_of(leg)
    lived = journal(quiet, leg)
    assert lived[:2] == ["welcome", "main-menu"]
    assert lived.index("answered") > lived.index("hold")
    assert lived[-2:] == ["answered", "goodbye"]
    assert record.disposition is Disposition.ANSWERED
    (offer,) = record.offers
    assert record.answered_at is not None
    assert offer.answered_at is not None
    assert offer.answered_at <= record.answered_at <= talk_began(record)
    assert ("pressed", "1") in [(step.kind, step.detail) for step in record.steps]


def test_an_agent_who_declines_takes_nothing_up(quiet: House) -> None:
    quiet.phone("1001", PhoneBehaviour(Reaction.DECLINE))
    quiet.sign_in("8001")
    leg = quiet.call(caller(*CHOOSES, Wait(3), Press("*")))
    record = quiet.record_of(leg)
    assert (record.answered_at, journal(quiet, leg)[-1]) == (None, "goodbye")
    assert "answered" not in journal(quiet, leg)


def test_Q10_a_key_in_line_counts_before_the_answer(quiet: House) -> None:
    quiet.phone("1001", NEVER)
    quiet.sign_in("8001")
    leg = quiet.call(caller(*CHOOSES, WaitForPrompt("hold"), Wait(0.5), Press("*")))
    record = quiet.record_of(leg)
    assert (record.answered_at, record.disposition) == (None, Disposition.QUEUE_EXIT_KEY)
    assert journal(quiet, leg)[-1] == "goodbye"


def test_who_hangs_up_before_the_answer_was_never_answered(quiet: House) -> None:
    quiet.phone("1001", NEVER)
    quiet.sign_in("8001")
    record = quiet.play(caller(*CHOOSES, WaitForPrompt("hold"), Wait(0.5), HangUp()))
    assert (record.answered_at, record.disposition) == (None, Disposition.ABANDONED_RINGING)
    assert kinds(record)[0] is SegmentKind.IVR
    quiet.wait_for(lambda: not quiet.stage.snapshot().channels)


def test_who_hangs_up_in_the_menu_has_left_in_it(quiet: House) -> None:
    record = quiet.play(caller(WaitForPrompt("main-menu"), Wait(0.3), HangUp()))
    assert (record.answered_at, record.disposition) == (None, Disposition.ABANDONED_IN_IVR)


def test_N13_who_cannot_be_served_hears_so_and_pays_nothing(quiet: House) -> None:
    leg = quiet.call(caller(*CHOOSES))
    record = quiet.record_of(leg)
    assert journal(quiet, leg) == ["welcome", "main-menu", "nobody-signed-in"]
    assert (record.answered_at, record.disposition) == (None, Disposition.NOBODY_SIGNED_IN)
    assert record.cause == "NO_ANSWER"


def test_who_is_refused_hears_why_and_pays_nothing(quiet: House) -> None:
    first = quiet.call(caller(WaitForPrompt("main-menu"), Wait(4), HangUp()))
    quiet.wait_for(lambda: bool(quiet.engine.centre.calls))  # or the second one might come first
    leg = quiet.call(caller(who="13900139000"))
    record = quiet.record_of(leg)
    assert (journal(quiet, leg), record.answered_at) == (["number-full"], None)
    assert (record.disposition, record.cause) == (Disposition.NUMBER_FULL, "USER_BUSY")
    quiet.record_of(first)


def test_a_number_outside_answers_the_caller_too(quiet: House) -> None:
    quiet.outsider("02112345678", TALKS)
    leg = quiet.call(caller(WaitForTalk(), number="2"))
    record = quiet.record_of(leg)
    assert journal(quiet, leg) == ["hold", "answered", "goodbye"]
    assert (record.answered_at or 0) <= talk_began(record)
    assert record.disposition is Disposition.PUT_THROUGH


def test_a_number_outside_that_is_busy_answers_nobody(quiet: House) -> None:
    quiet.outsider("02112345678", PhoneBehaviour(Reaction.BUSY))
    leg = quiet.call(caller(number="2"))
    assert (quiet.record_of(leg).answered_at, journal(quiet, leg)[-1]) == (None, "goodbye")
