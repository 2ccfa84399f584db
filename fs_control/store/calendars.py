"""Calendars as the engine has them: what the operator wrote, over the public holidays, in a time zone.

Owns which of them wins on a date: the operator's own table over the library. Easy to break: a calendar knows the years
it was made for; other years have regular and special hours alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Final

from fs_control.records import Calendar
from fs_control.store.calendar_entries import CalendarEntry
from fs_control.store.public_holidays import public_days, unknown_years
from fs_control.store.time_zones import zone_offsets

YEARS_BEFORE: Final = 1
YEARS_AHEAD: Final = 3


def years_around(today: date | None = None) -> range:
    """Return the years that a loaded directory knows: the last one, this one and three more."""
    year = (today or datetime.now(UTC).date()).year
    return range(year - YEARS_BEFORE, year + YEARS_AHEAD + 1)


def calendar_from(entry: CalendarEntry, zone: str, language: str, years: Iterable[int]) -> Calendar:
    """Return a calendar for these years; `zone` is that of the enterprise, `language` that of the holidays' names."""
    wanted = sorted(years)
    zone = entry.time_zone or zone
    holidays, working_days = _days(entry, language, wanted)
    return Calendar(
        name=entry.name,
        zone=zone,
        offsets=zone_offsets(zone, wanted[0], wanted[-1]),
        regular={one.weekday: one.hours for one in entry.hours},
        special={one.day: one.hours for one in entry.special},
        holidays=holidays,
        working_days=working_days,
        unknown_years=unknown_years(entry.public_holidays, wanted),
    )


def calendars_from(
    entries: Mapping[str, CalendarEntry], zone: str, language: str, years: Iterable[int]
) -> dict[str, Calendar]:
    """Return all calendars of an enterprise, by name."""
    wanted = tuple(years)
    return {name: calendar_from(entry, zone, language, wanted) for name, entry in entries.items()}


def _days(entry: CalendarEntry, language: str, years: Iterable[int]) -> tuple[dict[date, str], dict[date, int]]:
    """Return holidays and working days, no date in both: what the operator says about a date stands alone."""
    holidays: dict[date, str] = {}
    working_days: dict[date, int] = {}
    for year in years if entry.public_holidays is not None else ():
        public = public_days(entry.public_holidays, year, language)
        holidays.update(public.holidays)
        working_days.update(public.working_days)
    own = {one.day for one in entry.holidays} | {one.day for one in entry.working_days}
    for day in own:
        holidays.pop(day, None)
        working_days.pop(day, None)
    holidays.update({one.day: one.name for one in entry.holidays})
    working_days.update({one.day: one.weekday for one in entry.working_days})
    return dict(sorted(holidays.items())), dict(sorted(working_days.items()))
