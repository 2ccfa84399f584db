"""What a proof is told of the world: groups, prompts, and what the calendars say from one moment to the next.

All of it is data: the proof knows no calendar, no clock and no file. Intervals follow one another without a gap, and
within each nothing changes. Easy to break: their times are those of the wall clock in the enterprise's time zone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

from fs_control.flow.answers import HoursTold

MONTHS: Final = 12
"""How far ahead flows are proved, where nobody says otherwise."""


class PromptState(StrEnum):
    """What is known of the recording behind a prompt's name."""

    PLAYABLE = "playable"
    EMPTY = "empty"
    """A file in which nothing is heard."""
    UNPLAYABLE = "unplayable"
    """A file that the switch cannot read, or none."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A time in which every calendar says the same, from `begin` up to and without `end` (local, without a zone)."""

    begin: datetime
    end: datetime
    verdicts: Mapping[str, HoursTold]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The world of a flow: groups with how many members each has, prompts, calendars, and the time to be proved.

    Without intervals, or for a calendar that they do not tell of, everything that a calendar may say is possible.
    """

    groups: Mapping[str, int]
    prompts: Mapping[str, PromptState]
    calendars: Collection[str] = ()
    intervals: Sequence[Interval] = field(default=())


Vector: TypeAlias = tuple[tuple[str, HoursTold], ...]
"""What the calendars of a flow say at one time, by their names in order. Equal vectors are proved once."""

MISSING: Final = HoursTold(False, "missing")
EVERYTHING: Final = (
    HoursTold(True, "regular"),
    HoursTold(False, "none"),
    HoursTold(False, "holiday"),
    HoursTold(True, "special"),
    HoursTold(False, "special"),
)
"""What a calendar may say."""


def vectors(surroundings: Surroundings, calendars: Collection[str]) -> dict[Vector, list[Interval]]:
    """Return what the calendars of this flow ever say together, with the intervals in which they do."""
    names = sorted(calendars)
    found: dict[Vector, list[Interval]] = {}
    for interval in surroundings.intervals:
        vector = tuple((name, _told(interval.verdicts[name])) for name in names if name in interval.verdicts)
        found.setdefault(vector, []).append(interval)
    return found or {(): []}


def _told(verdict: HoursTold) -> HoursTold:
    """Return a verdict as one of those that the walk knows; a layer that no step can tell apart counts as none."""
    if verdict in EVERYTHING or verdict == MISSING:
        return verdict
    return EVERYTHING[0] if verdict.is_open else EVERYTHING[1]
