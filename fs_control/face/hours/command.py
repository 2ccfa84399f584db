"""`fs-control hours`: calendars of service hours. One file for each kind of command; none is imported here."""

from __future__ import annotations

from typing import Final

import click

from fs_control.face.click_words import Group

COMMANDS: Final = {
    "list": "fs_control.face.hours.listing:list_calendars",
    "show": "fs_control.face.hours.listing:show_calendar",
    "add": "fs_control.face.hours.changing:add_calendar",
    "set": "fs_control.face.hours.changing:set_calendar",
    "remove": "fs_control.face.hours.changing:remove",
    "restore": "fs_control.face.hours.changing:restore",
    "special": "fs_control.face.hours.days:special_group",
    "holiday": "fs_control.face.hours.days:holiday_group",
    "workday": "fs_control.face.hours.days:workday_group",
    "explain": "fs_control.face.hours.explaining:explain",
    "calendar": "fs_control.face.hours.picture:print_year",
    "import": "fs_control.face.hours.changing:import_calendars",
    "export": "fs_control.face.hours.changing:export_calendars",
}


@click.group(
    "hours",
    cls=Group,
    lazy=COMMANDS,
    examples=(
        'fs-control hours add office --hours "mon-fri 09:00-12:00 13:30-18:00" --public-holidays CN',
        'fs-control hours explain office "2026-10-01 10:00"',
        "fs-control hours calendar office 2027",
    ),
)
def hours_group() -> None:
    """Choose a command below."""
