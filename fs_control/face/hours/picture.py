"""`hours calendar`: a year of a calendar as a picture, twelve months of days with a sign each, and what they mean.

Figures and signs are ASCII, so that the columns stand also where a terminal shows other signs twice as wide. Easy to
break: a Chinese weekday is two columns wide, a figure of two digits too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import click
from rich.cells import cell_len
from rich.text import Text

from fs_control.face.asking import author
from fs_control.face.click_words import Command, Option
from fs_control.face.clock_words import local_time
from fs_control.face.hours.wording import day_words, entry_of, made, minute_words, say_unknown_years, weekday_words
from fs_control.face.stores import stores
from fs_control.face.words import print_json, print_table, say, wide_console, words
from fs_control.hours import Mark, clock_changes, mark_of, moments_of, open_hours
from fs_control.records import clock_text
from fs_control.store.calendar_fields import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from fs_control.hours import ClockChange, LocalMinute
    from fs_control.records import Calendar

MONTHS_ABREAST: Final = 3
CELL: Final = 3
GAP: Final = 3
SIGNS: Final = {
    Mark.REGULAR: " ",
    Mark.CLOSED: "-",
    Mark.HOLIDAY: "*",
    Mark.WORKING_DAY: "+",
    Mark.SPECIAL: "s",
    Mark.SPECIAL_CLOSED: "x",
}
"""What stands behind the figure of a day."""
_STYLES: Final = {
    Mark.REGULAR: "",
    Mark.CLOSED: "dim",
    Mark.HOLIDAY: "red",
    Mark.WORKING_DAY: "green",
    Mark.SPECIAL: "cyan",
    Mark.SPECIAL_CLOSED: "bold red",
}


@click.command(
    "calendar",
    cls=Command,
    examples=("fs-control hours calendar office 2027", "fs-control hours calendar office 2027 --json"),
)
@click.argument("name", metavar="CALENDAR")
@click.argument("year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), required=False)
@click.option("--json", "json", is_flag=True, cls=Option)
def print_year(name: str, year: int | None, json: bool) -> None:
    """Print a year of a calendar; without one, this year."""
    with stores() as kept:
        configured = kept.editor.configured()
    entry = entry_of(configured, name)
    zone = entry.time_zone or configured.enterprise.time_zone
    shown = local_time(author().now, zone).year if year is None else year
    calendar = made(entry, configured, range(shown - 1, shown + 2))
    if json:
        print_json(_plain(calendar, shown))
        return
    _print_picture(calendar, shown)
    _print_days(calendar, shown)
    _print_clock_changes(calendar, shown)
    say_unknown_years(entry, calendar, {shown})


def days_of(year: int) -> Iterator[date]:
    """Yield the days of a year."""
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def _plain(calendar: Calendar, year: int) -> dict[str, Any]:
    return {
        "calendar": calendar.name,
        "year": year,
        "time_zone": calendar.zone,
        "is_known": year not in calendar.unknown_years,
        "days": [_plain_day(calendar, day) for day in days_of(year)],
        "clock_changes": [
            {"at": change.at, "before": _plain_minute(change.before), "after": _plain_minute(change.after)}
            for change in _changes(calendar, year)
        ],
    }


def _plain_day(calendar: Calendar, day: date) -> dict[str, Any]:
    return {
        "day": str(day),
        "mark": mark_of(calendar, day),
        "name": calendar.holidays.get(day, ""),
        "open": [str(hours) for hours in open_hours(calendar, day)],
    }


def _plain_minute(shown: LocalMinute) -> str:
    return f"{shown.day} {clock_text(shown.minute)}"


def _changes(calendar: Calendar, year: int) -> list[ClockChange]:
    begin, end = (moments_of(calendar, date(each, 1, 1), 12 * 60)[0] for each in (year, year + 1))
    return list(clock_changes(calendar, begin, end))


# --- the picture ---------------------------------------------------------------------------------------------------


def _print_picture(calendar: Calendar, year: int) -> None:
    page = wide_console()
    page.print(Text(words("hours_year_title", calendar=calendar.name, year=year, zone=calendar.zone), style="bold"))
    for first in range(1, 13, MONTHS_ABREAST):
        blocks = [_month(calendar, year, month) for month in range(first, first + MONTHS_ABREAST)]
        page.print()
        for row in range(max(map(len, blocks))):
            page.print(_abreast([block[row] if row < len(block) else Text() for block in blocks]), no_wrap=True)
    page.print()
    used = {mark_of(calendar, day) for day in days_of(year)}
    for mark in (mark for mark in Mark if mark in used):
        page.print(Text(f"12{SIGNS[mark]}  ", style=_STYLES[mark]).append(words(f"day_legend.{mark}"), style="none"))


def _abreast(rows: Sequence[Text]) -> Text:
    line = Text()
    for row in rows:
        line.append_text(row).append(" " * (7 * CELL + GAP - row.cell_len))
    line.rstrip()
    return line


def _month(calendar: Calendar, year: int, month: int) -> list[Text]:
    """Return a month as lines: its name, the weekdays, and its weeks."""
    days = [day for day in days_of(year) if day.month == month]
    title = f"{year}-{month:02d}"
    lines = [Text(title.center(7 * CELL).rstrip(), style="bold"), Text("".join(map(_heading, weekday_words())))]
    cells = [Text(" " * CELL)] * (days[0].isoweekday() - 1) + [_cell(calendar, day) for day in days]
    return lines + [Text().join(cells[start : start + 7]) for start in range(0, len(cells), 7)]


def _heading(weekday: str) -> str:
    """Return the name of a weekday as wide as a day: its first sign or signs, on the right like the figures."""
    short = weekday[-1] if cell_len(weekday) > len(weekday) else weekday[:2]
    return " " * (CELL - 1 - cell_len(short)) + short + " "


def _cell(calendar: Calendar, day: date) -> Text:
    mark = mark_of(calendar, day)
    return Text(f"{day.day:2d}{SIGNS[mark]}", style=_STYLES[mark])


# --- beneath it ----------------------------------------------------------------------------------------------------


def _print_days(calendar: Calendar, year: int) -> None:
    """Print the days that are not like their weekday, those behind one another that are the same in one line."""
    told = [(day, *_told(calendar, day)) for day in days_of(year)]
    rows = []
    for (mark, what), group in groupby(told, key=lambda one: one[1:]):
        days = [one[0] for one in group]
        if mark not in (Mark.REGULAR, Mark.CLOSED):
            last = "" if len(days) == 1 else f" .. {day_words(days[-1])}"
            rows.append((f"{day_words(days[0])}{last}", words(f"day_mark.{mark}"), what))
    if rows:
        click.echo()
        print_table(("date", "what", "detail"), rows)


def _told(calendar: Calendar, day: date) -> tuple[Mark, str]:
    mark = mark_of(calendar, day)
    hours = " ".join(map(str, open_hours(calendar, day)))
    match mark:
        case Mark.HOLIDAY:
            return mark, calendar.holidays[day]
        case Mark.WORKING_DAY:
            acts_as = words("hours_acts_as", weekday=weekday_words()[calendar.working_days[day] - 1])
            return mark, f"{acts_as} {hours}"
        case Mark.SPECIAL:
            return mark, hours
        case _:
            return mark, ""


def _print_clock_changes(calendar: Calendar, year: int) -> None:
    for change in _changes(calendar, year):
        say("clock_changes_at", before=minute_words(change.before), after=minute_words(change.after))
