"""The rules can be broken: a centre that was tampered with breaks the one that says so, and a good one none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fs_control.agents import AgentState
from fs_control.centre import CallCentre, Transition
from fs_control.events import DrainRequested
from fs_control.ids import SECOND, AgentId, LegId, Micros, OpId, TimerId
from fs_control.records import AgentDefaults, Overflow
from fs_control.testing.builders import SALES, SERVICE, a_directory
from fs_control.testing.happening import Happening
from fs_control.testing.play import Play
from fs_control.testing.rules import RULES, broken_rules


def busy_centre() -> CallCentre:
    """One phone rings, two callers wait, one agent is free for nobody."""
    play = Play(groups={"sales": (1,), "service": (2,)})
    play.sign_in(1, 2)
    for _ in range(3):
        play.caller()
        play.wait(1)
    return play.centre


def without_line(centre: CallCentre) -> CallCentre:
    return replace(centre, lines=centre.lines.delete(SALES))


def with_the_line_turned_round(centre: CallCentre) -> CallCentre:
    return replace(centre, lines=centre.lines.set(SALES, tuple(reversed(centre.lines[SALES]))))


def with_a_caller_let_in_front(centre: CallCentre) -> CallCentre:
    first, second, last = centre.lines[SALES]
    live = centre.calls[last]
    vip = replace(live, call=replace(live.call, priority=1))  # and no word of it in the record
    line = (last, first, second)
    return replace(centre, calls=centre.calls.set(last, vip), lines=centre.lines.set(SALES, line))


def with_a_caller_in_silence(centre: CallCentre) -> CallCentre:
    live = centre.calls[centre.lines[SALES][-1]]
    return replace(centre, calls=centre.calls.set(live.call.id, replace(live, call=replace(live.call, op=None))))


def with_a_caller_who_is_told_another_place(centre: CallCentre) -> CallCentre:
    live = centre.calls[centre.lines[SALES][-1]]
    call = replace(live.call, announcement=OpId("op"), told="1")
    return replace(centre, calls=centre.calls.set(call.id, replace(live, call=call)))


def with_a_group_that_helps_out(centre: CallCentre) -> CallCentre:
    groups = centre.directory.groups
    helped = replace(groups[SALES], overflow=(Overflow(60.0, SERVICE),))
    return replace(centre, directory=replace(centre.directory, groups={**groups, SALES: helped}))


def with_a_free_agent(centre: CallCentre) -> CallCentre:
    idle = replace(centre.agents[AgentId(1)], state=AgentState.IDLE, call=None)
    return replace(centre, agents=centre.agents.set(AgentId(1), idle))


def with_a_load_too_many(centre: CallCentre) -> CallCentre:
    return replace(centre, loads=centre.loads.set("4001", 4))


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


def with_notes_without_an_end(centre: CallCentre) -> CallCentre:
    wraps_up = replace(centre.agents[AgentId(2)], state=AgentState.WRAP_UP, call=None)
    return replace(centre, agents=centre.agents.set(AgentId(2), wraps_up))


def with_a_break_that_never_begins(centre: CallCentre) -> CallCentre:
    idle = replace(centre.agents[AgentId(2)], break_after_call="meal")
    return replace(centre, agents=centre.agents.set(AgentId(2), idle))


BREAKERS: dict[Callable[[CallCentre], CallCentre], str] = {
    without_line: "Each caller is in exactly the lines",
    with_the_line_turned_round: "A line is in the order of priority",
    with_a_caller_let_in_front: "A caller's place gets worse only by a VIP",
    with_a_caller_in_silence: "Who waits hears music or their place",
    with_a_caller_who_is_told_another_place: "The place that a caller begins to hear",
    with_a_group_that_helps_out: "Who waits for the time at which another group helps out",
    with_a_free_agent: "An agent is idle or wraps up exactly if",
    with_a_load_too_many: "The loads of numbers",
    with_a_lost_leg: "The legs are the callers'",
    with_a_strange_timer: "Every timer concerns",
    with_a_call_too_many: "An agent's counts are those",
    with_a_turn_that_nobody_had: "Among those whom this caller has tried as little",
    with_notes_without_an_end: "Who wraps up has an end of it",
    with_a_break_that_never_begins: "A break after the call is to come only",
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


def wrapping_up() -> CallCentre:
    """Agent 1 has talked with a customer and has a minute for notes."""
    directory = a_directory({"sales": (1,)})
    play = Play(directory=replace(directory, defaults=AgentDefaults(wrap_up_s=60)))
    play.sign_in(1)
    play.caller()
    play.serve(1)
    return play.centre


def test_A13_notes_that_are_cut_short_break_a_rule() -> None:
    before = wrapping_up()
    idle = replace(before.agents[AgentId(1)], state=AgentState.IDLE, wrap_up_until=None)
    after = replace(before, agents=before.agents.set(AgentId(1), idle))
    broken = broken_rules(Happening(before, DrainRequested(at=before.at), Transition(after, (), (), ())))
    assert any(each.startswith("Wrap-up lasts to its end") for each in broken)


def test_A13_a_talk_without_notes_after_it_breaks_a_rule() -> None:
    play = Play(directory=replace(a_directory({"sales": (1,)}), defaults=AgentDefaults(wrap_up_s=60)))
    play.sign_in(1)
    play.caller()
    play.answer(1)
    free = replace(play.agent(1), state=AgentState.IDLE, call=None, talked_for=None)
    after = replace(play.centre, agents=play.centre.agents.set(AgentId(1), free))
    broken = broken_rules(Happening(play.centre, DrainRequested(at=after.at), Transition(after, (), (), ())))
    assert any(each.startswith("Whoever has talked with a customer") for each in broken)


def test_every_rule_says_in_words_what_must_hold() -> None:
    assert all(rule.__doc__ and rule.__doc__.strip().endswith((".", ")")) for rule in RULES)
