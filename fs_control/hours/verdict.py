"""Open or closed: special working time > holiday > regular hours > closed, the highest layer first (H2).

Every minute gets exactly one verdict (H3). Easy to break: hours past midnight reach into the next date, and there the
layers count again. So a night of special hours goes on into a holiday, and a regular night ends where a holiday begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from fs_control.hours.local_time import local_minute
from fs_control.ids import Micros
from fs_control.records import DAY_MINUTES, Calendar, Hours, HoursLayer, HoursVerdict

_ONE_DAY: Final = timedelta(days=1)
_OUTSIDE: Final = HoursVerdict(False, HoursLayer.NONE)


def decide(calendar: Calendar, at: Micros) -> HoursVerdict:
    """Return whether the calendar is open at a moment, and why."""
    here = local_minute(calendar, at)
    return verdict_of(calendar, here.day, here.minute)


def verdict_of(calendar: Calendar, day: date, minute: int) -> HoursVerdict:
    """Return the same for a minute (0 to 1439) of a date, as the clock on the wall shows it."""
    return (
        _special(calendar, day, minute)
        or _holiday(calendar, day)
        or _regular(calendar, day, minute)
        or _OUTSIDE  # closed, and nothing of this date or the one before says a word
    )


def hours_of_day(calendar: Calendar, day: date) -> tuple[Hours, ...]:
    """Return the hours that begin on a date: its special ones, none on a holiday, else those of its weekday."""
    special = calendar.special.get(day)
    return _weekday_hours(calendar, day) if special is None else special


def _special(calendar: Calendar, day: date, minute: int) -> HoursVerdict | None:
    """Return what special hours say; those of the day before may reach into a date unless that is closed as a whole."""
    own = calendar.special.get(day)
    if own == ():
        return HoursVerdict(False, HoursLayer.SPECIAL)
    before = calendar.special.get(day - _ONE_DAY, ())
    covering = _covering(own or (), minute) or _covering(before, minute + DAY_MINUTES)
    if covering is not None:
        return HoursVerdict(True, HoursLayer.SPECIAL, str(covering))
    return None if own is None else HoursVerdict(False, HoursLayer.SPECIAL)


def _holiday(calendar: Calendar, day: date) -> HoursVerdict | None:
    name = calendar.holidays.get(day)
    return None if name is None else HoursVerdict(False, HoursLayer.HOLIDAY, name)


def _regular(calendar: Calendar, day: date, minute: int) -> HoursVerdict | None:
    """Return what the hours of the weekday say, and those of the day before, if that had its weekday's hours."""
    yesterday = day - _ONE_DAY
    before = () if yesterday in calendar.special else _weekday_hours(calendar, yesterday)
    covering = _covering(_weekday_hours(calendar, day), minute) or _covering(before, minute + DAY_MINUTES)
    return None if covering is None else HoursVerdict(True, HoursLayer.REGULAR, str(covering))


def _weekday_hours(calendar: Calendar, day: date) -> tuple[Hours, ...]:
    if day in calendar.holidays:
        return ()
    return calendar.regular.get(calendar.working_days.get(day, day.isoweekday()), ())


def _covering(hours: Sequence[Hours], minute: int) -> Hours | None:
    return next((each for each in hours if each.begin <= minute < each.end), None)
