"""The configured enterprise in PostgreSQL: read as a whole, changed by an import, its flows activated.

Implements `ports.DirectoryStore` (N1, Q1, A1). It must not know how a directory file looks. Easy to break: an import
is all or nothing, and two of them never mix: whoever changes the directory locks the enterprise's row first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Connection, Engine, Table, insert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId
from fs_control.records import Directory, FlowText
from fs_control.store import tables
from fs_control.store.column_types import storable_text
from fs_control.store.directory_check import differences, reference_problems
from fs_control.store.directory_plan import DirectoryFileMistake, DirectoryPlan, ImportResult, ItemKind
from fs_control.store.directory_rows import DirectoryRows, configured_from, directory_from, read_flows, read_rows
from fs_control.store.engine import transaction
from fs_control.store.queries import query


class PostgresDirectoryStore:
    """The directory of one enterprise.

    Every method raises RemoteFault when the database is away, busy or slow, and UserMistake `enterprise_unknown`.
    """

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def load(self) -> tuple[Directory, tuple[FlowText, ...]]:
        """Return the whole directory and the active version of each flow, all of one moment."""
        with transaction(self._engine, is_snapshot=True) as connection:
            rows = read_rows(connection, self._enterprise)
            return directory_from(rows), read_flows(connection, self._enterprise)

    def import_directory(self, plan: DirectoryPlan) -> ImportResult:
        """Carry out a directory file, all of it or nothing, and return what it added, changed and left alone.

        Things are found again by agent number, group name, service number and extension, and keep their ids. What the
        file does not name is not touched. Raises DirectoryFileMistake with every bad place of the file.
        """
        with transaction(self._engine) as connection:
            rows = self._locked_rows(connection)
            others = self._numbers_of_others(connection, plan)
            found = reference_problems(plan, configured_from(rows), available_timezones(), others)
            if plan.problems or found:
                raise DirectoryFileMistake(plan.file, [*plan.problems, *found])
            result = differences(plan, configured_from(rows))
            _Import(connection, self._enterprise, plan, result).write(rows)
        return result

    def activate_flow(self, name: str, text: str, by: str) -> bool:
        """Make `text` the active version of the flow `name`; False when it is that already.

        `by` says who did it. Earlier versions stay, so that each can be looked at and activated again.
        """
        values = {"name": name, "text": text, "by": by}
        parameters = {key: storable_text(value) for key, value in values.items()}
        parameters["digest"] = hashlib.sha256(parameters["text"].encode()).hexdigest()
        with transaction(self._engine) as connection:
            self._lock(connection)
            added = connection.execute(query("activate_flow"), {"enterprise": self._enterprise, **parameters})
            return added.one_or_none() is not None

    def _lock(self, connection: Connection) -> None:
        if connection.execute(query("lock_enterprise"), {"enterprise": self._enterprise}).one_or_none() is None:
            raise UserMistake("enterprise_unknown", enterprise=self._enterprise)

    def _locked_rows(self, connection: Connection) -> DirectoryRows:
        self._lock(connection)
        return read_rows(connection, self._enterprise)

    def _numbers_of_others(self, connection: Connection, plan: DirectoryPlan) -> Collection[str]:
        parameters = {"enterprise": self._enterprise, "numbers": list(plan.numbers)}
        return set(connection.execute(query("numbers_of_others"), parameters).scalars())


class _Import:
    """Writes the things of a plan that are new or changed, in the order in which they refer to one another."""

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
        self._replace_members()

    def _is_touched(self, kind: ItemKind, key: str) -> bool:
        return (kind, key) in self._touched

    def _change_enterprise(self, row: Any) -> None:
        kept = {"name": row.name, "time_zone": row.time_zone, "language": row.language, "region": row.region}
        changes = {field: storable_text(value) for field, value in self._plan.enterprise.items()}
        self._connection.execute(query("change_enterprise"), {"enterprise": self._enterprise, **kept, **changes})

    def _add_phones(self) -> None:
        rows = [
            {"enterprise_id": self._enterprise, "extension": extension}
            for extension in sorted(self._plan.all_phones())
            if self._is_touched(ItemKind.PHONE, extension)
        ]
        if rows:
            self._connection.execute(insert(tables.phone), rows)

    def _agent_rows(self) -> list[dict[str, Any]]:
        return [
            {"number": agent.number, "name": agent.name, "phone": agent.phone}
            for agent in self._plan.agents.values()
            if self._is_touched(ItemKind.AGENT, agent.number)
        ]

    def _group_rows(self) -> list[dict[str, Any]]:
        return [
            {"name": group.name, "strategy": group.strategy, "ring_s": group.ring_s}
            for group in self._plan.groups.values()
            if self._is_touched(ItemKind.GROUP, group.name)
        ]

    def _number_rows(self) -> list[dict[str, Any]]:
        return [
            {"number": number.number, "flow": number.flow, "max_calls": number.max_calls}
            for number in self._plan.numbers.values()
            if self._is_touched(ItemKind.NUMBER, number.number)
        ]

    def _upsert(self, table: Table, key: str, rows: Sequence[dict[str, Any]]) -> None:
        """Add the rows, or change those that have the same natural key; ids stay."""
        if not rows:
            return
        statement = postgresql_insert(table)
        changes = {name: statement.excluded[name] for name in rows[0] if name != key}
        statement = statement.on_conflict_do_update(index_elements=["enterprise_id", key], set_=changes)
        self._connection.execute(statement, [{"enterprise_id": self._enterprise, **row} for row in rows])

    def _replace_members(self) -> None:
        """Give each touched group exactly the members that the file lists."""
        touched = [name for name in self._plan.groups if self._is_touched(ItemKind.GROUP, name)]
        if not touched:
            return
        after = read_rows(self._connection, self._enterprise)
        group_ids = {row.name: row.id for row in after.groups}
        agent_ids = {row.number: row.id for row in after.agents}
        parameters = {"enterprise": self._enterprise, "groups": [group_ids[name] for name in touched]}
        self._connection.execute(query("remove_members"), parameters)
        rows = [
            {
                "enterprise_id": self._enterprise,
                "group_id": group_ids[name],
                "agent_id": agent_ids[number],
                "position": position,
            }
            for name in touched
            for position, number in enumerate(self._plan.groups[name].members)
        ]
        if rows:
            self._connection.execute(insert(tables.group_member), rows)
