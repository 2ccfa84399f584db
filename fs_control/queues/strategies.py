"""The strategies of a group: how each picks among agents who are equally free, and what it says of the others.

A strategy sees candidates and the occasion, and nothing else: no clock, no chance, no state of its own. What it needs
to remember (whose turn it was, how many calls today) is handed in. Easy to break: ties are broken the same way
everywhere, by the longer idle time (Q6) and then by the lower id, so that the same state always gives the same choice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, TypeAlias

from fs_control.queues.reasons import because
from fs_control.records import MemberFacts, PassedOver, Strategy

Candidate: TypeAlias = MemberFacts
"""A member of the group who could be offered this caller now, as the choice sees them."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is to be known of the offer besides its candidates."""

    last_turn: int = -1
    """The place of the member who had the last turn; -1 where nobody had one."""
    draw: str = ""
    """The name of this offer and of no other: what chance is made of."""


NO_OCCASION: Final = Occasion()
"""Nobody had a turn, and there is nothing to draw by."""

Pool = Sequence[Candidate]
Rank = Callable[[Candidate], int]


@dataclass(frozen=True, slots=True)
class _Way:
    """One strategy: `pick` takes one of a pool that is not empty, `against` says what another one lost by."""

    pick: Callable[[Pool, Occasion], Candidate]
    against: Callable[[Candidate, Candidate], PassedOver]


def rule_of(strategy: Strategy) -> str:
    """Return the code under which a decision names the strategy that made it."""
    return f"rule.{strategy}"


def colleague_rule_of(strategy: Strategy) -> str:
    """Return the code for one whom a strategy picked to stand in for the caller's own agent (M7)."""
    return f"colleague.{strategy}"


def pick(strategy: Strategy, pool: Pool, occasion: Occasion) -> Candidate:
    """Pick one of a pool that is not empty."""
    return _WAYS[strategy].pick(pool, occasion)


def reason_against(strategy: Strategy) -> Callable[[Candidate, Candidate], PassedOver]:
    """Return what says by what a candidate of the same pool lost to the one whom the strategy chose."""
    return _WAYS[strategy].against


# --- by the least of something ---


def _least(rank: Rank, code: str) -> _Way:
    """Make a strategy that picks the candidate with the lowest rank."""

    def pick_least(pool: Pool, _occasion: Occasion) -> Candidate:
        return min(pool, key=lambda each: (rank(each), each.idle_since, each.agent))

    def against(loser: Candidate, chosen: Candidate) -> PassedOver:
        if rank(loser) == rank(chosen):
            return _lost_the_tie(loser, chosen)
        return PassedOver(loser.agent, code, {"own": rank(loser), "chosen": rank(chosen)})

    return _Way(pick_least, against)


def _lost_the_tie(loser: Candidate, chosen: Candidate) -> PassedOver:
    if loser.idle_since == chosen.idle_since:
        return because(loser.agent, "reason.equal")
    return PassedOver(loser.agent, "reason.idle_since_later", {"own": loser.idle_since, "chosen": chosen.idle_since})


def _idle_since(candidate: Candidate) -> int:
    return candidate.idle_since


def _idle_state_since(candidate: Candidate) -> int:
    return candidate.idle_state_since


def _calls_today(candidate: Candidate) -> int:
    return candidate.calls_today


def _inbound_today(candidate: Candidate) -> int:
    return candidate.inbound_today


# --- by the order of the directory ---


def _next_in_turn(pool: Pool, occasion: Occasion) -> Candidate:
    """Take the first one behind the member who had the last turn, and after the last member the first one."""
    return min(pool, key=lambda each: (each.place <= occasion.last_turn, each.place))


def _later_in_turn(loser: Candidate, _chosen: Candidate) -> PassedOver:
    return because(loser.agent, "reason.later_in_turn")


def _first_from_top(pool: Pool, _occasion: Occasion) -> Candidate:
    return min(pool, key=lambda each: (each.level, each.place))


def _further_down(loser: Candidate, chosen: Candidate) -> PassedOver:
    if loser.level == chosen.level:
        return because(loser.agent, "reason.later_in_list")
    return PassedOver(loser.agent, "reason.lower_level_available", {"own": loser.level, "chosen": chosen.level})


# --- by chance ---


def _drawn(pool: Pool, occasion: Occasion) -> Candidate:
    """Draw by the hash of the offer's name: the same offer always draws the same agent, and nobody can foresee which.

    64 bits for a pool of thousands: no agent is favoured by more than one part in 10**15.
    """
    number = int.from_bytes(blake2b(occasion.draw.encode("utf-8", "surrogatepass"), digest_size=8).digest())
    return sorted(pool, key=lambda each: each.agent)[number % len(pool)]


def _not_drawn(loser: Candidate, _chosen: Candidate) -> PassedOver:
    return because(loser.agent, "reason.not_drawn")


# --- all at once ---

RINGS_AS_WELL: Final = "reason.rings_as_well"
"""The reason of one who was not chosen and rings all the same (`ring_all.all_who_ring`)."""


def _idle_longest(pool: Pool, _occasion: Occasion) -> Candidate:
    return min(pool, key=lambda each: (each.idle_since, each.agent))


def _rings_as_well(other: Candidate, _chosen: Candidate) -> PassedOver:
    return because(other.agent, RINGS_AS_WELL)


_WAYS: Final[Mapping[Strategy, _Way]] = {
    Strategy.LONGEST_IDLE_TIME: _least(_idle_since, "reason.idle_since_later"),
    Strategy.LONGEST_IDLE_STATE: _least(_idle_state_since, "reason.idle_state_since_later"),
    Strategy.ROUND_ROBIN: _Way(_next_in_turn, _later_in_turn),
    Strategy.FEWEST_CALLS: _least(_calls_today, "reason.more_calls_today"),
    Strategy.FEWEST_INBOUND_CALLS: _least(_inbound_today, "reason.more_inbound_calls_today"),
    Strategy.RANDOM: _Way(_drawn, _not_drawn),
    Strategy.TOP_DOWN: _Way(_first_from_top, _further_down),
    Strategy.RING_ALL: _Way(_idle_longest, _rings_as_well),
}
"""Every strategy: one line each."""
