"""The rows of a configured enterprise, read at one moment, and the two values made of them.

`Directory` is for the centre and names things by the ids of their rows; `Configured` is for people and names them by
number and name. Easy to break: both are made of the same reading, so the rows are read inside one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row

from fs_control.errors import UserMistake
from fs_control.ids import AgentId, EnterpriseId, GroupId
from fs_control.records import (
    AGENT_LIMITS,
    FIRST_LEVEL,
    AgentDefaults,
    BreakReason,
    Colleague,
    DialLimits,
    Directory,
    FlowText,
    Group,
    Overflow,
    ServiceNumber,
    Strategy,
)
from fs_control.store import tables
from fs_control.store.agent_rows import agent_entry, agent_profile, stored_terminal
from fs_control.store.break_reasons import read_break_reasons
from fs_control.store.calendar_rows import CalendarRows, calendar_entries, read_calendar_rows
from fs_control.store.calendars import calendars_from
from fs_control.store.dial_rows import (
    AGENTS,
    ENTERPRISE,
    DialRows,
    gateways_from,
    limits_from,
    read_dial_rows,
    rules_from,
)
from fs_control.store.directory_plan import (
    Configured,
    EnterpriseEntry,
    GroupEntry,
    MemberEntry,
    NumberEntry,
    OverflowEntry,
)
from fs_control.store.group_fields import in_order
from fs_control.store.queries import rows_of
from fs_control.store.schedule_rows import read_schedule_rows, schedules_from
from fs_control.store.stored_words import stored_word
from fs_control.store.time_zones import zone_offsets

Rows = Sequence[Row[Any]]

GROUP_SETTINGS: Final = (
    *("name", "strategy", "ring_s", "returning_customer", "colleague", "own_agent_wait_s", "own_agent_ask"),
    *("announce_every_s", "announce_estimate", "max_waiting", "whisper", "wrap_up_s"),
)
"""The columns of a group beside its key; its entry names them the same."""

ENTERPRISE_SETTINGS: Final = (
    *("name", "time_zone", "language", "region", "memory_valid_s", "wrap_up_s", "starts_on_break"),
    *("default_terminal", "diverts"),
)
"""The same of the enterprise."""


@dataclass(frozen=True, slots=True)
class DirectoryRows:
    """The rows of one enterprise, those of `members` in the order of each group."""

    enterprise: Row[Any]
    phones: Rows
    agents: Rows
    groups: Rows
    members: Rows
    numbers: Rows
    overflow: Rows
    calendars: CalendarRows = field(default_factory=CalendarRows)
    breaks: tuple[BreakReason, ...] = ()
    schedules: Rows = ()
    dialling: DialRows = field(default_factory=DialRows)


def read_rows(connection: Connection, enterprise: EnterpriseId) -> DirectoryRows:
    """Read an enterprise's rows; UserMistake `enterprise_unknown` when there is none of this id."""
    parameters = {"enterprise": enterprise}
    found = connection.execute(rows_of(tables.enterprise, "enterprise"), parameters).one_or_none()
    if found is None:
        raise UserMistake("enterprise_unknown", enterprise=enterprise)
    return DirectoryRows(
        enterprise=found,
        phones=connection.execute(rows_of(tables.phone, "phones"), parameters).all(),
        agents=connection.execute(rows_of(tables.agent, "agents"), parameters).all(),
        groups=connection.execute(rows_of(tables.skill_group, "groups"), parameters).all(),
        members=connection.execute(rows_of(tables.group_member, "group_members"), parameters).all(),
        numbers=connection.execute(rows_of(tables.service_number, "service_numbers"), parameters).all(),
        overflow=connection.execute(rows_of(tables.group_overflow, "group_overflow"), parameters).all(),
        calendars=read_calendar_rows(connection, enterprise),
        breaks=read_break_reasons(connection, enterprise),
        schedules=read_schedule_rows(connection, enterprise),
        dialling=read_dial_rows(connection, enterprise),
    )


def read_flows(connection: Connection, enterprise: EnterpriseId) -> tuple[FlowText, ...]:
    """Read the active version of each flow of an enterprise, by name."""
    rows = connection.execute(rows_of(tables.flow_version, "active_flows"), {"enterprise": enterprise})
    return tuple(FlowText(row.name, row.text, row.version) for row in rows)


