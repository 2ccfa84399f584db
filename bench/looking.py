"""What a wallboard costs the engine once a second: the picture of a big call centre, and the whole answer with it.

A thousand agents in ten groups of a hundred and in one of all, five hundred callers, each in line, and every agent on a
call. Milliseconds of CPU, because calls wait meanwhile.
"""

from __future__ import annotations

from dataclasses import replace

from immutables import Map

from bench.cpu_time import milliseconds
from bench.figures import Figure, Goal
from fs_control.agents import Agent, AgentState, AgentStatus
from fs_control.centre import CallCentre, transition
from fs_control.centre.board import board_of
from fs_control.events import (
    ActionRequested,
    CallOffered,
    Event,
    SwitchFound,
)
from fs_control.ids import AgentId, CallId, LegId, Micros, RequestId, seconds
from fs_control.records import Action
from fs_control.testing.builders import LINE, a_directory, loaded
from fs_control.testing.control import FakeControl
from fs_control.web.control_api import control_api

AGENTS, CALLS, SMALL_GROUPS = 1000, 500, 10
GOAL = Goal(10.0)
BEGINNING = Micros(1_795_000_000_000_000)


def looking(repetitions: int, agents: int = AGENTS, calls: int = CALLS) -> list[Figure]:
    """Milliseconds for one picture, and for one answer to `GET /board`."""
    centre = busy_centre(agents, calls)
    client = control_api(FakeControl(centre)).test_client()
    what = f"{agents} agents and {calls} calls"
    return [
        Figure(f"the board of {what}", " ms", milliseconds(repetitions, lambda: board_of(centre, centre.at)), GOAL),
        Figure("- the whole answer over HTTP", " ms", milliseconds(repetitions, lambda: client.get("/board").data)),
    ]


def busy_centre(agents: int, calls: int) -> CallCentre:
    """Make a centre in which everybody is busy and many wait."""
    part = max(1, agents // SMALL_GROUPS)
    groups = {f"group {first}": range(first, min(first + part, agents + 1)) for first in range(1, agents + 1, part)}
    directory = a_directory({**groups, "sales": range(1, agents + 1)})
    centre = _after(
        CallCentre(),
        loaded(directory, [LINE], max_calls=calls),
        SwitchFound(core="core", legs=()),
        ActionRequested(request=RequestId("in"), agent=AgentId(1), by="bench", action=Action.SIGN_IN),
    )
    busy = Agent(AgentId(0), AgentStatus.READY, AgentState.ON_CALL, BEGINNING, BEGINNING)
    centre = replace(centre, agents=Map({each: replace(busy, id=each) for each in directory.agents}))
    names = [CallId(f"call-{place}") for place in range(calls)]
    centre = _after(centre, *(_arrival(call) for call in names))
    talking = {each: replace(busy, id=each, call=names[each % calls]) for each in directory.agents}
    return replace(centre, agents=Map(talking))


def _arrival(call: CallId) -> CallOffered:
    return CallOffered(leg=LegId(f"leg-of-{call}"), call=call, dialled="4001", caller="13800138000")


def _after(centre: CallCentre, *events: Event) -> CallCentre:
    for event in events:
        centre = transition(centre, replace(event, at=Micros(max(centre.at, BEGINNING) + seconds(1)))).centre
    return centre
