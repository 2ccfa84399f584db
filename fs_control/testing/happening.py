"""One event and what came of it: what the rules of a call centre are checked on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fs_control.agents import AgentState, AgentStatus, BreakCause
from fs_control.calls import Call, CallState, LiveOffer
from fs_control.centre import CallCentre, LiveCall, Transition
from fs_control.centre.state import OutgoingStage
from fs_control.commands import StartTimer
from fs_control.events import CallCrashed, Event
from fs_control.ids import NO_GROUP, AgentId, CallId, TimerId
from fs_control.records import Group, MemoryStanding, RoutingDecision


@dataclass(frozen=True, slots=True)
class Happening:
    """One event and what came of it."""

    before: CallCentre
    event: Event
    result: Transition

    @property
    def after(self) -> CallCentre:
        """Return the centre as it is now."""
        return self.result.centre

    @property
    def call_given_up(self) -> bool:
        """Tell whether this was the last resort, which only forgets a call."""
        return isinstance(self.event, CallCrashed) and self.event.attempt == CallCrashed.LAST_ATTEMPT

    @property
    def new_offers(self) -> list[tuple[Call, LiveOffer]]:
        """Return the offers that were made, each with its call, in the order in which they were made.

        A colleague to whom a customer is handed over has been rung before, and a leader who takes one over is there.
        """
        known = {*self.before.legs, *self.before.supervised}
        calls = (live.call for live in self.after.calls.values())
        timers = [command.timer for command in self.result.commands if isinstance(command, StartTimer)]
        made = [(call, offer) for call in calls for offer in call.offers if offer.leg not in known]
        made = [each for each in made if not (each[0].state is CallState.CALLING and is_at_phone(each[1], timers))]
        return sorted(made, key=lambda each: timers.index(TimerId(f"ring:{each[1].leg}")))

    @property
    def group_offers(self) -> list[tuple[Call, LiveOffer]]:
        """Return those of them that were made for a group; whom a flow names, nobody has chosen."""
        return [each for each in self.new_offers if each[1].group != NO_GROUP]

    def decisions(self) -> Iterator[tuple[Group, RoutingDecision]]:
        """Yield the decisions behind the offers for groups, each with its group; where the flow decided is none."""
        for call, new in self.group_offers:
            for offer in self.after.calls[call.id].record.offers:
                if offer.leg == new.leg:
                    yield self.after.directory.groups[offer.group], offer.decision


def own_agent(centre: CallCentre, call: CallId) -> AgentId | None:
    """Return whose own a caller is, wherever they wait: the owner, else the agent of a memory that counts.

    Nobody's where the step in which the caller waits lets them reach only others (N11).
    """
    live = centre.calls[call]
    facts, known = live.facts, centre.directory.agents
    if facts is None:
        return None
    if facts.customer is not None and facts.customer.owner in known:
        agent = facts.customer.owner
    elif facts.memory is not None and facts.memory.agent in known and facts.memory.standing is MemoryStanding.VALID:
        agent = facts.memory.agent
    else:
        return None
    return agent if live.own_agents is None or agent in live.own_agents else None


def waits_for_own(centre: CallCentre, live: LiveCall, own: AgentId | None) -> bool:
    """Tell whether colleagues stay out of it, because the own agent is at work, busy, and not yet tried in vain."""
    agent = centre.agents.get(own) if own is not None else None
    if agent is None or own in live.call.tried or TimerId(f"own:{live.call.id}") not in centre.timers:
        return False
    at_work = agent.status is not AgentStatus.SIGNED_OUT
    return at_work and not (is_ready(centre, agent.id) and agent.state is AgentState.IDLE)


def is_there(centre: CallCentre, agent: AgentId) -> bool:
    """Tell whether callers may wait for an agent: signed in, and on no break for not answering."""
    known = centre.agents.get(agent)
    if known is None or known.status is AgentStatus.SIGNED_OUT:
        return False
    return known.on_break is None or known.on_break.cause is not BreakCause.NOT_ANSWERING


def is_ready(centre: CallCentre, agent: AgentId) -> bool:
    """Tell whether an agent is signed in for calls."""
    known = centre.agents.get(agent)
    return known is not None and known.status is AgentStatus.READY


def dialler_of(live: LiveCall) -> AgentId | None:
    """Return the agent who makes a call, as long as nobody talks in it."""
    outgoing = live.outgoing
    return outgoing.agent if outgoing is not None and outgoing.stage is not OutgoingStage.OVER else None


def is_rung_first(live: LiveCall) -> bool:
    """Tell whether the phone of an agent rings who is to be there before the customer is called."""
    return live.outgoing is not None and live.outgoing.stage is OutgoingStage.AGENT_RINGS


def is_at_phone(offer: LiveOffer, started: Sequence[TimerId]) -> bool:
    """Tell whether an agent has the phone in hand already, from which the customer was dialled: it is not rung."""
    return TimerId(f"ring:{offer.leg}") not in started
