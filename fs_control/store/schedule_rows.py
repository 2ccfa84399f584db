"""The rows of an enterprise's schedules, and what the centre makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

from fs_control.ids import EnterpriseId
from fs_control.records import Schedule
from fs_control.store import tables
from fs_control.store.queries import rows_of

Rows = Sequence[Row[Any]]


def read_schedule_rows(connection: Connection, enterprise: EnterpriseId) -> Rows:
    """Read the schedules of an enterprise with the names of their calendars, by name."""
    return connection.execute(rows_of(tables.schedule, "schedules"), {"enterprise": enterprise}).all()


def schedules_from(rows: Rows) -> tuple[Schedule, ...]:
    """Return the schedules as the centre has them."""
    return tuple(
        Schedule(
            id=row.id,
            name=row.name,
            agents=tuple(row.agent_ids),
            sign_in=row.sign_in,
            sign_out=row.sign_out,
            weekdays=tuple(row.weekdays),
            dates=tuple(row.dates),
            calendar=row.calendar,
            terminal=row.terminal,
            enabled=row.enabled,
        )
        for row in rows
    )
