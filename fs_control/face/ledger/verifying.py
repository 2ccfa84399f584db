"""`fs-control ledger verify`: prove stored calls, name those that do not add up, and write down what is right.

Exit code 0: all add up. Exit code 1: some do not, and no correction answers that. Easy to break: the calls are told as
they are found, so that a long run says something before its end; only for machines is the answer one piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import REFUSED, Command, Option
from fs_control.face.database import database
from fs_control.face.ledger.proving import Flawed, Prover
from fs_control.face.words import print_json, remark, say, words
from fs_control.ids import DEFAULT_ENTERPRISE, Micros

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from fs_control.face.story_book import StoryBook

_A_DAY: Final = len("2026-11-22")


@click.command(
    "verify",
    cls=Command,
    examples=(
        "fs-control ledger verify",
        "fs-control ledger verify --from 2026-11-01 --to 2026-11-30",
        "fs-control ledger verify 1f3c8a2e --correct",
    ),
)
@click.argument("call", required=False)
@click.option("--from", "started_from", cls=Option)
@click.option("--to", "started_to", cls=Option)
@click.option("--correct", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def verify_calls(call: str | None, started_from: str | None, started_to: str | None, correct: bool, json: bool) -> None:
    """Prove the calls that are stored."""
    if call is not None and (started_from or started_to):
        raise UserMistake("ledger_call_or_period")
    with database() as engine:
        book = names_of(engine)
        prover = _prover(engine, correct)
        found = _found(engine, prover, book, call, started_from, started_to)
        if json:
            print_json({"findings": [plain for flawed in found for plain in _plain(flawed)], **_plain_sum(prover)})
        else:
            _tell(found, prover, book)
    if prover.proof.left:
        click.get_current_context().exit(REFUSED)


def names_of(engine: Engine) -> StoryBook:
    """Return the names of agents and groups, and the time zone."""
    from fs_control.face.story_book import story_book
    from fs_control.store.directory import PostgresDirectoryStore

    return story_book(*PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).load())


def _prover(engine: Engine, correct: bool) -> Prover:
    from fs_control.face.asking import author
    from fs_control.store.corrections import PostgresCorrections
    from fs_control.store.ledger import PostgresLedger

    who = author()
    corrections = PostgresCorrections(engine, DEFAULT_ENTERPRISE) if correct else None
    return Prover(PostgresLedger(engine, DEFAULT_ENTERPRISE), who.now, corrections, who.by)


def _found(
    engine: Engine, prover: Prover, book: StoryBook, call: str | None, started_from: str | None, started_to: str | None
) -> Iterator[Flawed]:
    if call is not None:
        from fs_control.face.call import only_one
        from fs_control.store.call_records import PostgresRecordStore

        return prover.prove_one(only_one(PostgresRecordStore(engine, DEFAULT_ENTERPRISE).find(call), call).call_id)
    zone = book.directory.time_zone
    return prover.prove_all(_moment(started_from, zone), _moment(started_to, zone, is_end=True))


def _moment(text: str | None, zone: str, *, is_end: bool = False) -> Micros | None:
    """Read a day or a moment; the end of a period that is a day is that day's end."""
    from fs_control.face.trying.play import moment

    if text is None:
        return None
    at = moment(text, zone)
    if is_end and len(text) == _A_DAY:
        return moment((date.fromisoformat(text) + timedelta(days=1)).isoformat(), zone)
    return at


# --- for people ----------------------------------------------------------------------------------------------------


def _tell(found: Iterator[Flawed], prover: Prover, book: StoryBook) -> None:
    from rich.console import Console

    from fs_control.face.ledger.page import tell_flawed

    with Console(stderr=True).status(words("progress.ledger", calls=0)) as status:
        prover.watch = lambda calls: status.update(words("progress.ledger", calls=calls))
        for flawed in found:
            status.stop()
            tell_flawed(flawed, book)
            status.start()
    proof = prover.proof
    say("ledger_flawed" if proof.flawed else "ledger_clean", calls=proof.calls, flawed=proof.flawed)
    for code, count in (("ledger_put_right", proof.put_right), ("ledger_not_compared", proof.not_compared)):
        if count:
            remark(code, count=count)
    for found_code in proof.codes:
        remark(f"finding_help.{found_code}")


# --- for machines --------------------------------------------------------------------------------------------------


def _plain(flawed: Flawed) -> Iterator[dict[str, Any]]:
    put_right = {each.why for each in flawed.corrections}
    for finding in flawed.findings:
        change = finding.change
        yield {
            "call": flawed.call,
            "code": finding.code,
            "values": dict(finding.values),
            "change": change and {"field": change.field, "stored": change.stored, "corrected": change.corrected},
            "corrected": finding.code in put_right,
        }


def _plain_sum(prover: Prover) -> dict[str, Any]:
    proof = prover.proof
    return {
        "calls": proof.calls,
        "flawed": proof.flawed,
        "left": proof.left,
        "put_right": proof.put_right,
        "not_compared": proof.not_compared,
    }
