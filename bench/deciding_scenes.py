"""The centres in which a decision is measured, each with the event that brings it about.

A scene is refused (RuntimeError) where the event does not lead to the offers that it is about: what is measured would
be something else. Easy to break: callers wait in the order of their names, and agent 1 is the one who gets free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from immutables import Map

from fs_control.agents import Agent, AgentState, AgentStatus
from fs_control.centre import CallCentre, transition
from fs_control.events import (
    ActionRequested,
    CallerLookedUp,
    CallOffered,
    Event,
    LegAnswered,
    LegHungUp,
    LegsBridged,
    SwitchFound,
)
from fs_control.ids import AgentId, CallId, CustomerId, LegId, Micros, RequestId, derived_leg_id, seconds
from fs_control.queues import RING_AT_ONCE
from fs_control.records import Action, CallerFacts, Directory, SavedCustomer, Strategy
from fs_control.testing.builders import LINE, a_directory, loaded

BEGINNING = Micros(1_795_000_000_000_000)
FREED = AgentId(1)
WAIT_FOR_OWN_S = 3600.0


class Owners(Enum):
    """Whose customers wait in line."""

    NOBODY = auto()
    TALKING = auto()
    """Each caller has an agent of their own, who is on another call; colleagues may have them at once."""
    WAITED_FOR = auto()
    """The same, and colleagues stay out of it as long as anybody looks."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A centre, and the event by which something is to be decided in it."""

    centre: CallCentre
    event: Event


def one_gets_free(strategy: Strategy, agents: int, waiting: int, owners: Owners = Owners.NOBODY) -> Scene:
    """Let one agent of a big group talk, the others be busy, and many callers wait: that agent gets free."""
    first = CallId("call-0")
    leg = derived_leg_id(first, 1)
    directory = _directory(strategy, agents, owners)
    centre = _after(
        _opened(directory, waiting + 1),
        ActionRequested(request=RequestId("in"), agent=FREED, by="bench", action=Action.SIGN_IN),
        *_arrival(first, CallerFacts()),
        LegAnswered(leg=leg),
        LegsBridged(leg=_leg_of(first), other=leg),
    )
    centre = replace(centre, agents=Map({**_all(directory, AgentState.ON_CALL), **centre.agents}))
    for place in range(1, waiting + 1):
        owner = AgentId(FREED + 1 + place % (agents - 1))
        facts = _customer_of(owner) if owners is not Owners.NOBODY else CallerFacts()
        centre = _after(centre, *_arrival(CallId(f"call-{place}"), facts))
    expected = ["call-1"] if owners is not Owners.WAITED_FOR else []
    return _scene(centre, LegHungUp(leg=leg, cause="NORMAL_CLEARING"), agents, expected)


def everybody_free(strategy: Strategy, agents: int) -> Scene:
    """Let all agents of a big group be free and a caller stand in line, of whom it gets known who they are."""
    directory = _directory(strategy, agents, Owners.NOBODY)
    centre = replace(_opened(directory, 1), agents=Map(_all(directory, AgentState.IDLE)))
    *before, known = _arrival(CallId("call-1"), CallerFacts())
    rung = min(agents, RING_AT_ONCE) if strategy is Strategy.RING_ALL else 1
    return _scene(_after(centre, *before), known, agents, ["call-1"] * rung)


def _directory(strategy: Strategy, agents: int, owners: Owners) -> Directory:
    directory = a_directory({"sales": range(1, agents + 1)}, strategy=strategy)
    wait = WAIT_FOR_OWN_S if owners is Owners.WAITED_FOR else None
    groups = {key: replace(group, own_agent_wait_s=wait) for key, group in directory.groups.items()}
    return replace(directory, groups=groups)


def _opened(directory: Directory, calls: int) -> CallCentre:
    return _after(CallCentre(), loaded(directory, [LINE], max_calls=calls), SwitchFound(core="core", legs=()))


def _scene(centre: CallCentre, event: Event, agents: int, rung_for: Sequence[str]) -> Scene:
    """Return the scene, in which a phone has to ring for each of these, with a reason against every other member."""
    event = replace(event, at=Micros(centre.at + seconds(1)))
    calls = transition(centre, event).centre.calls.values()
    offers = [(live.call.id, offer) for live in calls if live.call.offer is not None for offer in live.record.offers]
    if [call for call, _ in offers] != [*rung_for]:
        raise RuntimeError("the phones do not ring for whom they should")
    if any(len(offer.decision.passed_over) != agents - 1 for _, offer in offers):
        raise RuntimeError("a decision does not give every other member a reason")
    return Scene(centre, event)


def _after(centre: CallCentre, *events: Event) -> CallCentre:
    for event in events:
        centre = transition(centre, replace(event, at=Micros(max(centre.at, BEGINNING) + seconds(1)))).centre
    return centre


def _arrival(call: CallId, facts: CallerFacts) -> tuple[Event, ...]:
    leg = _leg_of(call)
    return (
        CallOffered(leg=leg, call=call, dialled="4001", caller="13800138000"),
        LegAnswered(leg=leg),
        CallerLookedUp(call=call, facts=facts),
    )


def _leg_of(call: CallId) -> LegId:
    return LegId(f"leg-of-{call}")


def _customer_of(agent: AgentId) -> CallerFacts:
    return CallerFacts(SavedCustomer(CustomerId(agent), "13800138000", "Li", agent))


def _all(directory: Directory, state: AgentState) -> Mapping[AgentId, Agent]:
    """Return all agents, each since another moment."""
    moments = {each: Micros(BEGINNING - each) for each in directory.agents}
    return {each: Agent(each, AgentStatus.READY, state, at, at) for each, at in moments.items()}
