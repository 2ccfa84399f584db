"""When something happens, said shortly: the intervals of a year as a time of day, the days, and the first time.

`12:00 to 13:00, Monday to Friday, first on 2026-12-01`. Pure data: `texts` has the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from fs_control.flow.proof.surroundings import Interval

MOST_TOLD: Final = 3
"""Times of day; more would bury the sentence."""


@dataclass(frozen=True, slots=True)
class Times:
    """From `begin` to `end` o'clock (`days` later, 0 for the same day), on these weekdays (1 Monday .. 7 Sunday).

    `count` is how often, `first` the day of the first time; `others` is how many more times there are that are told
    by nothing.
    """

    begin: time
    end: time
    days: int
    weekdays: tuple[int, ...]
    first: date
    count: int
    every_day: bool
    others: int


def times_of(intervals: Sequence[Interval]) -> tuple[Times, ...]:
    """Return when these intervals are, by the most frequent times of day among them; () where there are none."""
    spans = _joined(intervals)
    kinds = Counter(map(_kind, spans)).most_common(MOST_TOLD)
    others = len(spans) - sum(count for _, count in kinds)
    told = [_told(kind, [span for span in spans if _kind(span) == kind]) for kind, _ in kinds]
    return (*told[:-1], *(replace(last, others=others) for last in told[-1:]))


def _told(kind: tuple[time, time, int], spans: Sequence[tuple[datetime, datetime]]) -> Times:
    first, last = spans[0][0].date(), spans[-1][0].date()
    return Times(
        begin=kind[0],
        end=kind[1],
        days=kind[2],
        weekdays=tuple(sorted({begin.isoweekday() for begin, _ in spans})),
        first=first,
        count=len(spans),
        every_day=len(spans) > 1 and len(spans) == (last - first).days + 1,
        others=0,
    )


def _joined(intervals: Sequence[Interval]) -> list[tuple[datetime, datetime]]:
    """Return the intervals as spans of time, those together that follow one another."""
    spans: list[tuple[datetime, datetime]] = []
    for interval in sorted(intervals, key=lambda interval: interval.begin):
        if spans and spans[-1][1] >= interval.begin:
            spans[-1] = (spans[-1][0], max(spans[-1][1], interval.end))
        else:
            spans.append((interval.begin, interval.end))
    return spans


def _kind(span: tuple[datetime, datetime]) -> tuple[time, time, int]:
    begin, end = span
    return begin.time(), end.time(), (end.date() - begin.date()).days
