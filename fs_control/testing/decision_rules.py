"""What must hold of every decision, in words: whom it chose, what it says of the others, and what it leaves behind.

Part of `rules`, and like them a second opinion: the strategies are told here by what they mean to the agents, and no
function of `queues` is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from fs_control.agents import Agent, AgentState, AgentStatus, BreakCause
from fs_control.calls import CallState
from fs_control.centre import CallCentre
from fs_control.events import DirectoryLoaded, LegEndsFound
from fs_control.ids import NEVER, AgentId, CallId, GroupId, Micros
from fs_control.records import Colleague, Direction, Group, PassedOver, RoutingDecision, Strategy
from fs_control.testing.happening import Happening, is_ready, own_agent, waits_for_own

LOST_TO_STRATEGY: Final = {
    Strategy.LONGEST_IDLE_TIME: {"idle_since_later", "equal"},
    Strategy.LONGEST_IDLE_STATE: {"idle_state_since_later", "idle_since_later", "equal"},
    Strategy.ROUND_ROBIN: {"later_in_turn"},
    Strategy.FEWEST_CALLS: {"more_calls_today", "idle_since_later", "equal"},
    Strategy.FEWEST_INBOUND_CALLS: {"more_inbound_calls_today", "idle_since_later", "equal"},
    Strategy.RANDOM: {"not_drawn"},
    Strategy.TOP_DOWN: {"lower_level_available", "later_in_list"},
    Strategy.RING_ALL: {"rings_as_well", "enough_ring"},
}
"""What each strategy may say of one who was free and whom it did not choose."""

NOT_TO_BE_HAD_THOUGH_IDLE: Final = {
    "no_phone",
    "resting",
    "phone_unregistered",
    "phone_taken_over",
    "declined_this_caller",
}
NOT_TO_BE_HAD: Final = NOT_TO_BE_HAD_THOUGH_IDLE | {"signed_out", "on_break", "own_break", *AgentState}
"""What is said of agents who cannot be rung, or not for this caller."""


def each_member_has_one_reason(happening: Happening) -> Iterator[object]:
    """A decision speaks once of every member of the group, and of one who has a claim and is no member."""
    for group, decision in happening.decisions():
        spoken_of = Counter([decision.agent, *(passed.agent for passed in decision.passed_over)])
        claimants = [decision.claim.agent] if decision.claim is not None else []
        if spoken_of != Counter({*group.members, *claimants}):
            yield decision, group


def reasons_are_true(happening: Happening) -> Iterator[object]:
    """Who was not chosen for a state is in that state; who lost to another was free to be chosen (Q13)."""
    chosen = {decision.agent for _, decision in happening.decisions()}
    for group, decision in happening.decisions():
        lost = LOST_TO_STRATEGY[_strategy_of(group, decision)] | {"tried_before", "claimed_by_another"}
        yield from (
            (passed, happening.after.agents.get(passed.agent))
            for passed in decision.passed_over
            if not (_is_true(happening.after, passed, lost, chosen) or _belongs_elsewhere(group, passed))
        )


def _is_true(centre: CallCentre, passed: PassedOver, lost: set[str], chosen: set[AgentId]) -> bool:
    agent, reason = centre.agents.get(passed.agent), _word(passed)
    if agent is None or agent.status is not AgentStatus.READY:
        return reason in (_why_not_ready(agent), "not_in_group")
    if reason in lost:
        return agent.call is None or agent.id in chosen  # the choice may have fallen on them after this one
    if reason == "declined_this_caller" and agent.id in chosen:
        return True  # and so it may for another caller
    if agent.state is not AgentState.IDLE:
        return reason == agent.state and passed.values == {"since": agent.state_since}
    return reason in NOT_TO_BE_HAD_THOUGH_IDLE


def _why_not_ready(agent: Agent | None) -> str:
    if agent is None or agent.on_break is None:
        return "signed_out"
    return "on_break" if agent.on_break.cause is BreakCause.NOT_ANSWERING else "own_break"


def _belongs_elsewhere(group: Group, passed: PassedOver) -> bool:
    return _word(passed) == "not_in_group" and passed.agent not in group.members


def _strategy_of(group: Group, decision: RoutingDecision) -> Strategy:
    """Return the strategy that is to decide: chance, where colleagues stand in by chance (M7)."""
    by_chance = decision.is_substitute and group.colleague is Colleague.RANDOM
    return Strategy.RANDOM if by_chance else group.strategy


def own_agents_go_first(happening: Happening) -> Iterator[object]:
    """Who stands in for a caller's own agent does so because that one was tried before or is not to be had (M6, M7)."""
    centre = happening.after
    owners = {offer.leg: own_agent(centre, call.id) for call, offer in happening.group_offers}
    for leg, own in owners.items():
        decision = next(
            offer.decision for live in centre.calls.values() for offer in live.record.offers if offer.leg == leg
        )
        claimed = decision.claim.agent if decision.claim is not None and decision.claim.kind.is_own else None
        against = {_word(each) for each in decision.passed_over if each.agent == own}
        if claimed != own or (own not in (None, decision.agent) and not against <= NOT_TO_BE_HAD | {"tried_before"}):
            yield decision, own
        if decision.is_substitute and waits_for_own(centre, centre.calls[centre.legs[leg]], own):
            yield decision, "the caller was to wait"


def _word(passed: PassedOver) -> str:
    return passed.reason.removeprefix("reason.")


