"""Several files played as one prompt (file_string://), as traces sentence and sentence-digits have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.virtual_switch.box import Box, Line
from tests.unit.virtual_switch.calls import answered_call
from tests.unit.virtual_switch.test_audio import write_wav

EVENTS = "PLAYBACK_START PLAYBACK_STOP CUSTOM filestring::open filestring::close filestring::fail"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files one and two."""
    for name in ("one", "two"):
        write_wav(tmp_path / f"{name}.wav", 300)
    return tmp_path


def files(inbound: Line) -> list[tuple[str, str]]:
    """What was told of single files."""
    inbound.ask("api status")
    told = [event for event in inbound.events if event["Event-Name"] == "CUSTOM"]
    return [(event["Event-Subclass"].removeprefix("filestring::"), Path(event["File"]).stem) for event in told]


def sentence(folder: Path, *names: str) -> str:
    return "file_string://" + "!".join(str(folder / f"{name}.wav") for name in names)


def test_a_sentence_is_one_prompt(box: Box, folder: Path) -> None:
    inbound = box.inbound(EVENTS)
    _, line = answered_call(box)
    done = line.app("playback", sentence(folder, "one", "two"))
    assert (done["Application-Response"], done["variable_playback_ms"]) == ("FILE PLAYED", "850")
    inbound.event("PLAYBACK_STOP")
    assert files(inbound) == [("open", "one"), ("close", "one"), ("open", "two"), ("close", "two")]
    assert [each for each in inbound.order if each.startswith("PLAYBACK")] == ["PLAYBACK_START", "PLAYBACK_STOP"]


def test_a_break_ends_the_whole_sentence(box: Box, folder: Path) -> None:
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box)
    line.app("playback", sentence(folder, "one", "two", "one"), wait=False)
    box.until(lambda: ("open", "two") in files(inbound))
    line.ask(f"api uuid_break {uuid} all")
    assert line.event("CHANNEL_EXECUTE_COMPLETE")["Application-Response"] == "FILE PLAYED"
    assert inbound.event("PLAYBACK_STOP")["Playback-Status"] == "break"
    assert files(inbound)[-1] == ("open", "two")


def test_a_key_in_the_second_file_is_the_answer(box: Box, folder: Path) -> None:
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box)
    argument = f"1 1 1 1500 none {sentence(folder, 'one', 'two')} silence_stream://10 choice .+ 1500"
    line.app("play_and_get_digits", argument, wait=False)
    box.until(lambda: ("open", "two") in files(inbound))
    line.ask(f"api uuid_recv_dtmf {uuid} 7")
    assert line.event("CHANNEL_EXECUTE_COMPLETE", Application="play_and_get_digits")["variable_choice"] == "7"


@pytest.mark.parametrize(
    ("names", "response", "told"),
    [
        (("nosuch", "one"), "FILE PLAYED", [("fail", "nosuch"), ("open", "one"), ("close", "one")]),
        (("nosuch", "neither"), "FILE NOT FOUND", [("fail", "nosuch"), ("fail", "neither")]),
    ],
)
def test_what_is_missing_is_passed_over(
    box: Box, folder: Path, names: tuple[str, ...], response: str, told: list[tuple[str, str]]
) -> None:
    inbound = box.inbound(EVENTS)
    _, line = answered_call(box)
    assert line.app("playback", sentence(folder, *names))["Application-Response"] == response
    box.until(lambda: files(inbound) == told)
