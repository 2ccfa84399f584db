"""`hours explain`: open or closed at a time, which layer decided, over what it won, and when that changes.

The time is what the clock on the wall of the calendar shows. Easy to break: a clock may show a time twice, and then
both moments are explained; a time that it skips is refused, for there is no such moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from fs_control.errors import UserMistake
from fs_control.face.asking import author
from fs_control.face.click_words import Command, Option
from fs_control.face.hours.wording import entry_of, made, minute_words, say_unknown_years, weekday_words
from fs_control.face.stores import stores
from fs_control.face.words import print_json, say, words

if TYPE_CHECKING:
    from fs_control.hours import LocalMinute
    from fs_control.ids import Micros
    from fs_control.records import Calendar, HoursVerdict
    from fs_control.store.calendar_entries import CalendarEntry
    from fs_control.store.directory_plan import Configured


@dataclass(frozen=True, slots=True)
class _Explained:
    """One moment, and what is so then."""

    at: Micros
    shown: LocalMinute
    verdict: HoursVerdict
    next_change: Micros | None
    next_shown: LocalMinute | None


@click.command(
    "explain",
    cls=Command,
    examples=('fs-control hours explain office "2026-10-01 10:00"', "fs-control hours explain office --json"),
)
@click.argument("name", metavar="CALENDAR")
@click.argument("time", metavar='["DATE TIME"]', nargs=-1)
@click.option("--json", "json", is_flag=True, cls=Option)
def explain(name: str, time: tuple[str, ...], json: bool) -> None:
    """Say why a calendar is open or closed at a time; without one, now."""
    with stores() as kept:
        configured = kept.editor.configured()
    entry = entry_of(configured, name)
    calendar, moments = _moments(entry, configured, " ".join(time))
    found = [_explained(calendar, at) for at in moments]
    if json:
        print_json({"calendar": name, "time_zone": calendar.zone, "moments": [_plain(calendar, one) for one in found]})
        return
    for one in found:
        _tell(entry, calendar, one, is_one_of_two=len(found) > 1)
    say_unknown_years(entry, calendar, {found[0].shown.day.year})


def _moments(entry: CalendarEntry, configured: Configured, text: str) -> tuple[Calendar, tuple[Micros, ...]]:
    """Return the calendar around the time that was asked about, and the moments at which a clock shows it."""
    from fs_control.face.clock_words import local_time
    from fs_control.hours import moments_of
    from fs_control.store import calendar_fields as read

    if not text:
        now = author().now
        return _around(entry, configured, local_time(now, "UTC").year), (now,)
    day, minute = read.local_time(text)
    calendar = _around(entry, configured, day.year)
    moments = moments_of(calendar, day, minute)
    if not moments:
        raise UserMistake("clock_time_skipped", text=text, zone=calendar.zone)
    return calendar, moments


def _around(entry: CalendarEntry, configured: Configured, year: int) -> Calendar:
    """Return the calendar for a year, its neighbours, and the time in which the next change is looked for."""
    return made(entry, configured, range(year - 1, year + 3))


def _explained(calendar: Calendar, at: Micros) -> _Explained:
    from fs_control.hours import decide, local_minute, next_change

    later = next_change(calendar, at)
    next_shown = None if later is None else local_minute(calendar, later)
    return _Explained(at, local_minute(calendar, at), decide(calendar, at), later, next_shown)


def _plain(calendar: Calendar, one: _Explained) -> dict[str, Any]:
    from fs_control.records import clock_text

    def shown(minute: LocalMinute | None) -> str | None:
        return None if minute is None else f"{minute.day} {clock_text(minute.minute)}"

    return {
        "at": one.at,
        "shown": shown(one.shown),
        "is_open": one.verdict.is_open,
        "layer": one.verdict.layer,
        "detail": one.verdict.detail,
        "wins_over": [words for words, _ in _beaten(calendar, one)],
        "next_change": one.next_change,
        "next_change_shown": shown(one.next_shown),
        "year_is_known": one.shown.day.year not in calendar.unknown_years,
    }


# --- sentences -----------------------------------------------------------------------------------------------------


def _tell(entry: CalendarEntry, calendar: Calendar, one: _Explained, *, is_one_of_two: bool) -> None:
    when = minute_words(one.shown)
    if is_one_of_two:
        when = words("hours_first_or_second", when=when, offset=_offset_text(calendar, one))
    head = "hours_is_open" if one.verdict.is_open else "hours_is_closed"
    say(head, calendar=calendar.name, when=when, zone=calendar.zone)
    say(f"hours_because.{_reason(calendar, one)}", **_reason_values(entry, calendar, one))
    for layer, what in _beaten(calendar, one):
        say(f"hours_wins_over.{layer}", what=what)
    if one.next_shown is None:
        say("hours_never_changes")
    else:
        code = "hours_closes_next" if one.verdict.is_open else "hours_opens_next"
        say(code, when=minute_words(one.next_shown))


def _reason(calendar: Calendar, one: _Explained) -> str:
    """Return which sentence says why: the layer, and what is peculiar about it."""
    from fs_control.records import HoursLayer

    day, verdict = one.shown.day, one.verdict
    if verdict.layer is HoursLayer.SPECIAL and not verdict.is_open:
        return "special_other_hours" if calendar.special[day] else "special_all_day"
    if verdict.layer is HoursLayer.REGULAR and _begins_on(calendar, one) in calendar.working_days:
        return "regular_working_day"
    if verdict.layer is HoursLayer.NONE:
        return "none_other_hours" if _hours_of(calendar, day) else "none_no_hours"
    return str(verdict.layer)


def _reason_values(entry: CalendarEntry, calendar: Calendar, one: _Explained) -> dict[str, object]:
    day = _begins_on(calendar, one)
    weekday = calendar.working_days.get(day, day.isoweekday())
    is_own = day in {own.day for own in entry.holidays}
    return {
        "detail": one.verdict.detail,
        "hours": _hours_of(calendar, one.shown.day),
        "day": day,
        "weekday": weekday_words()[weekday - 1],
        "origin": words("hours_own_holiday") if is_own else entry.public_holidays,
    }


def _begins_on(calendar: Calendar, one: _Explained) -> date:
    """Return the date to which the hours belong that cover the moment: it, or the one before where they began then."""
    from fs_control.hours import hours_of_day

    own = (hours.begin <= one.shown.minute < hours.end for hours in hours_of_day(calendar, one.shown.day))
    return one.shown.day if not one.verdict.is_open or any(own) else one.shown.day - timedelta(days=1)


def _hours_of(calendar: Calendar, day: date) -> str:
    from fs_control.hours import hours_of_day

    return " ".join(map(str, hours_of_day(calendar, day)))


def _beaten(calendar: Calendar, one: _Explained) -> list[tuple[str, str]]:
    """Return the lower layers that say something of the date, too: each with what it says."""
    from fs_control.records import HoursLayer

    day, layer = one.shown.day, one.verdict.layer
    found: list[tuple[str, str]] = []
    if layer is HoursLayer.SPECIAL and day in calendar.holidays:
        found.append(("holiday", calendar.holidays[day]))
    weekday = calendar.working_days.get(day, day.isoweekday())
    regular = " ".join(map(str, calendar.regular.get(weekday, ())))
    if layer in (HoursLayer.SPECIAL, HoursLayer.HOLIDAY) and regular:
        found.append(("regular", regular))
    return found


def _offset_text(calendar: Calendar, one: _Explained) -> str:
    from fs_control.face.clock_words import local_time

    return local_time(one.at, calendar.zone).isoformat()[-len("+00:00") :]
