"""What somebody typed behind the options of `add` and `set`, read as the fields of a thing.

An option that was not given changes nothing. Easy to break: a dash takes a value away, so it is looked at before the
field is read; and an empty word is nobody's name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import click

from fs_control.errors import UserMistake
from fs_control.face.words import words

Reader = Callable[[str], Any]

NOTHING: Final = ("", "-")


def given(**options: tuple[str | None, Reader]) -> dict[str, Any]:
    """Read the options that were given, each with its reader; UserMistake where one is empty or cannot be read."""
    return {field: _read(field, text, reader) for field, (text, reader) in options.items() if text is not None}


def given_or_none(**options: tuple[str | None, Reader]) -> dict[str, Any]:
    """Read options of which a dash, or nothing in quotes, takes the value away."""
    return {
        field: None if text in NOTHING else reader(text)
        for field, (text, reader) in options.items()
        if text is not None
    }


def refuse_no_change(changes: object) -> None:
    """Misuse where no option of `set` was given."""
    if not changes:
        raise click.UsageError(words("nothing_to_change"))


def _read(field: str, text: str, reader: Reader) -> Any:
    if not text.strip():
        raise UserMistake("value_empty", field=field)
    return reader(text)
