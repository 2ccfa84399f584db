"""The outbox: ended calls, and what leaders did, on their way to the database.

Takes records as they come, writes them in batches, and says of each when it is sure (`RecordStored`). While the
database is away it tries again and again, slower each time; the records are safe meanwhile, because the centre keeps
every call that was not confirmed and a restarted process hands them over again. Easy to break: one record that the
database refuses must not hold up the others, so a refused batch is tried record by record; and what was refused is
never said to be stored.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Sequence
from itertools import islice
from traceback import extract_tb
from typing import Final, Generic, Protocol, TypeVar

import gevent
import structlog
from gevent.event import Event as Wake

from fs_control.errors import BrokenInvariant, RemoteFault, UserMistake
from fs_control.events import Event, RecordStored, SupervisionStored
from fs_control.ports import Notice
from fs_control.records import CallRecord, SupervisionEntry

log = structlog.get_logger(__name__)

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)

BATCH: Final = 200
"""One transaction of some hundred rows: quick enough to be tried again, large enough to keep up with a burst."""

GATHER_S: Final = 0.25
"""How long the first record waits for others: one transaction for five records costs hardly more than for one."""

FIRST_WAIT_S: Final = 0.2
LONGEST_WAIT_S: Final = 10.0


class Keeper(Protocol[T_contra]):
    """The database of one kind of thing; errors as those of `ports.RecordStore`."""

    def store(self, records: Sequence[T_contra], /) -> None:
        """Write them in one transaction; one that is there already is left alone (exactly once)."""


class Deliveries(ABC, Generic[T]):
    """Things in, rows in PostgreSQL out, exactly once."""

    def __init__(self, store: Keeper[T], notice: Notice) -> None:
        self._store = store
        self._notice = notice
        self._waiting: deque[T] = deque()
        self._wake = Wake()
        self._empty = Wake()
        self._empty.set()

    @staticmethod
    @abstractmethod
    def confirmation_of(record: T) -> Event:
        """Return what is told of a thing that is in the database."""

    @staticmethod
    @abstractmethod
    def name_of(record: T) -> str:
        """Return the call that a thing is of, for the log."""

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, record: T) -> None:
        """Take a record in; never blocks."""
        self._waiting.append(record)
        self._empty.clear()
        self._wake.set()

    def wait_until_empty(self, seconds: float) -> bool:
        """Wait until everything is in the database; False where that took longer."""
        return bool(self._empty.wait(seconds))

    def run(self) -> None:
        """Work for ever."""
        while True:
            self._wake.wait()
            if len(self._waiting) < BATCH:
                gevent.sleep(GATHER_S)
            batch = tuple(islice(self._waiting, BATCH))
            stored = self._store_surely(batch)
            for _ in batch:
                self._waiting.popleft()
            for record in stored:
                self._notice(self.confirmation_of(record))
            if not self._waiting:
                self._wake.clear()
                self._empty.set()

    def _store_surely(self, batch: Sequence[T]) -> Sequence[T]:
        """Try until the database has answered; returns what it took.

        A database that lets nobody in or has no tables (UserMistake) is one that somebody is going to mend.
        """
        wait_s = FIRST_WAIT_S
        while True:
            try:
                return self._store_what_can_be(batch)
            except (RemoteFault, UserMistake) as fault:
                log.warning(
                    "database away", action="outbox_waits", records=len(self), retry_in_s=wait_s, why=fault.code
                )
                gevent.sleep(wait_s)
                wait_s = min(wait_s * 2, LONGEST_WAIT_S)

    def _store_what_can_be(self, batch: Sequence[T]) -> Sequence[T]:
        """Leave out what breaks a rule of the schema or meets a defect of ours, and return what was stored.

        What is left out stays with the centre, unconfirmed, and is handed over again by the next process.
        """
        try:
            self._store.store(batch)
        except (RemoteFault, UserMistake):
            raise
        except Exception as error:  # noqa: BLE001 - a defect must not cost more than one record
            if len(batch) > 1:
                return [record for single in batch for record in self._store_what_can_be([single])]
            _tell_refused(self.name_of(batch[0]), error)
            return ()
        return batch


class Outbox(Deliveries[CallRecord]):
    """Ended calls on their way."""

    @staticmethod
    def confirmation_of(record: CallRecord) -> RecordStored:
        """Return what the centre waits for."""
        return RecordStored(call=record.call_id)

    @staticmethod
    def name_of(record: CallRecord) -> str:
        """Return the call."""
        return record.call_id


class SupervisionOutbox(Deliveries[SupervisionEntry]):
    """What leaders did on its way."""

    @staticmethod
    def confirmation_of(record: SupervisionEntry) -> SupervisionStored:
        """Return what the centre waits for."""
        return SupervisionStored(entry=record.id)

    @staticmethod
    def name_of(record: SupervisionEntry) -> str:
        """Return the call."""
        return record.call


def _tell_refused(name: str, error: Exception) -> None:
    """Say which record and why, but never in the words of an error that we do not know: they may quote the row."""
    why = str(error) if isinstance(error, BrokenInvariant) else type(error).__name__
    frame = extract_tb(error.__traceback__)[-1]
    place = f"{frame.filename}:{frame.lineno}"
    log.error("record refused", action="record_refused", call=name, why=why, at=place)
