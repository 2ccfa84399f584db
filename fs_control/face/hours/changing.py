"""`hours add`, `set`, `remove`, `import` and `export`: calendars as a whole.

Easy to break: flows ask for a calendar by its name, so one that an active flow names is neither removed nor renamed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fs_control.errors import UserMistake
from fs_control.face.asking import author, be_sure
from fs_control.face.click_words import Command, Option
from fs_control.face.exporting import export_sheet
from fs_control.face.hours.wording import entry_of, say_doubts, this_year_and_next
from fs_control.face.importing import import_sheet_of, show_change
from fs_control.face.removing import say_restored
from fs_control.face.stores import Stores, stores
from fs_control.face.telling import tell_engine
from fs_control.face.values import NOTHING, given, given_or_none, refuse_no_change
from fs_control.face.words import say

if TYPE_CHECKING:
    from fs_control.store.calendar_entries import CalendarEntry


@click.command(
    "add",
    cls=Command,
    examples=(
        'fs-control hours add office --hours "mon-fri 09:00-12:00 13:30-18:00" --public-holidays CN',
        'fs-control hours add night --hours "daily 22:00-06:00" --time-zone Europe/Berlin',
    ),
)
@click.argument("name", metavar="CALENDAR")
@click.option("--hours", "hours", metavar="DAYS FROM-TO", multiple=True, required=True, cls=Option)
@click.option("--time-zone", cls=Option)
@click.option("--public-holidays", metavar="COUNTRY", cls=Option)
def add_calendar(name: str, hours: tuple[str, ...], time_zone: str | None, public_holidays: str | None) -> None:
    """Add a calendar."""
    from fs_control.store.calendar_entries import CalendarEntry

    entry = CalendarEntry(**_settings(name, hours, time_zone, public_holidays))
    with stores() as kept:
        kept.editor.add(entry)
        say("calendar_added", calendar=entry.name)
        _say_doubts(kept, entry)
    tell_engine()


@click.command(
    "set",
    cls=Command,
    examples=(
        'fs-control hours set office --hours "mon-fri 09:00-18:00" --hours "sat 09:00-12:00"',
        "fs-control hours set office --public-holidays DE-BY --time-zone -",
    ),
)
@click.argument("calendar", metavar="CALENDAR")
@click.option("--name", cls=Option)
@click.option("--hours", "hours", metavar="DAYS FROM-TO", multiple=True, cls=Option)
@click.option("--time-zone", cls=Option)
@click.option("--public-holidays", metavar="COUNTRY", cls=Option)
def set_calendar(
    calendar: str, name: str | None, hours: tuple[str, ...], time_zone: str | None, public_holidays: str | None
) -> None:
    """Change a calendar; the hours that are given are all its regular hours."""
    from fs_control.store.calendar_entries import CalendarEntry
    from fs_control.store.removals import refuse_calendars_in_use

    settings = _settings(name, hours, time_zone, public_holidays)
    refuse_no_change(settings)
    with stores() as kept:
        if name not in (None, calendar):
            entry_of(kept.editor.configured(), calendar)
            refuse_calendars_in_use(kept.directory.load()[1], [calendar])
        item = kept.editor.change(CalendarEntry, calendar, lambda entry: replace(entry, **settings))
        show_change(item)
        _say_doubts(kept, kept.editor.configured().calendars[item.key])
    tell_engine()


def _settings(
    name: str | None, hours: tuple[str, ...], time_zone: str | None, public_holidays: str | None
) -> dict[str, Any]:
    from fs_control.store import calendar_fields, directory_fields
    from fs_control.store.public_holidays import read_region

    if hours and all(text.strip() in NOTHING for text in hours):
        raise UserMistake("value_empty", field="hours")
    return {
        **given(name=(name, directory_fields.name)),
        **given_or_none(time_zone=(time_zone, directory_fields.name), public_holidays=(public_holidays, read_region)),
        **({"hours": calendar_fields.week_hours(", ".join(hours))} if hours else {}),
    }


def _say_doubts(kept: Stores, entry: CalendarEntry) -> None:
    configured = kept.editor.configured()
    say_doubts(entry, configured, this_year_and_next(entry, configured))


@click.command(
    "remove", cls=Command, examples=("fs-control hours remove office", "fs-control hours remove office --yes")
)
@click.argument("names", metavar="CALENDAR...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, cls=Option)
def remove(names: tuple[str, ...], yes: bool) -> None:
    """Remove calendars that no active flow names."""
    from fs_control.store.directory_plan import ItemKind
    from fs_control.store.removals import refuse_calendars_in_use

    with stores() as kept:
        configured = kept.editor.configured()
        refuse_calendars_in_use(kept.directory.load()[1], [entry_of(configured, name).name for name in names])
        be_sure(yes, "remove_calendars_really", calendars=names)
        kept.removals.remove(ItemKind.CALENDAR, names, author())
    say("calendars_removed", calendars=names)
    tell_engine()


@click.command("restore", cls=Command, examples=("fs-control hours restore office",))
@click.argument("name", metavar="CALENDAR")
def restore(name: str) -> None:
    """Bring a removed calendar back."""
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        kept.removals.restore(ItemKind.CALENDAR, name, author().now)
    say_restored(ItemKind.CALENDAR, name)
    tell_engine()


# --- files ---------------------------------------------------------------------------------------------------------


@click.command("import", cls=Command, examples=("fs-control hours import calendars.csv --dry-run",))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def import_calendars(file: Path, dry_run: bool, json: bool) -> None:
    """Take over a CSV sheet of calendars."""
    from fs_control.store.directory_plan import ItemKind

    import_sheet_of(ItemKind.CALENDAR, file, dry_run=dry_run, json=json)


@click.command("export", cls=Command, examples=("fs-control hours export --out calendars.csv",))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv", cls=Option)
def export_calendars(out: Path | None) -> None:
    """Write the calendars as a CSV sheet."""
    from fs_control.store.directory_csv import columns_of
    from fs_control.store.directory_plan import ItemKind

    columns = columns_of(ItemKind.CALENDAR)
    with stores() as kept:
        calendars = kept.editor.configured().calendars.values()
    export_sheet(columns, [[_cells(entry)[column] for column in columns] for entry in calendars], out)


def _cells(entry: CalendarEntry) -> dict[str, object]:
    from fs_control.store.calendar_entries import week_text
    from fs_control.store.calendar_fields import listed_text

    return {
        "name": entry.name,
        "time_zone": entry.time_zone,
        "public_holidays": entry.public_holidays,
        "hours": week_text(entry.hours),
        "special": listed_text(entry.special),
        "holidays": listed_text(entry.holidays),
        "working_days": listed_text(entry.working_days),
    }
