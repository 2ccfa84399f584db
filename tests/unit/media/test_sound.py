"""Whatever an operator has becomes what the switch plays, as loud as every other prompt (N5)."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from fs_control.errors import UserMistake
from fs_control.media import sound
from fs_control.media.loudness import RATE, at_level, is_silent, loudness, ratio
from fs_control.media.prompts import LANGUAGES, prompt_path, prompts_folder
from fs_control.media.sound import is_telephone_wav, samples_of, sound_of, sound_of_file, wav_of

needs_sox = pytest.mark.skipif(shutil.which("sox") is None, reason="sox is not on this machine")


def hum(seconds: float = 1.0, peak: float = 0.1, hertz: float = 440.0) -> list[float]:
    return [peak * math.sin(2 * math.pi * hertz * at / RATE) for at in range(round(RATE * seconds))]


def decibel(value: float) -> float:
    return 20 * math.log10(value)


def sox_makes(path: Path, *effects: str, rate: int = 44100, channels: int = 2) -> Path:
    """A file of a second of a tone, in the form that its name says."""
    form = ["sox", "-n", "-r", str(rate), "-c", str(channels), str(path), "synth", "1", "sine", "440", *effects]
    subprocess.run(form, check=True)
    return path


def sox_stat(path: Path) -> dict[str, float]:
    told = subprocess.run(["sox", str(path), "-n", "stat"], capture_output=True, check=True, text=True).stderr
    return {name.strip(): float(value) for name, value in re.findall(r"^([\w ]+[\w)]):\s+(-?[0-9.]+)$", told, re.M)}


@pytest.mark.parametrize("peak", [0.01, 0.1, 0.9])
def test_N5_a_soft_and_a_loud_recording_come_out_alike(peak: float) -> None:
    made = samples_of(sound_of(wav_of(hum(peak=peak)), "hum.wav").wav)
    assert decibel(loudness(made)) == pytest.approx(-20, abs=0.1)


def test_pauses_make_nobody_louder() -> None:
    made = at_level([*hum(), *([0.0] * 3 * RATE), *hum()], -20)
    assert decibel(loudness(made)) == pytest.approx(-20, abs=0.1)
    assert decibel(max(map(abs, made))) == pytest.approx(-17, abs=0.2)


def test_a_click_is_not_made_louder_than_the_telephone_can_bear() -> None:
    samples = hum(peak=0.01)
    samples[4000] = 0.9
    assert max(map(abs, at_level(samples, -20))) <= ratio(-1.5) + 1e-9


def test_silence_stays_silence() -> None:
    assert at_level([0.0] * 100, -20) == [0.0] * 100
    assert (is_silent([0.0005]), is_silent([0.01]), is_silent([])) == (True, False, True)


@needs_sox
@pytest.mark.parametrize("kind", ["wav", "flac", "aiff", "au", "ogg", "WAV", "gsm", "nonsense-name"])
def test_N5_any_common_audio_becomes_8_khz_mono_16_bit(tmp_path: Path, kind: str) -> None:
    made = sox_makes(tmp_path / f"given.{'wav' if kind == 'nonsense-name' else kind.lower()}", rate=8000, channels=1)
    named = made.rename(tmp_path / f"renamed.{kind}")
    converted = sound_of_file(named)
    assert is_telephone_wav(converted.wav)
    assert converted.seconds == pytest.approx(1, abs=0.1)
    (tmp_path / "out.wav").write_bytes(converted.wav)
    told = sox_stat(tmp_path / "out.wav")
    assert decibel(told["RMS     amplitude"]) == pytest.approx(-20, abs=1)
    assert told["Maximum amplitude"] < ratio(-1.4)


@needs_sox
def test_a_stereo_recording_of_a_studio_is_taken(tmp_path: Path) -> None:
    path = sox_makes(tmp_path / "studio.wav", "gain", "-40", rate=48000)
    assert sound_of_file(path).seconds == pytest.approx(1, abs=0.01)


@needs_sox
def test_an_mp3_is_read_where_sox_can_and_else_the_formats_are_named(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(os.urandom(4000))
    with pytest.raises(UserMistake, match="prompt_not_read") as refused:
        sound_of_file(path)
    formats = refused.value.values["formats"]
    assert isinstance(formats, tuple)
    assert {"wav", "flac"} <= set(formats)


@needs_sox
@pytest.mark.parametrize(
    "content", [b"", b"#!/bin/sh\ntouch /tmp/x\n", b"http://127.0.0.1:1/x.wav\n", b"/etc/passwd\n"]
)
@pytest.mark.parametrize("name", ["|touch x", "list.m3u", "list.pls", "-", "x.raw", "http:", "a.wav"])
def test_what_is_no_audio_is_refused_and_never_run_or_followed(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserMistake, match="prompt_not_read"):
        sound_of_file(path)
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("samples", "code"),
    [
        (hum(0.05), "prompt_length_bad"),
        ([], "prompt_length_bad"),
        (hum(301, peak=0.5, hertz=10), "prompt_length_bad"),
        ([0.0] * RATE, "prompt_silent"),
    ],
)
def test_what_is_too_short_too_long_or_silent_is_refused(samples: list[float], code: str) -> None:
    with pytest.raises(UserMistake, match=code):
        sound_of(wav_of(samples), "x.wav")


@needs_sox
def test_decoding_stops_at_the_limit_however_long_the_file_says_it_is(tmp_path: Path) -> None:
    path = tmp_path / "long.flac"
    subprocess.run(["sox", "-n", "-r", "8000", "-c", "1", str(path), "synth", "400", "sine", "10"], check=True)
    with pytest.raises(UserMistake, match="prompt_length_bad"):
        sound_of_file(path)


@pytest.mark.parametrize("path", [Path("/dev/zero"), Path("/")])
def test_a_device_that_gives_without_end_is_refused_unread(path: Path) -> None:
    with pytest.raises(UserMistake, match="prompt_no_file"):
        sound_of_file(path)


def test_a_pipe_that_nobody_writes_into_and_a_link_to_a_device_are_refused_unread(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "link.wav").symlink_to("/dev/zero")
    for name in ("pipe.wav", "link.wav"):
        with pytest.raises(UserMistake, match="prompt_no_file"):
            sound_of_file(tmp_path / name)


def test_an_hour_in_the_form_of_the_switch_is_refused_before_its_samples_are_looked_at(monkeypatch) -> None:
    monkeypatch.setattr("fs_control.media.sound.samples_of", None)
    with pytest.raises(UserMistake, match="prompt_length_bad"):
        sound_of(wav_of([0.0]) + b"\0" * 10_000_000, "long.wav")


def test_a_file_that_is_too_large_or_not_there_is_refused_unread(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(sound, "LARGEST_BYTES", 10)
    (tmp_path / "large.wav").write_bytes(bytes(11))
    for name, code in (("large.wav", "prompt_too_large"), ("none.wav", "file_unreadable")):
        with pytest.raises(UserMistake, match=code):
            sound_of_file(tmp_path / name)


def test_without_sox_the_package_is_named_and_what_needs_none_is_taken(monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert sound_of(wav_of(hum()), "hum.wav").seconds == 1
    with pytest.raises(UserMistake, match="media_programs_missing") as refused:
        sound_of(b"OggS", "hum.ogg")
    assert refused.value.values == {"programs": ("sox",), "packages": "sox"}


@needs_sox
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["part-number-0", "part-hundred", "part-digit-1", "part-yuan", "closed", "beep"])
def test_sox_hears_every_kind_of_shipped_sound(language: str, name: str) -> None:
    told = sox_stat(prompt_path(prompts_folder(), name, language))
    assert -26 < decibel(told["RMS     amplitude"]) < -17
    assert told["Maximum amplitude"] < ratio(-1)
