"""One event and what came of it: what the rules of a call centre are checked on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fs_control.agents import AgentStatus
from fs_control.centre import CallCentre, Transition
from fs_control.commands import RingAgent
from fs_control.events import CallCrashed, Event
from fs_control.ids import AgentId
from fs_control.records import Group, RoutingDecision


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
    def rings(self) -> list[RingAgent]:
        """Return the phones that were ordered to ring, in this order."""
        return [command for command in self.result.commands if isinstance(command, RingAgent)]

    def decisions(self) -> Iterator[tuple[Group, RoutingDecision]]:
        """Yield the decisions behind these rings, each with the group for which it was made."""
        for order in self.rings:
            for offer in self.after.calls[order.call].record.offers:
                if offer.leg == order.leg:
                    yield self.after.directory.groups[offer.group], offer.decision


def is_ready(centre: CallCentre, agent: AgentId) -> bool:
    """Tell whether an agent is signed in for calls."""
    known = centre.agents.get(agent)
    return known is not None and known.status is AgentStatus.READY
