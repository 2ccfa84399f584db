"""A segment that is being written: the hub's side of one file, with a thread for writing and one for syncing.

What is handed over is written in order; `written` says how far that has come. Easy to break: nothing here waits for a
disk without a limit, and a file that has failed stays failed: the journal begins another one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final

from gevent.event import Event as Wake

from fs_control.runtime.journal_disk import Disk, FileOnDisk
from fs_control.runtime.journal_hand import Hand


class SegmentFile:
    """One file and its two hands."""

    def __init__(self, disk: Disk, path: Path, pieces: Sequence[bytes]) -> None:
        """Begin the file with these bytes, in the background."""
        self.path: Final = path
        self.fault: Exception | None = None
        """Why nothing more is written to it."""
        self.unsynced = False
        """Whether something was written that the disk has not confirmed."""
        self.syncing_since: float | None = None
        """Since when the disk has been asked to confirm what was written (monotonic); None while it is not."""
        self.backlog = sum(map(len, pieces))
        """Bytes that were handed over and are not written yet."""
        self.head_size: Final = self.backlog
        self._disk = disk
        self._file = FileOnDisk(disk, path)
        self._writer, self._syncer = Hand(), Hand()
        self._handed, self._written = 0, 0
        self._is_wanted = True
        self._moved = Wake()
        self._hand_over(partial(self._file.begin, pieces, lambda: self._is_wanted), self.backlog)

    @property
    def is_written(self) -> bool:
        """Whether all that was handed over is written."""
        return self._handed == self._written and self.fault is None

    def append(self, data: bytes) -> None:
        """Hand whole lines over."""
        self.backlog += len(data)
        self._hand_over(partial(self._file.append, data), len(data))

    def wait(self, seconds: float) -> bool:
        """Wait until all that was handed over is written; False where it failed or took longer."""
        deadline = monotonic() + seconds
        while not self.is_written and self.fault is None:
            self._moved.clear()
            if not self._moved.wait(max(0.0, deadline - monotonic())):
                return self.is_written  # where the hub was held up and not the disk, its answer is there by now
        return self.fault is None

    def sync(self) -> None:
        """Have what was written brought to the disk; the answer is `unsynced` or `fault`."""
        self.unsynced = False
        self.syncing_since = monotonic()
        self._syncer.put(self._file.sync, self._synced)

    def afterwards(self, job: Callable[[], None], heard: Callable[[Exception | None], None]) -> None:
        """Do something in the writing thread behind what was handed over."""
        self._writer.put(job, heard)

    def close(self, seconds: float = 0.0) -> bool:
        """Write what was handed over, confirm and close, waiting so long; False where that failed or goes on.

        Nothing may be handed over afterwards. A disk that does not answer is left to the threads.
        """
        self._is_wanted = False
        closed = Wake()
        results: list[Exception | None] = []

        def heard(error: Exception | None) -> None:
            results.append(error)
            closed.set()

        self._writer.put(self._file.close, heard)
        self._writer.let_go()
        self._syncer.let_go()
        if seconds:
            closed.wait(seconds)
        return results == [None] and self.fault is None

    def _hand_over(self, job: Callable[[], None], size: int) -> None:
        self._handed += 1
        self._writer.put(job, partial(self._heard, size))

    def _heard(self, size: int, error: Exception | None) -> None:
        if error is None:
            self._written += 1
            self.backlog -= size
            self.unsynced = True
        elif self.fault is None:
            self.fault = error
        self._moved.set()

    def _synced(self, error: Exception | None) -> None:
        self.syncing_since = None
        if error is not None and self.fault is None:
            self.fault = error  # to try again would tell nothing: the kernel forgets what it could not write
        self._moved.set()
