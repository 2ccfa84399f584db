"""One event and what came of it: what the rules of a call centre are checked on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fs_control.agents import AgentStatus
from fs_control.calls import Call, LiveOffer
from fs_control.centre import CallCentre, Transition
from fs_control.commands import StartTimer
from fs_control.events import CallCrashed, Event
from fs_control.ids import AgentId, TimerId
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
    def new_offers(self) -> list[tuple[Call, LiveOffer]]:
        """Return the offers that were made, each with its call, in the order in which they were made."""
        known = {offer.leg for live in self.before.calls.values() for offer in live.call.offers}
        calls = (live.call for live in self.after.calls.values())
        made = [(call, offer) for call in calls for offer in call.offers if offer.leg not in known]
        timers = [command.timer for command in self.result.commands if isinstance(command, StartTimer)]
        return sorted(made, key=lambda each: timers.index(TimerId(f"ring:{each[1].leg}")))

    def decisions(self) -> Iterator[tuple[Group, RoutingDecision]]:
        """Yield the decisions behind these offers, each with the group for which it was made."""
        for call, new in self.new_offers:
            for offer in self.after.calls[call.id].record.offers:
                if offer.leg == new.leg:
                    yield self.after.directory.groups[offer.group], offer.decision


def is_ready(centre: CallCentre, agent: AgentId) -> bool:
    """Tell whether an agent is signed in for calls."""
    known = centre.agents.get(agent)
    return known is not None and known.status is AgentStatus.READY