def directory_from(rows: DirectoryRows, years: range) -> Directory:
    """Return the directory as the centre uses it, its calendars for these years."""
    members: defaultdict[GroupId, list[AgentId]] = defaultdict(list)
    levels: defaultdict[GroupId, dict[AgentId, int]] = defaultdict(dict)
    for row in rows.members:
        members[row.group_id].append(row.agent_id)
        if row.level != FIRST_LEVEL:
            levels[row.group_id][row.agent_id] = row.level
    overflow: defaultdict[GroupId, list[Overflow]] = defaultdict(list)
    for row in rows.overflow:
        overflow[row.group_id].append(Overflow(row.after_s, row.helper_group_id))
    groups = {
        row.id: Group(
            id=row.id,
            members=tuple(members[row.id]),
            levels=levels[row.id],
            overflow=tuple(overflow[row.id]),
            **_group_settings(row),
        )
        for row in rows.groups
    }
    return Directory(
        enterprise=rows.enterprise.id,
        time_zone=rows.enterprise.time_zone,
        language=rows.enterprise.language,
        region=rows.enterprise.region,
        numbers={row.number: ServiceNumber(*_number_values(row)) for row in rows.numbers},
        groups=groups,
        agents={row.id: agent_profile(row) for row in rows.agents},
        memory_valid_s=rows.enterprise.memory_valid_s,
        calendars=calendars_from(
            calendar_entries(rows.calendars), rows.enterprise.time_zone, rows.enterprise.language, years
        ),
        offsets=zone_offsets(rows.enterprise.time_zone, years[0], years[-1]),
        defaults=AgentDefaults(
            rows.enterprise.wrap_up_s,
            rows.enterprise.starts_on_break,
            stored_terminal(rows.enterprise),
            rows.enterprise.diverts,
        ),
        breaks=rows.breaks,
        schedules=schedules_from(rows.schedules),
        caller_id=rows.enterprise.caller_id,
        gateways=gateways_from(rows.dialling),
        dial_rules=rules_from(rows.dialling),
        agent_limits=limits_from(rows.dialling, AGENTS, AGENT_LIMITS),
        enterprise_limits=limits_from(rows.dialling, ENTERPRISE, DialLimits()),
    )


def _columns(row: Row[Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _group_settings(row: Row[Any]) -> dict[str, Any]:
    """Return the columns of a group that `Group` and `GroupEntry` call the same."""
    settings = _columns(row, GROUP_SETTINGS)
    words = {"strategy": stored_word(Strategy, row.strategy), "colleague": stored_word(Colleague, row.colleague)}
    return {**settings, **words}


def _number_values(row: Row[Any]) -> tuple[Any, ...]:
    """Return the columns of a service number in the order that `ServiceNumber` and `NumberEntry` have in common."""
    return (row.number, row.flow, row.max_calls, row.takes_memory, row.memory_valid_s, row.absent_flow)


def configured_from(rows: DirectoryRows) -> Configured:
    """Return the same, named as people name it."""
    return Configured(
        enterprise=EnterpriseEntry(
            **{**_columns(rows.enterprise, ENTERPRISE_SETTINGS), "default_terminal": stored_terminal(rows.enterprise)}
        ),
        phones=frozenset(row.extension for row in rows.phones),
        agents={row.number: agent_entry(row) for row in rows.agents},
        groups=_group_entries(rows),
        numbers={row.number: NumberEntry(*_number_values(row)) for row in rows.numbers},
        calendars=calendar_entries(rows.calendars),
        breaks=rows.breaks,
    )


def _group_entries(rows: DirectoryRows) -> Mapping[str, GroupEntry]:
    agent_numbers = {row.id: row.number for row in rows.agents}
    members: defaultdict[int, list[MemberEntry]] = defaultdict(list)
    for row in rows.members:
        members[row.group_id].append(MemberEntry(agent_numbers[row.agent_id], row.level))
    group_names = {row.id: row.name for row in rows.groups}
    overflow: defaultdict[int, list[OverflowEntry]] = defaultdict(list)
    for row in rows.overflow:
        overflow[row.group_id].append(OverflowEntry(group_names[row.helper_group_id], row.after_s))
    return {
        row.name: GroupEntry(
            members=tuple(members[row.id]), overflow=in_order(overflow[row.id]), **_group_settings(row)
        )
        for row in rows.groups
    }
