"""What the commands of calendars have in common: one found by its name, and the words for its days and its doubts.

Easy to break: a year of which the public holidays are not all known looks like any other, so whoever shows or changes
a calendar says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from fs_control.face.punctuation import with_note
from fs_control.face.words import language, remark, words

if TYPE_CHECKING:
    from fs_control.hours import LocalMinute
    from fs_control.records import Calendar
    from fs_control.store.calendar_entries import CalendarEntry
    from fs_control.store.directory_plan import Configured


def entry_of(configured: Configured, name: str) -> CalendarEntry:
    """Return the calendar of this name; UserMistake with the nearest where there is none."""
    from fs_control.store.directory_edit import unknown
    from fs_control.store.directory_plan import ItemKind

    if name not in configured.calendars:
        raise unknown(ItemKind.CALENDAR, name, configured.calendars)
    return configured.calendars[name]


def made(entry: CalendarEntry, configured: Configured, years: Iterable[int]) -> Calendar:
    """Return the calendar as the engine has it, for these years."""
    from fs_control.store.calendars import calendar_from

    return calendar_from(entry, configured.enterprise.time_zone, configured.enterprise.language, years)


def this_year_and_next(entry: CalendarEntry, configured: Configured) -> tuple[int, int]:
    """Return these two years, as the calendar's own clock has them."""
    from fs_control.face.asking import author
    from fs_control.face.clock_words import local_time

    year = local_time(author().now, entry.time_zone or configured.enterprise.time_zone).year
    return year, year + 1


def weekday_words() -> tuple[str, ...]:
    """Return the short names of the weekdays, Monday first."""
    return tuple(words(f"weekday.{weekday}") for weekday in range(7))


def day_words(day: date) -> str:
    """Return a date with its weekday."""
    return with_note(str(day), weekday_words()[day.weekday()], language())


def minute_words(shown: LocalMinute) -> str:
    """Return a minute of a date with its weekday."""
    from fs_control.records import clock_text

    return f"{day_words(shown.day)} {clock_text(shown.minute)}"


def say_doubts(entry: CalendarEntry, configured: Configured, years: Collection[int]) -> None:
    """Say beside the answer which of the years are not all known, and which hours the clock shows twice or never."""
    calendar = made(entry, configured, range(min(years) - 1, max(years) + 2))
    say_unknown_years(entry, calendar, years)
    _say_odd_times(calendar, years)


def say_unknown_years(entry: CalendarEntry, calendar: Calendar, years: Collection[int]) -> None:
    """Say of which of these years the public holidays or make-up days are not all known."""
    unknown = tuple(str(year) for year in calendar.unknown_years if year in years)
    if unknown:
        remark("hours_years_unknown", calendar=entry.name, country=entry.public_holidays, years=unknown)


def _say_odd_times(calendar: Calendar, years: Collection[int]) -> None:
    from fs_control.hours import moments_of, odd_times

    begin = moments_of(calendar, date(min(years), 1, 2), 0)[0]
    end = moments_of(calendar, date(max(years), 12, 31), 0)[0]
    for odd in odd_times(calendar, begin, end):
        code = "hours_shown_twice" if odd.times else "hours_never_shown"
        remark(code, calendar=calendar.name, when=minute_words(odd.shown), zone=calendar.zone)
