"""What leaders look at: one picture of groups, agents and calls, and the line of one group with everybody in it.

Like `views`: pure pictures in people's names. A board is asked for again and again while calls go on, so it is made in
one pass over what there is. Easy to break: whoever stands before a board is not to read whole telephone numbers from
it, so a caller is shown by the last digits; the line of one group is for those who call back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from fs_control.agents import Agent, AgentState, AgentStatus, BreakCause
from fs_control.calls import CallState
from fs_control.centre.place import position_of
from fs_control.centre.state import CallCentre, LiveCall
from fs_control.centre.supervised import is_supervising
from fs_control.centre.tally import GroupTally, Place
from fs_control.centre.views import break_names, is_phone_there, since_of, supervised_by
from fs_control.errors import UserMistake
from fs_control.flow import LineExit
from fs_control.ids import AgentId, CallId, GroupId, Micros, PhoneNumber
from fs_control.records import AgentProfile, Group, OfferResult

SHOWN_DIGITS: Final = 4
"""Of a caller's number: enough to find the call again, and nobody's number."""

RESTING: Final = "resting"
"""What an agent does whose phone is left alone for a while after it failed."""

SUPERVISING: Final = "supervising"
"""What a leader does who is on the call of another."""

UNREGISTERED: Final = "unregistered"
"""What an agent does who is ready, and whose phone is not registered: nobody can be put through (complaint 11)."""

_READY: Final = AgentStatus.READY
_SIGNED_OUT: Final = AgentStatus.SIGNED_OUT
_IDLE: Final = AgentState.IDLE
"""Looked up once, because a member of an enum is slow to find."""


@dataclass(frozen=True, slots=True)
class TodayBoard:
    """The day of one group in numbers (`tally.GroupTally`); `service_level` is a share of 1, None before the first."""

    entered: int
    answered: int
    answered_in_time: int
    abandoned: Mapping[Place, int]
    left: Mapping[LineExit, int]
    lost: int
    not_taken: Mapping[OfferResult, int]
    longest_wait: Micros
    average_wait: Micros | None
    service_level: float | None


@dataclass(frozen=True, slots=True)
class GroupBoard:
    """One group now and today. Each member is ringing, talking, idle, something of `others`, or signed out."""

    group: str
    waiting: int
    first_joined_at: Micros | None
    longest_wait: Micros | None
    members: int
    ready: int
    """How many chose to take calls, whatever they are doing."""
    idle: int
    """How many could be rung at this moment."""
    ringing: int
    talking: int
    others: Mapping[str, int]
    today: TodayBoard


@dataclass(frozen=True, slots=True)
class AgentBoard:
    """One agent: what they do and since when, and for whom. `doing` is a state, a status, `RESTING` or `UNREGISTERED`.

    `until` is when a wrap-up is over, `supervised_by` the leaders on their call; `break_names` says by language what a
    break, or one to come (`break_after_call`), is for.
    """

    number: str
    name: str
    groups: tuple[str, ...]
    status: AgentStatus
    state: AgentState
    doing: str
    since: Micros | None
    caller: str | None
    for_group: str | None
    until: Micros | None = None
    break_cause: BreakCause | None = None
    break_names: Mapping[str, str] | None = None
    break_after_call: str | None = None
    supervised_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CallBoard:
    """One call under way; `since` is when its state began, the first time where a caller waits on after an offer.

    `position` is the place in the line of its group.
    """

    call: CallId
    number: str
    caller: str | None
    state: CallState
    started_at: Micros
    since: Micros
    group: str | None
    position: int | None
    agent: str | None


@dataclass(frozen=True, slots=True)
class Board:
    """Everything at one moment: groups by name, agents by number, calls in the order of their arrival."""

    enterprise: str
    time_zone: str
    at: Micros
    is_switch_there: bool
    is_draining: bool
    max_calls: int
    groups: tuple[GroupBoard, ...]
    agents: tuple[AgentBoard, ...]
    calls: tuple[CallBoard, ...]


@dataclass(frozen=True, slots=True)
class WaitingCaller:
    """One caller in a line; `rung` are the agents whose phones ring for them."""

    position: int
    call: CallId
    caller: str
    caller_name: str
    joined_at: Micros | None
    state: CallState
    rung: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueView:
    """The line of one group."""

    time_zone: str
    at: Micros
    group: GroupBoard
    callers: tuple[WaitingCaller, ...]


def board_of(centre: CallCentre, now: Micros) -> Board:
    """Return the whole picture; `now` is our clock, for nothing may have happened for a while."""
    at = max(now, centre.at)
    doings = _doings(centre, centre.directory.agents, at)
    groups = sorted(centre.directory.groups.values(), key=lambda group: group.name)
    agents = sorted(centre.directory.agents.values(), key=lambda profile: profile.number)
    lives = sorted(centre.calls.values(), key=lambda live: (live.call.arrived_at, live.call.id))
    calls = {live.call.id: _call_board(centre, live, position_of(centre, live.call)) for live in lives}
    return Board(
        enterprise=centre.directory.enterprise,
        time_zone=centre.directory.time_zone,
        at=at,
        is_switch_there=centre.core is not None and centre.link_lost_at is None,
        is_draining=centre.draining,
        max_calls=centre.max_calls,
        groups=tuple(_group_board(centre, group, doings, at) for group in groups),
        agents=tuple(_agent_board(centre, profile, doings[profile.id], calls) for profile in agents),
        calls=tuple(calls.values()),
    )


def queue_of(centre: CallCentre, name: str, now: Micros) -> QueueView:
    """Return the line of the group of this name; UserMistake `group_unknown` names the nearest there is."""
    names = {group.name: group for group in centre.directory.groups.values()}
    if name not in names:
        nearest = next(iter(get_close_matches(name, names, n=1)), None)
        raise UserMistake("group_unknown", group=name, nearest=nearest)
    at = max(now, centre.at)
    line = enumerate(centre.lines.get(names[name].id, ()), start=1)
    return QueueView(
        time_zone=centre.directory.time_zone,
        at=at,
        group=_group_board(centre, names[name], _doings(centre, names[name].members, at), at),
        callers=tuple(_waiting_caller(centre, place, centre.calls[call]) for place, call in line),
    )


def _group_board(centre: CallCentre, group: Group, doings: Mapping[AgentId, str], at: Micros) -> GroupBoard:
    line = centre.lines.get(group.id, ())
    joined = [centre.calls[call].call.in_line_since(group.id) for call in line]
    longest = Micros(at - min(joined)) if joined else None
    agents = (centre.agents.get(member) for member in group.members)
    others = Counter([doings[member] for member in group.members])
    ringing = others.pop(AgentState.RINGING, 0) + others.pop(AgentState.RESERVED, 0)
    others.pop(_SIGNED_OUT, 0)
    return GroupBoard(
        group=group.name,
        waiting=len(line),
        first_joined_at=min(joined, default=None),
        longest_wait=longest,
        members=len(group.members),
        ready=sum(agent is not None and agent.status is _READY for agent in agents),
        idle=others.pop(_IDLE, 0),
        ringing=ringing,
        talking=others.pop(AgentState.ON_CALL, 0),
        others=dict(others),
        today=_today(centre.tallies.get(group.id, GroupTally()), longest),
    )


def _today(tally: GroupTally, longest_now: Micros | None) -> TodayBoard:
    return TodayBoard(
        entered=tally.entered,
        answered=tally.answered,
        answered_in_time=tally.answered_in_time,
        abandoned=tally.abandoned,
        left=tally.left,
        lost=tally.lost,
        not_taken=tally.not_taken,
        longest_wait=max(tally.longest_wait, longest_now or tally.longest_wait),
        average_wait=Micros(tally.answered_wait // tally.answered) if tally.answered else None,
        service_level=tally.answered_in_time / tally.over if tally.over else None,
    )


def _doings(centre: CallCentre, agents: Iterable[AgentId], at: Micros) -> dict[AgentId, str]:
    """Say what each of some agents does; one of whom nothing is known is signed out."""
    known = centre.agents
    are_all_there = all(centre.phones.values())
    return {
        each: _doing(agent, at, is_gone=not are_all_there and _is_gone(centre, each))
        if (agent := known.get(each)) is not None
        else _SIGNED_OUT
        for each in agents
    }


def _is_gone(centre: CallCentre, agent: AgentId) -> bool:
    profile = centre.directory.agents.get(agent)
    return profile is not None and not is_phone_there(centre, profile)


def _doing(agent: Agent, at: Micros, *, is_gone: bool) -> str:
    """Say in one word what an agent does: a call goes before what they chose, and that before being idle."""
    if agent.state is not _IDLE:
        return agent.state
    if agent.status is not _READY:
        return agent.status
    if is_gone:
        return UNREGISTERED
    return RESTING if agent.rest is not None and agent.rests(at) else _IDLE


def _agent_board(
    centre: CallCentre, profile: AgentProfile, doing: str, calls: Mapping[CallId, CallBoard]
) -> AgentBoard:
    agent = centre.agents.get(profile.id) or Agent(profile.id)
    call = calls.get(agent.call) if agent.call is not None else None
    groups = centre.directory.groups
    return AgentBoard(
        number=profile.number,
        name=profile.name,
        groups=tuple([groups[group].name for group in centre.groups_of.get(profile.id, ())]),
        status=agent.status,
        state=agent.state,
        doing=SUPERVISING if centre.supervised and is_supervising(centre, profile.id) else doing,
        since=since_of(agent),
        caller=call.caller if call is not None else None,
        for_group=call.group if call is not None else None,
        until=agent.wrap_up_until,
        break_cause=agent.on_break.cause if agent.on_break is not None else None,
        break_names=break_names(centre, agent),
        break_after_call=agent.break_after_call,
        supervised_by=supervised_by(centre, profile.id) if centre.supervised else (),
    )


def _call_board(centre: CallCentre, live: LiveCall, position: int | None) -> CallBoard:
    record, segment = live.record, live.record.segments[-1]
    agent = centre.directory.agents.get(segment.agent) if segment.agent is not None else None
    return CallBoard(
        call=live.call.id,
        number=live.call.number,
        caller=shortened(record.caller),
        state=live.call.state,
        started_at=live.call.arrived_at,
        since=_since(centre, live),
        group=_group_name(centre, segment.group),
        position=position,
        agent=agent.number if agent is not None else None,
    )


def _since(centre: CallCentre, live: LiveCall) -> Micros:
    if live.call.state is CallState.WAITING and live.call.joined_at is not None:
        return live.call.joined_at
    return Micros(live.record.segments[-1].started_at - centre.switch_ahead)  # records are of the switch's clock


def _waiting_caller(centre: CallCentre, position: int, live: LiveCall) -> WaitingCaller:
    caller, agents = live.record.caller, centre.directory.agents
    rung = [agents[offer.agent].number for offer in live.call.offers if offer.agent in agents]
    return WaitingCaller(
        position=position,
        call=live.call.id,
        caller=caller.e164 or caller.raw,
        caller_name=live.record.caller_name,
        joined_at=live.call.joined_at,
        state=live.call.state,
        rung=tuple(rung),
    )


def shortened(number: PhoneNumber) -> str | None:
    """Return a caller's number by its last four digits, a short one as it is; None where there is none."""
    key = number.key
    return None if key is None else key if len(key) <= SHOWN_DIGITS else f"…{key[-SHOWN_DIGITS:]}"


def _group_name(centre: CallCentre, group: GroupId | None) -> str | None:
    known = centre.directory.groups.get(group) if group is not None else None
    return known.name if known is not None else None
