"""The hold music, composed here: a slow arpeggio over eight bars, as numbers between -1 and 1.

Everything sounds between 190 and 1100 Hz, because a telephone carries 300 to 3400 Hz. Each note is added to a ring
of samples, so a note that begins in the last bar fades out in the first: the end joins the beginning without a seam.
No chance and no clock: the same samples every time.
"""

from __future__ import annotations

import math
from typing import Final

_BAR_S: Final = 3.0
_STEPS: Final = 8
# Four chord tones from low to high (MIDI numbers): C major 7, A minor 7, F major 7, G 6; then E minor 7, A minor 7,
# D minor 7, G 7, which leads back to the first bar.
_CHORDS: Final = (
    (60, 64, 67, 71),
    (57, 64, 67, 72),
    (57, 65, 69, 72),
    (59, 62, 67, 76),
    (59, 64, 67, 74),
    (57, 64, 69, 72),
    (57, 62, 65, 72),
    (59, 62, 65, 67),
)
# Which chord tone sounds at each step: up, and back down; the last is left out, to breathe.
_FIGURE: Final = (0, 1, 2, 3, 2, 3, 1, None)
# A melody note an octave above, one on the first step of each bar.
_MELODY: Final = (76, 72, 81, 79, 79, 76, 77, 74)
# Strength of each harmonic: soft, like a felt-damped piano.
_HARMONICS: Final = (1.0, 0.28, 0.09)
_ATTACK_S: Final = 0.03
_FADE_S: Final = 0.7


def hold_music(rate: int) -> list[float]:
    """Return the loop (24 s) at `rate` samples a second; its loudness is the caller's business."""
    ring = [0.0] * round(len(_CHORDS) * _BAR_S * rate)
    for bar, (chord, melody) in enumerate(zip(_CHORDS, _MELODY, strict=True)):
        begin = bar * _BAR_S
        _add_note(ring, rate, begin, melody, 0.8)
        for step, tone in enumerate(_FIGURE):
            if tone is not None:
                _add_note(ring, rate, begin + step * _BAR_S / _STEPS, chord[tone], 1.0 if step == 0 else 0.7)
    return ring


def _add_note(ring: list[float], rate: int, begin_s: float, midi: int, strength: float) -> None:
    turn = 2 * math.pi * 440.0 * 2 ** ((midi - 69) / 12) / rate
    first = round(begin_s * rate)
    for count in range(round(6 * _FADE_S * rate)):
        moment = count / rate
        envelope = min(1.0, moment / _ATTACK_S) * math.exp(-moment / _FADE_S)
        tone = sum(share * math.sin(turn * count * (order + 1)) for order, share in enumerate(_HARMONICS))
        ring[(first + count) % len(ring)] += strength * envelope * tone
