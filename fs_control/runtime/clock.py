"""The one source of time of a process: the wall clock, or a clock that is elsewhere in time and runs faster.

A demo runs at 03:00 and ten times as fast as life; control plane and virtual switch are handed the same `Clock`, so
that both mean the same moment. Waiting is always done in real seconds: ask `real_seconds` how many.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from fs_control.ids import SECOND, Micros


@dataclass(frozen=True, slots=True)
class WallClock:
    """The time of the machine."""

    def now(self) -> Micros:
        """Return this moment."""
        return Micros(time.time_ns() // 1000)

    def real_seconds(self, length: Micros) -> float:
        """Return a length in seconds."""
        return max(0, length) / SECOND


@dataclass(frozen=True, slots=True)
class ShiftedClock:
    """A clock that showed `shown` when the wall showed `wall`, and runs `rate` times as fast."""

    wall: Micros
    shown: Micros
    rate: float = 1.0

    def now(self) -> Micros:
        """Return this moment on the shifted clock."""
        passed = time.time_ns() // 1000 - self.wall
        return Micros(self.shown + round(passed * self.rate))

    def real_seconds(self, length: Micros) -> float:
        """Return how many seconds on the wall a length of this clock's time takes."""
        return max(0, length) / SECOND / self.rate
