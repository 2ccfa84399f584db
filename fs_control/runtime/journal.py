"""The journal: every event is on disk before its effects, and a start folds it back into the centre.

A folder of segments, `<first sequence>.jsonl`. The first line of a segment is a snapshot of the centre as it was
then; every other line is one event. A new segment begins at each start. One `write` takes what is in the inbox, an
fsync follows within 50 ms: a kill -9 of the process loses nothing, a power cut at most those 50 ms. Easy to break:
an event whose handling raised was not applied, and must not be applied when folding (`CallCrashed.skipped`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import gevent
import structlog
from gevent.event import Event as Wake

from fs_control.centre import CallCentre, call_of, transition
from fs_control.errors import RemoteFault
from fs_control.events import CallCrashed, Event
from fs_control.runtime.callbacks import place_of
from fs_control.runtime.codec import decode_event, decode_head, encode_event, encode_head

log = structlog.get_logger(__name__)

FSYNC_EVERY_S: Final = 0.05
"""What a power cut may cost; the documentation says so."""

KEEP_SEGMENTS: Final = 20
"""Older segments are removed at a start: they only serve `call trace`."""


# --- reading -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of the journal, read: the centre it begins with, and the events with their sequences."""

    centre: CallCentre
    first: int
    events: tuple[tuple[int, Event], ...]
    torn_bytes: int = 0
    """The length of a last line without its end: what was being written when the process or the machine died."""

    @property
    def next(self) -> int:
        """Return the sequence that follows."""
        return self.events[-1][0] + 1 if self.events else self.first

    def applied(self) -> Iterator[tuple[int, Event]]:
        """Yield the events that the live centre applied."""
        skipped = {event.skipped for _, event in self.events if isinstance(event, CallCrashed)}
        return ((sequence, event) for sequence, event in self.events if sequence not in skipped)


@dataclass(frozen=True, slots=True)
class Past:
    """What a start takes over: the centre at the end of the journal, and the sequence that comes next."""

    centre: CallCentre
    next: int
    crashes: tuple[CallCrashed, ...] = ()
    """What folding could not apply and nobody was told of: the process died first, or the program is another one."""


def segments(folder: Path) -> list[Path]:
    """Return the files of a journal, oldest first."""
    return sorted(folder.glob("*.jsonl"))


def read_segment(path: Path) -> Segment:
    """Read one file. A last line without its end is left out; anything else that cannot be read is a RemoteFault."""
    *lines, torn = path.read_bytes().split(b"\n")
    if not lines:
        raise RemoteFault("journal_empty", file=str(path))
    try:
        centre, first = decode_head(lines[0])
    except RemoteFault as fault:
        raise RemoteFault("journal_head_unreadable", file=str(path), why=str(fault)) from fault
    return Segment(centre, first, tuple(_events(path, lines[1:])), len(torn))


def _events(path: Path, lines: Sequence[bytes]) -> Iterator[tuple[int, Event]]:
    for number, line in enumerate(lines, start=2):
        try:
            yield decode_event(line)
        except RemoteFault as fault:
            raise RemoteFault("journal_damaged", file=str(path), line=number, why=str(fault)) from fault


def fold(segment: Segment) -> CallCentre:
    """Return the centre as it is after a segment."""
    return _folded(segment).centre


def read_past(folder: Path) -> Past:
    """Fold the newest segment of a folder; an empty centre where there is none."""
    paths = segments(folder)
    if not paths:
        return Past(CallCentre(), 1)
    segment = read_segment(paths[-1])
    if segment.torn_bytes:
        log.warning("torn line left out", action="journal_torn", file=paths[-1].name, bytes=segment.torn_bytes)
    return _folded(segment)


def _folded(segment: Segment) -> Past:
    centre = segment.centre
    crashes: list[CallCrashed] = []
    for sequence, event in segment.applied():
        try:
            centre = transition(centre, event).centre
        except Exception as error:  # noqa: BLE001 - as in life: it costs its call, and never the start
            place, call = f"fold.{type(event).__name__}", call_of(centre, event)
            log.error("event not folded", action="fold_crashed", sequence=sequence, call=call, where=place_of(error))
            crashes.append(CallCrashed(call=call, place=place, error=type(error).__name__))
    return Past(centre, segment.next, tuple(crashes))


# --- writing -------------------------------------------------------------------------------------------------------


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
