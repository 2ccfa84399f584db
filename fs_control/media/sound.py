"""Any common audio to what the switch plays: WAV, 8 kHz, mono, 16 bit, as loud as every other prompt.

Owns the limits of length and size. What is in that form already needs no program; everything else goes through sox.
Easy to break: sox takes some names for pipes, addresses and playlists, so it is only ever given a file of ours with a
name of ours; and the length of a hostile file is not known before it is decoded, so decoding stops at the limit.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
import wave
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from fs_control.errors import UserMistake
from fs_control.media.loudness import RATE, SPEECH_DBFS, at_level, is_silent

LONGEST_S: Final = 300.0
SHORTEST_S: Final = 0.1
LARGEST_BYTES: Final = 50_000_000
PATIENCE_S: Final = 60.0
FULL_SCALE: Final = 32767
_LARGEST_WAV: Final = round(2 * LONGEST_S * 2 * RATE)
"""Bytes; twice the longest prompt, for what may stand beside the samples."""
COMMON: Final = ("wav", "mp3", "ogg", "opus", "flac", "aiff", "au", "amr-nb", "gsm", "caf")
"""What people have; which of them sox can read depends on how it was built."""

_SUFFIXES: Final = frozenset({*COMMON, "aif", "aifc", "oga", "snd", "wv", "w64", "mp2", "amr-wb", "al", "ul"})
_FORMATS: Final = re.compile(r"^AUDIO FILE FORMATS: (.*)$", re.MULTILINE)
_TRIM: Final = ("silence", "1", "0.01", "0.5%", "reverse")


@dataclass(frozen=True, slots=True)
class Sound:
    """A prompt, ready to be played."""

    wav: bytes = field(repr=False)
    seconds: float

    @property
    def sha256(self) -> str:
        """What it is told by."""
        return hashlib.sha256(self.wav).hexdigest()


def sound_of_file(path: Path) -> Sound:
    """Read somebody's audio file; UserMistake says what is wrong with it, or which program is missing."""
    try:
        is_file, is_too_large = path.is_file(), path.stat().st_size > LARGEST_BYTES
        if not is_file:  # a device gives without end, and a pipe may never give
            raise UserMistake("prompt_no_file", file=str(path))
        if is_too_large:
            raise UserMistake("prompt_too_large", file=str(path), megabytes=LARGEST_BYTES // 1_000_000)
        data = path.read_bytes()
    except OSError as error:
        raise UserMistake("file_unreadable", file=str(path), reason=error.strerror) from error
    return sound_of(data, str(path))


def sound_of(data: bytes, name: str, tail_s: float | None = None) -> Sound:
    """Turn audio into a prompt. `name` is for the mistakes' sake and for what it ends with.

    `tail_s`: silence at both ends is taken away, and so much is left behind it.
    """
    wav = data if is_telephone_wav(data) else _through_sox(data, name, tail_s)
    if len(wav) > _LARGEST_WAV:  # its samples would take a gigabyte
        raise UserMistake("prompt_length_bad", file=name, shortest=SHORTEST_S, longest=round(LONGEST_S))
    samples = samples_of(wav)
    seconds = len(samples) / RATE
    if not SHORTEST_S <= seconds <= LONGEST_S:
        raise UserMistake("prompt_length_bad", file=name, shortest=SHORTEST_S, longest=round(LONGEST_S))
    if is_silent(samples):
        raise UserMistake("prompt_silent", file=name)
    return Sound(wav_of(at_level(samples, SPEECH_DBFS)), seconds)


def is_telephone_wav(data: bytes) -> bool:
    """Whether this is a WAV file in the switch's form."""
    try:
        with wave.open(io.BytesIO(data), "rb") as sound:
            return (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (RATE, 1, 2)
    except (wave.Error, EOFError):
        return False


def samples_of(wav: bytes) -> list[float]:
    """Return the samples of a WAV file in the switch's form as numbers between -1 and 1."""
    with wave.open(io.BytesIO(wav), "rb") as sound:
        frames = sound.readframes(sound.getnframes())
    return [sample / FULL_SCALE for sample in _little_endian(array("h", frames[: len(frames) // 2 * 2]))]


def wav_of(samples: Iterable[float]) -> bytes:
    """Return samples as a WAV file in the switch's form."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, RATE, 0, "NONE", ""))
        sound.writeframes(_little_endian(array("h", (round(each * FULL_SCALE) for each in samples))).tobytes())
    return file.getvalue()


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


# --- sox -------------------------------------------------------------------------------------------------------------


def need_programs(*names: str) -> None:
    """UserMistake names the programs that this machine lacks, and the line that installs them."""
    missing = tuple(name for name in names if shutil.which(name) is None)
    if missing:
        raise UserMistake("media_programs_missing", programs=missing, packages=" ".join(missing))


def readable_formats() -> tuple[str, ...]:
    """Return the common formats that the sox of this machine reads."""
    listed = subprocess.run(["sox", "--help"], stdout=subprocess.PIPE, check=False, text=True, timeout=PATIENCE_S)
    found = _FORMATS.search(listed.stdout)
    known = set(found[1].split()) if found else set()
    return tuple(each for each in COMMON if each in known)


def _through_sox(data: bytes, name: str, tail_s: float | None) -> bytes:
    """Convert by the format that the name says, else by what sox recognises."""
    need_programs("sox")
    suffix = Path(name).suffix.lower().removeprefix(".")
    for kind in (f".{suffix}", "") if suffix in _SUFFIXES else ("",):
        with tempfile.TemporaryDirectory(prefix="fs_control-sound-") as folder:
            given = Path(folder) / f"given{kind}"
            given.write_bytes(data)
            wav = _run_sox(given, tail_s)
        if wav is not None:
            return wav
    raise UserMistake("prompt_not_read", file=name, formats=readable_formats())


def _run_sox(given: Path, tail_s: float | None) -> bytes | None:
    """Return what sox makes of a file, None where it cannot read it. -G: nothing is clipped; -D: nothing is chance."""
    ends: Sequence[str] = () if tail_s is None else (*_TRIM, *_TRIM, "pad", "0.02", f"{tail_s:.3f}")
    limit = ("trim", "0", str(LONGEST_S + 1))
    form = ("-t", "wav", "-r", str(RATE), "-c", "1", "-b", "16", "-e", "signed-integer", "-")
    try:
        done = subprocess.run(
            ["sox", "-V1", "-D", "-G", str(given), *form, *limit, *ends],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=PATIENCE_S,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and is_telephone_wav(done.stdout) else None
