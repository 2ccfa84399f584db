"""Scripted callers and their journals, and the stage that directs them."""

from __future__ import annotations

import pytest

from fs_control.errors import UserMistake
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    Press,
    PromptEdge,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
)
from tests.unit.virtual_switch.box import Box
from tests.unit.virtual_switch.calls import CALLER, NUMBER, answered_call


def test_a_caller_presses_a_key_when_the_menu_begins(box: Box) -> None:
    uuid, line = answered_call(box, WaitForAnswer(), WaitForPrompt("menu"), Press("2"))
    line.app("playback", "silence_stream://40", wait=True)
    line.app(
        "play_and_get_digits", "1 1 1 5000 # {file=menu}silence_stream://4000 silence_stream://20 choice [12] 1000"
    )
    assert line.ask("getvar choice") == "2"
    assert next(event for event in line.events if event["Event-Name"] == "DTMF")["DTMF-Source"] == "RTP"
    assert box.stage.journal(uuid).pressed() == "2"


def test_a_caller_waits_for_the_end_of_a_prompt(box: Box) -> None:
    uuid, line = answered_call(box, WaitForPrompt("200", PromptEdge.END), HangUp())
    line.app("playback", "silence_stream://100")
    line.app("playback", "silence_stream://200")
    journal = box.stage.wait_for_end(uuid)
    assert journal.heard() == ("silence_stream://100", "silence_stream://200")
    assert [note.kind for note in journal.notes][-3:] == ["prompt_end", "hangs_up", "ended"]


def test_a_caller_presses_several_keys_one_after_another(box: Box) -> None:
    uuid, line = answered_call(box, WaitForAnswer(), Press("123", 0.05), Wait(0.1), HangUp())
    assert box.stage.wait_for_end(uuid).pressed() == "123"
    line.until_closed()
    assert [event["DTMF-Digit"] for event in line.events if event["Event-Name"] == "DTMF"] == ["1", "2", "3"]


def test_a_caller_who_gives_up_before_the_answer_cancels(box: Box) -> None:
    uuid = box.stage.place_call(CallerScript(NUMBER, CALLER, b"", (Wait(0.1), HangUp())))
    box.accept()
    journal = box.stage.wait_for_end(uuid)
    assert journal.cause == "ORIGINATOR_CANCEL"
    assert "answered" not in [note.kind for note in journal.notes]


def test_a_caller_without_steps_stays_until_hung_up(box: Box) -> None:
    uuid, line = answered_call(box)
    with pytest.raises(UserMistake, match="stage_still_running"):
        box.stage.wait_for_end(uuid, 0.2)
    line.app("hangup", "CALL_REJECTED", wait=False)
    assert box.stage.wait_for_end(uuid).cause == "CALL_REJECTED"


def test_notes_are_in_the_order_of_time(box: Box) -> None:
    uuid, line = answered_call(box)
    line.app("playback", "silence_stream://40")
    line.app("hangup", wait=False)
    notes = box.stage.wait_for_end(uuid).notes
    assert [note.at for note in notes] == sorted(note.at for note in notes)
    assert [note.kind for note in notes] == ["dialled", "answered", "prompt_start", "prompt_end", "ended"]


def test_a_snapshot_shows_who_is_on_the_line(box: Box) -> None:
    uuid, _ = answered_call(box)
    snapshot = box.stage.snapshot()
    channel = next(channel for channel in snapshot.channels if channel["uuid"] == uuid)
    assert (channel["answer_state"], channel["application"]) == ("answered", "answer")
    assert uuid in [journal.call for journal in snapshot.callers]
    assert snapshot.wires >= 1


def test_nothing_is_left_when_calls_are_over(box: Box) -> None:
    box.until(lambda: not box.stage.snapshot().wires)
    before = box.stage.snapshot()
    calls = [answered_call(box) for _ in range(5)]
    for uuid, line in calls:
        line.app("hangup", wait=False)
        box.stage.wait_for_end(uuid)
        line.until_closed()
    box.until(lambda: not box.stage.snapshot().channels)
    after = box.stage.snapshot()
    assert (after.wires, after.jobs, after.greenlets) == (0, 0, before.greenlets)


@pytest.mark.parametrize("call", ["nobody", ""])
def test_a_call_nobody_placed_is_unknown(box: Box, call: str) -> None:
    with pytest.raises(UserMistake, match="stage_unknown_call"):
        box.stage.journal(call)


def test_a_phone_nobody_set_cannot_expire(box: Box) -> None:
    with pytest.raises(UserMistake, match="stage_unknown_phone"):
        box.stage.expire_phone("9999")
