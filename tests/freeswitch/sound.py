"""Whether a recording has in it what was played: two sounds are compared by how loud they are from moment to moment.

Pure but for the reading of a file. Easy to break: a codec changes every sample, so samples must not be compared; and a
recording begins a moment earlier or later than what is played.
"""

from __future__ import annotations

import wave
from array import array
from math import sqrt
from pathlib import Path
from statistics import correlation, mean

MOMENTS_IN_A_SECOND = 100
SMOOTHED = 5
"""Over so many moments: a codec smears sound by some milliseconds."""
SHIFTS = range(-50, 101)
"""By so many moments a recording may begin after what is played (less than 0), or before it."""


def loudness(path: Path) -> list[float]:
    """The loudness of each moment of a file (16 bits, one channel): 0 for silence, 32,767 at most."""
    with wave.open(str(path), "rb") as file:
        assert (file.getsampwidth(), file.getnchannels()) == (2, 1)
        samples = array("h", file.readframes(file.getnframes()))
        size = file.getframerate() // MOMENTS_IN_A_SECOND
    moments = (samples[first : first + size] for first in range(0, len(samples), size))
    power = [mean(sample * sample for sample in moment) for moment in moments]
    return [sqrt(mean(power[first : first + SMOOTHED])) for first in range(len(power) - SMOOTHED)]


def likeness(recorded: Path, played: Path, seconds: float) -> float:
    """How much a recording goes up and down like so many seconds of what was played: 1 for just so, near 0 for any
    other sound.
    """
    heard, original, length = loudness(recorded), loudness(played), round(seconds * MOMENTS_IN_A_SECOND)
    pairs = ((heard[max(0, shift) :][:length], original[max(0, -shift) :][:length]) for shift in SHIFTS)
    return max(correlation(one, other) for one, other in pairs if len(one) == len(other) == length)
