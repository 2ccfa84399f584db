"""Who uses a thing that several processes share: one at a time prepares or ends it, the last one out ends it.

Owns two lock files. The kernel does the counting: a user holds a shared lock, and a process killed at any moment holds
none. It must not know what is shared. Easy to break: join and leave only inside the gate, or two processes may each
think the other is still there, or that it is gone.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

POLL_S: Final = 0.02


class SharedUse:
    """One user's view of the thing whose lock files are `<name>.gate` and `<name>.users`."""

    def __init__(self, name: Path) -> None:
        self._gate_file = name.with_name(name.name + ".gate")
        self._users_file = name.with_name(name.name + ".users")
        self._mine: int | None = None

    @property
    def is_joined(self) -> bool:
        """Whether this user counts at present."""
        return self._mine is not None

    @contextmanager
    def gate(self) -> Iterator[None]:
        """Be the only one to prepare or end the thing. Waits by polling, so that greenlets go on meanwhile."""
        descriptor = _open(self._gate_file)
        try:
            while not _try_lock(descriptor, fcntl.LOCK_EX):
                time.sleep(POLL_S)
            yield
        finally:
            os.close(descriptor)

    def join(self) -> None:
        """Count from now on, once; inside the gate."""
        if self._mine is None:
            self._mine = _open(self._users_file)
            fcntl.flock(self._mine, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Count no longer; True when nobody else is left; inside the gate."""
        if self._mine is not None:
            os.close(self._mine)
            self._mine = None
        descriptor = _open(self._users_file)
        try:
            return _try_lock(descriptor, fcntl.LOCK_EX)
        finally:
            os.close(descriptor)


def _open(path: Path) -> int:
    """Descriptors made by `os.open` do not pass to child processes, so no server keeps our lock."""
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
