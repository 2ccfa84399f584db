"""The rows of a configured enterprise, read at one moment, and the two values made of them.

`Directory` is for the centre and names things by the ids of their rows; `Configured` is for people and names them by
number and name. Easy to break: both are made of the same reading, so the rows are read inside one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from fs_control.errors import BrokenInvariant, UserMistake
from fs_control.ids import AgentId, EnterpriseId, GroupId
from fs_control.records import (
    FIRST_LEVEL,
    AgentProfile,
    Directory,
    FlowText,
    Group,
    ServiceNumber,
    Strategy,
)
from fs_control.store import tables
from fs_control.store.directory_plan import (
    AgentEntry,
    Configured,
    EnterpriseEntry,
    GroupEntry,
    MemberEntry,
    NumberEntry,
)
from fs_control.store.queries import rows_of

Rows = Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class DirectoryRows:
    """The rows of one enterprise, those of `members` in the order of each group."""

    enterprise: Row[Any]
    phones: Rows
    agents: Rows
    groups: Rows
    members: Rows
    numbers: Rows


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
    )


def read_flows(connection: Connection, enterprise: EnterpriseId) -> tuple[FlowText, ...]:
    """Read the active version of each flow of an enterprise, by name."""
    rows = connection.execute(rows_of(tables.flow_version, "active_flows"), {"enterprise": enterprise})
    return tuple(FlowText(row.name, row.text) for row in rows)


def directory_from(rows: DirectoryRows) -> Directory:
    """Return the directory as the centre uses it."""
    members: defaultdict[GroupId, list[AgentId]] = defaultdict(list)
    levels: defaultdict[GroupId, dict[AgentId, int]] = defaultdict(dict)
    for row in rows.members:
        members[row.group_id].append(row.agent_id)
        if row.level != FIRST_LEVEL:
            levels[row.group_id][row.agent_id] = row.level
    groups = {row.id: _group(row, tuple(members[row.id]), levels[row.id]) for row in rows.groups}
    return Directory(
        enterprise=rows.enterprise.id,
        time_zone=rows.enterprise.time_zone,
        language=rows.enterprise.language,
        region=rows.enterprise.region,
        numbers={row.number: ServiceNumber(*_number_values(row)) for row in rows.numbers},
        groups=groups,
        agents={row.id: AgentProfile(row.id, row.number, row.name, row.phone) for row in rows.agents},
        memory_valid_s=rows.enterprise.memory_valid_s,
    )


def _group(row: Row[Any], members: tuple[AgentId, ...], levels: Mapping[AgentId, int]) -> Group:
    strategy = _strategy(row.strategy)
    return Group(row.id, row.name, strategy, members, row.ring_s, levels, row.returning_customer)


def _number_values(row: Row[Any]) -> tuple[Any, ...]:
    """Return the columns of a service number in the order that `ServiceNumber` and `NumberEntry` have in common."""
    return (row.number, row.flow, row.max_calls, row.takes_memory, row.memory_valid_s, row.absent_flow)


def configured_from(rows: DirectoryRows) -> Configured:
    """Return the same, named as people name it."""
    one = rows.enterprise
    return Configured(
        enterprise=EnterpriseEntry(one.name, one.time_zone, one.language, one.region, one.memory_valid_s),
        phones=frozenset(row.extension for row in rows.phones),
        agents={row.number: AgentEntry(row.number, row.name, row.phone) for row in rows.agents},
        groups=_group_entries(rows),
        numbers={row.number: NumberEntry(*_number_values(row)) for row in rows.numbers},
    )


def _group_entries(rows: DirectoryRows) -> Mapping[str, GroupEntry]:
    agent_numbers = {row.id: row.number for row in rows.agents}
    members: defaultdict[int, list[MemberEntry]] = defaultdict(list)
    for row in rows.members:
        members[row.group_id].append(MemberEntry(agent_numbers[row.agent_id], row.level))
    return {
        row.name: GroupEntry(
            row.name, _strategy(row.strategy), row.ring_s, tuple(members[row.id]), row.returning_customer
        )
        for row in rows.groups
    }


def _strategy(stored: str) -> Strategy:
    try:
        return Strategy(stored)
    except ValueError as error:
        raise BrokenInvariant("stored_word_unknown", kind="Strategy", word=stored) from error
