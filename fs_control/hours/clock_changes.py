"""When the clock of a calendar is put forward or back, and which of its hours begin or end in such an hour.

For people, who should know of it: the verdict is right without them. Easy to break: what is skipped begins at the jump,
and what is shown twice happens twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from fs_control.hours.local_time import LocalMinute, minute_shown, moments_of
from fs_control.hours.verdict import hours_of_day
from fs_control.ids import Micros
from fs_control.records import DAY_MINUTES, Calendar

_ONE_DAY: Final = timedelta(days=1)


class ClockChange(NamedTuple):
    """The clock shows `after` in the moment `at` in which it would have shown `before`."""

    at: Micros
    before: LocalMinute
    after: LocalMinute


class OddTime(NamedTuple):
    """A beginning or end of hours that a clock shows twice (`times` 2) or never (0)."""

    shown: LocalMinute
    times: int


def clock_changes(calendar: Calendar, begin: Micros, end: Micros) -> Iterator[ClockChange]:
    """Yield the changes of the clock from `begin` up to and without `end`."""
    for earlier, later in pairwise(calendar.offsets):
        if begin <= later.since < end:
            yield ClockChange(later.since, minute_shown((earlier,), later.since), minute_shown((later,), later.since))


def odd_times(calendar: Calendar, begin: Micros, end: Micros) -> Iterator[OddTime]:
    """Yield beginnings and ends of hours in an hour that is skipped or shown twice, in the order of time."""
    found: dict[LocalMinute, int] = {}
    for change in clock_changes(calendar, begin, end):
        day = min(change.before.day, change.after.day) - _ONE_DAY
        while day <= max(change.before.day, change.after.day):
            for minute in {minute for hours in hours_of_day(calendar, day) for minute in (hours.begin, hours.end)}:
                times = len(moments_of(calendar, day, minute))
                if times != 1:
                    found[LocalMinute(day + timedelta(days=minute // DAY_MINUTES), minute % DAY_MINUTES)] = times
            day += _ONE_DAY
    yield from (OddTime(shown, found[shown]) for shown in sorted(found))
