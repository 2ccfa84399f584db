"""A decision in a big call centre: one of a thousand agents gets free while five hundred callers wait.

What is measured is the whole transition by which the music of the caller who waited longest is ordered to end, so that
the phone of that agent can ring: the match, the choice with a reason against every other member, the record, the orders. Beside it stands the
choice alone where everybody is free, which is the most that a strategy can have to compare.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import process_time

from immutables import Map

from bench.figures import Figure, Goal
from fs_control.agents import Agent, AgentState, AgentStatus
from fs_control.centre import CallCentre, transition
from fs_control.commands import StopPlaying
from fs_control.events import CallOffered, Event, LegAnswered, LegHungUp, LegsBridged, SignInRequested, SwitchFound
from fs_control.ids import AgentId, CallId, LegId, Micros, RequestId, derived_leg_id, seconds
from fs_control.queues import Candidate, Occasion, choose_agent
from fs_control.records import Strategy
from fs_control.testing.builders import LINE, a_directory, loaded

AGENTS, WAITING = 1000, 500
BEGINNING = Micros(1_795_000_000_000_000)
FREED = AgentId(1)
GOAL = Goal(1.0)


@dataclass(frozen=True, slots=True)
class Scene:
    """A centre in which everybody is busy and many wait, and the event by which one agent gets free."""

    centre: CallCentre
    freed: Event


def deciding(repetitions: int, agents: int = AGENTS, waiting: int = WAITING) -> list[Figure]:
    """Milliseconds for one decision, by each strategy."""
    free = [Candidate(AgentId(place), place, idle_since=Micros(place)) for place in range(agents)]
    return [
        *(
            Figure(
                f"{agents} agents, {waiting} waiting, one agent gets free: {strategy}",
                "ms",
                _lengths(repetitions, _matching(set_scene(strategy, agents, waiting))),
                GOAL,
            )
            for strategy in Strategy
        ),
        *(
            Figure(
                f"- only the choice, {agents} free: {strategy}", "ms", _lengths(repetitions, _choosing(strategy, free))
            )
            for strategy in Strategy
        ),
    ]


def set_scene(strategy: Strategy, agents: int, waiting: int) -> Scene:
    """Let one agent of a big group talk, the others be busy, and many callers wait; RuntimeError if nobody is rung."""
    first = CallId("call-0")
    leg = derived_leg_id(first, 1)
    directory = a_directory({"sales": range(1, agents + 1)}, strategy=strategy)
    centre = _after(
        CallCentre(),
        loaded(directory, [LINE], max_calls=waiting + 1),
        SwitchFound(core="core", legs=()),
        SignInRequested(request=RequestId("in"), agent=FREED, by="bench"),
        *_arrival(first),
        LegAnswered(leg=leg),
        LegsBridged(leg=_leg_of(first), other=leg),
    )
    centre = replace(centre, agents=Map({**{each: _busy(each) for each in directory.agents}, **centre.agents}))
    centre = _after(centre, *(event for place in range(waiting) for event in _arrival(CallId(f"call-{place + 1}"))))
    freed = LegHungUp(leg=leg, cause="NORMAL_CLEARING", at=Micros(centre.at + seconds(1)))
    result = transition(centre, freed)
    rung = [result.centre.calls[command.call] for command in result.commands if isinstance(command, StopPlaying)]
    reasons = [(live.call.id, len(live.record.offers[0].decision.passed_over)) for live in rung]
    if reasons != [("call-1", agents - 1)]:
        raise RuntimeError("the caller who waited longest was not offered to the agent who got free")
    return Scene(centre, freed)


def _after(centre: CallCentre, *events: Event) -> CallCentre:
    for event in events:
        centre = transition(centre, replace(event, at=Micros(max(centre.at, BEGINNING) + seconds(1)))).centre
    return centre


def _arrival(call: CallId) -> tuple[Event, ...]:
    leg = _leg_of(call)
    return (CallOffered(leg=leg, call=call, dialled="4001", caller="13800138000"), LegAnswered(leg=leg))


def _leg_of(call: CallId) -> LegId:
    return LegId(f"leg-of-{call}")


def _busy(agent: AgentId) -> Agent:
    return Agent(agent, AgentStatus.READY, AgentState.ON_CALL, BEGINNING, BEGINNING)


def _matching(scene: Scene) -> Callable[[], object]:
    return lambda: transition(scene.centre, scene.freed)


def _choosing(strategy: Strategy, free: list[Candidate]) -> Callable[[], object]:
    return lambda: choose_agent(strategy, free, (), Occasion(len(free) // 2, "call/1"))


def _lengths(repetitions: int, work: Callable[[], object]) -> tuple[float, ...]:
    """How many milliseconds a piece of work takes, each time."""
    work()
    gc.collect()
    lengths: list[float] = []
    for _ in range(repetitions):
        started = process_time()
        work()
        lengths.append((process_time() - started) * 1000)
    return tuple(lengths)
