"""`hours special`, `hours holiday` and `hours workday`: what an operator says about single dates.

It stands over the public holidays. Easy to break: a public holiday is not stored, so taking one away is saying that the
date is a working day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Group, Option
from fs_control.face.hours.wording import entry_of, made, say_doubts, this_year_and_next
from fs_control.face.stores import Stores, stores
from fs_control.face.telling import tell_engine
from fs_control.face.words import say

if TYPE_CHECKING:
    from fs_control.records import Calendar
    from fs_control.store.calendar_entries import CalendarEntry, OwnHoliday, SpecialDay, WorkingDay

    _Day = TypeVar("_Day", bound=OwnHoliday | SpecialDay | WorkingDay)


# --- special hours -------------------------------------------------------------------------------------------------


@click.group("special", cls=Group, examples=("fs-control hours special add office 2026-05-01 10:00-16:00",))
def special_group() -> None:
    """Choose a command below."""


@special_group.command(
    "add",
    examples=(
        "fs-control hours special add office 2026-05-01 10:00-12:00 14:00-16:00",
        "fs-control hours special add office 2026-12-24..2026-12-31 closed",
    ),
)
@click.argument("calendar")
@click.argument("day", metavar="DATE")
@click.argument("hours", metavar="FROM-TO...", nargs=-1, required=True)
def add_special(calendar: str, day: str, hours: tuple[str, ...]) -> None:
    """Give dates hours of their own, or close them."""
    from fs_control.store.calendar_fields import special_days

    new = special_days(" ".join((day, *hours)))
    _change(calendar, lambda entry: replace(entry, special=_with(entry.special, new)), "special_added", new)


@special_group.command("remove", examples=("fs-control hours special remove office 2026-05-01",))
@click.argument("calendar")
@click.argument("days", metavar="DATE...", nargs=-1, required=True)
def remove_special(calendar: str, days: tuple[str, ...]) -> None:
    """Take the special hours of dates away."""
    gone = _dates(days)

    def edit(entry: CalendarEntry) -> CalendarEntry:
        for day in gone:
            if day not in {one.day for one in entry.special}:
                raise UserMistake("no_special_hours", calendar=calendar, day=day)
        return replace(entry, special=_without(entry.special, gone))

    _change(calendar, edit, "days_are_as_usual", gone)


# --- holidays ------------------------------------------------------------------------------------------------------


@click.group("holiday", cls=Group, examples=("fs-control hours holiday add office 2026-12-31 --name 年会",))
def holiday_group() -> None:
    """Choose a command below."""


@holiday_group.command(
    "add",
    examples=(
        "fs-control hours holiday add office 2026-12-31 --name Stocktaking",
        "fs-control hours holiday add office 2027-02-05..2027-02-11 --name 春节",
    ),
)
@click.argument("calendar")
@click.argument("days", metavar="DATE...", nargs=-1, required=True)
@click.option("--name", default="", cls=Option)
def add_holiday(calendar: str, days: tuple[str, ...], name: str) -> None:
    """Make dates holidays, whatever the public holidays say."""
    from fs_control.store import directory_fields as read
    from fs_control.store.calendar_entries import OwnHoliday

    new = [OwnHoliday(day, read.name(name)) for day in _dates(days)]
    _change(
        calendar,
        lambda entry: replace(
            entry,
            holidays=_with(entry.holidays, new),
            working_days=_without(entry.working_days, {one.day for one in new}),
        ),
        "holiday_added",
        new,
    )


@holiday_group.command("remove", examples=("fs-control hours holiday remove office 2026-10-05",))
@click.argument("calendar")
@click.argument("days", metavar="DATE...", nargs=-1, required=True)
def remove_holiday(calendar: str, days: tuple[str, ...]) -> None:
    """Take holidays away: own ones, and public ones by making the date a working day."""
    from fs_control.store.calendar_entries import WorkingDay

    gone = _dates(days)

    def edit(entry: CalendarEntry, calendar_now: Calendar) -> CalendarEntry:
        own = {one.day for one in entry.holidays}
        for day in gone:
            if day not in calendar_now.holidays:
                raise UserMistake("no_holiday", calendar=calendar, day=day)
        worked = [WorkingDay(day, day.isoweekday()) for day in gone if day not in own]
        return replace(entry, holidays=_without(entry.holidays, gone), working_days=_with(entry.working_days, worked))

    _change_as_made(calendar, edit, "holiday_removed", gone)


# --- working days --------------------------------------------------------------------------------------------------


@click.group("workday", cls=Group, examples=("fs-control hours workday add office 2027-02-20 --like fri",))
def workday_group() -> None:
    """Choose a command below."""


@workday_group.command("add", examples=("fs-control hours workday add office 2027-02-20 --like fri",))
@click.argument("calendar")
@click.argument("days", metavar="DATE...", nargs=-1, required=True)
@click.option("--like", metavar="WEEKDAY", cls=Option)
def add_workday(calendar: str, days: tuple[str, ...], like: str | None) -> None:
    """Make dates working days with the hours of a weekday, whatever the public holidays say."""
    from fs_control.store.calendar_entries import WorkingDay
    from fs_control.store.calendar_fields import weekday

    hours_of = None if like is None else weekday(like)
    new = [WorkingDay(day, hours_of or day.isoweekday()) for day in _dates(days)]
    _change(
        calendar,
        lambda entry: replace(
            entry,
            holidays=_without(entry.holidays, {one.day for one in new}),
            working_days=_with(entry.working_days, new),
        ),
        "workday_added",
        new,
    )


@workday_group.command("remove", examples=("fs-control hours workday remove office 2027-02-20",))
@click.argument("calendar")
@click.argument("days", metavar="DATE...", nargs=-1, required=True)
def remove_workday(calendar: str, days: tuple[str, ...]) -> None:
    """Take own working days away; a public make-up day is made a holiday instead (`hours holiday add`)."""
    gone = _dates(days)

    def edit(entry: CalendarEntry, calendar_now: Calendar) -> CalendarEntry:
        own = {one.day for one in entry.working_days}
        for day in gone:
            if day in calendar_now.working_days and day not in own:
                raise UserMistake("workday_is_public", calendar=calendar, day=day)
            if day not in own:
                raise UserMistake("no_workday", calendar=calendar, day=day)
        return replace(entry, working_days=_without(entry.working_days, gone))

    _change_as_made(calendar, edit, "days_are_as_usual", gone)


# --- all of them ---------------------------------------------------------------------------------------------------


def _dates(texts: Iterable[str]) -> tuple[date, ...]:
    from fs_control.store.calendar_fields import days

    return tuple(dict.fromkeys(day for text in texts for day in days(text)))


def _with(present: Sequence[_Day], new: Sequence[_Day]) -> tuple[_Day, ...]:
    """Return these days with new ones, which stand in the place of those of the same date."""
    found = {one.day: one for one in (*present, *new)}
    return tuple(found[day] for day in sorted(found))


def _without(present: Sequence[_Day], gone: Collection[date]) -> tuple[_Day, ...]:
    return tuple(one for one in present if one.day not in gone)


def _change(name: str, edit: Callable[[CalendarEntry], CalendarEntry], said: str, days: Sequence[object]) -> None:
    """Change a calendar, and say so with the sentence of this code and the days."""
    with stores() as kept:
        _carry_out(kept, name, edit, said, days)
    tell_engine()


def _change_as_made(
    name: str, edit: Callable[[CalendarEntry, Calendar], CalendarEntry], said: str, days: Sequence[date]
) -> None:
    """Change a calendar by what it says together with the public holidays of the years of these dates."""
    years = {day.year for day in days}
    with stores() as kept:
        configured = kept.editor.configured()
        _carry_out(kept, name, lambda entry: edit(entry, made(entry, configured, years)), said, days)
    tell_engine()


def _carry_out(
    kept: Stores, name: str, edit: Callable[[CalendarEntry], CalendarEntry], said: str, days: Sequence[object]
) -> None:
    from fs_control.store.calendar_entries import CalendarEntry

    kept.editor.change(CalendarEntry, name, edit)
    say(said, calendar=name, days=tuple(days))
    configured = kept.editor.configured()
    entry = entry_of(configured, name)
    say_doubts(entry, configured, this_year_and_next(entry, configured))
