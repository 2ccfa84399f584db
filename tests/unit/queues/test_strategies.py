"""Each strategy by its table: who is chosen, and what the others lost by."""

from __future__ import annotations

from collections import Counter

import pytest

from fs_control.ids import AgentId, Micros
from fs_control.queues import Candidate, Occasion, choose_agent
from fs_control.records import Claim, ClaimKind, PassedOver, RoutingDecision, Strategy


def decide(strategy: Strategy, *candidates: Candidate, last_turn: int = -1, draw: str = "") -> RoutingDecision:
    decision = choose_agent(strategy, candidates, (), Occasion(last_turn, draw))
    assert decision is not None
    return decision


def reasons(decision: RoutingDecision) -> dict[int, str]:
    return {each.agent: each.reason.removeprefix("reason.") for each in decision.passed_over}


def idle(agent: int, since: int, state_since: int = 0) -> Candidate:
    return Candidate(AgentId(agent), idle_since=Micros(since), idle_state_since=Micros(state_since))


def counted(agent: int, inbound: int, outbound: int, idle_since: int = 0) -> Candidate:
    return Candidate(
        AgentId(agent), calls_today=inbound + outbound, inbound_today=inbound, idle_since=Micros(idle_since)
    )


def member(agent: int, place: int, level: int = 1) -> Candidate:
    return Candidate(AgentId(agent), place=place, level=level)


def test_Q6_longest_idle_time_first() -> None:
    """Agent whose last call ended earliest is offered."""
    decision = decide(Strategy.LONGEST_IDLE_TIME, idle(1, 30), idle(2, 10), idle(3, 20))
    assert (decision.agent, decision.rule) == (2, "rule.longest_idle_time")
    assert decision.passed_over[0] == PassedOver(AgentId(1), "reason.idle_since_later", {"own": 30, "chosen": 10})


def test_Q7_longest_idle_state_goes_by_a_different_clock_than_Q6() -> None:
    """After a break, the same agent moves to the end under Q7 but not under Q6 (one test, two strategies)."""
    back_from_break, other = idle(1, since=10, state_since=90), idle(2, since=20, state_since=20)
    by_state = decide(Strategy.LONGEST_IDLE_STATE, back_from_break, other)
    assert decide(Strategy.LONGEST_IDLE_TIME, back_from_break, other).agent == 1
    assert (by_state.agent, by_state.rule) == (2, "rule.longest_idle_state")
    assert by_state.passed_over == (PassedOver(AgentId(1), "reason.idle_state_since_later", {"own": 90, "chosen": 20}),)


@pytest.mark.parametrize(
    ("last_turn", "free", "expected"),
    [
        (-1, (1, 2, 3), 1),
        (0, (1, 2, 3), 2),
        (2, (1, 2, 3), 1),
        (0, (1, 3), 3),
        (1, (1, 2), 1),
        (1, (2,), 2),
    ],
)
def test_Q3_round_robin_takes_the_next_free_one_in_turn(last_turn: int, free: tuple[int, ...], expected: int) -> None:
    """... in fixed turn order."""
    candidates = [member(agent, agent - 1) for agent in free]
    decision = decide(Strategy.ROUND_ROBIN, *candidates, last_turn=last_turn)
    assert decision.agent == expected
    assert set(reasons(decision).values()) <= {"later_in_turn"}


def test_Q3_round_robin_ten_calls_over_three_idle_agents() -> None:
    """10 calls over 3 idle agents give 4/3/3 in fixed turn order, ..."""
    candidates = [member(7, 0), member(5, 1), member(6, 2)]
    places = {each.agent: each.place for each in candidates}
    turns: list[AgentId] = []
    for _ in range(10):
        last = places[turns[-1]] if turns else -1
        turns.append(decide(Strategy.ROUND_ROBIN, *candidates, last_turn=last).agent)
    assert turns == [7, 5, 6, 7, 5, 6, 7, 5, 6, 7]


def test_Q4_fewest_calls_counts_all_directions_and_a_tie_goes_to_the_longer_idle() -> None:
    """The agent with the lowest count today is offered; a tie goes to the longer idle one."""
    decision = decide(Strategy.FEWEST_CALLS, counted(1, 2, 2), counted(2, 0, 3, 50), counted(3, 3, 0, 40))
    assert decision.agent == 3
    assert decision.passed_over == (
        PassedOver(AgentId(1), "reason.more_calls_today", {"own": 4, "chosen": 3}),
        PassedOver(AgentId(2), "reason.idle_since_later", {"own": 50, "chosen": 40}),
    )


