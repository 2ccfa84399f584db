"""Choosing an agent: candidates in, a decision with reasons out.

Those go first whom this caller has tried least, so that a phone nobody answers does not keep a caller from the next
agent, whatever the strategy; among them the one who has a claim to the caller; and then the group's strategy picks.
Easy to break: each member who is not chosen gets exactly one reason, the first of these that was against them.
"""

from __future__ import annotations

from collections.abc import Sequence

from fs_control.queues.reasons import because
from fs_control.queues.strategies import (
    NO_OCCASION,
    Candidate,
    Occasion,
    colleague_rule_of,
    pick,
    reason_against,
    rule_of,
)
from fs_control.records import Claim, Colleague, PassedOver, RoutingDecision, Strategy


def choose_agent(
    strategy: Strategy,
    candidates: Sequence[Candidate],
    unavailable: Sequence[PassedOver] = (),
    occasion: Occasion = NO_OCCASION,
    claim: Claim | None = None,
    colleague: Colleague = Colleague.STRATEGY,
    lapsed: PassedOver | None = None,
) -> RoutingDecision | None:
    """Choose one of the candidates, or None where there is none.

    `unavailable` are the other members with the reason why they cannot be offered anybody, or this caller. The agent
    with a `claim` goes before the strategy (Q2); where they are not to be had the strategy decides, and the decision
    says so: it keeps the claim, and among those passed over is the reason why it came to nothing. Who stands in for a
    caller's own agent is chosen as `colleague` says (M7). `lapsed` is noted with the decision.
    """
    if not candidates:
        return None
    least = min(each.tried for each in candidates)
    pool = [each for each in candidates if each.tried == least]
    claimant = next((each for each in pool if each.agent == claim.agent), None) if claim is not None else None
    stands_in = claim is not None and claim.kind.is_own
    if stands_in and colleague is Colleague.RANDOM:
        strategy = Strategy.RANDOM
    chosen = claimant or pick(strategy, pool, occasion)
    rule = colleague_rule_of(strategy) if stands_in else rule_of(strategy)
    if claimant is not None and claim is not None:
        rule = f"claim.{claim.kind}"
    against = _without_claim if claimant is not None else reason_against(strategy)
    losers = [
        against(each, chosen) if each.tried == least else _tried_more(each, chosen)
        for each in candidates
        if each is not chosen
    ]
    passed_over = (*losers, *unavailable)
    return RoutingDecision(rule, chosen.agent, (*passed_over, *_no_member(claim, chosen, passed_over)), claim, lapsed)


def _tried_more(loser: Candidate, chosen: Candidate) -> PassedOver:
    return PassedOver(loser.agent, "reason.tried_before", {"own": loser.tried, "chosen": chosen.tried})


def _without_claim(loser: Candidate, _chosen: Candidate) -> PassedOver:
    return because(loser.agent, "reason.claimed_by_another")


def _no_member(claim: Claim | None, chosen: Candidate, passed_over: Sequence[PassedOver]) -> Sequence[PassedOver]:
    """Say of one who has a claim and is not of this group that this is why it came to nothing."""
    if claim is None or claim.agent == chosen.agent or any(each.agent == claim.agent for each in passed_over):
        return ()
    return (because(claim.agent, "reason.not_in_group"),)
