"""What the journal asks of a disk, and the order in which it asks.

Every call here may block for as long as the disk likes, or fail: all of it runs in a `Hand` and nothing in the hub.
Easy to break: what was begun is there with its whole first line or not at all, what was half written is cut off again,
and after one failure nothing more is written to that file, for a line behind a hole would claim what is not there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from fs_control.runtime.journal_reading import segments

UNBORN: Final = ".new"


class Disk:
    """The calls to the kernel, one for one; OSError where it refuses."""

    def open(self, path: Path) -> int:
        """Open an empty file that its owner alone may read; what a killed start left may be open to others."""
        path.unlink(missing_ok=True)
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def write(self, file: int, data: memoryview) -> int:
        """Write some of the data and return how many bytes were taken."""
        return os.write(file, data)

    def sync(self, file: int) -> None:
        """Return when what was written is on the disk."""
        os.fsync(file)

    def cut(self, file: int, size: int) -> None:
        """Cut a file off behind so many bytes."""
        os.ftruncate(file, size)

    def close(self, file: int) -> None:
        """Close a file."""
        os.close(file)

    def rename(self, path: Path, to: Path) -> None:
        """Give a file its name, for good."""
        path.replace(to)
        folder = os.open(to.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink(missing_ok=True)

    def make_private(self, folder: Path) -> None:
        """Make the folder, or close it to others: who called whom is nobody else's business."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)


class FileOnDisk:
    """One file of the journal as its writing thread sees it."""

    def __init__(self, disk: Disk, path: Path) -> None:
        self._disk, self._path = disk, path
        self._file = -1
        self._size = 0
        self._failed: OSError | None = None

    def begin(self, pieces: Sequence[bytes], is_wanted: Callable[[], bool]) -> None:
        """Make the file with these bytes in it; one that is no longer wanted when it is ready is removed again.

        A start that wrote no event leaves a segment of the same name, which is replaced.
        """
        try:
            self._begin(pieces, is_wanted)
        except OSError as error:
            self._failed = error
            raise

    def _begin(self, pieces: Sequence[bytes], is_wanted: Callable[[], bool]) -> None:
        self._disk.make_private(self._path.parent)
        unborn = self._path.with_suffix(UNBORN)
        self._file = self._disk.open(unborn)
        try:
            for piece in pieces:
                self._write(piece)
            self._disk.sync(self._file)
            if not is_wanted():
                raise OSError(None, "given up")
            self._disk.rename(unborn, self._path)
        except OSError:
            with suppress(OSError):
                self._disk.remove(unborn)  # it may be what fills the disk
            raise

    def append(self, data: bytes) -> None:
        """Write data in one piece behind what is there: all of it, or OSError and nothing of it."""
        if self._failed is not None:
            raise self._failed
        end = self._size
        try:
            self._write(data)
        except OSError as error:
            self._failed = error
            with suppress(OSError):  # what is left then is a torn line, or events that nobody says are there
                self._disk.cut(self._file, end)
            raise

    def sync(self) -> None:
        """Bring what was written to the disk. Runs in another thread than the writing."""
        if (file := self._file) >= 0:
            self._disk.sync(file)

    def close(self) -> None:
        """Close the file; what was written is brought to the disk first."""
        if self._file < 0:
            return
        file, self._file = self._file, -1
        try:
            if self._failed is None:
                self._disk.sync(file)
        finally:
            self._disk.close(file)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            taken = self._disk.write(self._file, view)
            self._size += taken
            view = view[taken:]


def remove_old(disk: Disk, newest: Path, keep: int, keep_bytes: int) -> None:
    """Remove the oldest segments, and what attempts left: `keep` files stay, or fewer where they hold too many bytes.

    The newest and the one before it always stay, whatever they hold.
    """
    for left in newest.parent.glob(f"*{UNBORN}"):
        disk.remove(left)
    held = 0
    for place, path in enumerate(reversed(segments(newest.parent))):
        held += path.stat().st_size
        if place >= 2 and (place >= keep or held > keep_bytes):
            disk.remove(path)
