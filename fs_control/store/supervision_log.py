"""What leaders did with the calls of others, in PostgreSQL (C7): written exactly once, shown and never changed.

Owns the log of one enterprise. Easy to break: there is no method that removes anything, and the numbers of the people
stand in the row, so that an entry says who it was whatever becomes of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, Row
from sqlalchemy.dialects.postgresql import insert

from fs_control.ids import AgentId, CallId, EnterpriseId
from fs_control.records import SuperviseMode, SupervisionEntry
from fs_control.store import tables
from fs_control.store.column_types import storable_text
from fs_control.store.engine import transaction
from fs_control.store.queries import rows_of


class PostgresSupervisionLog:
    """Every method raises RemoteFault when the database is away, busy or slow."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def store(self, records: Sequence[SupervisionEntry], /) -> None:
        """Write entries in one transaction; one that is there already is left as it is."""
        if not records:
            return
        rows = [_values(entry) for entry in sorted(records, key=lambda entry: entry.id)]
        with transaction(self._engine) as connection:
            connection.execute(insert(tables.supervision_log).on_conflict_do_nothing(), rows)

    def newest(
        self, limit: int, leader: str | None = None, agent: str | None = None, call: str | None = None
    ) -> list[SupervisionEntry]:
        """Return the newest entries, newest first: of a leader's or agent's number, of calls that begin so, or all."""
        narrowed = {"enterprise": self._enterprise, "leader": leader, "agent": agent, "call": call, "limit": limit}
        with transaction(self._engine) as connection:
            return [
                _entry(row) for row in connection.execute(rows_of(tables.supervision_log, "supervision_log"), narrowed)
            ]


def _values(entry: SupervisionEntry) -> dict[str, Any]:
    return {
        "enterprise_id": entry.enterprise,
        "entry_id": entry.id,
        "call_id": storable_text(entry.call),
        "leader_id": entry.leader,
        "leader": entry.leader_number,
        "agent_id": entry.agent,
        "agent": entry.agent_number,
        "mode": entry.mode.value,
        "asked_by": storable_text(entry.by),
        "began_at": entry.began_at,
        "ended_at": entry.ended_at,
    }


def _entry(row: Row[Any]) -> SupervisionEntry:
    return SupervisionEntry(
        id=row.entry_id,
        enterprise=EnterpriseId(row.enterprise_id),
        call=CallId(row.call_id),
        leader=AgentId(row.leader_id),
        leader_number=row.leader,
        agent=AgentId(row.agent_id),
        agent_number=row.agent,
        mode=SuperviseMode(row.mode),
        by=row.asked_by,
        began_at=row.began_at,
        ended_at=row.ended_at,
    )
