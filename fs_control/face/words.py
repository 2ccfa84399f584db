"""Speaking to the person at the terminal: in which language, on which stream, as table or as JSON.

What was asked for goes to stdout, everything else to stderr, so that a pipe gets only the answer. Easy to break: what
strangers sent (a caller's name) is put into `Text` or a sentence before it is printed, never into rich's markup.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

import click

from fs_control.errors import FsControlError
from fs_control.texts import language_from, sentence

if TYPE_CHECKING:
    from rich.console import Console

_chosen: Final[ContextVar[str | None]] = ContextVar("fs_control_language", default=None)
"""Not kept in click's context, which is gone when a mistake is explained."""

NARROWEST_PIPE: Final = 120
"""Columns where nobody looks at a terminal: enough for a listing's lines to stay lines."""


def set_language(language: str) -> None:
    """Speak this language from now on, whatever the locale says."""
    _chosen.set(language)


def forget_language() -> None:
    """Speak the locale's language again."""
    _chosen.set(None)


def language() -> str:
    """Return the reader's language: the one of `--lang`, else of the locale."""
    return _chosen.get() or language_from(os.environ)


def words(code: str, **values: object) -> str:
    """Return a sentence in the reader's language."""
    return sentence(code, values, language())


def explained(error: FsControlError) -> str:
    """Return what an error means, in the reader's language."""
    return sentence(error.code, error.values, language())


def say(code: str, **values: object) -> None:
    """Print a sentence as the answer."""
    click.echo(words(code, **values))


def remark(code: str, **values: object) -> None:
    """Print a sentence beside the answer."""
    click.echo(words(code, **values), err=True)


def print_json(answer: Any) -> None:
    """Print an answer for machines; Chinese stays readable, and signs that steer a terminal are escaped."""
    click.echo("".join(map(_json_sign, json.dumps(answer, ensure_ascii=False, indent=2))))


def _json_sign(sign: str) -> str:
    """Escape control (Cc), format (Cf) and broken (Cs) signs as JSON does; the line breaks between values are ours.

    Inside a text json.dumps has escaped every line break, so none of theirs is among them.
    """
    if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs"):
        return sign
    pairs = sign.encode("utf-16-be", "surrogatepass").hex(" ", 2).split()
    return "".join(f"\\u{pair}" for pair in pairs)


def console() -> Console:
    """Return a console for stdout: as wide as the terminal, 80 columns and no colours where there is none."""
    from rich.console import Console

    return Console()


def wide_console() -> Console:
    """Return a console for lines that should stay lines where nobody looks at a terminal."""
    from rich.console import Console

    found = Console()
    return found if found.is_terminal else Console(width=max(found.width, NARROWEST_PIPE))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str | None]], *, right: Sequence[str] = ()) -> None:
    """Print rows under headings (the names of `heading.<name>`); None is a dash, `right` are columns of figures."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(words(f"heading.{heading}"), justify="right" if heading in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("–" if cell is None else printable(cell)) for cell in row))
    wide_console().print(table)


def printable(text: str) -> str:
    """Return text without signs that steer a terminal; what strangers sent may hold some."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


@contextmanager
def progress(code: str) -> Iterator[None]:
    """Show on a terminal that something takes its time while the block runs."""
    from rich.console import Console

    with Console(stderr=True).status(words(code)):
        yield
