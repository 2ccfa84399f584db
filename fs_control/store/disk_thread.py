"""File work in a thread: a disk that is slow or hangs holds up whoever asked for it, for a while, and nobody else.

Knows nothing of the files. Easy to break: gevent prints what a thread raises, so errors come back as values; and a
thread that hangs cannot be ended, so while one does, nothing more is begun.
"""

from __future__ import annotations

from collections.abc import Callable
from errno import ETIMEDOUT
from typing import Any, Final, TypeVar

import gevent
from gevent.lock import BoundedSemaphore

DEADLINE_S: Final = 10.0
"""A disk that has not written a few megabytes by then is not one to wait for."""

R = TypeVar("R")


class DiskThread:
    """One piece of file work at a time."""

    def __init__(self) -> None:
        self._turn = BoundedSemaphore()
        self._under_way: Any = None

    def do(self, work: Callable[..., R], *arguments: object) -> R:
        """Return what the work returns; OSError where the disk does not do it, or not within `DEADLINE_S`."""
        with self._turn:
            if self._under_way is not None and not self._under_way.ready():
                raise _hangs()
            self._under_way = gevent.get_hub().threadpool.spawn(_outcome, work, arguments)
            try:
                done = self._under_way.get(timeout=DEADLINE_S)
            except gevent.Timeout:
                raise _hangs() from None
        if isinstance(done, BaseException):
            raise done
        result: R = done
        return result


def _outcome(work: Callable[..., R], arguments: tuple[object, ...]) -> R | Exception:
    try:
        return work(*arguments)
    except Exception as error:  # noqa: BLE001 - raised again where it was asked for
        return error


def _hangs() -> OSError:
    return OSError(ETIMEDOUT, "the disk does not answer")
