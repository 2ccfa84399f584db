"""Taking over a file: whole, or refused with every bad line named.

The reading and judging of a file is the store's. Easy to break: a dry run says the same as the import would, and an
engine that runs is told only where something was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fs_control.errors import UserMistake
from fs_control.face.database import database
from fs_control.face.library import known_prompts
from fs_control.face.punctuation import listed
from fs_control.face.telling import tell_engine
from fs_control.face.words import language, print_json, say, words

if TYPE_CHECKING:
    from fs_control.store.directory_plan import (
        DirectoryFileMistake,
        DirectoryPlan,
        ImportedItem,
        ImportResult,
        ItemKind,
    )


def read_text(file: Path) -> str:
    """Return the text of a file; UserMistake where it cannot be read, is too large or no text."""
    from fs_control.store.directory_file import decode_directory_file

    try:
        data = file.read_bytes()
    except OSError as error:
        raise UserMistake("file_unreadable", file=str(file), reason=error.strerror) from error
    return decode_directory_file(data)


def import_plan(read: Callable[[str, str], DirectoryPlan], file: Path, *, dry_run: bool, json: bool) -> None:
    """Take over a file of things of the directory; `read` makes the plan of its text and its name."""
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.directory import PostgresDirectoryStore

    plan = read(read_text(file), str(file))
    with problems_named(), database() as engine:
        store = PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE, known_prompts())
        result = store.preview(plan) if dry_run else store.import_directory(plan)
    show_import(plan.file, result, dry_run=dry_run, json=json)
    if not dry_run:
        tell_engine(plan.numbers)


def import_sheet_of(kind: ItemKind, file: Path, *, dry_run: bool, json: bool) -> None:
    """Take over a CSV sheet of agents, groups or numbers alone."""
    from fs_control.store.directory_file import parse_sheet

    import_plan(lambda text, name: parse_sheet(kind, text, name), file, dry_run=dry_run, json=json)


@contextmanager
def problems_named() -> Iterator[None]:
    """Name every bad place of a file that the block refuses on stderr, in the form that editors jump to."""
    from fs_control.store.directory_plan import DirectoryFileMistake

    try:
        yield
    except DirectoryFileMistake as mistake:
        _name_problems(mistake)
        raise


def _name_problems(mistake: DirectoryFileMistake) -> None:
    for problem in mistake.problems:
        place = f"{problem.file}:{problem.place.line}:{problem.place.column}"
        click.echo(f"{place}: {words(problem.code, **problem.values)}", err=True)


def show_import(file: str, result: ImportResult, *, dry_run: bool, json: bool) -> None:
    """Print what an import did, or would do."""
    if json:
        print_json(_plain(file, result, dry_run=dry_run))
        return
    for item in result.added:
        say("directory_item_added", what=_what(item))
    for item in result.changed:
        say("directory_item_changed", what=_what(item), changes=change_words(item))
    say(
        "directory_would_change" if dry_run else "directory_imported",
        file=file,
        added=len(result.added),
        changed=len(result.changed),
        unchanged=len(result.unchanged),
    )


def show_change(item: ImportedItem) -> None:
    """Print what a `set` changed, field by field."""
    if item.changes:
        say("directory_item_changed", what=_what(item), changes=change_words(item))
    else:
        say("already_so", what=_what(item))


def change_words(item: ImportedItem) -> str:
    """Return the fields that have another value, old and new."""
    changes = (
        words("directory_field_changed", field=change.name, before=_shown(change.before), after=_shown(change.after))
        for change in item.changes
    )
    return listed(changes, language())


def _shown(value: object) -> object:
    """Return a field's value as a sentence shows it; one that is empty is none."""
    return None if value in ("", ()) else value


def _what(item: ImportedItem) -> str:
    """Return what an item is called; the enterprise's settings have no name of their own."""
    return f"{words(f'item_kind.{item.kind}')} {item.key}".rstrip()


def _plain(file: str, result: ImportResult, *, dry_run: bool) -> Any:
    from pydantic import TypeAdapter

    from fs_control.store.directory_plan import ImportResult

    answer = TypeAdapter(ImportResult).dump_python(result, mode="json", fallback=str)
    return {"file": file, "dry_run": dry_run, **answer}
