"""The command `demo`: plays, reads the rows back, tells each call as a story, and says whether all is as it must be."""

from __future__ import annotations

import fs_control.face.patched  # noqa: F401 - before everything that opens a socket

# isort: split
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from time import monotonic

import click
from rich.padding import Padding
from rich.text import Text
from sqlalchemy import Engine as Database

from fs_control.activating import activate_flows
from fs_control.face.box import in_folder
from fs_control.face.click_words import Command
from fs_control.face.demo.play import Played, import_sample, play_morning, play_night, save_customers
from fs_control.face.demo.script import MORNING_CALLS, NIGHT_CALLS, DemoCall
from fs_control.face.demo.verdict import Told, differences
from fs_control.face.options import load_settings, migrated_engine
from fs_control.face.story import tell_call
from fs_control.face.story_book import story_book
from fs_control.face.story_page import story_page
from fs_control.face.why_sentence import plain_sentence
from fs_control.face.why_words import answers_for
from fs_control.face.words import console, language, remark, say, words
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.runtime.logs import log_to_file
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.databases import drop_database
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.local_postgres import LocalPostgres

DATABASE_NAME = "fs_control_demo"


@click.command("demo", cls=Command, examples=("fs-control demo", "fs-control --lang zh demo"))
def demo_command() -> None:
    """Put calls through the whole system and tell them as stories."""
    started = monotonic()
    settings = load_settings()
    box = in_folder(settings, _fresh_folder(Path(settings.var) / "demo"))
    log_to_file(Path(box.var) / "demo.log")
    remark("demo.begins", calls=len(NIGHT_CALLS) + len(MORNING_CALLS))
    with _fresh_database(Path(settings.var) / "postgres") as database:
        import_sample(database)
        save_customers(database)
        activate_flows(_shipped_flows(), database, "demo")
        remark("demo.night")
        played = play_night(box, database, _call_ended)
        remark("demo.morning")
        played += play_morning(box, database, _call_ended)
        told = _read_back(database, played)
        _tell(database, told)
    _judge(told, len(played), monotonic() - started)


def _shipped_flows() -> Path:
    """Return the folder of the flows that come with the program: an admin's own are not the demo's."""
    return Path(str(files("fs_control"))) / "ivr_flows"


def _fresh_folder(folder: Path) -> Path:
    """Return an empty folder: a demo does not go on where the last one ended."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@contextmanager
def _fresh_database(folder: Path) -> Iterator[Database]:
    """Give the block an empty database of the embedded PostgreSQL; the operator's own data are beside it, untouched."""
    server = LocalPostgres(folder)
    try:
        drop_database(server.start(), DATABASE_NAME)
        with migrated_engine(server.create_database(DATABASE_NAME)) as database:
            yield database
    finally:
        server.stop()


def _call_ended(call: DemoCall) -> None:
    remark("demo.call_ended", title=words(call.title))


def _read_back(database: Database, played: Played) -> list[Told]:
    """Read the records from PostgreSQL and put each beside its call of the script."""
    records = {record.leg: record for record in PostgresRecordStore(database, DEFAULT_ENTERPRISE).recent(1000)}
    told = [(call, records[leg]) for call, leg in played if leg in records]
    return sorted(told, key=lambda pair: pair[1].started_at)


def _tell(database: Database, told: list[Told]) -> None:
    """Print each call as `call show` tells it, and under it the sentence of `call why`."""
    book = story_book(*PostgresDirectoryStore(database, DEFAULT_ENTERPRISE).load())
    page = console()
    for call, record in told:
        page.print(f"[bold yellow]{words(call.title)}[/]", highlight=False)
        page.print(story_page(tell_call(record, book, language()), language()), highlight=False)
        why = words("demo.why", sentence=plain_sentence(record, answers_for(record), book, language()))
        page.print(Padding(Text(why, style="bold"), (0, 0, 1, 2)))


def _judge(told: list[Told], calls: int, took_s: float) -> None:
    found = differences(told, calls)
    for difference in found:
        remark(difference.code, **difference.values)
    if found:
        remark("demo.failed", count=len(found))
        click.get_current_context().exit(1)
    say("demo.passed", calls=calls, seconds=f"{took_s:.0f}")
