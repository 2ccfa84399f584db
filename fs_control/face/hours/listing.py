"""`hours list` and `hours show`: which calendars there are, and what each says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from fs_control.face.asking import author
from fs_control.face.click_words import Command, Option
from fs_control.face.hours.wording import day_words, entry_of, made, say_doubts, this_year_and_next, weekday_words
from fs_control.face.removing import show_removed
from fs_control.face.stores import stores
from fs_control.face.words import print_json, print_table, say, words

if TYPE_CHECKING:
    from fs_control.store.calendar_entries import CalendarEntry
    from fs_control.store.directory_plan import Configured

_HALF_HOURS = 48


@click.command("list", cls=Command, examples=("fs-control hours list", "fs-control hours list --json"))
@click.argument("search", metavar="[WORD]...", nargs=-1)
@click.option("--removed", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def list_calendars(search: tuple[str, ...], removed: bool, json: bool) -> None:
    """Print the calendars."""
    from fs_control.store.search_words import is_found

    if removed:
        _list_removed(json=json)
        return

    with stores() as kept:
        configured = kept.editor.configured()
    found = [entry for entry in configured.calendars.values() if is_found(search, entry.name)]
    if json:
        print_json({"calendars": [_plain(entry, configured) for entry in found]})
    elif not found:
        say("nothing_found" if configured.calendars else "no_calendars")
    else:
        _print_calendars(found, configured)


def _list_removed(*, json: bool) -> None:
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        steps, zone = kept.removals.removed(ItemKind.CALENDAR, author().now), kept.time_zone
    show_removed(steps, zone, json=json)


@click.command("show", cls=Command, examples=("fs-control hours show office", "fs-control hours show office --json"))
@click.argument("name", metavar="CALENDAR")
@click.option("--json", "json", is_flag=True, cls=Option)
def show_calendar(name: str, json: bool) -> None:
    """Print one calendar: its week, its special dates, its own holidays and working days."""
    with stores() as kept:
        configured = kept.editor.configured()
    entry = entry_of(configured, name)
    if json:
        print_json(_plain(entry, configured))
        return
    _print_calendars([entry], configured)
    click.echo()
    _print_week(entry)
    _print_days(entry)
    say_doubts(entry, configured, this_year_and_next(entry, configured))


def _is_open(entry: CalendarEntry, configured: Configured) -> bool:
    from fs_control.hours import decide

    return decide(made(entry, configured, this_year_and_next(entry, configured)), author().now).is_open


def _plain(entry: CalendarEntry, configured: Configured) -> dict[str, Any]:
    from fs_control.store.calendar_entries import WEEKDAYS

    years = this_year_and_next(entry, configured)
    return {
        "name": entry.name,
        "time_zone": entry.time_zone or configured.enterprise.time_zone,
        "public_holidays": entry.public_holidays,
        "hours": {WEEKDAYS[one.weekday - 1]: [str(hours) for hours in one.hours] for one in entry.hours},
        "special": [{"day": str(one.day), "hours": [str(hours) for hours in one.hours]} for one in entry.special],
        "holidays": [{"day": str(one.day), "name": one.name} for one in entry.holidays],
        "working_days": [{"day": str(one.day), "weekday": WEEKDAYS[one.weekday - 1]} for one in entry.working_days],
        "is_open": _is_open(entry, configured),
        "unknown_years": [year for year in made(entry, configured, years).unknown_years if year in years],
    }


# --- tables --------------------------------------------------------------------------------------------------------


def _print_calendars(entries: Sequence[CalendarEntry], configured: Configured) -> None:
    from fs_control.store.calendar_entries import week_text

    rows = [
        (
            entry.name,
            words("hours_open" if _is_open(entry, configured) else "hours_closed"),
            week_text(entry.hours, weekday_words()) or None,
            entry.public_holidays,
            entry.time_zone or configured.enterprise.time_zone,
        )
        for entry in entries
    ]
    print_table(("calendar", "now", "hours", "public_holidays", "time_zone"), rows)


def _print_week(entry: CalendarEntry) -> None:
    """Print the hours of each weekday with a bar of half hours; what is left of a night stands on the next day."""
    from fs_control.store.calendar_entries import hours_text

    hours = {one.weekday: one.hours for one in entry.hours}
    nights = {one.weekday % 7 + 1: one.hours for one in entry.hours}
    rows = []
    for weekday, name in enumerate(weekday_words(), 1):
        spans = [(each.begin, each.end) for each in hours.get(weekday, ())]
        spans += [(each.begin - 1440, each.end - 1440) for each in nights.get(weekday, ())]
        bar = "".join("#" if _is_within(spans, half * 30 + 15) else "." for half in range(_HALF_HOURS))
        rows.append((name, f"|{bar[:24]}|{bar[24:]}|", hours_text(hours.get(weekday, ())) or None))
    print_table(("weekday", "half_hours", "hours"), rows)


def _is_within(spans: Sequence[tuple[int, int]], minute: int) -> bool:
    return any(begin <= minute < end for begin, end in spans)


def _print_days(entry: CalendarEntry) -> None:
    from fs_control.store.calendar_entries import hours_text

    names = weekday_words()
    special = [(one.day, "special", hours_text(one.hours) or words("hours_all_day")) for one in entry.special]
    holidays = [(one.day, "holiday", one.name) for one in entry.holidays]
    working = [
        (one.day, "working_day", words("hours_acts_as", weekday=names[one.weekday - 1])) for one in entry.working_days
    ]
    if rows := sorted((*special, *holidays, *working)):
        click.echo()
        table = [(day_words(day), words(f"day_mark.{mark}"), what) for day, mark, what in rows]
        print_table(("date", "what", "detail"), table)
