"""`fs-control prompt`: the operator's own recordings, which callers hear from the next call on (N5).

A recording lies in the library's folder and is noted in the database. Easy to break: the engine is told nothing, and
need not run; a file takes its place whole, so a call that is playing the old one is not disturbed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fs_control.errors import UserMistake
from fs_control.face.asking import author
from fs_control.face.click_words import Group, Option
from fs_control.face.database import database
from fs_control.face.options import load_settings
from fs_control.face.playing import play_aloud
from fs_control.face.words import print_json, print_table, progress, say, words
from fs_control.texts import LANGUAGES

if TYPE_CHECKING:
    from fs_control.media.library import Library
    from fs_control.records import FlowText
    from fs_control.store.prompts import PostgresPromptStore, StoredPrompt


EXAMPLES = ("fs-control prompt add welcome greeting.mp3 --language zh", "fs-control prompt list")


@click.group("prompt", cls=Group, examples=EXAMPLES)
def prompt_group() -> None:
    """Choose a command below."""


def _language_option(command: Any) -> Any:
    return click.option("--language", "prompt_language", type=click.Choice(LANGUAGES), cls=Option)(command)


@prompt_group.command("add", examples=(EXAMPLES[0], 'fs-control prompt add sale sale.wav --says "We have a sale."'))
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_language_option
@click.option("--says", metavar="TEXT", cls=Option)
def add_prompt(name: str, file: Path, prompt_language: str | None, says: str | None) -> None:
    """Add or replace a prompt."""
    from fs_control.media.prompts import check_own_name
    from fs_control.media.sound import sound_of_file
    from fs_control.store.prompts import NewPrompt

    check_own_name(name)
    with progress("progress.sound"):
        sound = sound_of_file(file)
    with _desk() as desk:
        language = prompt_language or desk.language
        noted = NewPrompt(name, language, sound.seconds, sound.sha256, says or None, file.name)
        was_there = desk.library.has(name, language)
        desk.store.keep(noted, author(), lambda: desk.library.put(name, language, sound.wav))
    say(
        "prompt_replaced" if was_there else "prompt_added",
        name=name,
        language=language,
        seconds=f"{sound.seconds:.1f}",
    )


@prompt_group.command("list", examples=("fs-control prompt list --all",))
@click.option("--all", "all_prompts", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def list_prompts(all_prompts: bool, json: bool) -> None:
    """List the prompts."""
    with _desk() as desk:
        zone = desk.zone
        rows = [_row(each, desk.library) for each in desk.store.all()]
        if all_prompts:
            rows += _shipped(desk.library, {(row["name"], row["language"]) for row in rows})
    if json:
        print_json({"prompts": rows})
    elif not rows:
        say("no_prompts")
    else:
        print_table(
            ("prompt", "language", "length_s", "added", "added_by", "source", "says"),
            [_cells(row, zone) for row in rows],
            right=("length_s",),
        )


@prompt_group.command("show", examples=("fs-control prompt show welcome --language zh",))
@click.argument("name")
@_language_option
@click.option("--json", "json", is_flag=True, cls=Option)
def show_prompt(name: str, prompt_language: str | None, json: bool) -> None:
    """Show one prompt."""
    with _desk() as desk:
        language = prompt_language or desk.language
        path = _path(desk.library, name, language)
        own = [_row(each, desk.library) for each in desk.store.all() if (each.name, each.language) == (name, language)]
        row = own[0] if own else _shipped_row(desk.library, name, language)
        flows = [flow.name for flow in desk.flows if _plays(flow, name, language)]
        zone = desk.zone
    if json:
        print_json({**row, "file": str(path), "flows": flows})
        return
    headings = ("prompt", "language", "length_s", "added", "added_by", "source", "says")
    print_table(
        ("setting", "value"),
        [
            *((words(f"heading.{heading}"), cell) for heading, cell in zip(headings, _cells(row, zone), strict=True)),
            (words("heading.file"), str(path)),
            (words("heading.flows"), ", ".join(flows) or None),
        ],
    )


@prompt_group.command("play", examples=("fs-control prompt play welcome --language en",))
@click.argument("name")
@_language_option
def play_prompt(name: str, prompt_language: str | None) -> None:
    """Play a prompt."""
    with _desk() as desk:
        path = _path(desk.library, name, prompt_language or desk.language)
    if not play_aloud(path):
        say("not_played", path=str(path))


@prompt_group.command("remove", examples=("fs-control prompt remove welcome --language zh",))
@click.argument("name")
@_language_option
def remove_prompt(name: str, prompt_language: str | None) -> None:
    """Remove a prompt."""
    from fs_control.media.prompts import is_shipped

    with _desk() as desk:
        language = prompt_language or desk.language
        falls_back = is_shipped(name, language)
        desk.store.remove(name, language, is_last=not falls_back, take_away=lambda: desk.library.remove(name, language))
    say("prompt_shipped_again" if falls_back else "prompt_removed", name=name, language=language)


# --- what the commands work with ---


@dataclass(frozen=True, slots=True)
class _Desk:
    """The library, what is noted of it, and the enterprise that it belongs to."""

    library: Library
    store: PostgresPromptStore
    language: str
    zone: str
    flows: tuple[FlowText, ...]


@contextmanager
def _desk() -> Iterator[_Desk]:
    from fs_control.face.library import open_library
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.directory import PostgresDirectoryStore
    from fs_control.store.prompts import PostgresPromptStore

    with database() as engine:
        directory, flows = PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).load()
        library = open_library(load_settings())
        store = PostgresPromptStore(engine, DEFAULT_ENTERPRISE)
        yield _Desk(library, store, directory.language, directory.time_zone, flows)


def _path(library: Library, name: str, language: str) -> Path:
    """Return where a prompt lies; UserMistake with the nearest name where it is not there."""
    from fs_control.store.directory_check import nearest

    if not library.has(name, language):
        meant = nearest(name, sorted(library.names()[language]))
        raise UserMistake("prompt_not_there", name=name, language=language, nearest=meant)
    return library.path(name, language)


def _plays(flow: FlowText, name: str, language: str) -> bool:
    from fs_control.store.prompts import prompts_of_flow

    return name in prompts_of_flow(flow).get(language, frozenset())


def _row(prompt: StoredPrompt, library: Library) -> dict[str, Any]:
    found = library.sha256(prompt.name, prompt.language)
    state = "good" if found == prompt.sha256 else "missing" if found is None else "changed"
    return {**asdict(prompt), "shipped": False, "file_state": state}


def _shipped(library: Library, own: set[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        _shipped_row(library, name, language)
        for language, names in library.names().items()
        for name in sorted(names)
        if (name, language) not in own
    ]


def _shipped_row(library: Library, name: str, language: str) -> dict[str, Any]:
    from fs_control.media.prompts import seconds_of, shipped_words

    row = dict.fromkeys(("source", "added_at", "added_by"))
    said = shipped_words().get(name, {}).get(language)
    seconds = seconds_of(library.path(name, language))
    return {"name": name, "language": language, "seconds": seconds, **row, "says": said, "shipped": True}


def _cells(row: dict[str, Any], zone: str) -> tuple[str | None, ...]:
    from fs_control.face.clock_words import since_words

    state = row.get("file_state")
    source = words("prompt_source.shipped") if row["shipped"] else row["source"]
    if state not in (None, "good"):
        source = f"{source} ({words(f'prompt_source.{state}')})"
    added = None if row["added_at"] is None else since_words(row["added_at"], zone)
    return (row["name"], row["language"], f"{row['seconds']:.1f}", added, row["added_by"], source, row["says"])
