"""A row of the table of agents, as the centre knows an agent and as people do.

Easy to break: the hash of the PIN is in neither; whoever checks a PIN reads it from the database at that moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Row

from fs_control.records import AgentProfile, Right, TerminalKind
from fs_control.store.directory_plan import TERMINAL_FIELDS, AgentEntry
from fs_control.store.stored_words import stored_word

AGENT_COLUMNS: Final = (
    *("number", "name", "phone", "wrap_up_s", "starts_on_break", "softphone", "ordinary_phone", "app"),
    *("default_terminal", "extension", "divert_to", "diverts", "rights"),
)
"""The columns of an agent beside the key and what is secret; the entry names them the same."""


def agent_profile(row: Row[Any]) -> AgentProfile:
    """Return an agent as the centre uses it."""
    codes = {kind: getattr(row, field) for kind, field in TERMINAL_FIELDS.items() if kind is not TerminalKind.SIP}
    return AgentProfile(
        row.id,
        row.number,
        row.name,
        row.phone,
        wrap_up_s=row.wrap_up_s,
        starts_on_break=row.starts_on_break,
        terminals={kind: code for kind, code in codes.items() if code is not None},
        default_terminal=stored_terminal(row),
        extension=row.extension,
        divert_to=row.divert_to,
        diverts=row.diverts,
        rights=frozenset(_rights(row)),
        caller_id=row.caller_id,
    )


def agent_entry(row: Row[Any]) -> AgentEntry:
    """Return the same, as people name it."""
    values = {column: getattr(row, column) for column in AGENT_COLUMNS}
    return AgentEntry(**{**values, "default_terminal": stored_terminal(row), "rights": _rights(row)})


def rights_text(rights: Iterable[Right]) -> str:
    """Return rights as the table has them."""
    return " ".join(sorted(rights))


def stored_terminal(row: Row[Any]) -> TerminalKind | None:
    """Return the default terminal of an agent or the enterprise; None where there is none."""
    return None if row.default_terminal is None else stored_word(TerminalKind, row.default_terminal)


def _rights(row: Row[Any]) -> tuple[Right, ...]:
    return tuple(sorted(stored_word(Right, word) for word in row.rights.split()))
