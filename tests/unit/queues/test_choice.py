"""Choosing an agent among candidates, whatever the strategy, and the reasons."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.ids import AgentId, Micros, seconds
from fs_control.queues import Candidate, Occasion, choose_agent, may_be_offered
from fs_control.records import Claim, ClaimKind, PassedOver, RoutingDecision, Strategy

LONGEST = Strategy.LONGEST_IDLE_TIME
STRATEGIES = st.sampled_from(Strategy)
OCCASIONS = st.builds(Occasion, last_turn=st.integers(-1, 50), draw=st.text(max_size=4))
CLAIMS = st.none() | st.builds(Claim, st.integers(1, 50).map(AgentId), st.sampled_from(ClaimKind))
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        agent=st.integers(1, 50).map(AgentId),
        level=st.integers(1, 3),
        idle_since=st.integers(0, 5).map(Micros),
        idle_state_since=st.integers(0, 5).map(Micros),
        calls_today=st.integers(0, 3),
        inbound_today=st.integers(0, 3),
        tried=st.integers(0, 2),
    ),
    unique_by=lambda each: each.agent,
).map(lambda found: [placed(each, each.agent) for each in found])


def placed(candidate: Candidate, place: int) -> Candidate:
    values = {name: getattr(candidate, name) for name in Candidate.__slots__}
    return Candidate(**{**values, "place": place})


def candidate(agent: int, idle_since: int = 0, tried: int = 0) -> Candidate:
    return Candidate(AgentId(agent), place=agent, idle_since=Micros(idle_since), tried=tried)


def chosen(decision: RoutingDecision | None) -> RoutingDecision:
    assert decision is not None
    return decision


def test_the_least_tried_goes_before_the_longest_idle() -> None:
    decision = chosen(choose_agent(LONGEST, [candidate(1, 10, tried=1), candidate(2, 20)]))
    assert decision.agent == 2
    assert decision.passed_over == (PassedOver(AgentId(1), "reason.tried_before", {"own": 1, "chosen": 0}),)


def test_of_equals_the_lower_id_is_chosen_and_the_others_are_told_so() -> None:
    decision = chosen(choose_agent(LONGEST, [candidate(9), candidate(3), candidate(5)]))
    assert decision.agent == 3
    assert {each.reason for each in decision.passed_over} == {"reason.equal"}


def test_nobody_is_chosen_where_nobody_can_be() -> None:
    assert choose_agent(LONGEST, []) is None
    assert choose_agent(LONGEST, [], [PassedOver(AgentId(1), "reason.on_call")]) is None


def test_who_cannot_be_offered_anybody_keeps_the_reason_that_came_along() -> None:
    busy = PassedOver(AgentId(7), "reason.on_call", {"since": 5})
    assert chosen(choose_agent(LONGEST, [candidate(1)], [busy])).passed_over == (busy,)


@given(strategy=STRATEGIES, candidates=CANDIDATES, occasion=OCCASIONS, claim=CLAIMS)
def test_a_decision_is_for_a_candidate_and_gives_each_other_one_reason(
    strategy: Strategy, candidates: list[Candidate], occasion: Occasion, claim: Claim | None
) -> None:
    busy = PassedOver(AgentId(99), "reason.on_call")
    decision = choose_agent(strategy, candidates, [busy], occasion, claim)
    agents = {each.agent for each in candidates}
    assert (decision is not None) is bool(agents)
    if decision is not None:
        claimants = {claim.agent} if claim is not None else set()
        spoken_of = [decision.agent, *(each.agent for each in decision.passed_over)]
        assert decision.agent in agents
        assert sorted(spoken_of) == sorted(agents | {busy.agent} | claimants)


@given(strategy=STRATEGIES, candidates=CANDIDATES, occasion=OCCASIONS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(
    strategy: Strategy, candidates: list[Candidate], occasion: Occasion, order: Random
) -> None:
    shuffled = list(candidates)
    order.shuffle(shuffled)
    first, second = (choose_agent(strategy, each, (), occasion) for each in (candidates, shuffled))
    assert (first and first.agent) == (second and second.agent)


@pytest.mark.parametrize("strategy", Strategy)
def test_whatever_the_strategy_one_whom_this_caller_has_not_tried_goes_first(strategy: Strategy) -> None:
    for tried, untried in ((1, 2), (2, 1)):
        decision = chosen(choose_agent(strategy, [candidate(tried, tried=1), candidate(untried)]))
        assert (decision.agent, decision.rule) == (untried, f"rule.{strategy}")


def test_C1_who_declined_may_be_offered_again_only_alone_and_after_60_s() -> None:
    """... unless nobody else is signed in, then after 60 s."""
    at = Micros(1_000)
    later = Micros(at + seconds(60))
    assert may_be_offered(None, others_signed_in=True, now=at)
    assert may_be_offered(at, others_signed_in=False, now=later)
    assert not may_be_offered(at, others_signed_in=False, now=Micros(later - 1))
    assert not may_be_offered(at, others_signed_in=True, now=Micros(later + seconds(600)))
