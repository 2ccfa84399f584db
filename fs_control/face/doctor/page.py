"""The doctor's page: one line for each item, what to do below it; and the same for machines.

Easy to break: a finding's values may hold errors and problems of ours, which become sentences only here, where the
reader's language is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from fs_control.errors import FsControlError
from fs_control.face.doctor.findings import Finding, Item, Severity, is_bad
from fs_control.face.words import explained, printable, say, wide_console, words
from fs_control.flow import FlowProblem

STYLES: Final = {
    Severity.OK: "green",
    Severity.WARNING: "yellow",
    Severity.BAD: "bold red",
    Severity.SKIPPED: "dim",
}


def print_page(items: Sequence[Item]) -> None:
    """Print what was found, and how many items of each kind there are."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("severity", "item", "finding"):
        table.add_column(words(f"heading.doctor_{heading}"), overflow="fold", no_wrap=heading != "finding")
    for item in items:
        severity = item.finding.severity
        mark = Text(words(f"doctor_severity.{severity}"), style=STYLES[severity])
        table.add_row(mark, words(f"doctor_item.{item.name}"), Text(printable(finding_words(item.finding))))
        remedy = remedy_words(item.finding)
        if remedy is not None:
            table.add_row("", "", Text(printable(words("doctor_remedy_line", remedy=remedy)), style="italic"))
    wide_console().print(table)
    counted = Counter(item.finding.severity for item in items)
    say("doctor_summary", **{str(severity): counted[severity] for severity in Severity})


def as_json(items: Sequence[Item]) -> dict[str, Any]:
    """Return the page for machines; sentences are in the reader's language, codes are the same in all."""
    return {"is_bad": is_bad(items), "items": [_item_as_json(item) for item in items]}


def _item_as_json(item: Item) -> dict[str, Any]:
    finding = item.finding
    return {
        "item": item.name,
        "severity": finding.severity,
        "code": finding.code,
        "values": {name: _plain(value) for name, value in finding.values.items()},
        "finding": finding_words(finding),
        "remedy": remedy_words(finding),
    }


def finding_words(finding: Finding) -> str:
    """Return what was found, as a sentence."""
    return words(f"doctor.{finding.code}", **_spoken(finding))


def remedy_words(finding: Finding) -> str | None:
    """Return what to do about it, None where there is nothing to do."""
    return words(f"doctor_remedy.{finding.code}", **_spoken(finding)) if finding.wants_remedy else None


def _spoken(finding: Finding) -> dict[str, object]:
    return {name: _in_words(value) for name, value in finding.values.items()}


def _in_words(value: object) -> object:
    match value:
        case FsControlError():
            return explained(value)
        case FlowProblem():
            return f"{value.file}:{value.line}:{value.column} {words(value.code, **value.values)}"
        case _:
            return value


def _plain(value: object) -> object:
    return {"code": value.code} if isinstance(value, FsControlError) else _in_words(value)
