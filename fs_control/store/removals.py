"""Agents, groups, service numbers and calendars taken out of the directory, and brought back within 30 days (M14).

Whoever comes back has the old id, so records of calls still speak of them. Easy to break: with an agent go the
agent's customers and what is remembered of the agent's calls, so that nothing leads to somebody who is gone; who
should keep the customers moves them first (`customers.move`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, RowMapping

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId, Micros
from fs_control.records import FlowText
from fs_control.store.directory_edit import TAKEN, unknown
from fs_control.store.directory_plan import ItemKind
from fs_control.store.directory_rows import configured_from, read_flows, read_rows
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.flow_names import names_in_flow
from fs_control.store.queries import query
from fs_control.store.schedule_rows import read_schedule_rows
from fs_control.store.undo_steps import Author, UndoKind, UndoStep, forget_step, keep, newest_step, steps_of


@dataclass(frozen=True, slots=True)
class AgentWeight:
    """An agent and what hangs on them: what goes when they go."""

    number: str
    name: str
    phone: str | None
    customers: int
    memories: int
    groups: tuple[str, ...]
    flows: tuple[str, ...] = ()
    """The active flows that name the agent."""

    @property
    def could_be_moved(self) -> bool:
        """Whether there is anything that another agent could take over (M13)."""
        return bool(self.customers or self.memories or self.flows)


@dataclass(frozen=True, slots=True)
class _Kind:
    undo: UndoKind
    part: str
    keep: str
    remove: tuple[str, ...]
    restore: tuple[str, ...]


_KINDS: Final = {
    ItemKind.AGENT: _Kind(
        UndoKind.AGENT,
        "agents",
        "keep_agents",
        ("remove_customers_of_agents", "remove_agents"),
        ("restore_agent", "restore_members", "restore_customers", "restore_memories"),
    ),
    ItemKind.GROUP: _Kind(
        UndoKind.GROUP,
        "groups",
        "keep_groups",
        ("remove_groups",),
        ("restore_group", "restore_members", "restore_overflow"),
    ),
    ItemKind.NUMBER: _Kind(UndoKind.NUMBER, "numbers", "keep_numbers", ("remove_numbers",), ("restore_number",)),
    ItemKind.CALENDAR: _Kind(
        UndoKind.CALENDAR,
        "calendars",
        "keep_calendars",
        ("remove_calendars",),
        ("restore_calendar", "restore_calendar_hours", "restore_calendar_special", "restore_calendar_days"),
    ),
}
"""For each kind of thing the queries that keep, remove and restore it, in their order."""


class PostgresRemovals:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def weigh(self, numbers: Collection[str]) -> list[AgentWeight]:
        """Return these agents with what goes with each of them, by number."""
        with transaction(self._engine, is_snapshot=True) as connection:
            self._refuse_unknown(connection, ItemKind.AGENT, numbers)
            parameters = {"enterprise": self._enterprise, "names": list(numbers)}
            rows = connection.execute(query("weight_of_agents"), parameters).mappings().all()
            named = [
                (flow.name, names_in_flow(flow.text, ItemKind.AGENT))
                for flow in read_flows(connection, self._enterprise)
            ]
        return [_weight(row, tuple(flow for flow, names in named if row["number"] in names)) for row in rows]

    def remove(self, kind: ItemKind, names: Collection[str], author: Author) -> None:
        """Remove agents, groups, numbers or calendars, all of these or none."""
        about = _KINDS[kind]
        with changing(self._engine, self._enterprise) as connection:
            self._refuse_unknown(connection, kind, names)
            parameters = {"enterprise": self._enterprise, "names": list(names)}
            if kind is ItemKind.GROUP:
                _refuse_helpers(connection.execute(query("helped_by"), parameters))
            if kind is ItemKind.CALENDAR:
                refuse_calendars_in_use(read_flows(connection, self._enterprise), names)
                _refuse_calendars_of_schedules(read_schedule_rows(connection, self._enterprise), names)
            keep(connection, self._enterprise, about.keep, author, names=list(names))
            for statement in about.remove:
                connection.execute(query(statement), parameters)

    def restore(self, kind: ItemKind, name: str, now: Micros) -> None:
        """Bring back what was removed last under this name, with everything that went with it and is still free."""
        about = _KINDS[kind]
        with changing(self._engine, self._enterprise) as connection:
            self._refuse_taken(connection, kind, name)
            step = newest_step(connection, self._enterprise, about.undo, name, now)
            for statement in about.restore:
                connection.execute(query(statement), {"enterprise": self._enterprise, "step": step.id})
            forget_step(connection, self._enterprise, step)

    def removed(self, kind: ItemKind, now: Micros) -> list[UndoStep]:
        """Return what of a kind can be brought back, the newest first."""
        with transaction(self._engine) as connection:
            return steps_of(connection, self._enterprise, _KINDS[kind].undo, now)

    def _refuse_unknown(self, connection: Connection, kind: ItemKind, names: Collection[str]) -> None:
        present = self._present(connection, kind)
        for name in names:
            if name not in present:
                raise unknown(kind, name, present)

    def _refuse_taken(self, connection: Connection, kind: ItemKind, name: str) -> None:
        if name in self._present(connection, kind):
            raise UserMistake(TAKEN[kind], **{kind: name})
        others = {"enterprise": self._enterprise, "numbers": [name]}
        if kind is ItemKind.NUMBER and connection.execute(query("numbers_of_others"), others).one_or_none():
            raise UserMistake("number_of_other_enterprise", number=name)

    def _present(self, connection: Connection, kind: ItemKind) -> Mapping[str, object]:
        rows = read_rows(connection, self._enterprise)
        present: Mapping[str, Any] = getattr(configured_from(rows), _KINDS[kind].part)
        return present


def refuse_calendars_in_use(flows: Iterable[FlowText], names: Collection[str]) -> None:
    """Refuse to take the name of a calendar away from active flows that ask for it; they are named (H4)."""
    asked = {flow.name: names_in_flow(flow.text, ItemKind.CALENDAR) for flow in flows}
    for name in names:
        if naming := tuple(flow for flow, calendars in asked.items() if name in calendars):
            raise UserMistake("calendar_in_use", calendar=name, flows=naming)


def _refuse_calendars_of_schedules(rows: Iterable[Row[Any]], names: Collection[str]) -> None:
    """Refuse to remove a calendar by which schedules go; they are named (G1)."""
    going: dict[str, list[str]] = {}
    for row in rows:
        if row.calendar in names:
            going.setdefault(row.calendar, []).append(row.name)
    for calendar, schedules in going.items():
        raise UserMistake("calendar_of_schedules", calendar=calendar, schedules=tuple(schedules))


def _refuse_helpers(rows: Iterable[Row[Any]]) -> None:
    """Refuse to remove a group whose help another one counts on; whoever counts on it is named."""
    helped: dict[str, list[str]] = {}
    for row in rows:
        helped.setdefault(row.helper, []).append(row.helped)
    for helper, groups in helped.items():
        raise UserMistake("group_helps_out", group=helper, groups=tuple(groups))


def _weight(row: RowMapping, flows: tuple[str, ...]) -> AgentWeight:
    return AgentWeight(**{**row, "groups": tuple(row["groups"]), "flows": flows})
