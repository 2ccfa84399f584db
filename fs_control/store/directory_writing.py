"""A directory plan written into its tables: judged against what is configured, then carried out.

It must run behind the enterprise's lock, in the transaction that commits it. Easy to break: things are written in the
order in which they refer to one another, and a thing that is there already keeps its id.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert

from fs_control.ids import EnterpriseId
from fs_control.store import tables
from fs_control.store.agent_rows import AGENT_COLUMNS, rights_text
from fs_control.store.calendar_rows import write_calendars
from fs_control.store.column_types import storable_text
from fs_control.store.directory_check import differences, reference_problems
from fs_control.store.directory_plan import DirectoryPlan, FileProblem, ImportResult, ItemKind
from fs_control.store.directory_rows import (
    ENTERPRISE_SETTINGS,
    GROUP_SETTINGS,
    DirectoryRows,
    configured_from,
    read_rows,
)
from fs_control.store.queries import query


def problems_of(
    connection: Connection,
    enterprise: EnterpriseId,
    plan: DirectoryPlan,
    rows: DirectoryRows,
    prompts: Collection[str],
) -> tuple[FileProblem, ...]:
    """Return everything that is wrong with a plan, in itself and against what is configured and which prompts exist."""
    parameters = {"enterprise": enterprise, "numbers": list(plan.numbers)}
    others: Collection[str] = set(connection.execute(query("numbers_of_others"), parameters).scalars())
    found = reference_problems(plan, configured_from(rows), available_timezones(), others, prompts)
    return (*plan.problems, *found)


def write_plan(
    connection: Connection, enterprise: EnterpriseId, plan: DirectoryPlan, rows: DirectoryRows
) -> ImportResult:
    """Carry out a plan without problems; `rows` are what is configured now."""
    result = differences(plan, configured_from(rows))
    _Writing(connection, enterprise, plan, result).write(rows)
    return result


class _Writing:
    """Writes the things of a plan that are new or changed."""

    def __init__(
        self, connection: Connection, enterprise: EnterpriseId, plan: DirectoryPlan, result: ImportResult
    ) -> None:
        self._connection = connection
        self._enterprise = enterprise
        self._plan = plan
        self._touched = {(item.kind, item.key) for item in (*result.added, *result.changed)}

    def write(self, before: DirectoryRows) -> None:
        """Write everything; `before` is what was there."""
        if self._is_touched(ItemKind.ENTERPRISE, ""):
            self._change_enterprise(before.enterprise)
        self._add_phones()
        self._upsert(tables.agent, "number", self._agent_rows())
        self._upsert(tables.skill_group, "name", self._group_rows())
        self._upsert(tables.service_number, "number", self._number_rows())
        self._replace_parts_of_groups()
        touched = [one for one in self._plan.calendars.values() if self._is_touched(ItemKind.CALENDAR, one.name)]
        write_calendars(self._connection, self._enterprise, touched)

    def _is_touched(self, kind: ItemKind, key: str) -> bool:
        return (kind, key) in self._touched

    def _change_enterprise(self, row: Any) -> None:
        values = {name: self._plan.enterprise.get(name, getattr(row, name)) for name in ENTERPRISE_SETTINGS}
        stored = {name: storable_text(value) if isinstance(value, str) else value for name, value in values.items()}
        self._connection.execute(query("change_enterprise"), {"enterprise": self._enterprise, **stored})

    def _add_phones(self) -> None:
        rows = [
            {"enterprise_id": self._enterprise, "extension": extension}
            for extension in sorted(self._plan.all_phones())
            if self._is_touched(ItemKind.PHONE, extension)
        ]
        if rows:
            self._connection.execute(insert(tables.phone), rows)

    def _agent_rows(self) -> list[dict[str, Any]]:
        rows = self._rows(ItemKind.AGENT, self._plan.agents, AGENT_COLUMNS)
        return [{**row, "rights": rights_text(row["rights"])} for row in rows]

    def _group_rows(self) -> list[dict[str, Any]]:
        return self._rows(ItemKind.GROUP, self._plan.groups, GROUP_SETTINGS)

    def _number_rows(self) -> list[dict[str, Any]]:
        memory = ("takes_memory", "memory_valid_s", "absent_flow")
        return self._rows(ItemKind.NUMBER, self._plan.numbers, ("number", "flow", "max_calls", *memory))

    def _rows(self, kind: ItemKind, entries: Mapping[str, Any], columns: Sequence[str]) -> list[dict[str, Any]]:
        """Return the columns of those entries that are new or changed; an entry names its fields as the table does."""
        return [
            {column: getattr(entry, column) for column in columns}
            for key, entry in entries.items()
            if self._is_touched(kind, key)
        ]

    def _upsert(self, table: Table, key: str, rows: Sequence[dict[str, Any]]) -> None:
        """Add the rows, or change those that have the same natural key; ids stay."""
        if not rows:
            return
        statement = postgresql_insert(table)
        changes = {name: statement.excluded[name] for name in rows[0] if name != key}
        statement = statement.on_conflict_do_update(index_elements=["enterprise_id", key], set_=changes)
        self._connection.execute(statement, [{"enterprise_id": self._enterprise, **row} for row in rows])

    def _replace_parts_of_groups(self) -> None:
        """Give each touched group exactly the members and the overflows that the plan lists."""
        touched = [name for name in self._plan.groups if self._is_touched(ItemKind.GROUP, name)]
        if not touched:
            return
        after = read_rows(self._connection, self._enterprise)
        groups = {row.name: row.id for row in after.groups}
        agents = {row.number: row.id for row in after.agents}
        ids = [groups[name] for name in touched]
        members = [
            {"group_id": groups[name], "agent_id": agents[member.number], "position": position, "level": member.level}
            for name in touched
            for position, member in enumerate(self._plan.groups[name].members)
        ]
        overflow = [
            {"group_id": groups[name], "helper_group_id": groups[one.group], "after_s": one.after_s}
            for name in touched
            for one in self._plan.groups[name].overflow
        ]
        self._replace(tables.group_member, "remove_members", ids, members)
        self._replace(tables.group_overflow, "remove_overflow", ids, overflow)

    def _replace(self, table: Table, remove: str, groups: Sequence[int], rows: Sequence[dict[str, Any]]) -> None:
        self._connection.execute(query(remove), {"enterprise": self._enterprise, "groups": list(groups)})
        if rows:
            self._connection.execute(insert(table), [{"enterprise_id": self._enterprise, **row} for row in rows])
