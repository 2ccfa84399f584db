"""How long prompts last."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from fs_control.virtual_switch.audio import prompt_length


def write_wav(path: Path, milliseconds: int) -> None:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * (8 * milliseconds))


@pytest.mark.parametrize(
    ("name", "milliseconds"),
    [
        ("tone_stream://%(1000,500,440)", 1500),
        ("tone_stream://%(200,0,500);loops=3", 600),
        ("tone_stream://v=-7;%(100,50,941.0,1477.0);%(200,0,300)", 350),
        ("silence_stream://250", 250),
        ("silence_stream://250,1400", 250),
        ("file_string://silence_stream://100!silence_stream://200", 550),
        ("file_string://nosuch.wav!silence_stream://200", 200),
    ],
)
def test_streams_say_how_long_they_are(name: str, milliseconds: int) -> None:
    length = prompt_length(name, None)
    assert length is not None
    assert length.total_ms == milliseconds


@pytest.mark.parametrize(
    "name", ["tone_stream://%(1000,500,440);loops=-1", "silence_stream://-1", "local_stream://moh"]
)
def test_hold_music_has_no_end(name: str) -> None:
    length = prompt_length(name, None)
    assert length is not None
    assert length.endless


def test_a_file_is_as_long_as_its_header_says(tmp_path: Path) -> None:
    write_wav(tmp_path / "hello.wav", 420)
    for name in (str(tmp_path / "hello.wav"), "hello.wav", "hello"):
        length = prompt_length(name, tmp_path)
        assert length is not None
        assert length.total_ms == 420


@pytest.mark.parametrize("name", ["nobody.wav", "/nowhere/x.wav", "tone_stream://", "http://x/y.wav", "\0", ""])
def test_what_is_not_there_has_no_length(name: str, tmp_path: Path) -> None:
    assert prompt_length(name, tmp_path) is None


def test_a_file_that_is_no_sound_has_no_length(tmp_path: Path) -> None:
    (tmp_path / "broken.wav").write_bytes(b"RIFF\0\0\0\0WAVE")
    assert prompt_length("broken.wav", tmp_path) is None
