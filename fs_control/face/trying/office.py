"""The call centre in which flows are tried: made up from what they name, or the one of the database.

In a made-up one there is whatever a flow names: every group has every agent, and the agents are those whom flows and
cases name, or 8001 where they name none. Easy to break: prompts must be named for a flow to be taken over, so a
made-up office has also those that nobody has recorded yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from fs_control.centre.rehearsal.scene import nobody_known, nobody_knows
from fs_control.face.trying.calendars import made_up_calendars
from fs_control.face.trying.case import EVERYBODY, Case
from fs_control.face.trying.names import names_in
from fs_control.flow.nodes.names import NameKind
from fs_control.ids import AgentId, Extension, GroupId, Micros, PhoneNumber
from fs_control.records import (
    AgentProfile,
    CallerFacts,
    Directory,
    FlowText,
    Group,
    ServiceNumber,
    Strategy,
)

SOMEBODY: Final = "8001"
"""The agent of a made-up office whose flows name nobody."""
SERVICE_NUMBER: Final = "4000000000"
"""What the caller dials where no number leads to the flow."""


@dataclass(frozen=True, slots=True)
class Office:
    """Where a flow is tried: the directory, the flows that may run, the prompts, and who knows the callers."""

    directory: Directory
    flows: tuple[FlowText, ...]
    prompts: frozenset[str]
    look_up: Callable[[PhoneNumber, str, Micros], CallerFacts] = nobody_known
    length_of: Callable[[str, str], Micros | None] = nobody_knows
    """How long a prompt takes in a language."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The files of those flows that come from one, for the sake of their mistakes."""

    def with_flows(self, flows: Iterable[FlowText], files: Mapping[str, str]) -> Office:
        """Return the office with flows in the place of those of the same name, or beside them."""
        named = {flow.name: flow for flow in (*self.flows, *flows)}
        return replace(self, flows=tuple(named.values()), files={**self.files, **files})


def made_up_office(flows: Sequence[FlowText], cases: Iterable[Case], prompts: Iterable[str]) -> Office:
    """Return an office in which there is whatever these flows and cases name."""
    named = [names_in(flow.text) for flow in flows]

    def of_kind(kind: NameKind) -> list[str]:
        return list(dict.fromkeys(name for names in named for name in names[kind]))

    agents = {number for case in cases for number in (*case.agents, *_owner(case)) if number != EVERYBODY}
    numbers = sorted({*of_kind(NameKind.AGENT), *agents}) or [SOMEBODY]
    directory = Directory(
        groups=dict(_groups(of_kind(NameKind.GROUP), len(numbers))),
        agents={AgentId(place): _profile(place, number) for place, number in enumerate(numbers, 1)},
        calendars=made_up_calendars(of_kind(NameKind.CALENDAR)),
    )
    return Office(directory, tuple(flows), frozenset({*prompts, *of_kind(NameKind.PROMPT)}))


def number_of(office: Office, flow: str, wanted: str | None) -> str:
    """Return the number that the caller dials: the wanted one, else the first that leads to the flow."""
    leading = (each.number for each in office.directory.numbers.values() if each.flow == flow)
    return wanted or next(leading, SERVICE_NUMBER)


def leading_to(directory: Directory, number: str, flow: str) -> Directory:
    """Return the directory with a service number that leads to a flow, without any limit of calls."""
    known = directory.numbers.get(number, ServiceNumber(number, flow))
    return replace(directory, numbers={**directory.numbers, number: replace(known, flow=flow, max_calls=None)})


def _groups(names: Iterable[str], agents: int) -> Iterable[tuple[GroupId, Group]]:
    members = tuple(AgentId(place) for place in range(1, agents + 1))
    for place, name in enumerate(names, 1):
        yield GroupId(place), Group(GroupId(place), name, Strategy.LONGEST_IDLE_TIME, members)


def _profile(place: int, number: str) -> AgentProfile:
    return AgentProfile(AgentId(place), number, number, Extension(str(1000 + place)))


def _owner(case: Case) -> tuple[str, ...]:
    return (case.customer.owner,) if case.customer is not None and case.customer.owner else ()
