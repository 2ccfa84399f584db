"""Words of an enum as a column has them: what the program does not know was written by somebody else."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from fs_control.errors import BrokenInvariant

Word = TypeVar("Word", bound=StrEnum)


def stored_word(kind: type[Word], stored: str) -> Word:
    """Read a stored word; BrokenInvariant where there is no such one."""
    try:
        return kind(stored)
    except ValueError as error:
        raise BrokenInvariant("stored_word_unknown", kind=kind.__name__, word=stored) from error
