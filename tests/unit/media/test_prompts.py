"""What every shipped sound must be, and how prompts are named and measured."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import wave
from array import array
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from fs_control.errors import UserMistake
from fs_control.media.prompts import (
    LANGUAGES,
    PART,
    hold_music_path,
    prompt_names,
    prompt_path,
    prompts_folder,
    seconds_of,
)

SENTENCES: Mapping[str, Mapping[str, str]] = yaml.safe_load(
    (prompts_folder() / "sentences.yaml").read_text(encoding="utf-8")
)
NEEDED = {
    *("welcome", "main-menu", "wrong-key", "no-key", "nobody-signed-in", "waited-too-long", "goodbye"),
    *("no-number", "no-flow", "number-full", "centre-full", "draining", "apology"),
    "own-agent-busy-ask",
}
SPOKEN = [prompt_path(prompts_folder(), name, language) for name in sorted(SENTENCES) for language in LANGUAGES]
EVERY_FILE = [*SPOKEN, hold_music_path()]


def samples_of(path: Path) -> array[int]:
    with wave.open(str(path), "rb") as sound:
        return array("h", sound.readframes(sound.getnframes()))


def decibel(amplitude: float) -> float:
    return 20 * math.log10(amplitude / 32768)


def title(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def test_every_prompt_that_the_centre_and_the_flow_need_is_shipped() -> None:
    assert prompt_names() >= NEEDED


def test_every_sentence_has_its_recordings_and_every_recording_its_sentence() -> None:
    recorded = set(prompts_folder().glob("*/*.wav"))
    assert recorded == set(SPOKEN)
    assert prompt_names() == {name for name in SENTENCES if not name.startswith(PART)}


@pytest.mark.parametrize("path", EVERY_FILE, ids=title)
def test_a_sound_is_mono_16_bit_at_8_khz(path: Path) -> None:
    with wave.open(str(path), "rb") as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (8000, 1, 2)


@pytest.mark.parametrize("path", SPOKEN, ids=title)
def test_a_prompt_lasts_as_long_as_a_sentence(path: Path) -> None:
    assert (0.2 if path.stem.startswith(PART) else 0.5) <= seconds_of(path) <= 12


@pytest.mark.parametrize("path", EVERY_FILE, ids=title)
def test_a_sound_is_neither_silent_nor_clipped(path: Path) -> None:
    samples = samples_of(path)
    assert -26 < decibel(math.sqrt(math.fsum(s * s for s in samples) / len(samples))) < -17
    assert decibel(max(abs(s) for s in samples)) < -1


@pytest.mark.parametrize("path", SPOKEN, ids=title)
def test_a_prompt_speaks_at_once(path: Path) -> None:
    first_quarter_second = samples_of(path)[:2000]
    assert decibel(max(abs(s) for s in first_quarter_second)) > -30


def test_the_hold_music_joins_its_own_beginning_without_a_click() -> None:
    samples = samples_of(hold_music_path())
    steepest = max(abs(after - before) for before, after in pairwise(samples))
    assert 20 <= seconds_of(hold_music_path()) <= 30
    assert abs(samples[0] - samples[-1]) <= steepest


def test_the_sounds_stay_small_enough_for_a_repository() -> None:
    assert sum(path.stat().st_size for path in EVERY_FILE) < 10_000_000


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_chinese_is_spoken_without_digits_and_signs(name: str) -> None:
    spoken = SENTENCES[name].get("zh_spoken", SENTENCES[name]["zh"])
    without_pinyin = re.sub(r"[a-zü]+[1-5]", "", spoken)
    assert not re.search(r"[0-9#*A-Za-z]", without_pinyin)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is needed by the maker only")
@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_the_synthesiser_reads_no_part_of_a_chinese_sentence_as_english(name: str) -> None:
    spoken = SENTENCES[name].get("zh_spoken", SENTENCES[name]["zh"])
    command = ["espeak-ng", "-v", "cmn-latn-pinyin", "-q", "-x", spoken]
    phonemes = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    assert phonemes.strip()
    assert "(en)" not in phonemes


def test_a_prompt_lies_in_the_folder_of_its_language() -> None:
    assert prompt_path(Path("/srv/prompts"), "no-key", "zh") == Path("/srv/prompts/zh/no-key.wav")


@pytest.mark.parametrize("name", ["", "..", "../welcome", "a/b", "No-Key", "a b", "a\nb", "a\n", "a\0", "-a", "a.wav"])
def test_a_name_that_could_leave_the_folder_or_end_a_command_is_refused(name: str) -> None:
    with pytest.raises(UserMistake, match="prompt_name_bad"):
        prompt_path(Path("/srv/prompts"), name, "zh")


@pytest.mark.parametrize("language", ["", "..", "zh/..", "zh\n", "ZH"])
def test_a_language_that_is_none_is_refused(language: str) -> None:
    with pytest.raises(UserMistake, match="prompt_language_bad"):
        prompt_path(Path("/srv/prompts"), "welcome", language)


def test_the_length_of_a_file_is_its_frames_over_its_rate(tmp_path: Path) -> None:
    path = tmp_path / "quarter.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setparams((2, 2, 16000, 0, "NONE", ""))
        sound.writeframes(bytes(4000 * 4))
    assert seconds_of(path) == 0.25


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match="prompt_missing"):
        seconds_of(tmp_path / "none.wav")


@pytest.mark.parametrize("content", [b"", b"RIFF", b"\xff\xfb\x90\x00" * 40])
def test_a_file_that_is_no_wav_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "song.wav"
    path.write_bytes(content)
    with pytest.raises(UserMistake, match="prompt_not_wav"):
        seconds_of(path)
