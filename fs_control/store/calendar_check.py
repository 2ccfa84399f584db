"""Whether a calendar can be meant: hours that overlap, dates that are two things, working days without hours.

Pure: an entry in, mistakes out. Easy to break: hours past midnight reach into the next weekday or date, and overlap is
looked for there, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from fs_control.records import DAY_MINUTES, Hours
from fs_control.store.calendar_entries import WEEKDAYS, CalendarEntry

_WEEK: Final = 7 * DAY_MINUTES


@dataclass(frozen=True, slots=True)
class CalendarMistake:
    """What is wrong with one field of a calendar: a code with its values."""

    field: str
    code: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Span:
    """Hours and the midnight from which they count (minutes), and what that day is called."""

    midnight: int
    day: str
    hours: Hours

    @property
    def begin(self) -> int:
        return self.midnight + self.hours.begin

    @property
    def end(self) -> int:
        return self.midnight + self.hours.end

    def __str__(self) -> str:
        return f"{self.day} {self.hours}"


def mistakes_of(entry: CalendarEntry) -> Iterator[CalendarMistake]:
    """Yield what is wrong with a calendar in itself."""
    yield from _overlaps("hours", _week(entry))
    yield from _overlaps("special", _special(entry))
    yield from _wrong_working_days(entry)


def _wrong_working_days(entry: CalendarEntry) -> Iterator[CalendarMistake]:
    holidays = {one.day for one in entry.holidays}
    open_weekdays = {one.weekday for one in entry.hours}
    for one in entry.working_days:
        if one.day in holidays:
            yield CalendarMistake("working_days", "date_holiday_and_working_day", {"day": one.day})
        if one.weekday not in open_weekdays:
            yield CalendarMistake(
                "working_days", "working_day_without_hours", {"day": one.day, "weekday": WEEKDAYS[one.weekday - 1]}
            )


def _week(entry: CalendarEntry) -> list[_Span]:
    """Return the hours of a week and the first ones of the next, into which those of a Sunday may reach."""
    week = [
        _Span((one.weekday - 1) * DAY_MINUTES, WEEKDAYS[one.weekday - 1], hours)
        for one in entry.hours
        for hours in one.hours
    ]
    first = min(week, key=lambda span: span.begin, default=None)
    return week if first is None else [*week, _Span(first.midnight + _WEEK, first.day, first.hours)]


def _special(entry: CalendarEntry) -> list[_Span]:
    return [
        _Span(one.day.toordinal() * DAY_MINUTES, str(one.day), hours) for one in entry.special for hours in one.hours
    ]


def _overlaps(field: str, spans: Sequence[_Span]) -> Iterator[CalendarMistake]:
    for span, later in pairwise(sorted(spans, key=lambda span: span.begin)):
        if later.begin < span.end:
            yield CalendarMistake(field, "hours_overlap", {"first": str(span), "second": str(later)})
