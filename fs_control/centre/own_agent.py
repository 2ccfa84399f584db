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
    CallMemory,
    Claim,
    ClaimKind,
    Directory,
    Group,
    MemoryStanding,
    PassedOver,
)


@dataclass(frozen=True, slots=True)
class Whose:
    """The agent whose own a caller is, if any; and one who is not although something speaks for them."""

    claim: Claim | None = None
    lapsed: PassedOver | None = None


NOBODYS: Final = Whose()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The flow for a caller whose own agent is not signed in."""

    flow: FlowKey
    agent: AgentId


def whose_is(live: LiveCall, group: Group, directory: Directory) -> Whose:
    """Return whose a caller in the line of a group is: owner (M6), memory (M1), returning customer (Q2), or nobody."""
    whose = _by_facts(live, directory)
    if whose.claim is None and group.returning_customer and live.served_before_by is not None:
        whose = Whose(Claim(live.served_before_by, ClaimKind.RETURNING_CUSTOMER), whose.lapsed)
    return _among_targets(live, whose)


def own_agent_of(live: LiveCall, directory: Directory) -> AgentId | None:
    """Return the agent who is rung for this caller in whatever line they wait (M1, M6), or None."""
    claim = _among_targets(live, _by_facts(live, directory)).claim
    return claim.agent if claim is not None else None


def is_signed_in(agent: Agent | None) -> bool:
    """Tell whether an agent is at work; one who has a break is, and counts as busy."""
    return agent is not None and agent.status is not AgentStatus.SIGNED_OUT


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


def is_kept_for_own(centre: CallCentre, live: LiveCall, claim: Claim) -> bool:
    """Tell whether colleagues stay out of it for now, because the caller's own agent is only busy.

    Who has tried the own agent in vain has waited enough for them.
    """
    agent = centre.agents.get(claim.agent)
    if agent is None or not claim.kind.is_own or claim.agent in live.call.tried or not is_signed_in(agent):
        return False
    is_busy = agent.state is not AgentState.IDLE or agent.status is not AgentStatus.READY
    return is_busy and TimerId(f"own:{live.call.id}") in centre.timers


def _by_facts(live: LiveCall, directory: Directory) -> Whose:
    facts = live.facts
    if facts is None:
        return NOBODYS
    if facts.customer is not None and facts.customer.owner in directory.agents:
        return Whose(Claim(facts.customer.owner, ClaimKind.OWNER))
    memory = facts.memory
    if memory is None or memory.agent not in directory.agents:
        return NOBODYS
    if memory.standing is MemoryStanding.VALID:
        return Whose(Claim(memory.agent, ClaimKind.MEMORY))
    return Whose(lapsed=_why_not(memory))


def _why_not(memory: CallMemory) -> PassedOver:
    """Say why a memory does not count: by now (M2), or for this service number (M4)."""
    if memory.standing is MemoryStanding.EXPIRED:
        return PassedOver(memory.agent, "reason.memory_expired", {"at": memory.expires_at})
    return PassedOver(memory.agent, "reason.number_takes_no_memory")


def _among_targets(live: LiveCall, whose: Whose) -> Whose:
    """Leave out one whom the step does not let callers reach as their own (N11)."""
    claim = whose.claim
    if claim is None or live.own_agents is None or claim.agent in live.own_agents:
        return whose
    return Whose(lapsed=PassedOver(claim.agent, "reason.not_a_target"))
