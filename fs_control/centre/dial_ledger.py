"""What was dialled lately and today, and what it has cost: the one thing that limits are judged by.

Plain values and pure functions; days begin with `today`. Calls are counted in slices of ten seconds, so that a busy day
costs no more memory than a quiet one. Easy to break: a slice counts as long as a part of it lies in the window, so a
limit may hold for up to ten seconds longer, and never lets one call more through.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from immutables import Map

from fs_control.centre.maps import PersistentMap
from fs_control.ids import AgentId, LegId, Micros, seconds

SLICE: Final = seconds(10)
MINUTE: Final = seconds(60)
HOUR: Final = seconds(3600)

ENTERPRISE: Final = "enterprise"
"""Under which everything that anybody dials is counted."""


@dataclass(frozen=True, slots=True)
class DialCount:
    """How much was dialled: `recent` are slices of the last hour with the number of calls in each."""

    recent: tuple[tuple[int, int], ...] = ()
    today: int = 0
    spent_today: int = 0

    def since(self, now: Micros, window: Micros) -> int:
        """Return how many calls were begun within a window that ends now."""
        first = (now - window) // SLICE
        return sum(count for place, count in self.recent if place >= first)


@dataclass(frozen=True, slots=True)
class DialLedger:
    """Counts by agent, gateway and for all; and which leg is on which gateway now."""

    counts: PersistentMap[str, DialCount] = field(default_factory=Map)
    calls: PersistentMap[LegId, str] = field(default_factory=Map)
    begun: PersistentMap[str, tuple[Micros, ...]] = field(default_factory=Map)
    """When the last calls by each gateway were begun, for a second."""
    down: PersistentMap[str, str] = field(default_factory=Map)
    """The gateways that the switch told are not to be had, with their state."""

    def of(self, who: str) -> DialCount:
        """Return what is counted of somebody."""
        return self.counts.get(who) or DialCount()

    def calls_by(self, gateway: str) -> int:
        """Return how many calls are on a gateway."""
        return sum(each == gateway for each in self.calls.values())

    def begun_by(self, gateway: str, now: Micros) -> int:
        """Return how many calls by a gateway were begun within the last second."""
        return sum(at > now - seconds(1) for at in self.begun.get(gateway, ()))


def counted_under(agent: AgentId | None) -> tuple[str, ...]:
    """Return under which names what an agent dials is counted; a flow's calls are the enterprise's alone."""
    return (ENTERPRISE,) if agent is None else (f"agent:{agent}", ENTERPRISE)


def dialled(ledger: DialLedger, agent: AgentId | None, leg: LegId, gateway: str, now: Micros) -> DialLedger:
    """Count a call that is being dialled, over this leg."""
    counts = ledger.counts.update({who: _one_more(ledger.of(who), now) for who in counted_under(agent)})
    begun = (*(at for at in ledger.begun.get(gateway, ()) if at > now - seconds(1)), now)
    return replace(ledger, counts=counts, calls=ledger.calls.set(leg, gateway), begun=ledger.begun.set(gateway, begun))


def over(ledger: DialLedger, leg: LegId) -> DialLedger:
    """Note that a leg is on its gateway no more; one that was on none is no mistake."""
    return replace(ledger, calls=ledger.calls.delete(leg)) if leg in ledger.calls else ledger


def charged(ledger: DialLedger, agent: AgentId | None, cost: int) -> DialLedger:
    """Count what a minute that has begun costs."""
    spent = {who: ledger.of(who) for who in counted_under(agent)}
    counts = {who: replace(count, spent_today=count.spent_today + cost) for who, count in spent.items()}
    return replace(ledger, counts=ledger.counts.update(counts))


def new_day(ledger: DialLedger) -> DialLedger:
    """Begin a day in which nothing was dialled; what limits an hour goes on."""
    counts = {who: replace(count, today=0, spent_today=0) for who, count in ledger.counts.items()}
    return replace(ledger, counts=Map(counts))


def _one_more(count: DialCount, now: Micros) -> DialCount:
    place, first = now // SLICE, (now - HOUR) // SLICE
    kept = tuple(each for each in count.recent if each[0] >= first)
    if kept and kept[-1][0] == place:
        recent = (*kept[:-1], (place, kept[-1][1] + 1))
    else:
        recent = (*kept, (place, 1))
    return replace(count, recent=recent, today=count.today + 1)
