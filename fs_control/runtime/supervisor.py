"""The owner of greenlets: each has a name, and a crash is told and never silent.

A service that must not end is `essential`: its crash ends the process in order, for a process manager to start
again; whoever runs the process waits for `failed`. Everything else is logged with its name and goes away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import gevent
import structlog
from gevent.event import AsyncResult

from fs_control.runtime.callbacks import place_of

Running: TypeAlias = "gevent.Greenlet[..., object]"

log = structlog.get_logger(__name__)


class Supervisor:
    """Starts named greenlets and hears of their end."""

    def __init__(self) -> None:
        self.failed: AsyncResult[str] = AsyncResult()
        """The name of the first essential greenlet that ended, as soon as there is one."""
        self._running: set[Running] = set()

    def spawn(self, name: str, run: Callable[[], None], *, essential: bool = False) -> Running:
        """Run something in a greenlet of its own."""
        greenlet: Running = gevent.Greenlet(run)
        greenlet.name = name
        greenlet.link(lambda ended: self._ended(ended, essential))
        self._running.add(greenlet)
        greenlet.start()
        return greenlet

    @property
    def names(self) -> list[str]:
        """Return who is running."""
        return sorted(greenlet.name for greenlet in self._running)

    def stop(self, seconds: float) -> None:
        """End all greenlets, waiting so long at most; who has not ended by then is named in the log."""
        running = list(self._running)
        gevent.killall(running, block=False)
        ended = gevent.joinall(running, timeout=seconds)
        for greenlet in set(running).difference(ended):
            log.error("greenlet does not end", action="greenlet_does_not_end", greenlet=greenlet.name)

    def _ended(self, greenlet: Running, essential: bool) -> None:
        self._running.discard(greenlet)
        if isinstance(greenlet.value, gevent.GreenletExit):
            return  # it was told to
        error = greenlet.exception
        if error is not None:
            kind, place = type(error).__name__, place_of(error)
            log.error("greenlet crashed", action="greenlet_crashed", greenlet=greenlet.name, error=kind, at=place)
        if essential:
            log.error("essential greenlet ended", action="essential_ended", greenlet=greenlet.name)
            if not self.failed.ready():
                self.failed.set(greenlet.name)
