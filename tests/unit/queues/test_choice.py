"""Choosing an agent among candidates, and the reasons."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from fs_control.ids import AgentId, Micros, seconds
from fs_control.queues import Candidate, choose_agent, may_be_offered
from fs_control.records import PassedOver, Strategy

LONGEST = Strategy.LONGEST_IDLE_TIME
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        agent=st.integers(1, 50).map(AgentId),
        idle_since=st.integers(0, 5).map(Micros),
        tried=st.integers(0, 2),
        barred=st.sampled_from([None, None, "reason.on_call"]),
    ),
    unique_by=lambda candidate: candidate.agent,
)


def candidate(agent: int, idle_since: int = 0, tried: int = 0, barred: str | None = None) -> Candidate:
    return Candidate(AgentId(agent), Micros(idle_since), tried, barred)


def test_Q6_longest_idle_time_first() -> None:
    """Agent whose last call ended earliest is offered."""
    decision = choose_agent(LONGEST, [candidate(1, 30), candidate(2, 10), candidate(3, 20)])
    assert decision is not None
    assert (decision.agent, decision.rule) == (2, "rule.longest_idle_time")


def test_the_least_tried_goes_before_the_longest_idle() -> None:
    decision = choose_agent(LONGEST, [candidate(1, 10, tried=1), candidate(2, 20)])
    assert decision is not None
    assert decision.agent == 2
    assert decision.passed_over == (PassedOver(AgentId(1), "reason.tried_before"),)


def test_of_equals_the_lower_id_is_chosen() -> None:
    decision = choose_agent(LONGEST, [candidate(9), candidate(3), candidate(5)])
    assert decision is not None
    assert decision.agent == 3


def test_nobody_is_chosen_where_all_are_barred_or_there_is_nobody() -> None:
    assert choose_agent(LONGEST, []) is None
    assert choose_agent(LONGEST, [candidate(1, barred="reason.on_call")]) is None


@given(candidates=CANDIDATES)
def test_a_decision_is_for_a_free_candidate_and_gives_each_other_one_reason(candidates: list[Candidate]) -> None:
    decision = choose_agent(LONGEST, candidates)
    free = {each.agent for each in candidates if each.barred is None}
    assert (decision is not None) is bool(free)
    if decision is not None:
        assert decision.agent in free
        others = [each.agent for each in candidates if each.agent != decision.agent]
        assert [each.agent for each in decision.passed_over] == others
        assert all((each.reason == "reason.on_call") is (each.agent not in free) for each in decision.passed_over)


@given(candidates=CANDIDATES, order=st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(candidates: list[Candidate], order: Random) -> None:
    shuffled = list(candidates)
    order.shuffle(shuffled)
    first, second = choose_agent(LONGEST, candidates), choose_agent(LONGEST, shuffled)
    assert (first and first.agent) == (second and second.agent)


def test_C1_who_declined_may_be_offered_again_only_alone_and_after_60_s() -> None:
    """... unless nobody else is signed in, then after 60 s."""
    at = Micros(1_000)
    later = Micros(at + seconds(60))
    assert may_be_offered(None, others_signed_in=True, now=at)
    assert may_be_offered(at, others_signed_in=False, now=later)
    assert not may_be_offered(at, others_signed_in=False, now=Micros(later - 1))
    assert not may_be_offered(at, others_signed_in=True, now=Micros(later + seconds(600)))
