"""How the cells are read that say on what an agent is rung and what they may do, and how rights are written again.

Text in, value out, as in `directory_fields`. Easy to break: an outside number is dialled as it stands here, so nothing
but digits, with a plus before them, passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from fs_control.errors import UserMistake
from fs_control.records import Right, TerminalKind
from fs_control.store.directory_fields import one_of, yes_or_no_text
from fs_control.store.directory_plan import AgentEntry

NO_RIGHT: Final = "none"
"""What is written of an agent who may do nothing."""

PIN: Final = re.compile(r"[0-9]{4,12}")

_OUTSIDE: Final = re.compile(r"\+?[0-9]{3,20}")
_INTERNAL: Final = re.compile(r"[0-9]{2,10}")
_WRITTEN_BETWEEN: Final = str.maketrans("", "", " -()")
_BETWEEN_RIGHTS: Final = re.compile(r"[\s,;，；、]+")

RESERVED: Final = "0000"
"""What a phone dials to be bound."""


def terminal_kind(text: str) -> TerminalKind:
    """Read a kind of terminal: sip, softphone, phone, app."""
    return TerminalKind(one_of(text.strip().lower(), tuple(TerminalKind), "terminal_unknown"))


def outside_number(text: str) -> str:
    """Read the number of an ordinary telephone, as it is dialled: digits, with a plus before them or not."""
    number = text.translate(_WRITTEN_BETWEEN)
    if not number.isascii() or not _OUTSIDE.fullmatch(number):
        raise UserMistake("not_an_outside_number", text=text)
    return number


def internal_number(text: str) -> str:
    """Read the number by which colleagues call an agent: 2 to 10 digits, and not 0000."""
    if not text.isascii() or not _INTERNAL.fullmatch(text) or text == RESERVED:
        raise UserMistake("not_an_internal_number", text=text)
    return text


def right(text: str) -> Right:
    """Read one right."""
    return Right(one_of(text.strip().lower(), tuple(Right), "right_unknown"))


def rights(text: str) -> tuple[Right, ...]:
    """Read rights with blanks or commas between; `none` is none."""
    words = [word for word in _BETWEEN_RIGHTS.split(text.strip()) if word]
    if [word.lower() for word in words] == [NO_RIGHT]:
        return ()
    return tuple(sorted({right(word) for word in words}))


def rights_cell(found: Iterable[Right]) -> str:
    """Write what `rights` reads."""
    return " ".join(sorted(found)) or NO_RIGHT


def pin(text: str) -> str:
    """Read a PIN: 4 to 12 digits, because it is keyed in on a telephone; not all the same."""
    if not text.isascii() or not PIN.fullmatch(text) or len(set(text)) == 1:
        raise UserMistake("not_a_pin")
    return text


def terminal_cells(agent: AgentEntry) -> tuple[str | None, ...]:
    """Write on what an agent is rung, and what they may do, in the order of the columns of a sheet."""
    diverts = None if agent.diverts is None else yes_or_no_text(agent.diverts)
    codes = (agent.softphone, agent.ordinary_phone, agent.app, agent.default_terminal)
    return (*codes, agent.extension, agent.divert_to, diverts, rights_cell(agent.rights))
