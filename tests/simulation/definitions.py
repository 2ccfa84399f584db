"""What each strategy means, told once more from its definition: whom it has to choose at one moment of one centre.

A second opinion, as the rules of fs_control.testing are: nothing of fs_control.queues is used. What a choice leaves as
it was (idle since when, how many calls) is read from the centre behind it, what it changes (whose turn it was, since
when in the idle state) from the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from fs_control.agents import Agent, AgentState
from fs_control.calls import Call
from fs_control.centre import CallCentre
from fs_control.ids import NEVER, AgentId, seconds
from fs_control.records import Group, Strategy
from fs_control.testing.happening import Happening, is_ready


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision: whom the centre chose, who else could have been, and whom the definition demands."""

    chosen: AgentId
    pool: tuple[AgentId, ...]
    demanded: tuple[AgentId, ...]
    """More than one only where chance decides."""


def decisions_of(happening: Happening) -> Iterator[Decided]:
    """Yield the decisions of one event, each with what it should have been."""
    offers = happening.group_offers
    free = _free(happening, [offer.agent for _, offer in offers])
    turns = dict(happening.before.turns)
    for call, offer in offers:
        group = happening.after.directory.groups[offer.group]
        pool = _pool(happening.after, group, call, free)
        last = turns.get(group.id)
        yield Decided(offer.agent, tuple(pool), tuple(_demanded(happening, group, pool, last)))
        turns[group.id] = offer.agent
        free.remove(offer.agent)


def _free(happening: Happening, chosen: Sequence[AgentId]) -> set[AgentId]:
    """Return who could be offered anybody at the end of the event: who still is free, and who was chosen."""
    centre = happening.after
    idle = [
        agent.id
        for agent in centre.agents.values()
        if is_ready(centre, agent.id)
        and agent.state is AgentState.IDLE
        and (agent.rest is None or agent.rest.until <= centre.at)
        and centre.phones.get(centre.directory.agents[agent.id].phone or "") is not False
    ]
    return {*idle, *chosen}


def _pool(centre: CallCentre, group: Group, call: Call, free: set[AgentId]) -> list[AgentId]:
    """Return whom this caller can be offered to, and has tried least, in the order of the directory."""
    willing = [agent for agent in group.members if agent in free and _may_be_asked(centre, group, call, agent)]
    least = min(call.tried.get(agent, 0) for agent in willing)
    return [agent for agent in willing if call.tried.get(agent, 0) == least]


def _may_be_asked(centre: CallCentre, group: Group, call: Call, agent: AgentId) -> bool:
    declined_at = call.declined.get(agent)
    others = [each for each in group.members if each != agent and is_ready(centre, each)]
    return declined_at is None or (not others and centre.at >= declined_at + seconds(60))


def _demanded(happening: Happening, group: Group, pool: Sequence[AgentId], last: AgentId | None) -> Sequence[AgentId]:
    if group.strategy is Strategy.RANDOM:
        return pool
    if group.strategy is Strategy.ROUND_ROBIN:
        start = group.members.index(last) + 1 if last is not None else 0
        return [next(each for each in (*group.members[start:], *group.members[:start]) if each in pool)]
    if group.strategy is Strategy.TOP_DOWN:
        return [min(pool, key=lambda each: (group.levels[each], group.members.index(each)))]
    clock = _clock(happening, group.strategy)
    agents = happening.after.agents
    return [min(pool, key=lambda each: (clock(agents[each]), _idle_since(agents[each]), each))]


def _clock(happening: Happening, strategy: Strategy) -> Callable[[Agent], int]:
    """Return what a strategy compares: whoever has the least of it goes first."""
    match strategy:
        case Strategy.LONGEST_IDLE_TIME:
            return _idle_since
        case Strategy.LONGEST_IDLE_STATE:
            return lambda agent: _idle_state_since(happening, agent.id)
        case Strategy.FEWEST_CALLS:
            return lambda agent: agent.inbound_today + agent.outbound_today
        case Strategy.FEWEST_INBOUND_CALLS:
            return lambda agent: agent.inbound_today
    raise AssertionError(strategy)


def _idle_since(agent: Agent) -> int:
    """The end of the last call, or the sign-in where there was none (Q6)."""
    return agent.last_call_ended_at or agent.signed_in_at or NEVER


def _idle_state_since(happening: Happening, agent: AgentId) -> int:
    """Since when the agent was ready and idle at the choice (Q7); it may have been the event that made them so."""
    known = happening.before.agents.get(agent)
    if known is None or known.state is not AgentState.IDLE or not is_ready(happening.before, agent):
        return happening.after.at
    return max(known.state_since, known.ready_since or NEVER)
