"""When the verdict of a calendar may change, and when it does.

Between two boundaries every moment has the same verdict, so whoever wants to know a whole year asks at the boundaries
alone. Easy to break: clocks that are put forward or back are boundaries too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from fs_control.hours.local_time import local_minute, moments_of
from fs_control.hours.verdict import decide, hours_of_day
from fs_control.ids import SECOND, Micros
from fs_control.records import Calendar

DAY: Final = Micros(24 * 3600 * SECOND)
FARTHEST: Final = Micros(400 * DAY)
"""How far ahead the next change is looked for; every rule but a single date comes round within a year."""

_AT_ONCE: Final = Micros(8 * DAY)
_ONE_DAY: Final = timedelta(days=1)


def boundaries(calendar: Calendar, begin: Micros, end: Micros) -> Iterator[Micros]:
    """Yield each moment from `begin` up to and without `end` at which the verdict may change, in the order of time."""
    while begin < end:
        stop = Micros(min(end, begin + _AT_ONCE))
        yield from sorted(moment for moment in _candidates(calendar, begin, stop) if begin <= moment < stop)
        begin = stop


def next_change(calendar: Calendar, at: Micros, within: Micros = FARTHEST) -> Micros | None:
    """Return when a calendar opens, if it is closed at this moment, or closes; None where neither happens `within`."""
    is_open = decide(calendar, at).is_open
    later = boundaries(calendar, Micros(at + 1), Micros(at + within))
    return next((moment for moment in later if decide(calendar, moment).is_open != is_open), None)


def _candidates(calendar: Calendar, begin: Micros, end: Micros) -> set[Micros]:
    """Return midnights, beginnings and ends of hours, and changes of the clock, from before `begin` to after `end`."""
    found = {offset.since for offset in calendar.offsets}
    day, last = local_minute(calendar, begin).day - _ONE_DAY, local_minute(calendar, end).day
    while day <= last:
        for minute in _minutes(calendar, day):
            found.update(moments_of(calendar, day, minute))
        day += _ONE_DAY
    return found


def _minutes(calendar: Calendar, day: date) -> set[int]:
    return {0} | {minute for hours in hours_of_day(calendar, day) for minute in (hours.begin, hours.end)}
