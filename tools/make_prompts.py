#!/usr/bin/env python3
"""Makes the shipped prompts and the hold music anew: tools/in-env python tools/make_prompts.py

Needs espeak-ng and sox (apt-get install espeak-ng sox); the running system needs neither. The sentences are in
fs_control/media/prompts/sentences.yaml. The same sentences and the same versions of both programs give the same
bytes, so a change of one sentence changes one file in each language. Chinese is read by the voice cmn-latn-pinyin: the
voice `zh` reads most characters as English, and where espeak-ng would still do so, this tool refuses the sentence.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
import wave
from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from hold_music import hold_music

from fs_control.media.loudness import RATE, SPEECH_DBFS, at_level

MEDIA: Final = Path(__file__).resolve().parent.parent / "fs_control" / "media"
FULL_SCALE: Final = 32767
MUSIC_DBFS: Final = -22.0
TONE_S: Final = 0.5
TAIL_S: Final = 0.2
"""Silence behind a sentence."""
VOICES: Final = {"zh": "cmn-latn-pinyin", "en": "en-gb"}
WORDS_A_MINUTE: Final = {"zh": "165", "en": "150"}


def main() -> int:
    """Write every file; return the exit code."""
    missing = [program for program in ("espeak-ng", "sox") if shutil.which(program) is None]
    if missing:
        print(f"Missing: {', '.join(missing)}. On Debian: apt-get install {' '.join(missing)}", file=sys.stderr)
        return 1
    sentences = yaml.safe_load((MEDIA / "prompts" / "sentences.yaml").read_text(encoding="utf-8"))
    for name, forms in sentences.items():
        for language, samples in sounds(forms).items():
            write_wav(MEDIA / "prompts" / language / f"{name}.wav", at_level(samples, SPEECH_DBFS))
    write_wav(MEDIA / "music" / "hold.wav", at_level(hold_music(RATE), MUSIC_DBFS))
    print(f"{len(sentences)} prompts in {len(VOICES)} languages and the hold music are in {MEDIA}")
    return 0


def sounds(forms: Mapping[str, Any]) -> dict[str, list[float]]:
    """Return an entry of sentences.yaml as samples, by language."""
    if "tone" in forms:
        return dict.fromkeys(VOICES, tone(int(forms["tone"])))
    texts = {"zh": forms.get("zh_spoken", forms["zh"]), "en": forms["en"]}
    spoken = {language: speak(text, language, float(forms.get("tail", TAIL_S))) for language, text in texts.items()}
    if forms.get("bilingual"):
        both = at_level(spoken["zh"], SPEECH_DBFS) + at_level(spoken["en"], SPEECH_DBFS)
        return dict.fromkeys(VOICES, both)
    return spoken


def tone(hertz: int) -> list[float]:
    """Return a tone that begins and ends softly, with a little silence behind it."""
    length, soft = round(RATE * TONE_S), RATE // 100
    wave_of = (math.sin(2 * math.pi * hertz * at / RATE) for at in range(length))
    samples = [sound * min(1.0, at / soft, (length - at) / soft) for at, sound in enumerate(wave_of)]
    return samples + [0.0] * (RATE // 20)


def speak(text: str, language: str, tail_s: float) -> list[float]:
    """Return a sentence as samples between -1 and 1, without silence before it and with `tail_s` after it."""
    refuse_foreign_words(text, language)
    spoken = run(["espeak-ng", "-v", VOICES[language], "-s", WORDS_A_MINUTE[language], "--stdout", text])
    # Trims both ends (the reversal makes the end a beginning); -D because dither is chance.
    trim = ["silence", "1", "0.01", "0.5%", "reverse"]
    to_raw = f"sox -D -t wav - -t raw -e signed -b 16 -L -r {RATE} -c 1 - gain -n -3 rate -v".split()
    samples = array("h", run([*to_raw, *trim, *trim, "pad", "0.05", str(tail_s)], spoken))
    return [sample / FULL_SCALE for sample in little_endian(samples)]


def refuse_foreign_words(text: str, language: str) -> None:
    """End the program where espeak-ng falls back to English in a Chinese sentence: write pinyin there."""
    phonemes = run(["espeak-ng", "-v", VOICES[language], "-q", "-x", text]).decode()
    if language == "zh" and "(en)" in phonemes:
        sys.exit(f"espeak-ng reads a part of this sentence as English; write pinyin with tone digits there: {text}")


def run(command: Sequence[str], given: bytes = b"") -> bytes:
    """Return what a program writes; its failure ends this one."""
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True).stdout


def write_wav(path: Path, samples: Iterable[float]) -> None:
    """Write mono, 16 bit, `RATE`; the folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    numbers = little_endian(array("h", (round(sample * FULL_SCALE) for sample in samples)))
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(numbers.tobytes())


def little_endian(numbers: array[int]) -> array[int]:
    """Turn this machine's order of bytes into that of a WAV file, or back."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


if __name__ == "__main__":
    sys.exit(main())