def strategies_are_kept(happening: Happening) -> Iterator[object]:
    """Among those whom this caller has tried as little the strategy of the group decides (Q3 to Q8)."""
    turns = dict(happening.before.turns)
    for group, decision in happening.decisions():
        strategy, who = _strategy_of(group, decision), "colleague" if decision.is_substitute else "rule"
        if decision.rule == f"{who}.{strategy}":
            rivals = [each.agent for each in decision.passed_over if _word(each) in LOST_TO_STRATEGY[strategy]]
            if strategy is Strategy.ROUND_ROBIN:
                if not isinstance(happening.event, DirectoryLoaded):
                    yield from (decision for each in rivals if _is_between(group, turns.get(group.id), each, decision))
                turns[group.id] = decision.agent
            else:
                ranks = _ranks(happening, replace(group, strategy=strategy))
                yield from (decision for each in rivals if ranks(each) < ranks(decision.agent))
        elif decision.claim is None or decision.claim.agent != decision.agent:
            yield decision, "another rule than that of the group"
    yield from _turns_lost(happening, turns)


def _ranks(happening: Happening, group: Group) -> Callable[[AgentId], tuple[int, ...]]:
    """Return what a strategy goes by, the lowest first; chance goes by nothing that can be seen."""
    agents = happening.after.agents
    match group.strategy:
        case Strategy.LONGEST_IDLE_TIME:
            return lambda agent: (agents[agent].idle_since,)
        case Strategy.LONGEST_IDLE_STATE:
            return lambda agent: (_idle_state_since(happening, agent),)
        case Strategy.FEWEST_CALLS:
            return lambda agent: (agents[agent].inbound_today + agents[agent].outbound_today, agents[agent].idle_since)
        case Strategy.FEWEST_INBOUND_CALLS:
            return lambda agent: (agents[agent].inbound_today, agents[agent].idle_since)
        case Strategy.TOP_DOWN:
            return lambda agent: (group.levels.get(agent, 1), group.members.index(agent))
        case _:
            return lambda _agent: ()


def _idle_state_since(happening: Happening, agent: AgentId) -> Micros:
    """Return since when an agent had been idle and ready when the choice was made: the choice itself ends that."""
    known = happening.before.agents.get(agent)
    if known is None or known.state is not AgentState.IDLE or not is_ready(happening.before, agent):
        return happening.after.at
    return max(known.state_since, known.ready_since or NEVER)


def _is_between(group: Group, last: AgentId | None, rival: AgentId, decision: RoutingDecision) -> bool:
    """Tell whether somebody's turn comes before that of the chosen one, counted from whose turn was last."""
    start = group.members.index(last) + 1 if last in group.members else 0
    order = (*group.members[start:], *group.members[:start])
    return order.index(rival) < order.index(decision.agent)


def _turns_lost(happening: Happening, turns: dict[GroupId, AgentId]) -> Iterator[object]:
    if dict(happening.after.turns) != turns and not isinstance(happening.event, DirectoryLoaded):
        yield dict(happening.after.turns), turns


def counts_are_of_today(happening: Happening) -> Iterator[object]:
    """An agent's counts are those of the people with whom they were joined today, by who called whom (Q4, Q5).

    Who took a call up and lost it while we were deaf has both told at once, and is for the tests of just that.
    """
    if isinstance(happening.event, LegEndsFound):
        return
    before, after = happening.before, happening.after
    had = _who_has_whom(before)
    had |= {(live.call.leaving.agent, call) for call, live in before.calls.items() if live.call.leaving is not None}
    new = _who_has_whom(after) - had
    joined = Counter((agent, after.calls[call].call.direction) for agent, call in new)
    for agent in after.agents.values():
        known = before.agents.get(agent.id)
        is_known = known is not None and before.today == after.today
        received = known.inbound_today if known is not None and is_known else 0
        made = known.outbound_today if known is not None and is_known else 0
        if agent.inbound_today != received + joined[agent.id, Direction.INBOUND]:
            yield agent, received
        if agent.outbound_today != made + joined[agent.id, Direction.OUTBOUND]:
            yield agent, made


def _who_has_whom(centre: CallCentre) -> set[tuple[AgentId, CallId]]:
    """Return which agent has which customer, also on hold; who hands one over has them until the others are joined."""
    return {
        (live.call.offer.agent, call)
        for call, live in centre.calls.items()
        if live.call.state is CallState.TALKING and live.call.offer is not None
        if live.call.direction is not Direction.INTERNAL  # a colleague is no caller
    }


def who_rings_as_well_has_an_offer(happening: Happening) -> Iterator[object]:
    """Of whom a decision says that they ring at the same time, they do, for the same caller (ring-all)."""
    legs_of: dict[AgentId, set[str]] = {}
    for call, offer in happening.group_offers:
        legs_of.setdefault(offer.agent, set()).add(call.id)
    for call, offer in happening.group_offers:
        decision = next(each.decision for each in happening.after.calls[call.id].record.offers if each.leg == offer.leg)
        for passed in decision.passed_over:
            if (_word(passed) == "rings_as_well") is not (call.id in legs_of.get(passed.agent, ())):
                yield passed, decision


DECISION_RULES: Final[tuple[Callable[[Happening], Iterator[object]], ...]] = (
    each_member_has_one_reason,
    reasons_are_true,
    strategies_are_kept,
    own_agents_go_first,
    counts_are_of_today,
    who_rings_as_well_has_an_offer,
)
"""Every rule: one line each."""
