"""Whose customer a caller is: the owner, else who dialled them last, else who served them before, if the group asks.

Reads what is known of the caller and of the directory, and nothing of what anybody is doing. The first of these agents
who exists is the caller's own; whether they are to be had is for others to find out. Easy to break: an owner stands
before a memory also where the owner is not to be had, because then a colleague takes the call and not another "own"
agent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fs_control.agents import Agent, AgentState, AgentStatus
from fs_control.centre.state import CallCentre, LiveCall
from fs_control.ids import AgentId, FlowKey, TimerId
from fs_control.records import (
    CallerFacts,
    Claim,
    ClaimKind,
    Directory,
    Group,
    MemoryStanding,
    PassedOver,
)

_READY: Final = AgentStatus.READY
_IDLE: Final = AgentState.IDLE
_SIGNED_OUT: Final = AgentStatus.SIGNED_OUT
"""Looked up once, because a member of an enum is slow to find, and hundreds of callers may have an own agent."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The agent whose own a caller is, if any; and one who is not although something speaks for them."""

    claim: Claim | None = None
    lapsed: PassedOver | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The flow for a caller whose own agent is not signed in."""

    flow: FlowKey
    agent: AgentId


def whose_is(live: LiveCall, group: Group, directory: Directory) -> Whose:
    """Return whose a caller in the line of a group is: owner (M6), memory (M1), returning customer (Q2), or nobody."""
    own = _by_facts(live.facts, directory)
    lapsed = _lapsed(live.facts, directory) if own is None else None
    if own is not None:
        claim = Claim(own, _kind(live.facts, own))
    elif group.returning_customer and live.served_before_by is not None:
        claim = Claim(live.served_before_by, ClaimKind.RETURNING_CUSTOMER)
    else:
        return Whose(lapsed=lapsed)
    if not _is_target(live, claim.agent):
        return Whose(lapsed=PassedOver(claim.agent, "reason.not_a_target"))
    return Whose(claim, lapsed)


def own_agent_of(live: LiveCall, directory: Directory) -> AgentId | None:
    """Return the agent who is rung for this caller in whatever line they wait (M1, M6), or None."""
    agent = _by_facts(live.facts, directory)
    return agent if agent is not None and _is_target(live, agent) else None


def is_signed_in(agent: Agent | None) -> bool:
    """Tell whether an agent is at work; one who has a break is, and counts as busy."""
    return agent is not None and agent.status is not _SIGNED_OUT


def is_to_be_had(agent: Agent | None) -> bool:
    """Tell whether an agent is ready and idle, whether or not their phone may be rung at this moment."""
    return agent is not None and agent.state is _IDLE and agent.status is _READY


def flow_for_absent(centre: CallCentre, live: LiveCall) -> Elsewhere | None:
    """Return where a caller goes whose own agent is not signed in (M3); None where nothing but the line is left.

    That is so if the service number names no flow, or one that is not active, or if it has had the caller already.
    """
    number, agent = centre.directory.numbers.get(live.call.number), own_agent_of(live, centre.directory)
    if number is None or number.absent_flow is None or agent is None or live.sent_elsewhere:
        return None
    flow = centre.active_flows.get(number.absent_flow)
    if flow is None or is_signed_in(centre.agents.get(agent)):
        return None
    return Elsewhere(flow, agent)


def is_kept_for_own(centre: CallCentre, live: LiveCall) -> bool:
    """Tell whether colleagues stay out of it for now, because the caller's own agent is only busy.

    Who has tried the own agent in vain has waited enough for them.
    """
    if TimerId(f"own:{live.call.id}") not in centre.timers:
        return False
    own = own_agent_of(live, centre.directory)
    agent = centre.agents.get(own) if own is not None else None
    return is_signed_in(agent) and own not in live.call.tried and not is_to_be_had(agent)


def _by_facts(facts: CallerFacts | None, directory: Directory) -> AgentId | None:
    """Return the owner, else the agent of a memory that counts; one whom the directory has no more is nobody."""
    if facts is None:
        return None
    customer, memory = facts.customer, facts.memory
    if customer is not None and customer.owner in directory.agents:
        return customer.owner
    if memory is not None and memory.standing is MemoryStanding.VALID and memory.agent in directory.agents:
        return memory.agent
    return None


def _kind(facts: CallerFacts | None, own: AgentId) -> ClaimKind:
    customer = facts.customer if facts is not None else None
    return ClaimKind.OWNER if customer is not None and customer.owner == own else ClaimKind.MEMORY


def _lapsed(facts: CallerFacts | None, directory: Directory) -> PassedOver | None:
    """Say why a memory does not count: by now (M2), or for this service number (M4)."""
    memory = facts.memory if facts is not None else None
    if memory is None or memory.agent not in directory.agents:
        return None
    if memory.standing is MemoryStanding.EXPIRED:
        return PassedOver(memory.agent, "reason.memory_expired", {"at": memory.expires_at})
    return PassedOver(memory.agent, "reason.number_takes_no_memory")


def _is_target(live: LiveCall, agent: AgentId) -> bool:
    """Tell whether the step lets callers reach this agent as their own (N11)."""
    return live.own_agents is None or agent in live.own_agents
