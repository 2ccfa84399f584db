"""`fs-control number`: the numbers that customers dial, the flow that answers each, and whether memory counts (N1, M4).

Easy to break: a number takes no calls before its flow has an active version, so a listing shows the version and a
change names a flow that has none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fs_control.face.asking import author, be_sure
from fs_control.face.click_words import Group, Option
from fs_control.face.exporting import export_sheet
from fs_control.face.importing import import_sheet_of, show_change
from fs_control.face.removing import say_removed, say_restored, show_removed
from fs_control.face.stores import Stores, stores
from fs_control.face.telling import tell_engine
from fs_control.face.values import given_or_none, refuse_no_change
from fs_control.face.words import print_json, print_table, remark, say, words

if TYPE_CHECKING:
    from fs_control.store.directory_plan import Configured, NumberEntry
    from fs_control.store.flow_versions import FlowVersion

Command = Callable[..., None]


@click.group("number", cls=Group, examples=("fs-control number list", "fs-control number set 4001234567 --flow main"))
def number_group() -> None:
    """Choose a command below."""


# --- looking -------------------------------------------------------------------------------------------------------


@number_group.command("list", examples=("fs-control number list", "fs-control number list 400 --flow main --json"))
@click.argument("search", metavar="[WORD]...", nargs=-1)
@click.option("--flow", metavar="NAME", cls=Option)
@click.option("--removed", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def list_numbers(search: tuple[str, ...], flow: str | None, removed: bool, json: bool) -> None:
    """Print the numbers, the flow of each and its active version."""
    from fs_control.store.search_words import is_found

    if removed:
        _list_removed(json=json)
        return
    with stores() as kept:
        numbers, versions = kept.editor.configured().numbers, kept.directory.flow_versions()
    found = [
        number
        for number in numbers.values()
        if is_found(search, number.number, number.flow) and flow in (None, number.flow)
    ]
    if json:
        print_json({"numbers": [_plain(number, versions) for number in found]})
    elif not found:
        say("nothing_found" if numbers else "no_numbers")
    else:
        _print_numbers(found, versions)


@number_group.command(
    "show", examples=("fs-control number show 4001234567", "fs-control number show 4001234567 --json")
)
@click.argument("number")
@click.option("--json", "json", is_flag=True, cls=Option)
def show_number(number: str, json: bool) -> None:
    """Print one number."""
    with stores() as kept:
        entry, versions = _number(kept.editor.configured(), number), kept.directory.flow_versions()
    if json:
        print_json(_plain(entry, versions))
    else:
        _print_numbers([entry], versions)


def _number(configured: Configured, number: str) -> NumberEntry:
    from fs_control.store.directory_edit import unknown
    from fs_control.store.directory_plan import ItemKind

    if number not in configured.numbers:
        raise unknown(ItemKind.NUMBER, number, configured.numbers)
    return configured.numbers[number]


def _plain(number: NumberEntry, versions: Mapping[str, FlowVersion]) -> dict[str, Any]:
    version = versions.get(number.flow or "")
    return {**asdict(number), "version": None if version is None else asdict(version)}


def _print_numbers(numbers: Sequence[NumberEntry], versions: Mapping[str, FlowVersion]) -> None:
    rows = [
        (
            number.number,
            number.flow,
            _version_words(number, versions),
            None if number.max_calls is None else str(number.max_calls),
            _memory_words(number),
            number.absent_flow,
        )
        for number in numbers
    ]
    print_table(("service_number", "flow", "version", "max_calls", "memory", "absent_flow"), rows)


def _version_words(number: NumberEntry, versions: Mapping[str, FlowVersion]) -> str | None:
    """Return which version of the flow answers; None for a number without a flow."""
    if number.flow is None:
        return None
    version = versions.get(number.flow)
    if version is None:
        return words("flow_without_version")
    return words("flow_version", version=version.version, digest=version.digest[:12])


def _memory_words(number: NumberEntry) -> str:
    from fs_control.store.directory_fields import length_text

    if number.takes_memory and number.memory_valid_s is not None:
        return length_text(number.memory_valid_s)
    return words("yes" if number.takes_memory else "no")


# --- changing ------------------------------------------------------------------------------------------------------


def _settings_options(command: Command) -> Command:
    """Give a command the options that are settings of a number; `_settings` reads them."""
    options = (
        click.option("--flow", metavar="NAME", cls=Option),
        click.option("--max-calls", cls=Option),
        click.option("--memory/--no-memory", default=None, cls=Option),
        click.option("--memory-valid", cls=Option),
        click.option("--absent-flow", metavar="NAME", cls=Option),
    )
    for option in reversed(options):
        command = option(command)
    return command


@number_group.command("add", examples=("fs-control number add 4001234567 --flow main --memory --memory-valid 7d",))
@click.argument("number")
@_settings_options
def add_number(number: str, **given: Any) -> None:
    """Add a number."""
    from fs_control.store import directory_fields as read
    from fs_control.store.directory_plan import NumberEntry

    settings = _settings(**given)
    entry = NumberEntry(read.service_number(number), **settings)
    with stores() as kept:
        kept.editor.add(entry)
        _remark_missing_flows(kept, entry)
    say("number_added", number=number)
    tell_engine()


@number_group.command(
    "set",
    examples=("fs-control number set 4001234567 --flow main --max-calls 50", "fs-control number set 400 --flow -"),
)
@click.argument("number")
@_settings_options
def set_number(number: str, **given: Any) -> None:
    """Change a number."""
    from fs_control.store.directory_plan import NumberEntry

    settings = _settings(**given)
    refuse_no_change(settings)
    with stores() as kept:
        item = kept.editor.change(NumberEntry, number, lambda entry: replace(entry, **settings))
        _remark_missing_flows(kept, kept.editor.configured().numbers[number])
    show_change(item)
    tell_engine()


def _settings(
    flow: str | None, max_calls: str | None, memory: bool | None, memory_valid: str | None, absent_flow: str | None
) -> dict[str, Any]:
    from fs_control.store import directory_fields as read

    settings = given_or_none(
        flow=(flow, read.name),
        max_calls=(max_calls, read.call_count),
        memory_valid_s=(memory_valid, read.memory_seconds),
        absent_flow=(absent_flow, read.name),
    )
    return settings if memory is None else {**settings, "takes_memory": memory}


def _remark_missing_flows(kept: Stores, entry: NumberEntry) -> None:
    """Name each flow of a number that has no active version, with the nearest that has."""
    from fs_control.store.directory_check import nearest

    versions = kept.directory.flow_versions()
    for flow in (entry.flow, entry.absent_flow):
        if flow is not None and flow not in versions:
            remark("flow_not_active", number=entry.number, flow=flow, nearest=nearest(flow, versions))


@number_group.command("remove", examples=("fs-control number remove 4001234567",))
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, cls=Option)
def remove_numbers(numbers: tuple[str, ...], yes: bool) -> None:
    """Remove numbers; calls to them are refused from then on."""
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        configured = kept.editor.configured()
        _print_numbers([_number(configured, number) for number in numbers], kept.directory.flow_versions())
        be_sure(yes, "remove_numbers_really", numbers=numbers)
        kept.removals.remove(ItemKind.NUMBER, numbers, author())
    say_removed(ItemKind.NUMBER, numbers)
    tell_engine()


@number_group.command("restore", examples=("fs-control number restore 4001234567",))
@click.argument("number")
def restore_number(number: str) -> None:
    """Bring a removed number back."""
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        kept.removals.restore(ItemKind.NUMBER, number, author().now)
    say_restored(ItemKind.NUMBER, number)
    tell_engine()


def _list_removed(*, json: bool) -> None:
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        steps, zone = kept.removals.removed(ItemKind.NUMBER, author().now), kept.time_zone
    show_removed(steps, zone, json=json)


# --- files ---------------------------------------------------------------------------------------------------------


@number_group.command("import", examples=("fs-control number import numbers.csv --dry-run",))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def import_numbers(file: Path, dry_run: bool, json: bool) -> None:
    """Take over a CSV sheet of numbers."""
    from fs_control.store.directory_plan import ItemKind

    import_sheet_of(ItemKind.NUMBER, file, dry_run=dry_run, json=json)


@number_group.command("export", examples=("fs-control number export --out numbers.csv",))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv", cls=Option)
def export_numbers(out: Path | None) -> None:
    """Write the numbers as a CSV sheet."""
    from fs_control.store.directory_csv import columns_of
    from fs_control.store.directory_fields import length_text, yes_or_no_text
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        numbers = kept.editor.configured().numbers.values()
    rows = [
        (
            number.number,
            number.flow,
            number.max_calls,
            yes_or_no_text(number.takes_memory),
            None if number.memory_valid_s is None else length_text(number.memory_valid_s),
            number.absent_flow,
        )
        for number in numbers
    ]
    export_sheet(columns_of(ItemKind.NUMBER), rows, out)
