"""A calendar as an operator wrote it: hours, special dates, own holidays and working days, by the names people use.

Plain values, all in the order of time, so that two that say the same are equal. What the public holidays add is not in
here; `calendars` puts the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fs_control.records import Hours

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED: Final = "closed"


@dataclass(frozen=True, slots=True)
class WeekdayHours:
    """The regular hours of one weekday, Monday 1 to Sunday 7."""

    weekday: int
    hours: tuple[Hours, ...]

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday - 1]} {hours_text(self.hours)}"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """The hours of one date, in the place of all others; none: closed the whole day."""

    day: date
    hours: tuple[Hours, ...]

    def __str__(self) -> str:
        return f"{self.day} {hours_text(self.hours) or CLOSED}"


@dataclass(frozen=True, slots=True)
class OwnHoliday:
    """A holiday that the operator set, whether it is a public one or not."""

    day: date
    name: str

    def __str__(self) -> str:
        return f"{self.day} {self.name}".rstrip()


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A date that the operator made a working day with the hours of a weekday, whatever the public holidays say."""

    day: date
    weekday: int

    def __str__(self) -> str:
        return f"{self.day} {WEEKDAYS[self.weekday - 1]}"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A calendar, by name."""

    name: str
    time_zone: str | None = None
    """None: that of the enterprise."""
    public_holidays: str | None = None
    """Country, or country and subdivision: `CN`, `DE-BY`."""
    hours: tuple[WeekdayHours, ...] = ()
    special: tuple[SpecialDay, ...] = ()
    holidays: tuple[OwnHoliday, ...] = ()
    working_days: tuple[WorkingDay, ...] = ()


def week_text(hours: Sequence[WeekdayHours], names: Sequence[str] = WEEKDAYS) -> str:
    """Return the hours of a week with weekdays that have the same in one: `mon-fri 09:00-18:00, sat 09:00-12:00`."""
    runs: list[tuple[int, int, tuple[Hours, ...]]] = []
    for one in hours:
        if runs and runs[-1][1] == one.weekday - 1 and runs[-1][2] == one.hours:
            runs[-1] = (runs[-1][0], one.weekday, one.hours)
        else:
            runs.append((one.weekday, one.weekday, one.hours))
    return ", ".join(f"{_days_text(first, last, names)} {hours_text(same)}" for first, last, same in runs)


def _days_text(first: int, last: int, names: Sequence[str]) -> str:
    return names[first - 1] if first == last else f"{names[first - 1]}-{names[last - 1]}"


def hours_text(hours: tuple[Hours, ...]) -> str:
    """Return hours as they are typed."""
    return " ".join(map(str, hours))
