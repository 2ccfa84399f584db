"""A disk with memory: it writes to real files, and refuses, takes half, or does not answer, as it is told."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gevent.monkey import get_original

from fs_control.runtime.journal_disk import Disk

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
READ_ONLY = OSError(errno.EROFS, os.strerror(errno.EROFS))
FAILING = OSError(errno.EIO, os.strerror(errno.EIO))


class MoodyDisk(Disk):
    """What it was asked for is in `asked`, in which threads in `threads`."""

    def __init__(self) -> None:
        self.refuses: dict[str, OSError] = {}
        """What is refused, by the name of the call, and how."""
        self.takes: int | None = None
        """So many bytes more are taken before it is full; None is any number."""
        self.asked: list[str] = []
        self.written: list[bytes] = []
        self.threads: set[int] = set()
        self._gates: dict[str, Any] = {}

    @contextmanager
    def blocked(self, call: str) -> Iterator[None]:
        """Do not answer this call while the block runs."""
        gate = self._gates[call] = get_original("_thread", "allocate_lock")()
        gate.acquire()
        try:
            yield
        finally:
            del self._gates[call]
            gate.release()

    def open(self, path: Path) -> int:
        self._ask("open")
        return super().open(path)

    def write(self, file: int, data: memoryview) -> int:
        self._ask("write")
        if self.takes is not None:
            data = data[: self.takes]
            self.takes -= len(data)
            if not data:
                raise FULL
        self.written.append(bytes(data))
        return super().write(file, data)

    def sync(self, file: int) -> None:
        self._ask("sync")
        super().sync(file)

    def cut(self, file: int, size: int) -> None:
        self._ask("cut")
        super().cut(file, size)

    def rename(self, path: Path, to: Path) -> None:
        self._ask("rename")
        super().rename(path, to)

    def _ask(self, call: str) -> None:
        self.asked.append(call)
        self.threads.add(get_original("_thread", "get_ident")())
        gate = self._gates.get(call)
        if gate is not None:
            with gate:
                pass
        if call in self.refuses:
            raise self.refuses[call]
