"""Sound files of known lengths, for recordings of what is played from files.

Owns their names and lengths, by which a reader of a trace knows when each ends. Nothing here says what is heard: it is
one tone. Easy to break: the files of a recording and those of its replay are the same, so lengths are never changed.
"""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE = 8000
PERIOD = 200
"""Samples after which a tone of 440 Hz begins anew."""
SECONDS = {"music": 2.0, "one": 1.0, "two": 1.5, "three": 0.7, "whisper": 1.2}
"""By the name of the file, without `.wav`; whole periods."""


def write_sounds(folder: Path) -> None:
    """Write all files into an existing folder."""
    samples = [round(8000 * math.sin(math.tau * 440 * place / RATE)) for place in range(PERIOD)]
    period = struct.pack(f"<{PERIOD}h", *samples)
    for name, seconds in SECONDS.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(period * round(seconds * RATE / PERIOD))
