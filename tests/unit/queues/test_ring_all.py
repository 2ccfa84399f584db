"""Ring-all as a choice: one is picked, and whoever is equally free gets a decision of their own."""

from __future__ import annotations

from fs_control.ids import AgentId, Micros
from fs_control.queues import RING_AT_ONCE, Candidate, all_who_ring, choose_agent
from fs_control.records import Claim, ClaimKind, PassedOver, RoutingDecision, Strategy

AWAY = PassedOver(AgentId(9), "reason.signed_out")


def choose(*candidates: Candidate, claim: Claim | None = None) -> tuple[RoutingDecision, ...]:
    decision = choose_agent(Strategy.RING_ALL, candidates, (AWAY,), claim=claim)
    assert decision is not None
    return all_who_ring(decision)


def one(agent: int, idle_since: int = 0, tried: int = 0) -> Candidate:
    return Candidate(AgentId(agent), idle_since=Micros(idle_since), tried=tried)


def reasons(decision: RoutingDecision) -> dict[int, str]:
    return {other.agent: other.reason.removeprefix("reason.") for other in decision.passed_over}


def test_everybody_who_is_free_rings_the_one_idle_for_longest_first() -> None:
    decisions = choose(one(1, 30), one(2, 10), one(3, 20))
    assert [decision.agent for decision in decisions] == [2, 1, 3]
    assert {decision.rule for decision in decisions} == {"rule.ring_all"}


def test_D8_each_decision_gives_every_other_member_one_reason() -> None:
    for decision in choose(one(1), one(2), one(3)):
        others = {1, 2, 3} - {decision.agent}
        assert reasons(decision) == {**dict.fromkeys(others, "rings_as_well"), 9: "signed_out"}


def test_who_was_tried_less_rings_and_the_others_do_not() -> None:
    decisions = choose(one(1, tried=1), one(2), one(3))
    assert [decision.agent for decision in decisions] == [2, 3]
    assert reasons(decisions[0]) == {1: "tried_before", 3: "rings_as_well", 9: "signed_out"}


def test_Q2_one_with_a_claim_rings_alone() -> None:
    (decision,) = choose(one(1), one(2), claim=Claim(AgentId(2), ClaimKind.RETURNING_CUSTOMER))
    assert (decision.agent, reasons(decision)[1]) == (2, "claimed_by_another")


def test_more_phones_than_ring_at_once_are_said_not_to_ring() -> None:
    decisions = choose(*(one(agent + 100) for agent in range(RING_AT_ONCE + 2)))
    assert len(decisions) == RING_AT_ONCE
    for decision in decisions:
        assert [other for other, why in reasons(decision).items() if why == "enough_ring"] == [130, 131]


def test_any_other_strategy_chooses_one() -> None:
    decision = choose_agent(Strategy.TOP_DOWN, [one(1), one(2)])
    assert decision is not None
    assert all_who_ring(decision) == (decision,)
