"""The journal: every event is on disk before its effects, and a start folds it back into the centre.

A folder of segments, `<first sequence>.jsonl`. The first line of a segment is a snapshot of the centre as it was
then; every other line is one event. A new segment begins at each start. One `write` takes what is in the inbox, an
fsync follows within 50 ms: a kill -9 of the process loses nothing, a power cut at most those 50 ms. Easy to break:
an event whose handling raised was not applied, and must not be applied when folding (`CallCrashed.skipped`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

import gevent
import structlog
from gevent.event import Event as Wake

from fs_control.centre import CallCentre
from fs_control.events import Event
from fs_control.runtime.codec import encode_event, encode_head
from fs_control.runtime.journal_reading import Damage, Past, Segment, fold, read_past, read_segment, segments

__all__ = [
    "FSYNC_EVERY_S",
    "KEEP_SEGMENTS",
    "Damage",
    "Journal",
    "Past",
    "Segment",
    "fold",
    "read_past",
    "read_segment",
    "segments",
]

log = structlog.get_logger(__name__)

FSYNC_EVERY_S: Final = 0.05
"""What a power cut may cost; the documentation says so."""

KEEP_SEGMENTS: Final = 20
"""Older segments are removed at a start: they only serve `call trace`."""


class Journal:
    """The segment that is being written."""

    def __init__(self, folder: Path, centre: CallCentre, sequence: int) -> None:
        _make_private(folder)
        self.path: Final = folder / f"{sequence:012d}.jsonl"
        self.sequence = sequence
        self._unsynced = Wake()
        self._file: Final = _begin(self.path, encode_head(sequence, centre))
        for old in segments(folder)[:-KEEP_SEGMENTS]:
            old.unlink()

    def append(self, events: Sequence[Event]) -> range:
        """Write events in one piece and return their sequences.

        OSError: the disk does not take them; nothing of them counts as written, and nothing more may be written by
        this process. Any other error: one of them cannot be written down, and none was.
        """
        sequences = range(self.sequence, self.sequence + len(events))
        data = b"".join(map(encode_event, sequences, events))
        end = self._file.tell()
        try:
            _write(self._file, data)
        except OSError as error:
            self._tell(error)
            with suppress(OSError):  # what is left then is a torn line, or events whose effects never came
                self._file.truncate(end)
            raise
        self.sequence = sequences.stop
        self._unsynced.set()
        return sequences

    def sync_forever(self) -> None:
        """Bring what was written to the disk, every 50 ms while there is something; in a thread, for disks block.

        OSError: the disk does not keep what was written; to try again would tell nothing, for the kernel forgets it.
        """
        while True:
            self._unsynced.wait()
            self._unsynced.clear()
            try:
                gevent.get_hub().threadpool.apply(_sync_and_close, (os.dup(self._file.fileno()),))
            except OSError as error:
                self._tell(error)
                raise
            gevent.sleep(FSYNC_EVERY_S)

    def close(self) -> None:
        """Bring everything to the disk and close; a disk that does not take it is told in the log."""
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            self._tell(error)
        finally:
            self._file.close()

    def _tell(self, error: OSError) -> None:
        log.error("journal not on disk", action="journal_write_failed", file=str(self.path), why=error.strerror)


def _make_private(folder: Path) -> None:
    """Make the folder, or close it to others: who called whom is nobody else's business."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _begin(path: Path, head: bytes) -> BinaryIO:
    """Begin a segment that is there either with its whole first line or not at all.

    A start that wrote no event leaves a segment of the same name, which is replaced.
    """
    unborn = path.with_suffix(".new")
    unborn.unlink(missing_ok=True)  # what a killed start left may be open to others
    unborn.touch(0o600)
    file = unborn.open("wb", buffering=0)
    _write(file, head)
    os.fsync(file.fileno())
    unborn.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return file


def _sync_and_close(descriptor: int) -> None:
    """In a thread, which may come to it when the journal's own descriptor is long closed."""
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(file: BinaryIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
