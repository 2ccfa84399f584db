"""Recording: beside a call, and of a caller's message."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from tests.unit.virtual_switch.box import Box
from tests.unit.virtual_switch.calls import answered_call

EVENTS = "RECORD_START RECORD_STOP MEDIA_BUG_START MEDIA_BUG_STOP"


def test_a_recorded_call_leaves_a_file_as_long_as_it_was(box: Box, tmp_path: Path) -> None:
    file = tmp_path / "call.wav"
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box)
    line.app("set", "RECORD_STEREO=true")
    line.app("record_session", str(file))
    assert inbound.event("RECORD_START")["Record-File-Path"] == str(file)
    line.app("sleep", "500")
    assert inbound.ask(f"api uuid_record {uuid} stop all") == "+OK Success\n"
    stopped = inbound.event("RECORD_STOP")
    assert stopped["Record-Completion-Cause"] == "success-maxtime"
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getframerate()) == (2, 8000)
        assert sound.getnframes() == int(stopped["variable_record_samples"]) >= 4000
    assert file.stat().st_size == int(stopped["variable_record_file_size"])


def test_the_end_of_the_call_ends_its_recording(box: Box, tmp_path: Path) -> None:
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box)
    assert inbound.ask(f"api uuid_record {uuid} start {tmp_path}/a.wav") == "+OK Success\n"
    line.app("hangup", wait=False)
    assert inbound.event("RECORD_STOP", Unique_ID=uuid)["Answer-State"] == "hangup"


def test_a_limit_ends_a_recording(box: Box, tmp_path: Path) -> None:
    inbound = box.inbound(EVENTS)
    _, line = answered_call(box)
    line.app("record_session", f"{tmp_path}/a.wav +1")
    assert int(inbound.event("RECORD_STOP")["variable_record_ms"]) >= 1000


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("nobody start /tmp/x.wav", "-ERR Cannot locate session!\n"),
        ("UUID stop /tmp/never.wav", "-ERR Cannot stop record session!\n"),
        ("UUID mask /tmp/never.wav", "-ERR Cannot mask recording session!\n"),
        ("UUID", "-USAGE: <uuid> [start|stop|mask|unmask] <path> [<limit>] [<recording_vars>]\n"),
    ],
)
def test_answers_in_the_words_of_freeswitch(box: Box, words: str, answer: str) -> None:
    uuid, line = answered_call(box)
    assert line.ask(f"api uuid_record {words.replace('UUID', uuid)}") == answer


def test_a_folder_that_is_not_there_does_not_disturb_the_call(box: Box) -> None:
    _, line = answered_call(box)
    line.app("record_session", "/nowhere/at/all.wav")
    line.app("stop_record_session", "/nowhere/at/all.wav")
    assert line.app("playback", "silence_stream://20")["Application-Response"] == "FILE PLAYED"


def test_a_message_ends_with_a_terminator(box: Box, tmp_path: Path) -> None:
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box)
    line.app("set", "playback_terminators=#")
    line.app("record", f"{tmp_path}/vm.wav 30 200 5", wait=False)
    assert inbound.event("RECORD_START")["Channel-Read-Codec-Name"] == "L16"
    inbound.ask(f"api uuid_recv_dtmf {uuid} 5#")
    done = line.event("CHANNEL_EXECUTE_COMPLETE", Application="record")
    assert done["variable_playback_terminator_used"] == "#"
    assert inbound.event("RECORD_STOP")["variable_silence_hits_exhausted"] == "false"


def test_a_message_ends_at_its_limit_and_with_a_break(box: Box, tmp_path: Path) -> None:
    uuid, line = answered_call(box)
    assert line.app("record", f"{tmp_path}/vm.wav 1")["Application-Response"] == "_none_"
    line.app("record", f"{tmp_path}/vm.wav", wait=False)
    line.event("CHANNEL_EXECUTE", Application="record")
    line.ask(f"api uuid_break {uuid}")
    line.event("CHANNEL_EXECUTE_COMPLETE", Application="record")
