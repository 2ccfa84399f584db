"""One agent, group, service number or calendar added or changed: an import of a single thing (A2, Q1, N1, H1).

The same judging and writing as for a file, so that both refuse the same. Easy to break: a change is made of what is
configured at that moment, behind the enterprise's lock; a new number or name keeps the id.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId
from fs_control.store.calendar_entries import CalendarEntry
from fs_control.store.directory_check import field_changes, nearest
from fs_control.store.directory_plan import (
    AgentEntry,
    Configured,
    DirectoryPlan,
    FileProblem,
    GroupEntry,
    ImportedItem,
    ItemKind,
    MemberEntry,
    NumberEntry,
)
from fs_control.store.directory_rows import DirectoryRows, configured_from, read_rows
from fs_control.store.directory_writing import problems_of, write_plan
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.queries import query

Named = TypeVar("Named", AgentEntry, GroupEntry, NumberEntry, CalendarEntry)

UNKNOWN: Final = {
    ItemKind.AGENT: "agent_unknown",
    ItemKind.GROUP: "group_unknown",
    ItemKind.NUMBER: "number_unknown",
    ItemKind.CALENDAR: "calendar_unknown",
}
TAKEN: Final = {
    ItemKind.AGENT: "agent_exists",
    ItemKind.GROUP: "group_exists",
    ItemKind.NUMBER: "number_exists",
    ItemKind.CALENDAR: "calendar_exists",
}


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: ItemKind
    key: str
    """The field by which people name it."""
    part: str
    """The part of `Configured` and of `DirectoryPlan` that holds it."""
    rename: str = ""
    """The query that gives it another name; a service number is its own name."""


_KINDS: Final[Mapping[type, _Kind]] = {
    AgentEntry: _Kind(ItemKind.AGENT, "number", "agents", "rename_agent"),
    GroupEntry: _Kind(ItemKind.GROUP, "name", "groups", "rename_group"),
    NumberEntry: _Kind(ItemKind.NUMBER, "number", "numbers"),
    CalendarEntry: _Kind(ItemKind.CALENDAR, "name", "calendars", "rename_calendar"),
}


class PostgresDirectoryEditor:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses.

    `prompts` are those that there are, for what names one.
    """

    def __init__(self, engine: Engine, enterprise: EnterpriseId, prompts: Collection[str] = ()) -> None:
        self._engine = engine
        self._enterprise = enterprise
        self._prompts = prompts

    def configured(self) -> Configured:
        """Return what is configured, by the names that people use."""
        with transaction(self._engine, is_snapshot=True) as connection:
            return configured_from(read_rows(connection, self._enterprise))

    def add(self, entry: GroupEntry | NumberEntry | CalendarEntry) -> None:
        """Add a group, a number or a calendar that is not there yet."""
        with changing(self._engine, self._enterprise) as connection:
            rows = read_rows(connection, self._enterprise)
            _refuse_taken(entry, configured_from(rows))
            self._write(connection, entry, rows)

    def add_agent(self, entry: AgentEntry, groups: Sequence[str] = ()) -> None:
        """Add an agent who is not there yet, as the last member of some groups."""
        with changing(self._engine, self._enterprise) as connection:
            rows = read_rows(connection, self._enterprise)
            configured = configured_from(rows)
            _refuse_taken(entry, configured)
            plan = DirectoryPlan(
                "", agents={entry.number: entry}, groups=_with_member(configured.groups, groups, entry.number)
            )
            self._carry_out(connection, plan, rows)

    def change(self, kind: type[Named], name: str, edit: Callable[[Named], Named]) -> ImportedItem:
        """Change the thing of this name to what `edit` makes of it, and return which fields have another value."""
        about = _KINDS[kind]
        with changing(self._engine, self._enterprise) as connection:
            rows = read_rows(connection, self._enterprise)
            present: Mapping[str, Named] = getattr(configured_from(rows), about.part)
            before = present.get(name)
            if before is None:
                raise unknown(about.kind, name, present)
            after = edit(before)
            new_name = getattr(after, about.key)
            if new_name != name:
                if new_name in present:
                    raise UserMistake(TAKEN[about.kind], **{about.kind: new_name})
                parameters = {"enterprise": self._enterprise, "old": name, "new": new_name}
                connection.execute(query(about.rename), parameters)
                rows = read_rows(connection, self._enterprise)
            self._write(connection, after, rows)
        return ImportedItem(about.kind, new_name, field_changes(before, after))

    def change_enterprise(self, **settings: str | int | float | None) -> None:
        """Change settings of the enterprise, named as `EnterpriseEntry` names them."""
        with changing(self._engine, self._enterprise) as connection:
            rows = read_rows(connection, self._enterprise)
            self._carry_out(connection, DirectoryPlan("", enterprise=settings), rows)

    def _write(self, connection: Connection, entry: Any, rows: DirectoryRows) -> None:
        about = _KINDS[type(entry)]
        part: dict[str, Any] = {about.part: {getattr(entry, about.key): entry}}
        self._carry_out(connection, DirectoryPlan("", **part), rows)

    def _carry_out(self, connection: Connection, plan: DirectoryPlan, rows: DirectoryRows) -> None:
        for problem in problems_of(connection, self._enterprise, plan, rows, self._prompts):
            raise _mistake(problem)
        write_plan(connection, self._enterprise, plan, rows)


def _refuse_taken(entry: AgentEntry | GroupEntry | NumberEntry | CalendarEntry, configured: Configured) -> None:
    about = _KINDS[type(entry)]
    name = getattr(entry, about.key)
    if name in getattr(configured, about.part):
        raise UserMistake(TAKEN[about.kind], **{about.kind: name})


def _with_member(present: Mapping[str, GroupEntry], names: Sequence[str], number: str) -> Mapping[str, GroupEntry]:
    """Return these groups with one more member each."""
    for name in names:
        if name not in present:
            raise unknown(ItemKind.GROUP, name, present)
    member = MemberEntry(number)
    return {name: replace(present[name], members=(*present[name].members, member)) for name in names}


def unknown(kind: ItemKind, name: str, known: Mapping[str, object]) -> UserMistake:
    """Return the refusal of a name that nothing has, with the nearest one that something has."""
    return UserMistake(UNKNOWN[kind], **{kind: name, "nearest": nearest(name, known)})


def _mistake(problem: FileProblem) -> UserMistake:
    """Return a problem of a file as the refusal of a wish."""
    if problem.code == "member_unknown":
        return UserMistake("agent_unknown", agent=problem.values["number"], nearest=problem.values["nearest"])
    if problem.code == "overflow_unknown":
        return UserMistake("group_unknown", group=problem.values["helper"], nearest=problem.values["nearest"])
    return UserMistake(problem.code, **problem.values)
