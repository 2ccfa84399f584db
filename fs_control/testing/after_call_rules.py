"""What must hold of agents when a call is over: wrap-up, its end, and the break that was to begin then (A7, A13).

Repeats the rules of the field in its own way, as all of `rules`. Easy to break: whether an agent has talked with a
customer is read from the call's record and not from the agent, who is what is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from fs_control.agents import Agent, AgentState, AgentStatus
from fs_control.centre import CallCentre
from fs_control.events import (
    ActionRequested,
    CallOffered,
    DirectoryLoaded,
    ReadyRequested,
    SignOutRequested,
    TimerFired,
)
from fs_control.ids import NO_GROUP, CallId, GroupId, Micros, seconds
from fs_control.records import CallRecord, Direction, OfferResult, SegmentKind
from fs_control.testing.happening import Happening


def wrap_up_has_an_end(happening: Happening) -> Iterator[object]:
    """Who wraps up has an end of it, is signed in and in no call; and nobody else has one."""
    for agent in happening.after.agents.values():
        wraps_up = agent.state is AgentState.WRAP_UP
        if wraps_up is not (agent.wrap_up_until is not None) or (
            wraps_up and (agent.call is not None or agent.status is AgentStatus.SIGNED_OUT)
        ):
            yield agent


def wrap_up_lasts(happening: Happening) -> Iterator[object]:
    """Wrap-up lasts to its end, unless somebody asks something of this very agent, or the agent is removed."""
    before, after, event = happening.before, happening.after, happening.event
    asked = event.agent if isinstance(event, ActionRequested | SignOutRequested | ReadyRequested) else None
    for agent in before.agents.values():
        until = agent.wrap_up_until
        if until is None or agent.id == asked or after.at >= until or isinstance(event, DirectoryLoaded):
            continue
        if isinstance(event, TimerFired) and event.timer == f"wrapup:{agent.id}":
            continue  # who fires a timer too early is not the centre
        if isinstance(event, CallOffered) and _is_at(before, agent, event.phone):  # may have dialled anything
            continue
        now = after.agents[agent.id]
        if now.call is not None and _comes_back(after, now.call, agent):
            continue  # nobody has taken the customer of that very call over (C3)
        if now.state is not AgentState.WRAP_UP or now.wrap_up_until != until:
            yield agent, now


def _comes_back(centre: CallCentre, call: CallId, agent: Agent) -> bool:
    """Tell whether an agent is rung for a customer whom they had handed on in vain."""
    notes = [step for step in centre.calls[call].record.steps if step.kind == "transfer_back"]
    return bool(notes) and notes[-1].detail == centre.directory.agents[agent.id].number


def _is_at(centre: CallCentre, agent: Agent, phone: str) -> bool:
    """Tell whether one of our phones is an agent's."""
    profile = centre.directory.agents.get(agent.id)
    return agent.bound_phone == phone or (profile is not None and phone in {profile.phone, *profile.terminals.values()})


def talks_are_wrapped_up(happening: Happening) -> Iterator[object]:
    """Whoever has talked with a customer has the time for notes that is theirs when their call is over (A13)."""
    if happening.call_given_up:
        return
    for before in happening.before.agents.values():
        now = happening.after.agents[before.id]
        is_over = before.state is AgentState.ON_CALL and (
            now.state is not AgentState.ON_CALL or now.call != before.call
        )
        if not is_over or now.status is AgentStatus.SIGNED_OUT:
            continue
        due = _time_for_notes(happening.after, before)
        if due is not None and now.wrap_up_until != (Micros(happening.after.at + due) if due else None):
            yield before, now, due


def _time_for_notes(centre: CallCentre, agent: Agent) -> Micros | None:
    """Return the length that is due, 0 for none; None where the record of the call does not tell."""
    live = centre.calls.get(agent.call) if agent.call is not None else None
    record = live.record if live is not None else centre.unstored.get(agent.call) if agent.call is not None else None
    if record is None:
        return None
    if record.direction is Direction.INTERNAL:
        return Micros(0)  # a colleague is no customer
    group = _talked_for(record, agent)
    if group is None:
        was_taken_up = any(each.agent == agent.id and each.result is OfferResult.ACCEPTED for each in record.offers)
        return None if was_taken_up else Micros(0)  # a talk of no length is no segment
    own, known = centre.directory.agents.get(agent.id), centre.directory.groups.get(group)
    lengths = [said.wrap_up_s for said in (own, known, centre.directory.defaults) if said is not None]
    return seconds(next((length for length in lengths if length is not None), 0.0))


def _talked_for(record: CallRecord, agent: Agent) -> GroupId | None:
    """Return the last group when an agent had the customer; None for one who never had, or was rung since."""
    shared = [each for each in record.segments if each.agent == agent.id]
    talks = [each for each in shared if each.kind is SegmentKind.TALK]
    if not talks or shared[-1].kind is SegmentKind.RING:
        return None
    before = record.segments[: record.segments.index(talks[-1]) + 1]
    return next((each.group for each in reversed(before) if each.group), NO_GROUP)


def breaks_to_come_are_for_the_busy(happening: Happening) -> Iterator[object]:
    """A break after the call is to come only for one who is ready and not idle: else it has begun, or never will."""
    for agent in happening.after.agents.values():
        may_come = agent.status is AgentStatus.READY and agent.state is not AgentState.IDLE
        if agent.break_after_call is not None and not may_come:
            yield agent


AFTER_CALL_RULES: Final[tuple[Callable[[Happening], Iterator[object]], ...]] = (
    wrap_up_has_an_end,
    wrap_up_lasts,
    talks_are_wrapped_up,
    breaks_to_come_are_for_the_busy,
)
"""Every rule: one line each."""
