"""What is read of the past, with memory: ended calls in pages, and who called whom last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from fs_control.errors import RemoteFault, UserMistake
from fs_control.ids import CallId
from fs_control.ports import CallPlace, CallsWanted, RememberedCall
from fs_control.records import CallRecord


@dataclass(slots=True)
class MemoryCallPages:
    """Ended calls in memory; the database may be away."""

    records: list[CallRecord] = field(default_factory=list)
    is_database_there: bool = True

    def page(self, wanted: CallsWanted, behind: CallPlace | None, limit: int) -> Sequence[CallRecord]:
        """Return the next calls behind a place, the newest first; of what is below each, its segments alone."""
        self._look()
        newest_first = sorted(self.records, key=lambda record: (record.started_at, record.call_id), reverse=True)
        place = None if behind is None else (behind.started_at, behind.call)
        found = (each for each in newest_first if place is None or (each.started_at, each.call_id) < place)
        fitting = [each for each in found if all(_agreements(each, wanted))][:limit]
        return [replace(each, offers=(), steps=(), messages=()) for each in fitting]

    def ended(self, calls: Sequence[CallId]) -> Sequence[CallRecord]:
        """Return the records of these calls."""
        self._look()
        return [record for record in self.records if record.call_id in calls]

    def _look(self) -> None:
        if not self.is_database_there:
            raise RemoteFault("database_away", reason="asked by a test")


def _agreements(record: CallRecord, wanted: CallsWanted) -> Iterator[bool]:
    agents = {segment.agent for segment in record.segments}.union(offer.agent for offer in record.offers)
    yield wanted.started_from is None or record.started_at >= wanted.started_from
    yield wanted.started_before is None or record.started_at < wanted.started_before
    yield wanted.number in (None, record.number)
    yield wanted.caller in (None, record.caller.e164, record.caller.raw)
    yield wanted.disposition in (None, record.disposition)
    yield wanted.agent is None or wanted.agent in agents
    yield wanted.group is None or any(segment.group == wanted.group for segment in record.segments)


@dataclass(slots=True)
class MemoryCallMemories:
    """What is remembered, by number as it is asked for."""

    kept: dict[str, RememberedCall] = field(default_factory=dict)

    def remembered(self, number: str) -> RememberedCall:
        """Return what is remembered of a number."""
        if number not in self.kept:
            raise UserMistake("nothing_remembered", numbers=(number,))
        return self.kept[number]
