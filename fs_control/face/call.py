"""`fs-control call`: the newest calls, one call as a story, why it went so, one call event by event.

Records come from the database, traces from the journal: neither needs a running engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Group, Option
from fs_control.face.database import database
from fs_control.face.options import journal_folder, load_settings
from fs_control.face.words import console, language, print_json, print_table, progress, say, wide_console, words
from fs_control.texts import LANGUAGES

if TYPE_CHECKING:
    from fs_control.face.story_book import StoryBook
    from fs_control.records import CallRecord
    from fs_control.settings import Settings

MOST_LISTED: Final = 10_000


@click.group("call", cls=Group, examples=("fs-control call list --limit 5", "fs-control call show 1f3c8a2e"))
def call_group() -> None:
    """Choose a command below."""


def _some_id(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Refuse an empty beginning of an id: it is that of every call."""
    if not value.strip():
        raise click.BadParameter(words("call_id_empty"))
    return value


@call_group.command("list", examples=("fs-control call list", "fs-control call list --limit 100 --json"))
@click.option("--limit", type=click.IntRange(1, MOST_LISTED), default=20, show_default=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def list_calls(limit: int, json: bool) -> None:
    """Print the newest calls."""
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.call_records import PostgresRecordStore

    with database() as engine:
        records = PostgresRecordStore(engine, DEFAULT_ENTERPRISE).recent(limit)
        book = _book(engine)
    if json:
        print_json({"calls": [_plain(record) for record in records]})
    elif not records:
        say("no_calls")
    else:
        _print_calls(records, book)


@call_group.command("show", examples=("fs-control call show 1f3c8a2e", "fs-control call show 1f3c8a2e --json"))
@click.argument("id", callback=_some_id)
@click.option("--json", "json", is_flag=True, cls=Option)
def show_call(id: str, json: bool) -> None:
    """Tell one call."""
    from fs_control.face.agent_details import plain_agents, print_agents
    from fs_control.face.ledger.page import tell_corrections
    from fs_control.face.story import tell_call
    from fs_control.face.story_page import print_story
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.call_records import PostgresRecordStore
    from fs_control.store.messages import PostgresMessageStore

    with database() as engine:
        record = only_one(PostgresRecordStore(engine, DEFAULT_ENTERPRISE).find(id), id)
        messages = PostgresMessageStore(engine, DEFAULT_ENTERPRISE).of_call(record.call_id)
        book = _book(engine)
    if json:
        message_ids = [message.id for message in messages]
        print_json({**_plain(record), "agents": plain_agents(record), "message_ids": message_ids})
    else:
        print_story(console(), tell_call(record, book, language()), language())
        print_agents(record, book)
        tell_corrections(record, book)
        for message in messages:
            say("call_message", id=message.id, box=message.box)


@call_group.command("trace", examples=("fs-control call trace 1f3c8a2e", "fs-control call trace 1f3c8a2e --json"))
@click.argument("id", callback=_some_id)
@click.option("--json", "json", is_flag=True, cls=Option)
def trace_call(id: str, json: bool) -> None:
    """Print what the journal knows of one call."""
    from fs_control.face.call_trace import plain_trace, print_trace
    from fs_control.runtime import replay

    trace = replay.trace_call(journal_folder(load_settings()), id)
    if json:
        print_json(plain_trace(trace))
    else:
        print_trace(trace)


@call_group.command(
    "replay",
    examples=(
        "fs-control call replay 1f3c8a2e",
        "fs-control call replay 1f3c8a2e --step 12",
        "fs-control call replay 1f3c8a2e --at 09:15:30 --json",
    ),
)
@click.argument("id", callback=_some_id)
@click.option("--at", "moment", metavar="TIME", cls=Option)
@click.option("--step", "step", type=click.IntRange(min=1), cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def replay_call(id: str, moment: str | None, step: int | None, json: bool) -> None:
    """Fold one call once more and print what each event changed."""
    from fs_control.face import call_replay as page
    from fs_control.runtime import replay

    if moment is not None and step is not None:
        raise click.BadOptionUsage("--step", words("replay_at_and_step"))
    with progress("progress.replay"):
        found = replay.replay_call(journal_folder(load_settings()), id)
    number = step if moment is None else page.step_at(found, moment)
    if json:
        print_json(page.plain_replay(found) if number is None else page.plain_state(found, number))
    elif number is None:
        page.print_replay(found)
    else:
        page.print_step(found, number)


@call_group.command(
    "timeline",
    examples=(
        "fs-control call timeline 1f3c8a2e",
        "fs-control call timeline 1f3c8a2e --svg call.svg",
        "fs-control --lang zh call timeline 1f3c8a2e",
    ),
)
@click.argument("id", callback=_some_id)
@click.option("--svg", "svg", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), cls=Option)
def timeline_of_call(id: str, svg: Path | None) -> None:
    """Draw one call as a ladder."""
    from fs_control.face.timeline.drawing import told_call, write_picture
    from fs_control.face.timeline.page import print_ladder

    with database() as engine:
        record = only_one(_stored_or_under_way(engine, id), id)
        told = told_call(engine, record, _book(engine), language())
    if svg is None:
        print_ladder(wide_console(), told)
    else:
        write_picture(svg, told)


@call_group.command("why", examples=("fs-control call why 1f3c8a2e", "fs-control call why 1f3c8a2e --language zh"))
@click.argument("id", callback=_some_id)
@click.option("--language", "answer_language", type=click.Choice(LANGUAGES), cls=Option)
@click.option("--all", "everybody", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def why_call(id: str, answer_language: str | None, everybody: bool, json: bool) -> None:
    """Say why a call went as it did."""
    from fs_control.face.why import tell_why
    from fs_control.face.why_page import plain_why, print_why
    from fs_control.face.why_sentence import plain_sentence
    from fs_control.face.why_words import answers_for

    with database() as engine:
        record = only_one(_stored_or_under_way(engine, id), id)
        book = _book(engine)
    with progress("progress.why"):
        answers = answers_for(record)
    why = tell_why(record, answers, book, answer_language or language(), everybody=everybody)
    if json:
        sentences = {each: plain_sentence(record, answers, book, each) for each in LANGUAGES}
        print_json(plain_why(record, answers, why, sentences))
    else:
        print_why(console(), why)


def _stored_or_under_way(engine: Any, prefix: str) -> Sequence[CallRecord]:
    """Return the calls of the database; where it has none, those that the journal knows and it does not yet."""
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.runtime.replay import records_under_way
    from fs_control.store.call_records import PostgresRecordStore

    stored = PostgresRecordStore(engine, DEFAULT_ENTERPRISE).find(prefix)
    settings = load_settings()
    return stored or records_under_way(journal_folder(settings), prefix) or _kept(settings, prefix)


def _kept(settings: Settings, prefix: str) -> Sequence[CallRecord]:
    """Return the calls whose records wait on disk for the database, or were refused by it."""
    from fs_control.records import CallRecord
    from fs_control.store.spool import lines_naming, outbox_folders
    from fs_control.store.spool_lines import LineCodec

    folder, _ = outbox_folders(Path(settings.var))
    read = map(LineCodec(CallRecord).decode, lines_naming((folder, folder / "refused"), prefix))
    return [record for record in read if isinstance(record, CallRecord) and record.call_id.startswith(prefix)]


def only_one(records: Sequence[CallRecord], prefix: str) -> CallRecord:
    """Return the one call whose id begins with `prefix`; UserMistake where there is none or more than one."""
    if not records:
        raise UserMistake("call_not_found", prefix=prefix)
    if len(records) > 1:
        calls = tuple(record.call_id for record in records)
        raise UserMistake("call_ambiguous", prefix=prefix, count=len(calls), calls=calls)
    return records[0]


def _book(engine: Any) -> StoryBook:
    from fs_control.face.story_book import story_book
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.directory import PostgresDirectoryStore
    from fs_control.store.prompts import PostgresPromptStore

    recordings = PostgresPromptStore(engine, DEFAULT_ENTERPRISE).all()
    return story_book(*PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).load(), recordings)


def _plain(record: CallRecord) -> Any:
    from pydantic import TypeAdapter

    from fs_control.records import CallRecord

    return TypeAdapter(CallRecord).dump_python(record, mode="json")


def _print_calls(records: Sequence[CallRecord], book: StoryBook) -> None:
    from fs_control.face.clock_words import local_time
    from fs_control.face.story import SHORT_ID, TENTH, caller_number, in_seconds

    rows = []
    for record in records:
        length = None if record.ended_at is None else in_seconds(round((record.ended_at - record.started_at) / TENTH))
        rows.append(
            (
                record.call_id[:SHORT_ID],
                f"{local_time(record.started_at, book.directory.time_zone):%m-%d %H:%M:%S}",
                caller_number(record.caller) or words(f"number_kind.{record.caller.kind}"),
                record.number,
                words(f"direction.{record.direction}"),
                length and words("story.seconds", seconds=length),
                words(f"disposition.{record.disposition}") if record.disposition else None,
            )
        )
    print_table(("call", "started", "caller", "number", "direction", "length", "result"), rows, right=("length",))
