"""How long a prompt lasts.

Owns reading a playback argument the way FreeSWITCH's file modules do: `tone_stream://`, `silence_stream://`,
`local_stream://`, `file_string://` and sound files, whose length comes from the real WAV header. No sound is made. Easy
to break: a prompt without an end (hold music) is ENDLESS, and a file that is not there is None, not zero; a sentence of
several files begins with a quarter of a second of silence (trace sentence).
"""

from __future__ import annotations

import math
import re
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fs_control.virtual_switch.dial_string import separate

_TONE = re.compile(r"%\(\s*([0-9]{1,9})\s*,\s*([0-9]{1,9})\s*,[^)]*\)")
_LOOPS = re.compile(r"(?:^|;)\s*loops\s*=\s*(-?[0-9]{1,6})")
LEAD_MS: Final = 250
_PARAMETERS = re.compile(r"^(?:\{[^}]*\}\s*)+")


@dataclass(frozen=True, slots=True)
class Length:
    """How long a prompt lasts and how much of it is made at once, in milliseconds."""

    total_ms: float
    block_ms: int

    @property
    def endless(self) -> bool:
        """Whether it never ends by itself."""
        return math.isinf(self.total_ms)


@dataclass(frozen=True, slots=True)
class SentencePart:
    """One file of a sentence, and its length if it is there."""

    name: str
    length: Length | None


def prompt_length(name: str, sound_folder: Path | None) -> Length | None:
    """The length of a prompt, or None when there is no such sound."""
    bare = _PARAMETERS.sub("", name)
    scheme, separator, rest = bare.partition("://")
    if not separator:
        return _file_length(bare, sound_folder)
    match scheme.lower():
        case "tone_stream":
            return _tone_length(rest)
        case "silence_stream":
            return _silence_length(rest)
        case "local_stream":
            return Length(math.inf, 1000)
        case "file_string":
            return _sum([part.length for part in sentence_parts(name, sound_folder)])
        case "file":
            return _file_length(rest, sound_folder)
    return None


def _tone_length(text: str) -> Length | None:
    once = sum(int(on) + int(off) for on, off in _TONE.findall(text))
    if not once:
        return None
    found = _LOOPS.search(text)
    loops = int(found.group(1)) if found else 1
    return Length(math.inf if loops < 0 else once * max(loops, 1), once)


def _silence_length(text: str) -> Length | None:
    length = text.partition(",")[0].strip()
    if length == "-1":
        return Length(math.inf, 1000)
    return Length(int(length), int(length)) if length.isdecimal() and len(length) < 10 else None


def sentence_parts(name: str, sound_folder: Path | None) -> list[SentencePart]:
    """The files of `file_string://one!two!three`, in order; none where it is anything else."""
    scheme, separator, rest = _PARAMETERS.sub("", name).partition("://")
    if not separator or scheme.lower() != "file_string":
        return []
    return [SentencePart(part, prompt_length(part, sound_folder)) for part in separate(rest, "!")]


def _sum(parts: list[Length | None]) -> Length | None:
    """Several files one after the other; those that are missing are passed over."""
    found = [part for part in parts if part is not None]
    if not found:
        return None
    total = lead_ms(parts) + sum(part.total_ms for part in found)
    return Length(total, 0 if math.isinf(total) else int(total))


def lead_ms(parts: list[Length | None]) -> int:
    """The silence before the first file of a sentence, which a first file that is missing takes with it (next_file)."""
    return LEAD_MS if parts and parts[0] is not None else 0


def _file_length(name: str, sound_folder: Path | None) -> Length | None:
    try:
        path = Path(name)
        if not path.is_absolute():
            if sound_folder is None:
                return None
            path = sound_folder / path
        if not path.suffix:
            path = path.with_suffix(".wav")
        with wave.open(str(path), "rb") as sound:
            milliseconds = round(sound.getnframes() * 1000 / sound.getframerate())
    except (OSError, EOFError, ValueError, ZeroDivisionError, wave.Error):
        # Whatever is wrong with the file, for the caller of the prompt there is no such sound.
        return None
    return Length(milliseconds, milliseconds)