def test_Q5_fewest_inbound_calls_counts_inbound_calls_only() -> None:
    """Agent with 1 inbound + 9 outbound beats agent with 2 inbound + 0 outbound (Q4 would pick the other)."""
    dials, answers = counted(1, inbound=1, outbound=9), counted(2, inbound=2, outbound=0)
    decision = decide(Strategy.FEWEST_INBOUND_CALLS, dials, answers)
    assert (decision.agent, reasons(decision)) == (1, {2: "more_inbound_calls_today"})
    assert decide(Strategy.FEWEST_CALLS, dials, answers).agent == 2


def test_Q8_random_draws_by_the_name_of_the_offer_and_nothing_else() -> None:
    """Seeded random over idle agents; ..."""
    free = [idle(agent, since=agent) for agent in (1, 2, 3)]
    drawn = [decide(Strategy.RANDOM, *free, draw=f"call/{number}") for number in range(3000)]
    again = [decide(Strategy.RANDOM, *reversed(free), draw=f"call/{number}") for number in range(3000)]
    assert [each.agent for each in drawn] == [each.agent for each in again]
    assert all(900 < times < 1100 for times in Counter(each.agent for each in drawn).values())
    assert {reason for each in drawn for reason in reasons(each).values()} == {"not_drawn"}


def test_Q8_random_takes_any_text_for_the_name_of_an_offer() -> None:
    assert decide(Strategy.RANDOM, idle(1, 0), draw="\ud800").agent == 1


def test_top_down_takes_the_lowest_level_that_has_somebody_free_and_there_the_first() -> None:
    team = [member(4, 0, level=2), member(1, 1, level=2), member(3, 2, level=1), member(2, 3, level=1)]
    decision = decide(Strategy.TOP_DOWN, *team)
    assert decision.agent == 3
    assert reasons(decision) == {4: "lower_level_available", 1: "lower_level_available", 2: "later_in_list"}
    assert decide(Strategy.TOP_DOWN, *team[:2]).agent == 4


BACK_AGAIN = Claim(AgentId(2), ClaimKind.RETURNING_CUSTOMER)


def test_Q2_the_agent_who_served_the_caller_before_goes_before_the_strategy() -> None:
    """Caller previously served by B is offered to B although A is idle longer; ..."""
    decision = choose_agent(Strategy.LONGEST_IDLE_TIME, [idle(1, 10), idle(2, 20)], claim=BACK_AGAIN)
    assert decision == RoutingDecision(
        "claim.returning_customer", AgentId(2), (PassedOver(AgentId(1), "reason.claimed_by_another"),), BACK_AGAIN
    )


def test_Q2_where_that_agent_is_not_ready_the_strategy_decides_and_the_decision_says_so() -> None:
    """... if B is not ready the base strategy applies, and the decision record says so."""
    busy = PassedOver(AgentId(2), "reason.on_call", {"since": 5})
    decision = choose_agent(Strategy.FEWEST_CALLS, [idle(1, 10)], [busy], claim=BACK_AGAIN)
    assert decision == RoutingDecision("rule.fewest_calls", AgentId(1), (busy,), BACK_AGAIN)


def test_Q2_an_agent_who_left_the_group_has_no_claim_there_any_more_and_the_decision_says_so() -> None:
    decision = choose_agent(Strategy.FEWEST_CALLS, [idle(1, 10)], claim=BACK_AGAIN)
    assert decision is not None
    assert (decision.agent, decision.passed_over) == (1, (PassedOver(AgentId(2), "reason.not_in_group"),))


def test_Q2_an_agent_with_a_claim_who_did_not_answer_is_not_rung_again_before_the_others() -> None:
    missed = Candidate(AgentId(2), tried=1)
    decision = choose_agent(Strategy.RANDOM, [missed, Candidate(AgentId(1))], claim=BACK_AGAIN)
    assert decision is not None
    assert (decision.rule, decision.agent, reasons(decision)) == ("rule.random", 1, {2: "tried_before"})
