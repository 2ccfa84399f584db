"""Time in steps: a clock that stands still until somebody at the stage door lets it go on.

Owns a `Timing` whose moments are jumped to, one after the other: at each, everything that the switch has to do is done
before the next one comes. So nothing depends on how busy the machine is, and nobody waits. Easy to break: whatever
waits for somebody outside must do so inside `outside()`, or time goes on without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

import gevent
from gevent.event import Event as Signal

from fs_control.virtual_switch.clock import MICROSECONDS, SwitchClock
from fs_control.virtual_switch.timing import Timer, Timing


@dataclass(order=True, slots=True)
class _Due:
    """Something that will be done at a moment, in the order in which it was asked for."""

    moment_us: int
    number: int
    act: Callable[[], None] | None = field(compare=False)

    def cancel(self) -> None:
        """Do nothing then."""
        self.act = None


class SteppedTiming(Timing):
    """Virtual time that begins at the clock's anchor and moves only in `advance`."""

    def __init__(self, clock: SwitchClock) -> None:
        super().__init__(clock)
        self._now_us = round(clock.virtual_anchor * MICROSECONDS)
        self._due: list[_Due] = []
        self._numbers = count()
        self._outside = 0
        self._inside = Signal()
        self._inside.set()

    def now_us(self) -> int:
        """The moment at which time stands."""
        return self._now_us

    def advance(self, until_us: int, enough: Callable[[], bool]) -> None:
        """Let everything happen up to a moment, or until there is enough to see."""
        self._settle()
        while not enough():
            if not self._due or self._due[0].moment_us > until_us:
                self._now_us = max(self._now_us, until_us)
                return
            due = heappop(self._due)
            if due.act is not None:
                self._now_us = max(self._now_us, due.moment_us)
                due.act()
                self._settle()

    def _settle(self) -> None:
        """Let every greenlet do what it can do at this moment."""
        # The second round is for what the first one found at the sockets.
        for _ in range(2):
            gevent.idle()
            self._inside.wait()

    # What passes time.

    def call_later(self, virtual_seconds: float, function: Callable[..., None], *args: object) -> Timer:
        """Call a function in so many virtual seconds: it must not wait for anything."""
        return self._call_at(self._now_us + round(max(0.0, virtual_seconds) * MICROSECONDS), lambda: function(*args))

    def wait_for(self, news: Signal, until_us: int | None) -> bool:
        """Wait until there is news, or for a moment; whether there is news."""
        if until_us is None:
            return bool(news.wait())
        either = Signal()

        def wake(_news: Signal) -> None:
            either.set()

        timer = self._call_at(until_us, either.set)
        news.rawlink(wake)
        either.wait()
        news.unlink(wake)
        timer.cancel()
        return bool(news.is_set())

    def sleep_until(self, moment_us: int) -> None:
        """Wait for a moment."""
        over = Signal()
        self._call_at(moment_us, over.set)
        over.wait()

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Wait for somebody outside of the box: time stands still meanwhile."""
        self._outside += 1
        self._inside.clear()
        try:
            yield
        finally:
            self._outside -= 1
            if not self._outside:
                self._inside.set()

    def _arm(self, start_us: int) -> None:
        self._call_at(start_us, lambda: self._frames.pop(start_us).set())

    def _call_at(self, moment_us: int, function: Callable[[], None]) -> Timer:
        due = _Due(moment_us, next(self._numbers), function)
        heappush(self._due, due)
        return Timer(due.cancel)
