"""When something happens, said shortly: the intervals of a year as a time of day, the days, and the first time.

`12:00 to 13:00, Monday to Friday, first on 2026-12-01`. Pure data: `texts` has the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from fs_control.flow.proof.surroundings import Interval


@dataclass(frozen=True, slots=True)
class Times:
    """From `begin` to `end` o'clock (`days` later, 0 for the same day), on these weekdays (1 Monday .. 7 Sunday).

    `count` is how often, `first` the day of the first time; `others` is how many times there are beside these.
    """

    begin: time
    end: time
    days: int
    weekdays: tuple[int, ...]
    first: date
    count: int
    every_day: bool
    others: int


def times_of(intervals: Sequence[Interval]) -> Times | None:
    """Return when these intervals are, by the most frequent time of day among them; None where there are none."""
    spans = _joined(intervals)
    if not spans:
        return None
    kinds = Counter(map(_kind, spans))
    kind = max(kinds, key=lambda kind: (kinds[kind], -spans.index(next(span for span in spans if _kind(span) == kind))))
    same = [span for span in spans if _kind(span) == kind]
    first, last = same[0][0].date(), same[-1][0].date()
    return Times(
        begin=kind[0],
        end=kind[1],
        days=kind[2],
        weekdays=tuple(sorted({begin.isoweekday() for begin, _ in same})),
        first=first,
        count=len(same),
        every_day=len(same) > 1 and len(same) == (last - first).days + 1,
        others=len(spans) - len(same),
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
