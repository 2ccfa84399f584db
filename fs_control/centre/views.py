"""What people may see of a centre: read-only pictures for listings, the desk and the wallboard.

Pure functions of one centre; nothing here changes anything, and nothing outside this room has to know how a centre
is built to show it. Easy to break: a picture speaks in people's names (agent number, group name), never in row ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fs_control.agents import Agent, AgentState, AgentStatus, BreakCause
from fs_control.calls import CallState
from fs_control.centre.answering import UNREGISTERED, endpoint_of, places_of, reason_against
from fs_control.centre.state import Alarm, CallCentre, LiveCall
from fs_control.centre.supervised import leaders_on
from fs_control.ids import NEVER, AgentId, CallId, GroupId, Micros
from fs_control.records import AgentProfile, Direction


@dataclass(frozen=True, slots=True)
class AgentView:
    """One agent of the directory; `since` is when the state or break began, None for one who was never at work.

    `misses` is how often in a row the phone rang in vain. `break_cause` is why they are on a break, `break_reason` for
    which of the enterprise's reasons, `break_after_call` that of a break to come, `break_names` what it is called by
    language. `is_phone_there` is False for a phone that is known not to be registered; `rings` is what is rung now.
    """

    number: str
    name: str
    phone: str | None
    groups: tuple[str, ...]
    status: AgentStatus
    state: AgentState
    since: Micros | None
    call: CallId | None
    misses: int = 0
    break_cause: BreakCause | None = None
    break_reason: str | None = None
    break_after_call: str | None = None
    wrap_up_until: Micros | None = None
    is_phone_there: bool = True
    break_names: Mapping[str, str] | None = None
    rings: str | None = None
    supervised_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CallView:
    """One call under way; `group` and `agent` are those of this moment, `since` is when the state began."""

    call: CallId
    number: str
    caller: str
    caller_name: str
    state: CallState
    started_at: Micros
    since: Micros
    group: str | None
    agent: str | None
    direction: Direction = Direction.INBOUND


@dataclass(frozen=True, slots=True)
class LineView:
    """The callers of one group; `first_joined_at` is when the one who waits longest came."""

    group: str
    waiting: int
    first_joined_at: Micros | None
    ready_agents: int
    idle_agents: int


@dataclass(frozen=True, slots=True)
class StatusView:
    """The centre in a few numbers; `records_waiting` is how many ended calls the database has not confirmed.

    `not_answering` are the numbers of the agents who are on a break because they let the phone ring too often.
    """

    enterprise: str
    time_zone: str
    at: Micros
    is_switch_there: bool
    is_draining: bool
    calls: int
    max_calls: int
    records_waiting: int
    agents: int
    agents_ready: int
    numbers: int
    flows: tuple[str, ...]
    lines: tuple[LineView, ...]
    not_answering: tuple[str, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    """What somebody should look at, of today."""
    ghosts: int = 0
    """How often today centre and switch did not agree, and the centre healed it."""


def status_of(centre: CallCentre) -> StatusView:
    """Return the whole centre in a few numbers, with the line of each group."""
    return StatusView(
        enterprise=centre.directory.enterprise,
        time_zone=centre.directory.time_zone,
        at=centre.at,
        is_switch_there=centre.core is not None and centre.link_lost_at is None,
        is_draining=centre.draining,
        calls=len(centre.calls),
        max_calls=centre.max_calls,
        records_waiting=len(centre.unstored),
        agents=len(centre.directory.agents),
        agents_ready=sum(_agent(centre, agent).is_ready for agent in centre.directory.agents),
        numbers=len(centre.directory.numbers),
        flows=tuple(sorted(centre.active_flows)),
        lines=tuple(_lines(centre)),
        not_answering=tuple(
            agent.number for agent in agents_of(centre) if agent.break_cause is BreakCause.NOT_ANSWERING
        ),
        alarms=centre.alarms,
        ghosts=centre.ghosts,
    )


def agents_of(centre: CallCentre) -> tuple[AgentView, ...]:
    """Return every agent of the directory, by number."""
    profiles = sorted(centre.directory.agents.values(), key=lambda profile: profile.number)
    return tuple(_agent_view(centre, profile) for profile in profiles)


def calls_of(centre: CallCentre) -> tuple[CallView, ...]:
    """Return every call under way, the oldest first."""
    lives = sorted(centre.calls.values(), key=lambda live: (live.record.started_at, live.call.id))
    return tuple(_call_view(centre, live) for live in lives)


def agent_numbered(centre: CallCentre, number: str) -> AgentProfile | None:
    """Return the agent with this number, or None."""
    return next((profile for profile in centre.directory.agents.values() if profile.number == number), None)


def since_of(agent: Agent) -> Micros | None:
    """Return since when an agent does what they do now, or None for one who was never at work."""
    since_break = agent.on_break.since if agent.on_break is not None else NEVER
    return max(agent.state_since, agent.signed_in_at or NEVER, since_break) or None


def is_phone_there(centre: CallCentre, profile: AgentProfile) -> bool:
    """Tell whether what is rung for an agent may be there: False where it is known not to be registered.

    Whose calls are diverted then (A19) is to be had all the same.
    """
    places = places_of(centre.directory, profile, _agent(centre, profile.id))
    return reason_against(centre, profile.id, places) != UNREGISTERED


def break_names(centre: CallCentre, agent: Agent) -> Mapping[str, str] | None:
    """Return what the reason of an agent's break is called in each language, of one to come as well; None for none."""
    code = agent.on_break.reason if agent.on_break is not None else agent.break_after_call
    known = next((reason for reason in centre.directory.breaks if reason.code == code), None)
    return {"en": known.en, "zh": known.zh} if known is not None else None


