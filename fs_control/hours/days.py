"""What a whole day is like: for a year as a picture, a listing, a report.

By the clock on the wall: what a change of the clock does to a day is told by `changes`, not here.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from fs_control.hours.verdict import hours_of_day, verdict_of
from fs_control.records import DAY_MINUTES, Calendar, Hours


class Mark(StrEnum):
    """What makes a day what it is."""

    REGULAR = "regular"
    """The hours of its weekday."""
    CLOSED = "closed"
    """Its weekday has no hours."""
    HOLIDAY = "holiday"
    WORKING_DAY = "working_day"
    """The hours of another weekday, or those of its own although it is a public holiday."""
    SPECIAL = "special"
    """Special hours."""
    SPECIAL_CLOSED = "special_closed"
    """Closed the whole day."""


def mark_of(calendar: Calendar, day: date) -> Mark:
    """Return what makes a date what it is."""
    if day in calendar.special:
        return Mark.SPECIAL if calendar.special[day] else Mark.SPECIAL_CLOSED
    if day in calendar.holidays:
        return Mark.HOLIDAY
    if day in calendar.working_days:
        return Mark.WORKING_DAY
    return Mark.REGULAR if hours_of_day(calendar, day) else Mark.CLOSED


def open_hours(calendar: Calendar, day: date) -> tuple[Hours, ...]:
    """Return when a date is open from its midnight to the next, with what is left of a night before."""
    before = hours_of_day(calendar, day - timedelta(days=1))
    ends = {hours.end - DAY_MINUTES for hours in before}
    own = {minute for hours in hours_of_day(calendar, day) for minute in (hours.begin, hours.end)}
    cuts = sorted({0, DAY_MINUTES} | {minute for minute in ends | own if 0 < minute < DAY_MINUTES})
    found: list[Hours] = []
    for begin, end in pairwise(cuts):
        if not verdict_of(calendar, day, begin).is_open:
            continue
        if found and found[-1].end == begin:
            found[-1] = Hours(found[-1].begin, end)
        else:
            found.append(Hours(begin, end))
    return tuple(found)
