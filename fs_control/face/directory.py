"""`fs-control directory`: what is configured, all of it in one listing and one file.

Each kind of thing has commands of its own beside this. Easy to break: the JSON is `records.Directory` as the engine has
it, which names things by the ids of their rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fs_control.face.click_words import Group, Option
from fs_control.face.database import database
from fs_control.face.importing import import_plan
from fs_control.face.words import print_json, print_table, say, words

if TYPE_CHECKING:
    from fs_control.records import Directory
    from fs_control.records import Group as SkillGroup


@click.group(
    "directory", cls=Group, examples=("fs-control directory import centre.yaml --dry-run", "fs-control directory show")
)
def directory_group() -> None:
    """Choose a command below."""


@directory_group.command(
    "import", examples=("fs-control directory import centre.yaml --dry-run", "fs-control directory import centre.csv")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def import_directory(file: Path, dry_run: bool, json: bool) -> None:
    """Take over a directory file."""
    from fs_control.store.directory_file import parse_directory

    import_plan(parse_directory, file, dry_run=dry_run, json=json)


@directory_group.command("show", examples=("fs-control directory show", "fs-control directory show --json"))
@click.option("--json", "json", is_flag=True, cls=Option)
def show_directory(json: bool) -> None:
    """Print the directory."""
    from pydantic import TypeAdapter

    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.records import Directory
    from fs_control.store.directory import PostgresDirectoryStore

    with database() as engine:
        directory, _ = PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).load()
    if json:
        print_json(TypeAdapter(Directory).dump_python(directory, mode="json"))
    else:
        _print_directory(directory)


# --- show ----------------------------------------------------------------------------------------------------------


def _print_directory(directory: Directory) -> None:
    say(
        "directory_enterprise",
        enterprise=directory.enterprise,
        time_zone=directory.time_zone,
        language=directory.language,
        region=directory.region,
    )
    if not (directory.numbers or directory.groups or directory.agents or directory.calendars):
        say("directory_is_empty")
        return
    _print_part(("service_number", "flow", "max_calls"), _number_rows(directory))
    _print_part(("group", "strategy", "ring", "members"), _group_rows(directory))
    _print_part(("agent", "name", "phone"), _agent_rows(directory))
    _print_part(("calendar", "hours", "time_zone"), _calendar_rows(directory))


def _print_part(headings: Sequence[str], rows: Sequence[Sequence[str | None]]) -> None:
    if rows:
        click.echo()
        print_table(headings, rows)


def _number_rows(directory: Directory) -> list[tuple[str | None, ...]]:
    numbers = sorted(directory.numbers.values(), key=lambda number: number.number)
    return [
        (number.number, number.flow, None if number.max_calls is None else str(number.max_calls)) for number in numbers
    ]


def _group_rows(directory: Directory) -> list[tuple[str | None, ...]]:
    return [
        (
            group.name,
            words(f"rule.{group.strategy}"),
            words("story.seconds", seconds=f"{group.ring_s:g}"),
            ", ".join(_member_words(directory, group)),
        )
        for group in sorted(directory.groups.values(), key=lambda group: group.name)
    ]


def _member_words(directory: Directory, group: SkillGroup) -> list[str]:
    numbers = ((directory.agents[agent].number, group.levels.get(agent)) for agent in group.members)
    return [number if level is None else f"{number}:{level}" for number, level in numbers]


def _agent_rows(directory: Directory) -> list[tuple[str | None, ...]]:
    agents = sorted(directory.agents.values(), key=lambda agent: agent.number)
    return [(agent.number, agent.name, agent.phone) for agent in agents]


def _calendar_rows(directory: Directory) -> list[tuple[str | None, ...]]:
    from fs_control.face.hours.wording import weekday_words
    from fs_control.store.calendar_entries import WeekdayHours, week_text

    weeks = {
        calendar.name: [WeekdayHours(weekday, hours) for weekday, hours in sorted(calendar.regular.items())]
        for calendar in directory.calendars.values()
    }
    return [
        (calendar.name, week_text(weeks[calendar.name], weekday_words()) or None, calendar.zone)
        for calendar in sorted(directory.calendars.values(), key=lambda calendar: calendar.name)
    ]
