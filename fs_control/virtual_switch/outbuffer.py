"""Writing to a socket without waiting: what the socket does not take now is written when it does.

Owns the bytes that are on their way out of one socket. Needed because events are sent from timers, which may not wait.
Easy to break: the watcher must be stopped before the socket is closed, and a peer that does not read may not make the
process grow without limit.
"""

from __future__ import annotations

import os
from typing import Any, Final

import gevent
from gevent.event import Event as Signal

WRITABLE: Final = 2
"""libev's EV_WRITE."""

MAX_WAITING_BYTES: Final = 64 * 1024 * 1024
"""About ten thousand events; FreeSWITCH gives up on a listener after it has lost as many."""


class OutBuffer:
    """The outgoing half of a connected socket."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._waiting = bytearray()
        self._watcher: Any = None
        self._empty = Signal()
        self._empty.set()
        self.broken = False
        """The peer is gone, or reads so slowly that we gave it up."""

    def write(self, data: bytes) -> None:
        """Send now what can be sent, the rest as soon as the socket takes it."""
        if self.broken:
            return
        self._waiting += data
        if self._watcher is None:
            self._send()

    def drain(self, seconds: float) -> None:
        """Wait until all is sent, at most so many real seconds."""
        self._empty.wait(timeout=seconds)

    def close(self) -> None:
        """Stop sending; what has not been sent is lost."""
        self.broken = True
        self._stop_watching()
        self._waiting.clear()
        self._empty.set()

    def _send(self) -> None:
        try:
            sent = os.write(self._descriptor, self._waiting)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.close()
            return
        del self._waiting[:sent]
        if len(self._waiting) > MAX_WAITING_BYTES:
            self.close()
        elif self._waiting:
            self._watch()
        else:
            self._stop_watching()
            self._empty.set()

    def _watch(self) -> None:
        if self._watcher is None:
            self._empty.clear()
            self._watcher = gevent.get_hub().loop.io(self._descriptor, WRITABLE)
            self._watcher.start(self._send)

    def _stop_watching(self) -> None:
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher.close()
            self._watcher = None
