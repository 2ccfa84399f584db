"""Messages that callers leave (N7): every way in which one ends, and what becomes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fs_control.records import CallRecord, Disposition
from fs_control.virtual_switch.script import HangUp, Press, Speak, Wait, WaitForPrompt
from tests.freeswitch.sound import loudness
from tests.scenarios.house import House
from tests.scenarios.inputs import WHO, caller, open_flow, told

FLOW = """
start: leave
steps:
  leave:
    do: message
    box: sales
    prompt: nobody-signed-in
    longest: 6
    silence: 2
    end: "#"
    next: thanks
    nothing_said: nothing
  thanks: {do: hangup, reason: thanks}
  nothing: {do: hangup, reason: nothing}
"""
NOBODY = """
start: queue
steps:
  queue: {do: queue, group: sales, nobody_signed_in: leave}
  leave: {do: message, box: sales, prompt: nobody-signed-in, next: thanks}
  thanks: {do: hangup, reason: thanks}
"""
TONE = WaitForPrompt("tone_stream")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the flow is."""
    return tmp_path / "flows"


def listed(house: House, words: str = "") -> list[dict[str, Any]]:
    """What `message list` says."""
    messages: list[dict[str, Any]] = json.loads(house.type(f"message list --json {words}"))["messages"]
    return messages


def assert_left(house: House, record: CallRecord, *, at_least: float, at_most: float) -> None:
    """There is one message of this call, about so many seconds long, and its sound is there."""
    (message,) = listed(house)
    assert (message["call"], message["box"], message["number"]) == (record.call_id, "sales", "4001112222")
    assert message["caller"]["raw"] == WHO
    assert at_least <= message["seconds"] <= at_most
    assert Path(message["path"]).stat().st_size > 8000 * 2 * at_least * 0.8
    assert max(loudness(Path(message["path"]))) > 1000
    assert record.disposition is Disposition.LEFT_MESSAGE


def test_N7_a_message_that_silence_ends_is_kept(house: House, folder: Path) -> None:
    """A message row with audio, number, time, service number appears and is assignable."""
    open_flow(house, folder, FLOW)
    record = house.play(caller(TONE, Wait(1), Speak(2)))
    assert [kind for kind, _ in told(record, "message", "ended")] == ["message", "ended"]
    assert told(record, "ended") == [("ended", "thanks")]
    assert_left(house, record, at_least=1.5, at_most=4.5)


def test_N7_a_message_that_a_key_ends_is_kept(house: House, folder: Path) -> None:
    """The key ends the recording, and is no part of what comes next."""
    open_flow(house, folder, FLOW)
    record = house.play(caller(TONE, Wait(0.7), Speak(2), Press("#")))
    assert told(record, "ended") == [("ended", "thanks")]
    assert_left(house, record, at_least=1.5, at_most=2.6)


def test_N7_a_message_ends_when_it_is_as_long_as_may_be(house: House, folder: Path) -> None:
    """`longest`."""
    open_flow(house, folder, FLOW)
    record = house.play(caller(TONE, Wait(0.7), Speak(12)))
    assert told(record, "ended") == [("ended", "thanks")]
    assert_left(house, record, at_least=5, at_most=8)


def test_N7_the_message_of_a_caller_who_hangs_up_is_kept(house: House, folder: Path) -> None:
    """Most people end a message by hanging up."""
    open_flow(house, folder, FLOW)
    record = house.play(caller(TONE, Wait(0.7), Speak(2), HangUp()))
    assert record.cause == "NORMAL_CLEARING"
    assert_left(house, record, at_least=1.5, at_most=3.5)


def test_N7_who_says_nothing_leaves_no_message(house: House, folder: Path) -> None:
    """`nothing_said`."""
    open_flow(house, folder, FLOW)
    record = house.play(caller(TONE))
    assert told(record, "ended") == [("ended", "nothing")]
    assert listed(house) == []
    assert record.disposition is not Disposition.LEFT_MESSAGE


def test_N7_with_nobody_signed_in_the_caller_may_leave_a_message(house: House, folder: Path) -> None:
    """With zero online the caller is offered message recording."""
    open_flow(house, folder, NOBODY)
    record = house.play(caller(TONE, Wait(0.7), Speak(2), Press("#")))
    assert_left(house, record, at_least=1.5, at_most=2.6)


def test_N7_a_message_is_assigned_seen_to_and_removed(house: House, folder: Path) -> None:
    """A message row appears and is assignable."""
    open_flow(house, folder, FLOW)
    house.play(caller(TONE, Wait(0.7), Speak(2), Press("#")))
    (message,) = listed(house, "--status new")
    number = message["id"]
    assert "8001 王芳" in house.type(f"message assign {number} 8001")
    assert [each["agent"] for each in listed(house, "--status assigned --agent 8001")] == ["8001"]
    house.type(f"message done {number}")
    assert listed(house, "--status new") == listed(house, "--status assigned") == []
    assert [each["status"] for each in listed(house)] == ["done"]
    assert WHO[3:7] in house.type(f"message show {number}")
    house.type(f"message remove {number} --yes")
    assert listed(house) == []
    assert not Path(message["path"]).exists()
