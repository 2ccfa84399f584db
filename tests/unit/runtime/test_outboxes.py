"""What waits for the database is shown in one sum, and what was refused is handed over again in both outboxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from fs_control.errors import RemoteFault
from fs_control.ids import Micros
from fs_control.records import OutboxFacts, OutboxLevel
from fs_control.runtime.outboxes import Outboxes


@dataclass
class Box:
    """An outbox with memory, of calls or of what leaders did."""

    shown: OutboxFacts = field(default_factory=OutboxFacts)
    fault: OSError | None = None

    def put(self, record: Any) -> None: ...

    def run(self) -> None: ...

    def wait_until_empty(self, seconds: float) -> bool:
        return seconds >= 0

    def facts(self) -> OutboxFacts:
        return self.shown

    def retry(self) -> int:
        if self.fault is not None:
            raise self.fault
        return self.shown.refused


def test_records_of_both_are_counted_and_the_room_is_that_of_the_calls() -> None:
    calls = OutboxFacts(in_memory=3, on_disk=5, bytes_used=70, bytes_most=100, level=OutboxLevel.FULL, since=Micros(9))
    leaders = OutboxFacts(in_memory=1, bytes_used=4, since=Micros(7), why="database_away", reason="gone", damaged=2)
    shown = Outboxes(Box(calls), Box(leaders)).facts()
    assert (shown.in_memory, shown.on_disk, shown.waiting) == (4, 5, 9)
    assert (shown.bytes_used, shown.level, shown.since) == (70, OutboxLevel.FULL, 7)
    assert (shown.why, shown.reason, shown.damaged) == ("database_away", "gone", 2)


def test_without_a_log_of_leaders_the_calls_are_all() -> None:
    facts = OutboxFacts(in_memory=3)
    assert Outboxes(Box(facts), None).facts() == facts


def test_what_was_refused_is_handed_over_again_in_both() -> None:
    assert Outboxes(Box(OutboxFacts(refused=2)), Box(OutboxFacts(refused=1))).retry() == 3


def test_a_disk_that_refuses_is_told_as_a_fault() -> None:
    with pytest.raises(RemoteFault, match="outbox_disk_refuses"):
        Outboxes(Box(fault=OSError(30, "Read-only file system")), None).retry()
