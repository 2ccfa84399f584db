"""What is counted of one group in one day: a value, and what a call was in it.

Knows no event and no step: `counting` says when what happened. A call counts once for each group to which its flow led
it, in the day in which it first came there, and its last word counts: who left a line and came back to it is counted as
what became of them then. Easy to break: `entered` is always answered + left + abandoned + lost + those in line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, TypeVar

from fs_control.flow import LineExit
from fs_control.ids import NEVER, GroupId, Micros, seconds
from fs_control.records import OfferResult

ANSWERED_IN_TIME: Final = seconds(20)
"""Who is answered within this is answered in time: the 20 seconds of the usual service level."""

Kind = TypeVar("Kind", bound=StrEnum)


class Place(StrEnum):
    """Where a caller gave up."""

    LINE = "line"
    RINGING = "ringing"
    """An agent's phone rang for them, or they were being joined."""


@dataclass(frozen=True, slots=True)
class GroupTally:
    """The callers of one group today, and the phones that were rung for them. Lengths are microseconds."""

    entered: int = 0
    answered: int = 0
    answered_in_time: int = 0
    abandoned: Mapping[Place, int] = field(default_factory=dict)
    left: Mapping[LineExit, int] = field(default_factory=dict)
    """Who went on in the flow without an agent, by the exit they took."""
    lost: int = 0
    """Calls that ended in line by a fault of the switch, the network or ours."""
    not_taken: Mapping[OfferResult, int] = field(default_factory=dict)
    """Offers that came to nothing, by how: `no_answer` are the missed ones, `declined` the refused."""
    longest_wait: Micros = NEVER
    """Of those whose waiting is over."""
    answered_wait: Micros = NEVER
    """The waiting of all who were answered, added up."""

    @property
    def over(self) -> int:
        """Return for how many callers the waiting is over."""
        return self.answered + self.lost + sum(self.left.values()) + sum(self.abandoned.values())


class StayState(StrEnum):
    """What a call is to a group it came to."""

    IN_LINE = "in_line"
    LEFT = "left"
    ANSWERED = "answered"
    """A human spoke with the caller: nothing that happens later takes that back."""
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Stay:
    """One call in one group, counted in the tally of `day`; `how` is the exit of one who has left."""

    group: GroupId
    day: str
    state: StayState = StayState.IN_LINE
    how: LineExit | None = None


def with_arrival(tally: GroupTally) -> GroupTally:
    """Count a call that came to the group."""
    return replace(tally, entered=tally.entered + 1)


def without_arrival(tally: GroupTally) -> GroupTally:
    """Return the tally with one caller fewer, who turned out to be expected elsewhere."""
    return replace(tally, entered=tally.entered - 1)


def with_return(tally: GroupTally, how: LineExit) -> GroupTally:
    """Take back that a call left so: it has come again."""
    return replace(tally, left=_more(tally.left, how, -1))


def with_answer(tally: GroupTally, waited: Micros) -> GroupTally:
    """Count a caller who was answered after so long."""
    return replace(
        _after_waiting(tally, waited),
        answered=tally.answered + 1,
        answered_in_time=tally.answered_in_time + (waited <= ANSWERED_IN_TIME),
        answered_wait=Micros(tally.answered_wait + waited),
    )


def with_exit(tally: GroupTally, waited: Micros, how: LineExit) -> GroupTally:
    """Count a caller who left the line by an exit of the queue step."""
    return replace(_after_waiting(tally, waited), left=_more(tally.left, how))


def with_abandonment(tally: GroupTally, waited: Micros, where: Place) -> GroupTally:
    """Count a caller who gave up."""
    return replace(_after_waiting(tally, waited), abandoned=_more(tally.abandoned, where))


def with_loss(tally: GroupTally, waited: Micros) -> GroupTally:
    """Count a caller whose waiting was ended by a fault."""
    return replace(_after_waiting(tally, waited), lost=tally.lost + 1)


def with_offer_not_taken(tally: GroupTally, result: OfferResult) -> GroupTally:
    """Count an offer that came to nothing."""
    return replace(tally, not_taken=_more(tally.not_taken, result))


def _after_waiting(tally: GroupTally, waited: Micros) -> GroupTally:
    return replace(tally, longest_wait=max(tally.longest_wait, waited))


def _more(counts: Mapping[Kind, int], kind: Kind, by: int = 1) -> dict[Kind, int]:
    """Count one kind up or down; a kind that nobody is of any more is left out."""
    counted = {**counts, kind: counts.get(kind, 0) + by}
    return {each: count for each, count in counted.items() if count}
