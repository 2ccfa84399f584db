"""The switch's heartbeat: stamps, the 20 ms frame grid and timers, on gevent and in virtual time.

Owns the translation between the pure `SwitchClock` and the event loop. FreeSWITCH stamps everything with the time
of its soft timer, which moves in steps of 20 ms, and its session threads look at their queues once per step (README
of the traces); both come from `frame_us` here. Nothing here polls: whoever waits, waits for a moment or for news. Easy
to break: everything in the box that lets time pass does so through `Timing`, so that it may also be stepped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import gevent
from gevent.event import Event as Signal

from fs_control.virtual_switch.clock import MICROSECONDS, SwitchClock

FRAME_US = 20_000
"""One audio frame, and the step in which sessions run and stamps move."""


class Timer:
    """A call that will be made once, unless cancelled before."""

    def __init__(self, stop: Callable[[], None]) -> None:
        self._stop: Callable[[], None] | None = stop

    def cancel(self) -> None:
        """Forget the call; harmless when it has already been made."""
        stop, self._stop = self._stop, None
        if stop is not None:
            stop()


class Timing:
    """Tells virtual time and runs functions at virtual moments."""

    def __init__(self, clock: SwitchClock) -> None:
        self.clock = clock
        self._watchers: set[Any] = set()
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

    def _real_seconds_until(self, moment_us: int) -> float:
        """Real seconds from now to a virtual moment, 0 when it has passed; never early."""
        return max(0.0, self.clock.real_seconds((moment_us - self.now_us()) / MICROSECONDS) + 1e-5)

    def wait_for(self, news: Signal, until_us: int | None) -> bool:
        """Wait until there is news, or for a moment; whether there is news."""
        return bool(news.wait(timeout=None if until_us is None else self._real_seconds_until(until_us)))

    def sleep_until(self, moment_us: int) -> None:
        """Wait for a moment."""
        gevent.sleep(self._real_seconds_until(moment_us))

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Wait for somebody outside of the box, who knows nothing of its time."""
        yield

    def await_frame(self, start_us: int) -> None:
        """Wait until a frame begins; one timer wakes all who wait for it, in the order in which they came."""
        begins = self._frames.get(start_us)
        if begins is None:
            begins = self._frames[start_us] = Signal()
            self._arm(start_us)
        begins.wait()

    def _arm(self, start_us: int) -> None:
        watcher = gevent.get_hub().loop.timer(self._real_seconds_until(start_us))
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
        self._watchers.add(watcher)

        def stop() -> None:
            watcher.stop()
            watcher.close()
            self._watchers.discard(watcher)

        timer = Timer(stop)

        def fire() -> None:
            timer.cancel()
            function(*args)

        watcher.start(fire)
        return timer
