"""Where records wait that have become too many for memory: on disk, up to a limit, and found again after a restart.

Brings lines, files and the thread for them together, and knows how full it is. It must not know for what they wait.
Easy to break: records are written down in small portions, and read again as they are asked for, because each of them
costs a tenth of a millisecond that callers would have to wait for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import time_ns
from typing import Final, Generic, TypeVar

import gevent

from fs_control.records import OutboxLevel
from fs_control.store.disk_thread import DiskThread
from fs_control.store.spool import Batch, Spool, SpoolFacts
from fs_control.store.spool_lines import Damaged, LineCodec

MEGABYTE: Final = 1_000_000

PORTION: Final = 20
"""So many records are written down before other greenlets get their turn."""

NEARLY_FULL: Final = 80
LESS_THAN_NEARLY_FULL: Final = 75
NOT_FULL: Final = 95
"""Percent. The way down begins below where the way up ended, or each file that goes would be news."""

RESERVE: Final = 10
"""Percent of the limit, above it: for the records of calls under way, and of callers who are turned away."""

T = TypeVar("T")


class WaitingRoom(Generic[T]):
    """The room of one kind of record. OSError means that the disk did not do it, and that nothing has changed."""

    def __init__(self, spool: Spool, codec: LineCodec[T], most_bytes: int) -> None:
        self._spool = spool
        self._codec = codec
        self._disk = DiskThread()
        self.most_bytes: Final = most_bytes
        self.facts = SpoolFacts()

    @property
    def percent(self) -> int:
        """Return how much of the room is used."""
        return self.facts.bytes_used * 100 // self.most_bytes

    @property
    def has_reserve(self) -> bool:
        """Tell whether anything more may be written at all."""
        return self.percent < 100 + RESERVE

    def open(self) -> None:
        """See what waits from before."""
        self.facts = self._disk.do(self._spool.open)

    def look(self) -> None:
        """See what waits now."""
        self.facts = self._disk.do(self._spool.look)

    def keep(self, records: Sequence[T]) -> list[T]:
        """Write a batch, and return those records of it that cannot be written down."""
        lines: list[bytes] = []
        unwritten: list[T] = []
        for number, record in enumerate(records, start=1):
            try:
                lines.append(self._codec.encode(record))
            except ValueError:
                unwritten.append(record)
            if number % PORTION == 0:
                gevent.sleep(0)
        if lines:
            self._disk.do(self._spool.keep, b"".join(lines), len(lines))
            self.look()
        return unwritten

    def read(self, batch: Batch) -> Iterator[T | Damaged]:
        """Read a batch, record after record."""
        return self._codec.decode_all(self._disk.do(batch.path.read_bytes))

    def let_go(self, batch: Batch) -> None:
        """Forget a batch that is safe elsewhere."""
        self._disk.do(batch.path.unlink, True)
        self.look()

    def set_damaged_aside(self, batch: Batch) -> None:
        """Keep a file for whoever may read more of it than we can; all that we can is safe elsewhere."""
        self._disk.do(self._spool.set_damaged_aside, batch)
        self.look()

    def refuse(self, name: str, record: T, why: str) -> None:
        """Put a record aside with the reason; ValueError where it cannot be written down."""
        line = self._codec.encode(record, name=name, why=why, at=time_ns() // 1000)
        self._disk.do(self._spool.refuse, name, line)
        used, refused = self.facts.bytes_used + len(line), self.facts.refused + 1  # to look would take ever longer
        self.facts = replace(self.facts, bytes_used=used, refused=refused)

    def hand_over_again(self) -> int:
        """Let everything that was put aside wait again, and return how many records that is."""
        try:
            return self._disk.do(self._spool.hand_over_again)
        finally:
            self.look()  # a disk that became full in the midst of it has taken some


def level_after(before: OutboxLevel, percent: int) -> OutboxLevel:
    """Return how full a room is of which so much is used, and that was at a level before."""
    if percent >= 100 or (before is OutboxLevel.FULL and percent >= NOT_FULL):
        return OutboxLevel.FULL
    if percent >= NEARLY_FULL or (before is not OutboxLevel.ROOM and percent >= LESS_THAN_NEARLY_FULL):
        return OutboxLevel.NEARLY_FULL
    return OutboxLevel.ROOM
