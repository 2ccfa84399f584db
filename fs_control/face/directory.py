"""`fs-control directory`: what is configured, and bringing in a file of it.

The reading and judging of a file is the store's. Easy to break: an engine that runs has its own copy of the directory,
so an import that changed something tells it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Group, Option
from fs_control.face.client import running_engine
from fs_control.face.database import database
from fs_control.face.punctuation import listed
from fs_control.face.words import language, print_json, print_table, remark, say, words

if TYPE_CHECKING:
    from fs_control.records import Directory
    from fs_control.store.directory_plan import DirectoryFileMistake, DirectoryPlan, ImportedItem, ImportResult


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
    from fs_control.store.directory_plan import DirectoryFileMistake

    plan = _read_plan(file)
    try:
        result = _carry_out(plan, dry_run=dry_run)
    except DirectoryFileMistake as mistake:
        _name_problems(mistake)
        raise
    if json:
        print_json(_plain_result(plan, result, dry_run=dry_run))
    else:
        _print_result(plan, result, dry_run=dry_run)
    if not dry_run:
        _tell_engine(plan)


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


# --- import --------------------------------------------------------------------------------------------------------


def _read_plan(file: Path) -> DirectoryPlan:
    from fs_control.store.directory_file import decode_directory_file, parse_directory

    try:
        data = file.read_bytes()
    except OSError as error:
        raise UserMistake("file_unreadable", file=str(file), reason=error.strerror) from error
    return parse_directory(decode_directory_file(data), str(file))


def _carry_out(plan: DirectoryPlan, *, dry_run: bool) -> ImportResult:
    from fs_control.face.directory_preview import preview_import
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.directory import PostgresDirectoryStore

    with database() as engine:
        if dry_run:
            return preview_import(engine, DEFAULT_ENTERPRISE, plan)
        return PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).import_directory(plan)


def _name_problems(mistake: DirectoryFileMistake) -> None:
    """Name every bad place on stderr, in the form that editors jump to."""
    for problem in mistake.problems:
        place = f"{problem.file}:{problem.place.line}:{problem.place.column}"
        click.echo(f"{place}: {words(problem.code, **problem.values)}", err=True)


def _print_result(plan: DirectoryPlan, result: ImportResult, *, dry_run: bool) -> None:
    for item in result.added:
        say("directory_item_added", what=_what(item))
    for item in result.changed:
        say("directory_item_changed", what=_what(item), changes=listed(_change_words(item), language()))
    say(
        "directory_would_change" if dry_run else "directory_imported",
        file=plan.file,
        added=len(result.added),
        changed=len(result.changed),
        unchanged=len(result.unchanged),
    )


def _what(item: ImportedItem) -> str:
    """Return what an item is called; the enterprise's settings have no name of their own."""
    return f"{words(f'item_kind.{item.kind}')} {item.key}".rstrip()


def _change_words(item: ImportedItem) -> Iterator[str]:
    for change in item.changes:
        yield words("directory_field_changed", field=change.name, before=change.before, after=change.after)


def _plain_result(plan: DirectoryPlan, result: ImportResult, *, dry_run: bool) -> Any:
    from pydantic import TypeAdapter

    from fs_control.store.directory_plan import ImportResult

    answer = TypeAdapter(ImportResult).dump_python(result, mode="json", fallback=str)
    return {"file": plan.file, "dry_run": dry_run, **answer}


def _tell_engine(plan: DirectoryPlan) -> None:
    """Have a running engine take the directory over; where none runs, say that the next one will."""
    engine = running_engine()
    try:
        engine.reload_directory()
    except UserMistake as mistake:
        if mistake.code != "engine_not_running":
            raise
        remark("directory_for_next_start")
    else:
        remark("directory_reloaded")
        _name_numbers_without_flow(plan, engine.status()["flows"])


def _name_numbers_without_flow(plan: DirectoryPlan, active: Sequence[str]) -> None:
    """Name the file's numbers whose callers the running engine cannot serve yet."""
    flows = {number: entry.flow for number, entry in plan.numbers.items() if entry.flow not in (None, *active)}
    if flows:
        numbers = (words("directory_flow_of_number", number=number, flow=flow) for number, flow in flows.items())
        remark("directory_flows_not_active", numbers=listed(numbers, language()))


# --- show ----------------------------------------------------------------------------------------------------------


def _print_directory(directory: Directory) -> None:
    say(
        "directory_enterprise",
        enterprise=directory.enterprise,
        time_zone=directory.time_zone,
        language=directory.language,
        region=directory.region,
    )
    if not (directory.numbers or directory.groups or directory.agents):
        say("directory_is_empty")
        return
    _print_part(("service_number", "flow", "max_calls"), _number_rows(directory))
    _print_part(("group", "strategy", "ring", "members"), _group_rows(directory))
    _print_part(("agent", "name", "phone"), _agent_rows(directory))


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
            ", ".join(directory.agents[agent].number for agent in group.members if agent in directory.agents),
        )
        for group in sorted(directory.groups.values(), key=lambda group: group.name)
    ]


def _agent_rows(directory: Directory) -> list[tuple[str | None, ...]]:
    agents = sorted(directory.agents.values(), key=lambda agent: agent.number)
    return [(agent.number, agent.name, agent.phone) for agent in agents]
