"""Everything that waits for the database, as people see it: ended calls and what leaders did, in one sum.

Owns nothing; it asks the two outboxes. Easy to break: it is the ended calls whose room decides whether calls are taken,
so the level and its bytes are theirs alone.
"""

from __future__ import annotations

from dataclasses import replace

from fs_control.errors import RemoteFault
from fs_control.ports import RecordSink, SupervisionSink
from fs_control.records import OutboxFacts


class Outboxes:
    """The outboxes of one engine; `leaders` is None where nobody keeps what leaders do."""

    def __init__(self, calls: RecordSink, leaders: SupervisionSink | None) -> None:
        self._calls = calls
        self._leaders = leaders

    def facts(self) -> OutboxFacts:
        """Return what waits at this moment, since when and why."""
        calls = self._calls.facts()
        if self._leaders is None:
            return calls
        leaders = self._leaders.facts()
        since = [moment for moment in (calls.since, leaders.since) if moment is not None]
        told = calls if calls.why else leaders
        return replace(
            calls,
            in_memory=calls.in_memory + leaders.in_memory,
            on_disk=calls.on_disk + leaders.on_disk,
            since=min(since, default=None),
            why=told.why,
            reason=told.reason,
            disk_fault=calls.disk_fault or leaders.disk_fault,
            refused=calls.refused + leaders.refused,
            damaged=calls.damaged + leaders.damaged,
        )

    def retry(self) -> int:
        """Hand over again what the database refused, and return how many records that is; RemoteFault by the disk."""
        try:
            return self._calls.retry() + (self._leaders.retry() if self._leaders is not None else 0)
        except OSError as error:
            raise RemoteFault("outbox_disk_refuses", reason=error.strerror or type(error).__name__) from error
