"""Schedules in PostgreSQL: read for the centre, and set up and changed by people (G1, G2, G3).

The centre's value names agents by the ids of their rows and knows its calendar by name; people name both. Easy to
break: an agent who was removed stays in the row and is shown to nobody, so that a restored one is planned again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, update

from fs_control.errors import UserMistake
from fs_control.ids import AgentId, EnterpriseId
from fs_control.store import tables
from fs_control.store.agents_known import agents_by_number
from fs_control.store.directory_check import nearest
from fs_control.store.directory_edit import unknown
from fs_control.store.directory_plan import ItemKind
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.queries import query, rows_of
from fs_control.store.schedule_fields import ScheduleEntry, refuse_idle
from fs_control.store.schedule_rows import read_schedule_rows


class PostgresScheduleStore:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def all(self) -> dict[str, ScheduleEntry]:
        """Return the schedules, by name."""
        with transaction(self._engine, is_snapshot=True) as connection:
            return self._entries(connection)

    def find(self, name: str) -> ScheduleEntry:
        """Return one schedule; UserMistake `schedule_unknown` with the nearest."""
        entries = self.all()
        _refuse_unknown(entries, [name])
        return entries[name]

    def add(self, entry: ScheduleEntry) -> None:
        """Add a schedule that is not there yet."""
        with changing(self._engine, self._enterprise) as connection:
            if entry.name in self._entries(connection):
                raise UserMistake("schedule_exists", schedule=entry.name)
            row = self._row(connection, entry, self._ids(connection, entry.agents))
            connection.execute(insert(tables.schedule), {"enterprise_id": self._enterprise, **row})

    def change(self, name: str, edit: Callable[[ScheduleEntry], ScheduleEntry]) -> tuple[ScheduleEntry, ScheduleEntry]:
        """Change a schedule to what `edit` makes of it, and return it as it was and as it is."""
        with changing(self._engine, self._enterprise) as connection:
            entries = self._entries(connection)
            _refuse_unknown(entries, [name])
            before, after = entries[name], edit(entries[name])
            if after.name != name and after.name in entries:
                raise UserMistake("schedule_exists", schedule=after.name)
            removed = self._removed_agents(connection, name) if after.agents == before.agents else ()
            row = self._row(connection, after, [*self._ids(connection, after.agents), *removed])
            table = tables.schedule
            is_it = (table.c.enterprise_id == self._enterprise) & (table.c.name == name)
            connection.execute(update(table).where(is_it), row)
        return before, after

    def remove(self, names: Collection[str]) -> None:
        """Remove schedules, all of these or none; nobody is signed in or out by that."""
        with changing(self._engine, self._enterprise) as connection:
            _refuse_unknown(self._entries(connection), names)
            connection.execute(query("remove_schedules"), {"enterprise": self._enterprise, "names": list(names)})

    # --- rows ---

    def _entries(self, connection: Connection) -> dict[str, ScheduleEntry]:
        numbers = {agent: number for number, agent in agents_by_number(connection, self._enterprise).items()}
        rows = read_schedule_rows(connection, self._enterprise)
        return {row.name: _entry(row, numbers) for row in rows}

    def _ids(self, connection: Connection, numbers: Iterable[str]) -> list[AgentId]:
        agents = agents_by_number(connection, self._enterprise)
        for number in numbers:
            if number not in agents:
                raise unknown(ItemKind.AGENT, number, agents)
        return [agents[number] for number in numbers]

    def _removed_agents(self, connection: Connection, name: str) -> Sequence[AgentId]:
        present = set(agents_by_number(connection, self._enterprise).values())
        rows = read_schedule_rows(connection, self._enterprise)
        return [agent for row in rows if row.name == name for agent in row.agent_ids if agent not in present]

    def _row(self, connection: Connection, entry: ScheduleEntry, agents: Sequence[AgentId]) -> dict[str, Any]:
        refuse_idle(entry)
        return {
            "name": entry.name,
            "agent_ids": list(agents),
            "sign_in": entry.sign_in,
            "sign_out": entry.sign_out,
            "weekdays": list(entry.weekdays),
            "dates": list(entry.dates),
            "calendar_id": self._calendar(connection, entry.calendar),
            "terminal": entry.terminal,
            "enabled": entry.enabled,
        }

    def _calendar(self, connection: Connection, name: str | None) -> int | None:
        if name is None:
            return None
        rows = connection.execute(rows_of(tables.calendar, "calendars"), {"enterprise": self._enterprise})
        calendars: dict[str, int] = {row.name: row.id for row in rows}
        if name not in calendars:
            raise unknown(ItemKind.CALENDAR, name, calendars)
        return calendars[name]


def _entry(row: Row[Any], numbers: Mapping[AgentId, str]) -> ScheduleEntry:
    return ScheduleEntry(
        name=row.name,
        agents=tuple(numbers[agent] for agent in row.agent_ids if agent in numbers),
        sign_in=row.sign_in,
        sign_out=row.sign_out,
        weekdays=tuple(row.weekdays),
        dates=tuple(row.dates),
        calendar=row.calendar,
        terminal=row.terminal,
        enabled=row.enabled,
    )


def _refuse_unknown(entries: Mapping[str, object], names: Iterable[str]) -> None:
    for name in names:
        if name not in entries:
            raise UserMistake("schedule_unknown", schedule=name, nearest=nearest(name, entries))