def _agent(centre: CallCentre, agent: AgentId) -> Agent:
    return centre.agents.get(agent) or Agent(agent)


def _agent_view(centre: CallCentre, profile: AgentProfile) -> AgentView:
    agent = _agent(centre, profile.id)
    return AgentView(
        number=profile.number,
        name=profile.name,
        phone=profile.phone,
        groups=tuple(centre.directory.groups[group].name for group in centre.groups_of.get(profile.id, ())),
        status=agent.status,
        state=agent.state,
        since=since_of(agent),
        call=agent.call,
        misses=agent.misses,
        break_cause=agent.on_break.cause if agent.on_break is not None else None,
        break_reason=agent.on_break.reason or None if agent.on_break is not None else None,
        break_after_call=agent.break_after_call,
        wrap_up_until=agent.wrap_up_until,
        is_phone_there=is_phone_there(centre, profile),
        break_names=break_names(centre, agent),
        rings=_rings(centre, profile.id),
        supervised_by=supervised_by(centre, profile.id),
    )


def supervised_by(centre: CallCentre, agent: AgentId) -> tuple[str, ...]:
    """Return the numbers of the leaders who are on an agent's call (C7)."""
    directory = centre.directory.agents
    return tuple(directory[each.leader].number for each in leaders_on(centre, agent) if each.leader in directory)


def _rings(centre: CallCentre, agent: AgentId) -> str | None:
    endpoint = endpoint_of(centre, agent)
    return endpoint.code if endpoint is not None else None


def _call_view(centre: CallCentre, live: LiveCall) -> CallView:
    record, segment = live.record, live.record.segments[-1]
    return CallView(
        call=live.call.id,
        number=live.call.number,
        caller=record.caller.e164 or record.caller.raw,
        caller_name=record.caller_name,
        state=live.call.state,
        started_at=record.started_at,
        since=segment.started_at,
        group=_group_name(centre, segment.group),
        agent=_agent_number(centre, segment.agent or record.dialled_by),
        direction=record.direction,
    )


def _lines(centre: CallCentre) -> Iterator[LineView]:
    for group in sorted(centre.directory.groups.values(), key=lambda group: group.name):
        waiting = [centre.calls[call].call for call in centre.lines.get(group.id, ()) if call in centre.calls]
        ready = [agent for agent in (_agent(centre, member) for member in group.members) if agent.is_ready]
        yield LineView(
            group=group.name,
            waiting=len(waiting),
            first_joined_at=min((call.joined_at for call in waiting if call.joined_at is not None), default=None),
            ready_agents=len(ready),
            idle_agents=sum(agent.state is AgentState.IDLE for agent in ready),
        )


def _group_name(centre: CallCentre, group: GroupId | None) -> str | None:
    known = centre.directory.groups.get(group) if group is not None else None
    return known.name if known is not None else None


def _agent_number(centre: CallCentre, agent: AgentId | None) -> str | None:
    known = centre.directory.agents.get(agent) if agent is not None else None
    return known.number if known is not None else None
