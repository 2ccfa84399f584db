"""The rules can be broken: a centre that was tampered with breaks the one that says so, and a good one none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fs_control.agents import AgentState
from fs_control.centre import CallCentre, Transition
from fs_control.events import DrainRequested
from fs_control.ids import SECOND, AgentId, LegId, Micros, TimerId
from fs_control.testing.builders import SALES
from fs_control.testing.happening import Happening
from fs_control.testing.play import Play
from fs_control.testing.rules import RULES, broken_rules


def busy_centre() -> CallCentre:
    """One phone rings, one caller waits, one agent is free for nobody."""
    play = Play(groups={"sales": (1,), "service": (2,)})
    play.sign_in(1, 2)
    play.caller()
    play.caller()
    return play.centre


def without_line(centre: CallCentre) -> CallCentre:
    return replace(centre, lines=centre.lines.delete(SALES))


def with_a_free_agent(centre: CallCentre) -> CallCentre:
    idle = replace(centre.agents[AgentId(1)], state=AgentState.IDLE, call=None)
    return replace(centre, agents=centre.agents.set(AgentId(1), idle))


def with_a_load_too_many(centre: CallCentre) -> CallCentre:
    return replace(centre, loads=centre.loads.set("4001", 3))


def with_a_lost_leg(centre: CallCentre) -> CallCentre:
    return replace(centre, legs=centre.legs.set(LegId("lost"), next(iter(centre.calls))))


def with_a_strange_timer(centre: CallCentre) -> CallCentre:
    return replace(centre, timers=centre.timers.set(TimerId("wait:gone"), Micros(SECOND)))


def without_timers(centre: CallCentre) -> CallCentre:
    return replace(centre, timers=type(centre.timers)())


def with_a_call_too_many(centre: CallCentre) -> CallCentre:
    return replace(centre, agents=centre.agents.set(AgentId(2), replace(centre.agents[AgentId(2)], inbound_today=1)))


def with_a_turn_that_nobody_had(centre: CallCentre) -> CallCentre:
    return replace(centre, turns=centre.turns.set(SALES, AgentId(1)))


BREAKERS: dict[Callable[[CallCentre], CallCentre], str] = {
    without_line: "Lines hold exactly the calls",
    with_a_free_agent: "An agent is idle exactly if",
    with_a_load_too_many: "The loads of numbers",
    with_a_lost_leg: "The legs are the callers'",
    with_a_strange_timer: "Every timer concerns",
    with_a_call_too_many: "An agent's count of inbound calls",
    with_a_turn_that_nobody_had: "Among those whom this caller has tried as little",
    without_timers: "Whatever waits for the switch has a timer",
}


@pytest.mark.parametrize("breaker", BREAKERS)
def test_a_rule_that_does_not_hold_is_named(breaker: Callable[[CallCentre], CallCentre]) -> None:
    before = busy_centre()
    happening = Happening(before, DrainRequested(at=before.at), Transition(breaker(before), (), (), ()))
    assert any(broken.startswith(BREAKERS[breaker]) for broken in broken_rules(happening))


def test_a_centre_that_was_left_alone_breaks_no_rule() -> None:
    before = busy_centre()
    assert broken_rules(Happening(before, DrainRequested(at=before.at), Transition(before, (), (), ()))) == []


def test_every_rule_says_in_words_what_must_hold() -> None:
    assert all(rule.__doc__ and rule.__doc__.strip().endswith((".", ")")) for rule in RULES)
