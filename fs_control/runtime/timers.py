"""Timers: a name and a time, and when it is due a `TimerFired` in the inbox.

What is due when is also in the centre (and so in snapshot and journal); this room only does the waiting. Lengths
come in the centre's time, which may run faster than life. After `stop` nothing is started any more: what the centre
still orders then is for the next process to resume.
"""

from __future__ import annotations

from collections.abc import Mapping

import gevent

from fs_control.events import TimerFired
from fs_control.ids import Micros, TimerId
from fs_control.ports import Clock, Notice


class Timers:
    """All running timers of one centre."""

    def __init__(self, clock: Clock, notice: Notice) -> None:
        self._clock = clock
        self._notice = notice
        self._waiting: dict[TimerId, gevent.Greenlet[..., object]] = {}
        self._stopped = False

    def __len__(self) -> int:
        return len(self._waiting)

    def start(self, timer: TimerId, after: Micros) -> None:
        """Start a timer; one of the same name is replaced."""
        self.cancel(timer)
        if not self._stopped:
            self._waiting[timer] = gevent.spawn_later(self._clock.real_seconds(after), self._fire, timer)

    def cancel(self, timer: TimerId) -> None:
        """Stop a timer; one that is not running is no mistake."""
        waiting = self._waiting.pop(timer, None)
        if waiting is not None:
            waiting.kill(block=False)

    def resume(self, due: Mapping[TimerId, Micros], now: Micros) -> None:
        """Start the timers that a folded centre says should be running; what is overdue fires at once."""
        for timer, moment in due.items():
            self.start(timer, Micros(max(0, moment - now)))

    def stop(self) -> None:
        """Stop all timers for good; the centre still knows them."""
        self._stopped = True
        for timer in list(self._waiting):
            self.cancel(timer)

    def _fire(self, timer: TimerId) -> None:
        self._waiting.pop(timer, None)
        self._notice(TimerFired(timer=timer))
