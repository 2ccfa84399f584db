"""How loud a sound is, and making it as loud as all the others: the shipped prompts and the operator's alike.

Pure: samples in, samples out, as numbers between -1 and 1. Loudness is the root of the mean square over the stretches
in which there is something to hear, so that pauses make nobody louder. Easy to break: no peak may come near full scale,
and where both cannot be had, a sound stays softer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

RATE: Final = 8000
"""Samples a second: what a telephone carries, so that the switch need not convert."""
SPEECH_DBFS: Final = -20.0
"""The usual level of a telephone voice."""
PEAK_DBFS: Final = -1.5
SILENT_DBFS: Final = -60.0
"""What is softer than this at its loudest is no sound."""
_PAUSE_DB: Final = -45.0
"""Below the loudest frame by this: a pause."""
_FRAME: Final = RATE // 50


def at_level(samples: Sequence[float], level_dbfs: float) -> list[float]:
    """Scale so that the stretches with sound have this loudness and no peak is near full scale; silence stays."""
    loud, peak = loudness(samples), max(map(abs, samples), default=0.0)
    if not loud:
        return list(samples)
    factor = min(ratio(level_dbfs) / loud, ratio(PEAK_DBFS) / peak)
    return [sample * factor for sample in samples]


def loudness(samples: Sequence[float]) -> float:
    """Return the root of the mean square over the 20 ms frames that are not silent; 0 for no sound at all."""
    powers = [math.fsum(s * s for s in samples[at : at + _FRAME]) / _FRAME for at in range(0, len(samples), _FRAME)]
    loudest = max(powers, default=0.0)
    if not loudest:
        return 0.0
    sounding = [power for power in powers if power > loudest * ratio(_PAUSE_DB) ** 2]
    return math.sqrt(math.fsum(sounding) / len(sounding))


def is_silent(samples: Sequence[float]) -> bool:
    """Whether nobody would hear anything."""
    return max(map(abs, samples), default=0.0) < ratio(SILENT_DBFS)


def ratio(decibel: float) -> float:
    """Turn decibel into a factor of amplitude."""
    return float(10 ** (decibel / 20))
