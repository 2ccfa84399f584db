"""An agent's states: what may follow what, and which clock each change sets."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from fs_control.agents import (
    Agent,
    AgentState,
    AgentStatus,
    AgentTrigger,
    Break,
    BreakCause,
    Rest,
    advance,
    after_offer,
    gone_on_break,
    made_ready,
    rest_after,
    signed_in,
    signed_out,
    talked_with_caller,
    with_customer,
    without_counts,
    wrapping_up,
)
from fs_control.errors import BrokenInvariant
from fs_control.ids import NEVER, NO_GROUP, AgentId, CallId, Micros
from fs_control.records import OfferResult

CALL = CallId("call")
ALLOWED = {
    (AgentState.IDLE, AgentTrigger.CHOSEN): AgentState.RESERVED,
    (AgentState.RESERVED, AgentTrigger.PHONE_RANG): AgentState.RINGING,
    (AgentState.RESERVED, AgentTrigger.ANSWERED): AgentState.ON_CALL,
    (AgentState.RESERVED, AgentTrigger.RELEASED): AgentState.IDLE,
    (AgentState.RINGING, AgentTrigger.PHONE_RANG): AgentState.RINGING,
    (AgentState.RINGING, AgentTrigger.ANSWERED): AgentState.ON_CALL,
    (AgentState.RINGING, AgentTrigger.RELEASED): AgentState.IDLE,
    (AgentState.ON_CALL, AgentTrigger.CALL_ENDED): AgentState.IDLE,
    (AgentState.ON_CALL, AgentTrigger.WRAP_UP_BEGAN): AgentState.WRAP_UP,
    (AgentState.WRAP_UP, AgentTrigger.WRAP_UP_OVER): AgentState.IDLE,
}


@pytest.mark.parametrize(("state", "trigger"), list(product(AgentState, AgentTrigger)))
def test_only_what_the_table_lists_may_happen(state: AgentState, trigger: AgentTrigger) -> None:
    agent = Agent(AgentId(1), state=state, call=CALL)
    if (state, trigger) in ALLOWED:
        assert advance(agent, trigger, Micros(5), CALL).state is ALLOWED[state, trigger]
    else:
        with pytest.raises(BrokenInvariant, match="agent_transition"):
            advance(agent, trigger, Micros(5), CALL)


def test_C1_the_state_is_since_the_change_and_a_second_ringing_is_none() -> None:
    agent = advance(Agent(AgentId(1)), AgentTrigger.CHOSEN, Micros(1), CALL)
    rings = advance(agent, AgentTrigger.PHONE_RANG, Micros(2))
    again = advance(rings, AgentTrigger.PHONE_RANG, Micros(3))
    assert (agent.state_since, rings.state_since, again.state_since) == (1, 2, 2)


def test_Q6_only_the_end_of_a_call_sets_the_clock_of_the_longest_idle_time() -> None:
    """Longest time since the last call ended."""
    fresh = Agent(AgentId(1), signed_in_at=Micros(7))
    chosen = advance(fresh, AgentTrigger.CHOSEN, Micros(10), CALL)
    released = advance(chosen, AgentTrigger.RELEASED, Micros(20))
    served = advance(advance(chosen, AgentTrigger.ANSWERED, Micros(15)), AgentTrigger.CALL_ENDED, Micros(30))
    assert [each.idle_since for each in (Agent(AgentId(1)), fresh, released, served)] == [NEVER, 7, 7, 30]


def test_Q7_every_way_into_the_idle_state_sets_its_clock_and_none_of_them_that_of_Q6() -> None:
    """Longest time since the agent ENTERED the idle state — a different clock from Q6."""
    served = Agent(AgentId(1), signed_in_at=Micros(1), ready_since=Micros(1), last_call_ended_at=Micros(5))
    rung = advance(advance(served, AgentTrigger.CHOSEN, Micros(10), CALL), AgentTrigger.RELEASED, Micros(20))
    back_from_break = made_ready(gone_on_break(rung, Break(Micros(25), BreakCause.CHOSEN)), Micros(30))
    known_from_before = replace(rung, state_since=NEVER, ready_since=None)
    clocks = [each.idle_state_since for each in (served, rung, back_from_break, known_from_before)]
    assert clocks == [1, 20, 30, 1]
    assert {each.idle_since for each in (served, rung, back_from_break)} == {5}


def test_Q7_signing_in_is_entering_the_idle_state() -> None:
    agent = signed_in(Agent(AgentId(1), last_call_ended_at=Micros(5)), Micros(9))
    assert (agent.status, agent.idle_state_since, agent.idle_since) == (AgentStatus.READY, 9, 5)


def test_Q4_Q5_inbound_and_outbound_calls_are_counted_apart_and_begin_anew_together() -> None:
    agent = talked_with_caller(talked_with_caller(Agent(AgentId(1), outbound_today=3)))
    assert (agent.inbound_today, agent.calls_today) == (2, 5)
    assert without_counts(agent) == Agent(AgentId(1), talked_for=NO_GROUP)


def on_call(**fields: Any) -> Agent:
    """Return an agent who talks with a customer."""
    talking = advance(advance(ready(), AgentTrigger.CHOSEN, Micros(2), CALL), AgentTrigger.ANSWERED, Micros(3))
    return replace(with_customer(talking), **fields)


def test_A13_wrap_up_is_no_call_and_counts_as_the_end_of_one_for_Q6_and_of_being_busy_for_Q7() -> None:
    wraps_up = wrapping_up(on_call(), Micros(10), until=Micros(40))
    assert (wraps_up.state, wraps_up.wrap_up_until, wraps_up.call) == (AgentState.WRAP_UP, 40, None)
    free = advance(wraps_up, AgentTrigger.WRAP_UP_OVER, Micros(40))
    assert (free.state, free.wrap_up_until, free.talked_for) == (AgentState.IDLE, None, None)
    assert (free.idle_since, free.idle_state_since) == (10, 40)


@pytest.mark.parametrize("ending", [AgentTrigger.CALL_ENDED, AgentTrigger.WRAP_UP_OVER])
def test_A7_a_break_that_was_wanted_begins_when_call_and_wrap_up_are_over(ending: AgentTrigger) -> None:
    agent = on_call(break_after_call="meal")
    if ending is AgentTrigger.WRAP_UP_OVER:
        agent = wrapping_up(agent, Micros(10), until=Micros(40))
        assert (agent.status, agent.break_after_call) == (AgentStatus.READY, "meal")
    over = advance(agent, ending, Micros(40))
    assert (over.status, over.on_break) == (AgentStatus.BREAK, Break(Micros(40), BreakCause.CHOSEN, "meal"))
    assert (over.state, over.break_after_call) == (AgentState.IDLE, None)


def test_A7_a_break_that_was_wanted_is_forgotten_by_who_signs_out_or_is_ready_first() -> None:
    for changed in (signed_out(on_call(break_after_call="")), made_ready(on_call(break_after_call=""), Micros(9))):
        over = advance(changed, AgentTrigger.CALL_ENDED, Micros(40))
        assert (over.status, over.break_after_call, over.on_break) == (changed.status, None, None)


def test_A10_who_begins_with_a_break_is_at_work_and_not_ready() -> None:
    agent = signed_in(Agent(AgentId(1)), Micros(9), on_break=True)
    assert (agent.status, agent.on_break) == (AgentStatus.BREAK, Break(Micros(9), BreakCause.SIGNED_IN))
    assert (agent.is_there, agent.is_ready, agent.signed_in_at) == (True, False, 9)


def test_callers_wait_for_who_is_on_a_break_of_their_own_and_not_for_who_is_gone() -> None:
    own = gone_on_break(ready(), Break(Micros(9), BreakCause.CHOSEN, "meal"))
    gone = after_offer(ready(misses=2), OfferResult.NO_ANSWER, Micros(9))
    assert [each.is_there for each in (ready(), own, gone, signed_out(own))] == [True, True, False, False]


def test_an_agent_has_a_call_from_being_chosen_to_being_free() -> None:
    chosen = advance(Agent(AgentId(1), rest=Rest(Micros(9), OfferResult.BUSY)), AgentTrigger.CHOSEN, Micros(10), CALL)
    assert (chosen.call, chosen.rest) == (CALL, None)
    assert advance(chosen, AgentTrigger.RELEASED, Micros(11)).call is None


def test_a_rest_is_over_at_its_end() -> None:
    agent = Agent(AgentId(1), rest=Rest(Micros(9), OfferResult.BUSY))
    assert (agent.rests(Micros(8)), agent.rests(Micros(9)), Agent(AgentId(1)).rests(Micros(0))) == (True, False, False)


@pytest.mark.parametrize("result", OfferResult)
def test_every_failure_rests_the_phone_and_what_is_none_does_not(result: OfferResult) -> None:
    rest = rest_after(result, Micros(1000))
    if result in (OfferResult.ACCEPTED, OfferResult.CALLER_LEFT, OfferResult.ANSWERED_ELSEWHERE):
        assert rest is None
    else:
        assert rest is not None
        assert (rest.cause, rest.until > 1000) == (result, True)


def ready(misses: int = 0) -> Agent:
    return replace(signed_in(Agent(AgentId(1)), Micros(1)), misses=misses)


@pytest.mark.parametrize("result", OfferResult)
def test_C1_only_an_offer_that_was_not_answered_is_a_miss(result: OfferResult) -> None:
    assert after_offer(ready(), result, Micros(9)).misses == (result is OfferResult.NO_ANSWER)


def test_C1_the_third_miss_is_a_break_and_nothing_rests_then() -> None:
    agent = replace(ready(misses=2), rest=Rest(Micros(20), OfferResult.NO_ANSWER))
    missed = after_offer(agent, OfferResult.NO_ANSWER, Micros(9))
    assert (missed.status, missed.rest) == (AgentStatus.BREAK, None)
    assert missed.on_break == Break(Micros(9), BreakCause.NOT_ANSWERING)


def test_who_signs_out_while_the_phone_rings_misses_nothing() -> None:
    away = signed_out(ready(misses=2))
    assert after_offer(away, OfferResult.NO_ANSWER, Micros(9)) == away


def test_C1_an_answer_and_becoming_ready_again_forget_what_was_missed() -> None:
    rings = advance(ready(misses=2), AgentTrigger.CHOSEN, Micros(2), CALL)
    assert (rings.misses, advance(rings, AgentTrigger.ANSWERED, Micros(3)).misses) == (2, 0)
    on_break = after_offer(ready(misses=2), OfferResult.NO_ANSWER, Micros(9))
    again = made_ready(on_break, Micros(12))
    assert (again.status, again.misses, again.on_break, again.ready_since) == (AgentStatus.READY, 0, None, 12)
    assert again.signed_in_at == 1
