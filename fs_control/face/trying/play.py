"""A case played in an office: made into a scene, rehearsed, and read back.

The only place where a person's words (a moment, an agent's number) become those of the centre.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from fs_control.centre.rehearsal import AgentIs, Rehearsed, Scene, rehearse
from fs_control.centre.rehearsal.scene import SPEAKS
from fs_control.errors import UserMistake
from fs_control.face.trying.calendars import with_calendars
from fs_control.face.trying.case import EVERYBODY, Case, CustomerIs
from fs_control.face.trying.office import Office, leading_to, number_of
from fs_control.face.trying.outcome import Outcome, noted, outcome_of
from fs_control.flow import Flow, parse_flow
from fs_control.ids import AgentId, CustomerId, Micros, PhoneNumber, seconds
from fs_control.records import CallerFacts, Directory, SavedCustomer
from fs_control.runtime.days import day_at

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_YEARS: Final = range(1971, 2100)
"""In others there is no telephone, and clocks and calendars come to their ends."""


@dataclass(frozen=True, slots=True)
class Played:
    """What became of a case: the call as it was rehearsed, its way through the flow, and its outcome."""

    rehearsed: Rehearsed
    directory: Directory
    way: tuple[str, ...]
    outcome: Outcome


def play_case(case: Case, flow: str, office: Office, now: Micros) -> Played:
    """Let a case happen in an office: somebody calls the flow of this name.

    `now` is the moment of a case that names none. Raises FlowProblems where the flow is wrong, UserMistake where the
    case names somebody or something that is not there.
    """
    library = read_library(office, flow)
    number = number_of(office, flow, case.number)
    at = now if case.at is None else moment(case.at, office.directory.time_zone)
    directory = with_calendars(leading_to(office.directory, number, flow), case.calendars, at)
    scene = Scene(
        directory=directory,
        flows=office.flows,
        prompts=tuple(sorted(office.prompts)),
        number=number,
        caller=case.caller,
        at=at,
        day_of=day_at,
        keys=case.keys,
        agents=dict(_agents(case.agents, directory)),
        look_up=office.look_up if case.customer is None else _knows(case.customer, directory),
        length_of=office.length_of,
        http=case.http,
        message=SPEAKS if case.message_s is None else seconds(case.message_s),
        dialled=case.dial,
        hang_up_after=None if case.hang_up_after_s is None else seconds(case.hang_up_after_s),
    )
    rehearsed = rehearse(scene)
    way = tuple(step for _, step in rehearsed.way)
    return Played(
        rehearsed, directory, way, outcome_of(rehearsed.record, directory, way, noted(rehearsed.record, library))
    )


def read_library(office: Office, flow: str) -> Mapping[str, Flow]:
    """Read a flow and those that it runs, and that these run. FlowProblems where one is wrong, UserMistake if none."""
    texts = {each.name: each.text for each in office.flows}
    if flow not in texts:
        raise UserMistake("try_flow_unknown", flow=flow)
    found: dict[str, Flow] = {}
    ahead = [flow]
    while ahead:
        name = ahead.pop()
        if name in texts and name not in found:
            found[name] = _read(office, name, texts[name], texts)
            ahead += sorted(found[name].flows_named())
    return found


def _read(office: Office, name: str, text: str, flows: Collection[str]) -> Flow:
    directory = office.directory
    return parse_flow(
        text,
        filename=office.files.get(name, name),
        groups=[group.name for group in directory.groups.values()],
        prompts=office.prompts,
        agents=[agent.number for agent in directory.agents.values()],
        calendars=directory.calendars,
        flows=flows,
    )


def moment(text: str, zone: str) -> Micros:
    """Read a moment as ISO 8601 has it, in a time zone unless it names an offset: `2026-05-01 10:00`."""
    try:
        read = datetime.fromisoformat(text)
        at = read if read.tzinfo is not None else read.replace(tzinfo=ZoneInfo(zone))
        if read.year not in _YEARS:
            raise ValueError(text)
        return Micros((at - _EPOCH) // timedelta(microseconds=1))
    except (ValueError, OverflowError):
        raise UserMistake("not_a_moment", text=text) from None


def _agents(said: Mapping[str, AgentIs], directory: Directory) -> Iterable[tuple[AgentId, AgentIs]]:
    """Yield how each agent is of whom something is said; UserMistake for one whom the directory does not have."""
    known = {agent.number: agent.id for agent in directory.agents.values()}
    for number in said:
        if number != EVERYBODY and number not in known:
            raise UserMistake("agent_unknown", agent=number)
    for number, agent in known.items():
        if number in said or EVERYBODY in said:
            yield agent, said.get(number, said.get(EVERYBODY, AgentIs.FREE))


def _knows(customer: CustomerIs, directory: Directory) -> Callable[[PhoneNumber, str, Micros], CallerFacts]:
    """Return what looks every caller up as this customer."""
    owner = next((agent.id for agent in directory.agents.values() if agent.number == customer.owner), None)
    if customer.owner and owner is None:
        raise UserMistake("agent_unknown", agent=customer.owner)

    def look_up(caller: PhoneNumber, _number: str, _at: Micros) -> CallerFacts:
        saved = SavedCustomer(CustomerId(1), caller.raw, customer.name, owner or AgentId(0), customer.vip)
        return CallerFacts(customer=saved)

    return look_up
