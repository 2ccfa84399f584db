"""How long to wait before the next attempt to reach a switch.

Owns the arithmetic and nothing else: chance comes in as a number, so a test can hold it still. Easy to break: without
jitter all processes that lost one switch come back to it in the same instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_ENOUGH_DOUBLINGS: Final = 32
"""Far above any limit, and far below what would overflow a float."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits that double from `first_s` to `longest_s`."""

    first_s: float = 0.25
    longest_s: float = 10.0

    def wait_s(self, failures: int, chance: float) -> float:
        """Seconds to wait after `failures` failed attempts in a row (from 1); `chance` is in [0, 1).

        Half of the wait is certain and half is drawn, so that a wait is never zero.
        """
        doublings = min(max(failures, 1) - 1, _ENOUGH_DOUBLINGS)
        whole = min(self.first_s * 2.0**doublings, self.longest_s)
        return whole * (1 + chance) / 2
