"""Findings, figures and corrections in people's words: ids are names, microseconds are clock times and lengths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import click

from fs_control.cdr import Finding
from fs_control.face.clock_words import local_time
from fs_control.face.ledger.proving import Flawed
from fs_control.face.story import SHORT_ID
from fs_control.face.story_book import StoryBook
from fs_control.face.words import language, printable, words
from fs_control.ids import AgentId, Micros
from fs_control.records import CallRecord, Correction
from fs_control.records.corrections import Value

_MILLISECOND: Final = 1000
_MOMENTS: Final = frozenset({"at", "started", "ended", "answered"})
_EITHER: Final = frozenset({"ours", "switch"})
"""A moment, or a word."""


def tell_flawed(flawed: Flawed, book: StoryBook) -> None:
    """Print a call that does not add up, each finding in a line, and what was put right."""
    click.echo(printable(_heading(flawed, book)))
    for finding in flawed.findings:
        click.echo(printable(f"  {finding_words(finding, book)}"))
    for correction in flawed.corrections:
        click.echo(printable(f"  {correction_words(correction, book)}"))


def _heading(flawed: Flawed, book: StoryBook) -> str:
    record = flawed.record
    if record is None:
        return words("ledger_no_call", call=flawed.call or "")
    verdict = words(f"disposition.{record.disposition}") if record.disposition is not None else ""
    return f"{record.call_id[:SHORT_ID]}  {clock(record.started_at, book)}  {verdict}"


def finding_words(finding: Finding, book: StoryBook) -> str:
    """Say what is wrong, in a sentence."""
    return words(f"finding.{finding.code}", **_shown(finding.values, book))


def correction_words(correction: Correction, book: StoryBook) -> str:
    """Say what was put right, in a sentence."""
    return words(
        "ledger_correction",
        field=words(f"corrected_field.{correction.field}"),
        stored=_value(correction.stored, book),
        corrected=_value(correction.corrected, book),
    )


def tell_corrections(record: CallRecord, book: StoryBook) -> None:
    """Print what of a call was put right since it was stored; nothing where nothing was."""
    for correction in record.corrections:
        click.echo(printable(correction_words(correction, book)))


def clock(at: Micros, book: StoryBook) -> str:
    """Write a moment to the millisecond, in the enterprise's time zone."""
    local = local_time(at, book.directory.time_zone)
    return f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond // _MILLISECOND:03}"


def milliseconds(length: int) -> str:
    """Write a length to the tenth of a millisecond."""
    return words("ledger_ms", ms=f"{length / _MILLISECOND:.1f}")


def _shown(values: Mapping[str, object], book: StoryBook) -> dict[str, Any]:
    return {name: _one(name, value, book) for name, value in values.items()}


def _one(name: str, value: object, book: StoryBook) -> object:
    match name, value:
        case "agent", int():
            return book.agent(AgentId(value), language())
        case "kind", str():
            return words(f"segment.{value}")
        case "disposition", str():
            return words(f"disposition.{value}")
        case (("ended_by" | "segment_by"), str()):
            return words(f"ended_by.{value}")
        case "away", int():
            return milliseconds(value)
        case _ if name in _EITHER and (value is None or isinstance(value, int | str)):
            return _value(Micros(value) if isinstance(value, int) else value, book)
        case _ if name in _MOMENTS and isinstance(value, int):
            return clock(Micros(value), book)
    return value


def _value(value: Value, book: StoryBook) -> str:
    if value is None:
        return words("ledger_nothing")
    return clock(value, book) if isinstance(value, int) else value
