"""The switch's heartbeat: stamps, the 20 ms frame grid and timers, on gevent and in virtual time.

Owns the translation between the pure `SwitchClock` and the event loop. FreeSWITCH stamps everything with the time
of its soft timer, which moves in steps of 20 ms, and its session threads look at their queues once per step (README
of the traces); both come from `frame_us` here. Nothing here polls: whoever waits, waits for a moment or for news.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import gevent
from gevent.event import Event as Signal

from fs_control.virtual_switch.clock import MICROSECONDS, SwitchClock

FRAME_US = 20_000
"""One audio frame, and the step in which sessions run and stamps move."""


class Timer:
    """A call that will be made once, unless cancelled before."""

    def __init__(self, watcher: Any, forget: Callable[[Timer], None]) -> None:
        self._watcher = watcher
        self._forget = forget

    def cancel(self) -> None:
        """Forget the call; harmless when it has already been made."""
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher.close()
            self._watcher = None
            self._forget(self)


class Timing:
    """Tells virtual time and runs functions at virtual moments."""

    def __init__(self, clock: SwitchClock) -> None:
        self.clock = clock
        self._timers: set[Timer] = set()
        self._frames: dict[int, Signal] = {}

    def now_us(self) -> int:
        """The virtual moment in microseconds since 1970 UTC."""
        return self.clock.virtual_us(time.time())

    def stamp_us(self) -> int:
        """The moment as FreeSWITCH writes it: the start of the current frame."""
        return self.frame_us(self.now_us())

    @staticmethod
    def frame_us(moment_us: int) -> int:
        """The start of the frame in which a moment lies."""
        return moment_us - moment_us % FRAME_US

    def next_frame_us(self) -> int:
        """The start of the next frame."""
        return self.stamp_us() + FRAME_US

    def real_seconds_until(self, moment_us: int) -> float:
        """Real seconds from now to a virtual moment, 0 when it has passed; never early."""
        return max(0.0, self.clock.real_seconds((moment_us - self.now_us()) / MICROSECONDS) + 1e-5)

    def await_frame(self, start_us: int) -> None:
        """Wait until a frame begins; one timer wakes all who wait for it, in the order in which they came."""
        begins = self._frames.get(start_us)
        if begins is None:
            begins = self._frames[start_us] = Signal()
            self._arm(start_us)
        begins.wait()

    def _arm(self, start_us: int) -> None:
        watcher = gevent.get_hub().loop.timer(self.real_seconds_until(start_us))
        watcher.start(self._begin_frame, start_us, watcher)

    def _begin_frame(self, start_us: int, watcher: Any) -> None:
        watcher.stop()
        watcher.close()
        if self.now_us() < start_us:
            # The loop counts from a moment that it noted before it was busy: its timers can be early by that much.
            self._arm(start_us)
            return
        self._frames.pop(start_us).set()

    def call_later(self, virtual_seconds: float, function: Callable[..., None], *args: object) -> Timer:
        """Call a function in so many virtual seconds, in the event loop: it must not wait for anything."""
        watcher = gevent.get_hub().loop.timer(max(0.0, self.clock.real_seconds(virtual_seconds)))
        timer = Timer(watcher, self._timers.discard)
        self._timers.add(timer)

        def fire() -> None:
            timer.cancel()
            function(*args)

        watcher.start(fire)
        return timer
