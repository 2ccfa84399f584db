"""`fs-control memory`: which agent dialled a number last, and for how long that counts (M1, M2, M4).

Easy to break: whether a memory counts depends on the service number that the customer dials, so a listing shows the
enterprise's own length, and `show` what is so for each number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fs_control.face.asking import author
from fs_control.face.click_words import Group, Option
from fs_control.face.exporting import export_sheet
from fs_control.face.importing import problems_named, read_text, show_import
from fs_control.face.stores import stores
from fs_control.face.telling import tell_engine
from fs_control.face.words import print_json, print_table, remark, say, words
from fs_control.ids import Micros, seconds

if TYPE_CHECKING:
    from fs_control.store.directory_plan import Configured, NumberEntry
    from fs_control.store.memories import StoredMemory
    from fs_control.store.memory_sheet import MemoryEntry

MOST_LISTED = 100_000


@click.group("memory", cls=Group, examples=("fs-control memory list", "fs-control memory set 13800138000 --agent 8001"))
def memory_group() -> None:
    """Choose a command below."""


# --- looking -------------------------------------------------------------------------------------------------------


@memory_group.command("list", examples=("fs-control memory list", "fs-control memory list 138 --agent 8001 --json"))
@click.argument("search", metavar="[WORD]...", nargs=-1)
@click.option("--agent", metavar="NUMBER", cls=Option)
@click.option("--limit", type=click.IntRange(1, MOST_LISTED), default=100, show_default=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def list_memories(search: tuple[str, ...], agent: str | None, limit: int, json: bool) -> None:
    """Print what is remembered."""
    with stores() as kept:
        found, configured = kept.memories.search(search, agent, limit + 1), kept.editor.configured()
    if json:
        memories = [_plain(memory, configured) for memory in found[:limit]]
        print_json({"memories": memories, "are_all": len(found) <= limit})
    elif not found:
        say("nothing_found" if search or agent else "no_memories")
    else:
        _print_memories(found[:limit], configured)
        if len(found) > limit:
            remark("more_there_are", limit=limit)


def _expiry(entry: MemoryEntry, valid_s: int) -> Micros:
    return Micros(entry.remembered_at + seconds(valid_s))


def _plain(memory: StoredMemory, configured: Configured) -> dict[str, Any]:
    expires_at = _expiry(memory.entry, configured.enterprise.memory_valid_s)
    names = {"agent_name": memory.agent_name, "customer_name": memory.customer_name}
    return {**asdict(memory.entry), **names, "expires_at": expires_at}


def _print_memories(memories: Sequence[StoredMemory], configured: Configured) -> None:
    from fs_control.face.clock_words import local_time

    zone, now = configured.enterprise.time_zone, author().now
    rows = []
    for memory in memories:
        expires_at = _expiry(memory.entry, configured.enterprise.memory_valid_s)
        rows.append(
            (
                memory.entry.number,
                memory.customer_name,
                memory.entry.agent,
                memory.agent_name,
                memory.entry.service_number,
                f"{local_time(memory.entry.remembered_at, zone):%Y-%m-%d %H:%M:%S}",
                f"{local_time(expires_at, zone):%Y-%m-%d %H:%M:%S}",
                words("memory_standing.valid" if now < expires_at else "memory_standing.expired"),
            )
        )
    headings = ("customer", "name", "agent", "agent_name", "service_number", "remembered_at", "counts_until", "counts")
    print_table(headings, rows)


@memory_group.command("show", examples=("fs-control memory show 13800138000",))
@click.argument("number")
@click.option("--json", "json", is_flag=True, cls=Option)
def show_memory(number: str, json: bool) -> None:
    """Print what is remembered of a number, and what that means at each service number."""
    with stores() as kept:
        memory, configured = kept.memories.find(number), kept.editor.configured()
    meaning = [(one, _standing(memory.entry, one, configured)) for one in configured.numbers.values()]
    if json:
        at = [{"number": one.number, "standing": standing, "expires_at": until} for one, (standing, until) in meaning]
        print_json({**_plain(memory, configured), "numbers": at})
        return
    _print_memories([memory], configured)
    if meaning:
        click.echo()
        _print_standings(meaning, configured.enterprise.time_zone)


def _standing(entry: MemoryEntry, number: NumberEntry, configured: Configured) -> tuple[str, Micros | None]:
    """Return whether a memory counts for callers of a service number now, and until when."""
    if not number.takes_memory:
        return "number_takes_no_part", None
    own = number.memory_valid_s
    expires_at = _expiry(entry, configured.enterprise.memory_valid_s if own is None else own)
    return "valid" if author().now < expires_at else "expired", expires_at


def _print_standings(meaning: Sequence[tuple[NumberEntry, tuple[str, Micros | None]]], zone: str) -> None:
    from fs_control.face.clock_words import local_time

    rows = [
        (
            number.number,
            words(f"memory_standing.{standing}"),
            None if until is None else f"{local_time(until, zone):%Y-%m-%d %H:%M:%S}",
        )
        for number, (standing, until) in meaning
    ]
    print_table(("service_number", "counts", "counts_until"), rows)


# --- changing ------------------------------------------------------------------------------------------------------


@memory_group.command(
    "set",
    examples=(
        "fs-control memory set 13800138000 --agent 8001",
        "fs-control memory add 13800138000 --agent 8001 --at 2026-11-22T10:00",
    ),
)
@click.argument("number")
@click.option("--agent", metavar="NUMBER", required=True, cls=Option)
@click.option("--service-number", cls=Option)
@click.option("--at", cls=Option)
def remember(number: str, agent: str, service_number: str | None, at: str | None) -> None:
    """Remember that an agent dialled a number."""
    from fs_control.store import directory_fields as read
    from fs_control.store.memory_sheet import MemoryEntry, moment

    service = None if service_number is None else read.service_number(service_number)
    now = author().now
    with stores() as kept:
        moment_of_it = now if at is None else moment(at, kept.time_zone, now)
        stored = kept.memories.remember(MemoryEntry(number, agent, service, moment_of_it))
        numbers = kept.editor.configured().numbers.values()
    say("remembered", customer=stored, agent=agent)
    if not any(one.takes_memory for one in numbers):
        remark("no_number_takes_memory")


@memory_group.command(
    "forget", examples=("fs-control memory forget 13800138000", "fs-control memory remove 13800138000")
)
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
def forget(numbers: tuple[str, ...]) -> None:
    """Forget what is remembered of numbers."""
    with stores() as kept:
        forgotten = kept.memories.forget(numbers)
    say("forgotten", numbers=tuple(forgotten))


# A number has one memory: to add one is to set it. What is forgotten is removed.
memory_group.add_command(remember, "add")
memory_group.add_command(forget, "remove")


@memory_group.command("settings", examples=("fs-control memory settings", "fs-control memory settings --valid 14d"))
@click.option("--valid", cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def memory_settings(valid: str | None, json: bool) -> None:
    """Print how long a memory counts and for which numbers, or change how long."""
    from fs_control.store import directory_fields as read

    with stores() as kept:
        if valid is not None:
            kept.editor.change_enterprise(memory_valid_s=read.memory_seconds(valid))
        configured = kept.editor.configured()
    if json:
        numbers = [asdict(number) for number in configured.numbers.values() if number.takes_memory]
        print_json({"valid_s": configured.enterprise.memory_valid_s, "numbers": numbers})
    else:
        _print_settings(configured)
    if valid is not None:
        tell_engine()


def _print_settings(configured: Configured) -> None:
    from fs_control.store.directory_fields import length_text

    say("memory_counts_for", length=length_text(configured.enterprise.memory_valid_s))
    numbers = [number for number in configured.numbers.values() if number.takes_memory]
    if not numbers:
        say("no_number_takes_memory")
        return
    lengths = (
        configured.enterprise.memory_valid_s if one.memory_valid_s is None else one.memory_valid_s for one in numbers
    )
    rows = [(one.number, length_text(length), one.absent_flow) for one, length in zip(numbers, lengths, strict=True)]
    print_table(("service_number", "counts_for", "absent_flow"), rows)


# --- files ---------------------------------------------------------------------------------------------------------


@memory_group.command("import", examples=("fs-control memory import memory.csv --dry-run",))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def import_memories(file: Path, dry_run: bool, json: bool) -> None:
    """Take over a CSV sheet of call memories."""
    from fs_control.store.memory_sheet import parse_memories

    text = read_text(file)
    with problems_named(), stores() as kept:
        sheet = parse_memories(text, str(file), kept.customers.region(), kept.time_zone, author().now)
        result = kept.memories.import_sheet(sheet, dry_run=dry_run)
    show_import(str(file), result, dry_run=dry_run, json=json)


@memory_group.command("export", examples=("fs-control memory export --out memory.csv",))
@click.option("--agent", metavar="NUMBER", cls=Option)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv", cls=Option)
def export_memories(agent: str | None, out: Path | None) -> None:
    """Write what is remembered as a CSV sheet."""
    from fs_control.store.memory_sheet import COLUMNS, moment_text

    with stores() as kept:
        found, zone = kept.memories.search((), agent), kept.time_zone
    entries = [memory.entry for memory in found]
    rows = [(one.number, one.agent, one.service_number, moment_text(one.remembered_at, zone)) for one in entries]
    export_sheet(COLUMNS, rows, out)
