"""The time ahead, cut where some calendar may change: what a proof is told of calendars, whatever they are.

How a calendar is asked comes in as functions, so that this room knows none. Neighbours in which all calendars say the
same are one interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from fs_control.flow.answers import HoursTold
from fs_control.flow.proof.surroundings import Interval
from fs_control.ids import Micros

C = TypeVar("C")


def intervals_of(
    calendars: Mapping[str, C],
    begin: Micros,
    end: Micros,
    *,
    boundaries: Callable[[C, Micros, Micros], Iterable[Micros]],
    decide: Callable[[C, Micros], HoursTold],
    wall: Callable[[Micros], datetime],
) -> tuple[Interval, ...]:
    """Return the intervals from `begin` up to and without `end`; none where there are no calendars.

    `boundaries` yields the moments between two at which a calendar may change, `decide` says what it says at one, and
    `wall` shows a moment as the clock on the wall does (without a zone).
    """
    if not calendars:
        return ()
    moments = {begin, end}
    for calendar in calendars.values():
        moments.update(moment for moment in boundaries(calendar, begin, end) if begin < moment < end)
    found: list[tuple[Micros, Micros, dict[str, HoursTold]]] = []
    for since, until in pairwise(sorted(moments)):
        verdicts = {name: decide(calendar, since) for name, calendar in calendars.items()}
        if found and found[-1][2] == verdicts:
            found[-1] = (found[-1][0], until, verdicts)
        else:
            found.append((since, until, verdicts))
    return tuple(Interval(wall(since), wall(until), verdicts) for since, until, verdicts in found)
