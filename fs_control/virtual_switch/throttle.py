"""How many sessions the switch takes: at once, and new ones per second.

Owns switch_core_session_request_uuid's two limits. Legs that we dial count as callers do. Pure. Easy to break: the
allowance is renewed at each whole second of the switch's clock, it does not slide (`runtime.sps` is set by a timer).
"""

from __future__ import annotations

from collections.abc import Callable

from fs_control.virtual_switch.clock import MICROSECONDS

MAX_SESSIONS = 5000
SESSIONS_PER_SECOND = 1000


class Throttle:
    """Admits sessions, or not."""

    def __init__(
        self, now_us: Callable[[], int], per_second: int = SESSIONS_PER_SECOND, at_once: int = MAX_SESSIONS
    ) -> None:
        self.per_second = per_second
        self.at_once = at_once
        self.last = 0
        """Sessions begun in the second before this one."""
        self.peak = 0
        self._now_us = now_us
        self._second = 0
        self._begun = 0

    def admits(self, sessions: int) -> bool:
        """Whether one more may begin beside so many; it counts when it may.

        The last of a second's allowance is never given (trace sessions-per-second).
        """
        self.look()
        if self._begun + 1 >= self.per_second or sessions >= self.at_once:
            return False
        self._begun += 1
        self.peak = max(self.peak, self._begun)
        return True

    def look(self) -> None:
        """Begin a new second when its time has come."""
        second = self._now_us() // MICROSECONDS
        if second != self._second:
            self.last = self._begun if second == self._second + 1 else 0
            self._second, self._begun = second, 0
