"""The journal: every event is on disk before its effects, and a start folds it back into the centre.

A folder of segments, `<first sequence>.jsonl`. The first line of a segment is a snapshot of the centre as it was
then; every other line is one event. One `write` takes what is in the inbox, an fsync follows within 50 ms: a kill -9
of the process loses nothing, a power cut at most those 50 ms. A disk that fails or does not answer stops nothing. What
it takes late it has in the end; what it does not take is named as a gap, and as soon as it takes things again a new
segment begins with a snapshot. Easy to break: what was not confirmed as written is never said to be, and nothing here
waits for a disk longer than `PATIENCE_S`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final

import gevent
import structlog
from gevent.event import Event as Wake

from fs_control.centre import CallCentre
from fs_control.events import Event
from fs_control.ids import NEVER, Micros
from fs_control.records import Damage, JournalHealth
from fs_control.runtime.codec import Gap, encode_event
from fs_control.runtime.journal_disk import Disk, remove_old
from fs_control.runtime.journal_file import SegmentFile
from fs_control.runtime.journal_reading import Past, Segment, fold, read_past, read_segment, segments
from fs_control.runtime.journal_snapshot import head_in_pieces

__all__ = [
    "FSYNC_EVERY_S",
    "KEEP_SEGMENTS",
    "Damage",
    "Journal",
    "JournalHealth",
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

PATIENCE_S: Final = 0.25
"""So long an event waits for the disk; then calls go on without it."""

MOST_LATE: Final = 8 << 20
"""Bytes of events that a disk which does not answer may still take; with more it is given up, and they are a gap."""

TOLD_S: Final = 2.0
"""A disk that does not answer is an alarm after so long: a busy machine may hold it up for a moment."""

SILENT: Final = "the disk does not answer"

AGAIN_S: Final = 1.0
"""How often a disk is tried that did not take what it was given."""

MUCH_LESS: Final = 5.0
"""A disk is not tried more often than this times what the snapshot takes: to try must not cost the calls their CPU."""

LATE_S: Final = 5.0
"""A disk that has not confirmed what it took for so long is told of: a power cut would cost as much."""

SEGMENT_EVENTS: Final = 5_000
"""A new segment begins after so many events: what a start has to fold takes some seconds at the most."""

SEGMENT_S: Final = 600.0
"""A new segment begins after this time, where anything has happened."""

ROLL_AGAIN_S: Final = 60.0
"""After an attempt at a new segment that came to nothing while the old one is written as it should be."""

KEEP_SEGMENTS: Final = 200
KEEP_BYTES: Final = 1 << 30
"""Older segments are removed beyond so many, or so many bytes: they only serve `call trace`. Two always stay."""

MOST_WAITING: Final = 32 << 20
"""Bytes of events that wait for a new segment; an attempt with more is given up, and another one made."""

BEGIN_S: Final = 10.0
"""How long a start waits for its first segment, and a stop for the last lines; the disk may be asleep."""

PARTING_S: Final = 2.0
"""How long a stop waits for a disk that has not taken anything for a while."""


@dataclass(slots=True)
class _AtRest:
    """A moment between two batches: what the centre was, and the events from then on."""

    centre: CallCentre
    sequence: int
    since: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class _Hole:
    """Events that are on no disk, while it grows."""

    first: int
    since: Micros
    why: str


class Journal:
    """The segment that is being written, the next one while it is being begun, and what is on no disk."""

    def __init__(
        self,
        folder: Path,
        centre: CallCentre,
        sequence: int,
        *,
        disk: Disk | None = None,
        damage: tuple[Damage, ...] = (),
        gap: Gap | None = None,
    ) -> None:
        """Begin a segment with this centre; where the disk does not take it, begin without one.

        `damage` is what the start could not read, `gap` the events before it that were on no disk already.
        """
        self.folder: Final = folder
        self.sequence = sequence
        self._tell: Callable[[JournalHealth], None] = lambda health: None
        self._disk = disk if disk is not None else Disk()
        self._damage, self._gap = damage, gap
        self._rest = _AtRest(centre, sequence)
        self._path = self._path_of(sequence)
        self._file: SegmentFile | None = None
        self._next: SegmentFile | None = None
        self._collected: list[bytes] | None = None
        self._hole: _Hole | None = None
        """Events that no file will have."""
        self._late: _Hole | None = None
        """Events for which nobody waits any more, and which the disk may still take."""
        self._late_at, self._late_is_told = 0.0, False
        self._waits: _Hole | None = None
        """The batch that waits for the disk just now."""
        self._begun_at, self._begun_with = monotonic(), sequence
        self._tried_at = monotonic()
        self._unsynced = Wake()
        self._hurry = Wake()
        self._again_s = AGAIN_S
        self._is_first = True
        first = self._begin_next()
        self._is_first = False
        self._settle(BEGIN_S)
        if self._file is None:
            self._lose(centre.at, sequence, self._reason(first))

    @property
    def path(self) -> Path:
        """Return the newest segment that there is."""
        return self._path

    @property
    def health(self) -> JournalHealth:
        """Return how the journal is."""
        file, hole = self._file, self._hole or self._late
        late = monotonic() - file.syncing_since if file is not None and file.syncing_since is not None else 0.0
        return JournalHealth(
            unwritten_since=hole.since if hole is not None else None,
            not_on_disk=self.sequence - hole.first if hole is not None else 0,
            why=hole.why if hole is not None else "",
            unconfirmed_s=late if late >= LATE_S else 0.0,
            damage=self._damage,
        )

    def follow(self, tell: Callable[[JournalHealth], None]) -> None:
        """Have somebody told whenever the disk begins to have events no more, and now where it has not begun to."""
        self._tell = tell
        if self._hole is not None:
            tell(self.health)

    # --- what the inbox does ---------------------------------------------------------------------------------------

    def append(self, events: Sequence[Event]) -> range:
        """Write events in one piece and return their sequences, as soon as they are written.

        Where the disk fails or takes longer than `PATIENCE_S`, they have their sequences all the same, and `health`
        says that they are not on disk. ValueError: one of them cannot be written down, and none was.
        """
        sequences = range(self.sequence, self.sequence + len(events))
        data = b"".join(map(encode_event, sequences, events))
        self._look_at(self._file)
        self.sequence = sequences.stop
        self._rest.since.append(data)
        if self._collected is not None:
            self._collected.append(data)
        if self._next is not None:
            self._next.append(data)
        file = self._file
        if file is not None:
            file.append(data)
            self._waits = _Hole(sequences.start, events[0].at, SILENT)
            self._wait_for(file, self._waits)
            self._waits = None
        elif self._hole is not None and self._hole.since == NEVER:
            self._hole.since = events[0].at
        return sequences

    def _wait_for(self, file: SegmentFile, batch: _Hole) -> None:
        """Wait until a batch is written; where others wait for too long already, go on at once.

        A disk that only takes its time gets them all in the end, in their order.
        """
        if self._late is not None:
            return
        if file.wait(PATIENCE_S):
            self._unsynced.set()
        elif file is self._file and file.fault is not None:
            self._lose(batch.since, batch.first, self._reason(file))
        elif file is self._file:
            self._late, self._late_at = batch, monotonic()
            log.warning("the disk takes its time", action="journal_late", file=str(file.path), first=batch.first)

    def at_rest(self, centre: CallCentre) -> None:
        """Take note of the centre between two batches: all events up to here, and none after, are in it."""
        self._rest = _AtRest(centre, self.sequence)
        if self.sequence - self._begun_with >= SEGMENT_EVENTS:
            self._hurry.set()

    # --- what goes on beside it ------------------------------------------------------------------------------------

    def sync_forever(self) -> None:
        """Have what was written brought to the disk, every 50 ms while there is something."""
        while True:
            self._unsynced.wait()
            self._unsynced.clear()
            file = self._file
            if file is not None and file.unsynced and file.syncing_since is None:
                file.sync()
            gevent.sleep(FSYNC_EVERY_S)
            if file is not None and (file.unsynced or file.syncing_since is not None):
                self._unsynced.set()  # a disk that takes longer is asked again when it has answered
            self._look_at(file)

    def keep_forever(self) -> None:
        """Begin new segments: every so often, and as soon as a disk takes things again."""
        while True:
            self._hurry.wait(AGAIN_S)
            self._hurry.clear()
            self.keep()

    def keep(self) -> None:
        """Begin a new segment where one is due, and let the one that is being begun take its place when it is ready."""
        self._look_at(self._file)
        if self._next is None and self._is_due():
            self._begin_next()
        self._settle(AGAIN_S)

    def close(self) -> None:
        """Bring everything to the disk and close; what a disk does not take is told in the log."""
        if self._file is None and self._next is None:
            self._begin_next()
        self._settle(PARTING_S if self._file is None else 0.0)
        if self._next is not None:
            self._next.close()
            self._next = None
        file, self._file = self._file, None
        if file is not None and not file.close(BEGIN_S):
            log.error("journal not on disk", action="journal_write_failed", file=str(file.path), why=self._reason(file))

    # --- segments --------------------------------------------------------------------------------------------------

    def _is_due(self) -> bool:
        waited = monotonic() - self._tried_at
        if self._file is None:
            return waited >= self._again_s
        count = self._rest.sequence - self._begun_with
        age = monotonic() - self._begun_at
        return waited >= ROLL_AGAIN_S and (count >= SEGMENT_EVENTS or (age >= SEGMENT_S and count > 0))

    def _begin_next(self) -> SegmentFile:
        """Begin a segment with a snapshot of the last moment of rest, while events go on coming in.

        They are written to the old segment, as long as that is well, and behind the snapshot.
        """
        self._tried_at = monotonic()
        rest, self._collected = self._rest, list(self._rest.since)
        pause: Callable[[], None] = (lambda: None) if self._is_first else partial(gevent.sleep, 0)
        head = head_in_pieces(rest.sequence, rest.centre, self._gap_before(rest.sequence), pause)
        self._next = SegmentFile(self._disk, self._path_of(rest.sequence), [*head, *self._collected])
        self._next_begins_with = rest.sequence
        self._collected = None
        self._again_s = max(AGAIN_S, MUCH_LESS * (monotonic() - self._tried_at))
        return self._next

    def _gap_before(self, sequence: int) -> Gap | None:
        hole = self._hole
        if hole is None or hole.first >= sequence:
            return self._gap if self._is_first else None
        return Gap(hole.first, sequence - 1, hole.since, hole.why)

    def _settle(self, seconds: float) -> None:
        """Let the next segment take the place of the old one when all is written; give it up where that fails."""
        file = self._next
        if file is None:
            return
        if file.wait(seconds):
            self._take_place(file)
        elif file.fault is not None or file.backlog > MOST_WAITING + file.head_size:
            self._give_up(file)

    def _take_place(self, file: SegmentFile) -> None:
        old, hole = self._file, self._hole
        self._file, self._next, self._hole, self._path = file, None, None, file.path
        self._late, self._late_is_told = None, False
        self._begun_at, self._begun_with = monotonic(), self._next_begins_with
        self._tried_at = monotonic() - ROLL_AGAIN_S
        self._unsynced.set()
        file.afterwards(partial(remove_old, self._disk, file.path, KEEP_SEGMENTS, KEEP_BYTES), self._removed)
        if old is not None:
            old.close()
        if hole is not None:
            lost = self._next_begins_with - hole.first
            log.warning("journal written again", action="journal_written_again", file=str(file.path), lost=max(0, lost))

    def _give_up(self, file: SegmentFile) -> None:
        log.error("no new segment", action="journal_not_begun", file=str(file.path), why=self._reason(file))
        file.close()
        self._next = None

    def _removed(self, error: Exception | None) -> None:
        if error is not None:
            log.warning("old segments stay", action="journal_not_removed", why=str(error))

    def _look_at(self, file: SegmentFile | None) -> None:
        """Notice what became of a file behind our back: it has failed, or is late no more, or is so for too long."""
        if file is None or file is not self._file:
            return
        late = self._late
        if file.fault is not None or file.backlog > MOST_LATE:
            lost = late or self._waits or _Hole(self.sequence, self._rest.centre.at, "")
            self._lose(lost.since, lost.first, self._reason(file))
        elif late is not None and file.is_written:
            self._late, self._late_is_told = None, False
            self._unsynced.set()
            log.warning("the disk has everything again", action="journal_written_again", file=str(file.path), lost=0)
        elif late is not None and not self._late_is_told and monotonic() - self._late_at >= TOLD_S:
            self._late_is_told = True
            log.error("journal not on disk", action="journal_write_failed", file=str(file.path), why=late.why)
            self._tell(self.health)

    def _lose(self, at: Micros, first: int, why: str) -> None:
        """Go on without a disk from this event on."""
        file, self._file = self._file, None
        self._hole = _Hole(first, at, why)
        self._late, self._late_is_told = None, False
        self._tried_at = monotonic()
        log.error("journal not on disk", action="journal_write_failed", file=str(self._path), why=why, first=first)
        if file is not None:
            file.close()
        self._tell(self.health)

    def _reason(self, file: SegmentFile | None) -> str:
        fault = file.fault if file is not None else None
        if fault is None:
            return SILENT
        return fault.strerror or str(fault) if isinstance(fault, OSError) else repr(fault)

    def _path_of(self, sequence: int) -> Path:
        return self.folder / f"{sequence:012d}.jsonl"
