"""Which agent dialled a number last, as far as it is remembered (M1).

A number has one memory: whoever dials it last takes it over. How long it counts is a setting and no part of it. Easy
to break: a number is remembered in international form, whatever form it was dialled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row
from sqlalchemy.dialects.postgresql import insert as postgresql_insert

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId
from fs_control.ports import RememberedCall
from fs_control.store import tables
from fs_control.store.agents_known import agent_id, agents_by_number
from fs_control.store.customers import region_of
from fs_control.store.directory_check import table_differences
from fs_control.store.directory_edit import unknown
from fs_control.store.directory_fields import customer_number
from fs_control.store.directory_plan import ImportResult, ItemKind
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.memory_sheet import MemoryEntry
from fs_control.store.queries import query, rows_of
from fs_control.store.search_words import number_parameters
from fs_control.store.sheets import Sheet, refuse_problems, unknown_agents


@dataclass(frozen=True, slots=True)
class StoredMemory:
    """A memory with the names of those it is about; `customer_name` is None for a number that nobody has saved."""

    entry: MemoryEntry
    agent_name: str
    customer_name: str | None


class PostgresMemoryStore:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def search(self, words: Sequence[str], agent: str | None = None, limit: int | None = None) -> list[StoredMemory]:
        """Return what is remembered, the newest first.

        Every word is a part of the number or of the customer's name; of one agent's calls or all.
        """
        with transaction(self._engine) as connection:
            if agent is not None:
                agent_id(connection, self._enterprise, agent)
            words_in_sql = number_parameters(words, region_of(connection, self._enterprise))
            return _read(connection, "memories", self._enterprise, agent=agent, limit=limit, **words_in_sql)

    def find(self, text: str) -> StoredMemory:
        """Return what is remembered of a number; UserMistake `nothing_remembered`."""
        with transaction(self._engine) as connection:
            number = customer_number(text, region_of(connection, self._enterprise))
            found = _read(connection, "memories_by_number", self._enterprise, numbers=[number])
        if not found:
            raise UserMistake("nothing_remembered", numbers=(text,))
        return found[0]

    def remembered(self, number: str) -> RememberedCall:
        """Return the same for whoever knows no rows (`ports.CallMemories`)."""
        found = self.find(number)
        entry = found.entry
        return RememberedCall(entry.number, entry.agent, entry.service_number, entry.remembered_at, found.customer_name)

    def remember(self, entry: MemoryEntry) -> str:
        """Remember that an agent dialled a number, instead of what was remembered of it; returns the number."""
        with changing(self._engine, self._enterprise) as connection:
            number = customer_number(entry.number, region_of(connection, self._enterprise))
            stored = MemoryEntry(number, entry.agent, entry.service_number, entry.remembered_at)
            self._write(connection, {number: stored})
        return number

    def forget(self, texts: Sequence[str]) -> list[str]:
        """Forget what is remembered of numbers, of all of these or none, and return them."""
        with changing(self._engine, self._enterprise) as connection:
            region = region_of(connection, self._enterprise)
            numbers = {customer_number(text, region): text for text in texts}
            parameters = {"enterprise": self._enterprise, "numbers": list(numbers)}
            forgotten = set(connection.execute(query("forget_memories"), parameters).scalars())
            missing = tuple(text for number, text in numbers.items() if number not in forgotten)
            if missing:
                raise UserMistake("nothing_remembered", numbers=missing)
        return list(numbers)

    def import_sheet(self, sheet: Sheet[MemoryEntry], *, dry_run: bool = False) -> ImportResult:
        """Carry out a sheet, all of it or nothing; DirectoryFileMistake with every bad place of it."""
        with changing(self._engine, self._enterprise) as connection:
            agents = agents_by_number(connection, self._enterprise)
            refuse_problems(sheet, unknown_agents(sheet, "agent", lambda entry: entry.agent, agents))
            stored = _read(connection, "memories_by_number", self._enterprise, numbers=list(sheet.entries))
            present = {one.entry.number: one.entry for one in stored}
            result = table_differences(ItemKind.MEMORY, sheet.entries, present)
            touched = [item.key for item in (*result.added, *result.changed)]
            if not dry_run:
                self._write(connection, {key: sheet.entries[key] for key in touched})
        return result

    def _write(self, connection: Connection, entries: Mapping[str, MemoryEntry]) -> None:
        agents = agents_by_number(connection, self._enterprise)
        rows = [self._row(entry, agents) for entry in entries.values()]
        statement = postgresql_insert(tables.memory)
        changes = {name: statement.excluded[name] for name in ("agent_id", "service_number", "remembered_at")}
        statement = statement.on_conflict_do_update(index_elements=["enterprise_id", "number"], set_=changes)
        if rows:
            connection.execute(statement, rows)

    def _row(self, entry: MemoryEntry, agents: Mapping[str, Any]) -> dict[str, Any]:
        if entry.agent not in agents:
            raise unknown(ItemKind.AGENT, entry.agent, agents)
        return {
            "enterprise_id": self._enterprise,
            "number": entry.number,
            "agent_id": agents[entry.agent],
            "service_number": entry.service_number,
            "remembered_at": entry.remembered_at,
        }


def memories_of(connection: Connection, enterprise: EnterpriseId, agent: str) -> list[MemoryEntry]:
    """Return what is remembered of one agent's calls, the newest first."""
    found = _read(connection, "memories", enterprise, agent=agent, limit=None, **number_parameters((), ""))
    return [memory.entry for memory in found]


def _read(connection: Connection, name: str, enterprise: EnterpriseId, **parameters: object) -> list[StoredMemory]:
    rows = connection.execute(rows_of(tables.memory, name), {"enterprise": enterprise, **parameters})
    return [_stored(row) for row in rows]


def _stored(row: Row[Any]) -> StoredMemory:
    entry = MemoryEntry(row.number, row.agent, row.service_number, row.remembered_at)
    return StoredMemory(entry, row.agent_name, row.customer_name)
