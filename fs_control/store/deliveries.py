"""Things on their way to the database: how the outbox works, whatever it is that it delivers.

Takes records as they come, writes them in batches, and says of each when it is sure (`RecordStored`). While the
database is away it tries again and again, slower each time; what becomes too much for memory waits on disk
(`RecordKept`), and what is in neither is safe all the same, because the centre keeps every call that was not confirmed.
Easy to break: one record that the database refuses must not hold up the others, so a refused batch is tried record by
record; and no fault of the disk may keep from the database what it would take.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from errno import EIO
from itertools import islice
from time import monotonic, time_ns
from traceback import extract_tb
from typing import Final, Generic, Protocol, TypeVar

import gevent
import structlog
from gevent.event import Event as Wake

from fs_control.errors import BrokenInvariant, FsControlError, RemoteFault, UserMistake
from fs_control.events import Event
from fs_control.ids import SECOND, Micros
from fs_control.ports import Notice
from fs_control.records import OutboxFacts, OutboxLevel
from fs_control.store.spool import Batch
from fs_control.store.spool_lines import Damaged
from fs_control.store.waiting_room import WaitingRoom, level_after

log = structlog.get_logger(__name__)

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)

BATCH: Final = 50
"""Records of one transaction: large enough to keep up with a burst; each costs calls a millisecond of waiting."""

PAUSE_S: Final = 0.05
"""Between two transactions of old records: so long as ours takes the processor for one of them, or longer."""

GATHER_S: Final = 0.25
"""How long the first record waits for others: one transaction for five records costs hardly more than for one."""

FIRST_WAIT_S: Final = 0.2
LONGEST_WAIT_S: Final = 10.0

STORE_DEADLINE_S: Final = 20.0
"""Longer than the server itself gives a statement, and a connection; one that hangs keeps neither of its words."""

MOST_IN_MEMORY: Final = 2000
"""Records; what is more goes to disk, so that neither memory nor the snapshots of the journal grow."""

FILE: Final = 500
"""Records of one file on disk."""

MOST_WITHOUT_DISK: Final = 20_000
"""Records in memory that the disk does not take; with more there is no room for another call."""


class Keeper(Protocol[T_contra]):
    """The database of one kind of thing; errors as those of `ports.RecordStore`."""

    def store(self, records: Sequence[T_contra], /) -> None:
        """Write them in one transaction; one that is there already is left alone (exactly once)."""


class Deliveries(ABC, Generic[T]):
    """Things in, rows in PostgreSQL out, exactly once. Without a `room` everything waits in memory."""

    def __init__(self, store: Keeper[T], notice: Notice, room: WaitingRoom[T] | None = None) -> None:
        self._store = store
        self._notice = notice
        self._room = room
        self._waiting: deque[T] = deque()
        self._wake = Wake()
        self._empty = Wake()
        self._empty.set()
        self._wait_s = FIRST_WAIT_S
        self._fault: FsControlError | None = None
        self._since: Micros | None = None
        self._disk_fault = ""
        self._disk_again_at = 0.0
        """When a disk that did not give a file is asked again (the monotonic clock)."""
        self._is_open = room is None
        """Whether it is known what waits on disk."""
        self._level = OutboxLevel.ROOM

    # --- what must be said of a thing ---

    @staticmethod
    @abstractmethod
    def confirmation_of(record: T) -> Event:
        """Return what is told of a thing that is in the database."""

    @staticmethod
    @abstractmethod
    def kept_of(record: T) -> Event:
        """Return what is told of a thing that is on disk."""

    @staticmethod
    @abstractmethod
    def name_of(record: T) -> str:
        """Return the name of a thing, for the log and for its file."""

    @staticmethod
    def news_of(level: OutboxLevel, percent: int) -> Event | None:
        """Return what is told where the room is fuller or emptier than it was; None where nobody needs to know."""

    # --- for everybody ---

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, record: T) -> None:
        """Take a record in; never blocks."""
        self._waiting.append(record)
        self._empty.clear()
        self._wake.set()

    def wait_until_empty(self, seconds: float) -> bool:
        """Wait until everything in memory is in the database or on disk; False where that took longer."""
        return bool(self._empty.wait(seconds))

    def facts(self) -> OutboxFacts:
        """Return what waits at this moment, since when and why."""
        facts = self._room.facts if self._room is not None else None
        oldest = None if facts is None or facts.oldest_at is None else Micros(round(facts.oldest_at * SECOND))
        begun = [moment for moment in (self._since, oldest) if moment is not None]
        return OutboxFacts(
            in_memory=len(self),
            on_disk=facts.records if facts is not None else 0,
            bytes_used=facts.bytes_used if facts is not None else 0,
            bytes_most=self._room.most_bytes if self._room is not None else 0,
            level=self._level,
            since=min(begun, default=None),
            why=self._fault.code if self._fault is not None else "",
            reason=str(self._fault.values.get("reason", "")) if self._fault is not None else "",
            disk_fault=self._disk_fault,
            refused=facts.refused if facts is not None else 0,
            damaged=facts.damaged if facts is not None else 0,
        )

    def retry(self) -> int:
        """Hand over again what the database refused, and return how many records that is; OSError as the disk says."""
        try:
            return self._room.hand_over_again() if self._room is not None else 0
        finally:
            self._wake.set()

    # --- the work ---

    def run(self) -> None:
        """Work for ever."""
        self._open()
        while True:
            self._wake.wait(self._longest_sleep_s())
            self._turn()
            if not self._waiting:
                self._empty.set()
                self._wake.clear()

    def _longest_sleep_s(self) -> float | None:
        """Return for how long there is nothing to do unless something comes; None is for ever."""
        return max(0.0, self._disk_again_at - monotonic()) if self._batches or not self._is_open else None

    def _turn(self) -> None:
        """Try once to get on with everything; the oldest records on disk and the newest in memory take turns."""
        if len(self._waiting) < BATCH and not self._batches:
            gevent.sleep(GATHER_S)
        if not self._is_open:
            self._open()
        self._keep_surplus()
        self._tell_level()
        try:
            self._deliver_new()
            self._deliver_kept()
        except (RemoteFault, UserMistake) as fault:
            self._database_away(fault)
        else:
            self._fault, self._since, self._wait_s = None, None, FIRST_WAIT_S
        self._tell_level()

    def _database_away(self, fault: FsControlError) -> None:
        """Wait, longer each time: one that lets nobody in or has no tables is one that somebody is going to mend."""
        if self._since is None:
            self._since = Micros(time_ns() // 1000)
        self._fault = fault
        on_disk = self._room.facts.records if self._room is not None else 0
        log.warning(
            "database away",
            action="outbox_waits",
            records=len(self),
            on_disk=on_disk,
            retry_in_s=self._wait_s,
            why=fault.code,
        )
        self._pause()

    def _pause(self) -> None:
        gevent.sleep(self._wait_s)
        self._wait_s = min(self._wait_s * 2, LONGEST_WAIT_S)

    def _deliver_new(self) -> None:
        batch = tuple(islice(self._waiting, BATCH))
        if not batch:
            return
        stored, refused = self._store_what_can_be(batch)
        for _ in batch:
            self._waiting.popleft()
        for record in stored:
            self._notice(self.confirmation_of(record))
        for record, why in refused:
            self._set_aside(record, why)

    def _set_aside(self, record: T, why: str) -> None:
        """A record that the database does not take is kept for somebody to look at.

        What cannot be put aside stays with the centre, unconfirmed, and is handed over again by the next process.
        """
        if self._room is None:
            return
        try:
            self._room.refuse(self.name_of(record), record, why)
        except (OSError, ValueError) as error:
            self._disk_does_not(error)
        else:
            self._disk_fault = ""
            self._notice(self.kept_of(record))

    def _deliver_kept(self) -> None:
        """Take the oldest file to the database; a disk that does not give it is left alone for a while."""
        if self._room is None or not self._batches or monotonic() < self._disk_again_at:
            return
        try:
            self._deliver_oldest(self._room, self._batches[0])
            self._disk_fault = ""
        except OSError as error:
            self._disk_does_not(error)
            self._disk_again_at = monotonic() + LONGEST_WAIT_S

    def _deliver_oldest(self, room: WaitingRoom[T], batch: Batch) -> None:
        try:
            damaged = self._deliver_file(room, batch)
        except FileNotFoundError:  # somebody has taken it away
            room.look()
            return
        except OSError as error:
            if error.errno != EIO:
                raise
            damaged = [Damaged(1, "disk")]
        if damaged:
            _tell_damaged(batch, damaged)
            room.set_damaged_aside(batch)
        else:
            room.let_go(batch)

    def _deliver_file(self, room: WaitingRoom[T], batch: Batch) -> list[Damaged]:
        """Store what can be read of a file, and return what cannot.

        Calls have their turn after each transaction, and whatever is new goes in between.
        """
        damaged: list[Damaged] = []
        for portion in _portions(room.read(batch), damaged):
            _, refused = self._store_what_can_be(portion)
            for record, why in refused:
                room.refuse(self.name_of(record), record, why)
            self._deliver_new()
            gevent.sleep(PAUSE_S)
        return damaged

    def _store_what_can_be(self, batch: Sequence[T]) -> tuple[list[T], list[tuple[T, str]]]:
        """Return what was stored, and what breaks a rule of the schema or meets a defect of ours, with the reason.

        RemoteFault and UserMistake: nothing can be stored now; what was is there when it is tried again.
        """
        try:
            self._store_in_time(batch)
        except (RemoteFault, UserMistake):
            raise
        except OSError as error:  # of a connection, below the driver
            raise RemoteFault("database_away", reason=str(error.strerror)) from error
        except Exception as error:  # noqa: BLE001 - a defect must not cost more than one record
            if len(batch) == 1:
                return [], [(batch[0], _tell_refused(self.name_of(batch[0]), error))]
            singly = [self._store_what_can_be([record]) for record in batch]
            return [each for stored, _ in singly for each in stored], [each for _, not_ in singly for each in not_]
        return list(batch), []

    def _store_in_time(self, batch: Sequence[T]) -> None:
        """Store a batch, or give it up: a server that hangs ends no statement, and says nothing for ever.

        The time-out goes through the driver as none of its errors, so that it leaves the connection to nobody else.
        """
        deadline = gevent.Timeout.start_new(STORE_DEADLINE_S)
        try:
            self._store.store(batch)
        except gevent.Timeout as timeout:
            if timeout is not deadline:
                raise
            raise RemoteFault("database_slow", reason="no answer") from None
        finally:
            deadline.close()

    # --- the disk ---

    @property
    def _batches(self) -> Sequence[Batch]:
        return self._room.facts.batches if self._room is not None else ()

    def _open(self) -> None:
        """See what waits on disk from before; a disk that does not tell is asked again after a while."""
        if self._room is None or monotonic() < self._disk_again_at:
            return
        try:
            self._room.open()
        except OSError as error:
            self._disk_does_not(error)
            self._disk_again_at = monotonic() + LONGEST_WAIT_S
        else:
            self._is_open, self._disk_fault = True, ""
        if self._batches:
            self._wake.set()
        self._tell_level()

    def _keep_surplus(self) -> None:
        """Bring what is too much for memory to the disk, the oldest first, and let the centre go of it."""
        try:
            while self._room is not None and self._room.has_reserve and len(self._waiting) > MOST_IN_MEMORY:
                batch = tuple(islice(self._waiting, FILE))
                unwritten = self._room.keep(batch)
                for _ in batch:
                    self._waiting.popleft()
                for record in unwritten:  # text that is no text, say: it waits in memory
                    log.error("record not kept", action="record_not_kept", call=self.name_of(record))
                    self._waiting.append(record)
                left = set(map(id, unwritten))
                for record in batch:
                    if id(record) not in left:
                        self._notice(self.kept_of(record))
                self._disk_fault = ""
                if unwritten:
                    return
        except OSError as error:
            self._disk_does_not(error)

    def _disk_does_not(self, error: Exception) -> None:
        why = (error.strerror or type(error).__name__) if isinstance(error, OSError) else type(error).__name__
        if why != self._disk_fault:
            log.error("records not kept on disk", action="outbox_disk", records=len(self), why=why)
        self._disk_fault = why

    def _tell_level(self) -> None:
        """Say how full it is where that has changed; a disk that takes nothing is full when memory is."""
        if self._room is None:
            return
        percent = self._room.percent
        if self._disk_fault:
            percent = max(percent, len(self._waiting) * 100 // MOST_WITHOUT_DISK)
        level = level_after(self._level, percent)
        if level is self._level:
            return
        self._level = level
        news = self.news_of(level, percent)
        if news is not None:
            log.warning("room for records", action="outbox_level", level=level.value, percent=percent)
            self._notice(news)


def _portions(read: Iterable[T | Damaged], damaged: list[Damaged]) -> Iterator[list[T]]:
    """Yield what was read, so much as goes into one transaction; what could not be read goes to `damaged`."""
    portion: list[T] = []
    for each in read:
        if isinstance(each, Damaged):
            damaged.append(each)
            continue
        portion.append(each)
        if len(portion) == BATCH:
            yield portion
            portion = []
    if portion:
        yield portion


def _tell_damaged(batch: Batch, damaged: Sequence[Damaged]) -> None:
    for each in damaged:
        log.error("record unreadable", action="record_damaged", file=batch.path.name, line=each.line, why=each.why)


def _tell_refused(name: str, error: Exception) -> str:
    """Say which record and why, but never in the words of an error that we do not know: they may quote the row."""
    why = str(error) if isinstance(error, BrokenInvariant) else type(error).__name__
    frame = extract_tb(error.__traceback__)[-1]
    place = f"{frame.filename}:{frame.lineno}"
    log.error("record refused", action="record_refused", call=name, why=why, at=place)
    return why
