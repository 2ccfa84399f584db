"""Whole sessions as data: each file in sessions/ is what a caller did and what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.flow import Ask, DigitsGot, Enqueue, LineExit, LineLeft, PromptDone
from tests.unit.flow.playing import play, problems_of, read, read_shipped, resumed, started

SESSIONS = sorted((Path(__file__).parent / "sessions").glob("*.txt"))
QUEUE = """
flow: line
language: zh
start: line
steps:
  line: {do: queue, group: %s, wait_at_most: 60, nobody_signed_in: end, waited_too_long: end}
  end: {do: hangup}
"""


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_a_session_goes_as_its_transcript_says(path: Path) -> None:
    transcript = path.read_text(encoding="utf-8")
    assert play(transcript) == transcript


def test_N3_keys_divide_callers_and_wrong_key_and_no_key_have_their_own_branch_and_limit() -> None:
    """Key 1 and key 2 land in two different queues; wrong key and no key each follow their own configured branch
    with a retry limit.
    """
    flow = read_shipped("main")
    menu = resumed(flow, started(flow), PromptDone(True))
    assert menu.orders == (Ask("main-menu", 1, 5.0),)
    assert resumed(flow, menu, DigitsGot("1")).orders == (Enqueue("sales", 600.0),)
    assert resumed(flow, menu, DigitsGot("2")).orders == (Enqueue("service", 600.0),)
    for pressed, after_the_limit in (("9", "goodbye"), ("", "sales")):
        once_again = resumed(flow, menu, DigitsGot(pressed), PromptDone(True))
        twice_again = resumed(flow, once_again, DigitsGot(pressed), PromptDone(True))
        assert twice_again.orders == menu.orders
        assert resumed(flow, twice_again, DigitsGot(pressed)).session.step == after_the_limit


def test_N6_a_queue_step_enters_its_group_and_an_unknown_group_fails_validation() -> None:
    """Step with group G enters queue G; an unknown group fails validation."""
    flow = read(QUEUE % "service")
    line = started(flow)
    assert line.orders == (Enqueue("service", 60.0),)
    assert resumed(flow, line, LineLeft(LineExit.SERVED)).session.finished
    assert problems_of(QUEUE % "serivce") == ["6:28 flow_unknown_group name=serivce nearest=service"]
