"""What an agent's phone shows while it rings: who calls, and for what, in one short line.

A pure function of the caller, the saved customer, the group and the agent. The number is shown by the phone itself,
beside this. Easy to break: a sign (a VIP, the agent's own customer) is why the line is looked at, so whatever has to be
cut to fit a phone's display, a sign never is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from fs_control.ids import AgentId, PhoneNumber
from fs_control.records import SavedCustomer
from fs_control.texts import sentence

WIDEST: Final = 32
"""Columns that the displays of common desk phones have room for; a Chinese character takes two."""

GROUP_AT_LEAST: Final = 10
"""Columns that a long name leaves to the group, so that the agent still knows what for."""

PARTED_BY: Final = " - "


def display_name(
    caller: PhoneNumber, name: str, customer: SavedCustomer | None, agent: AgentId, group: str, language: str
) -> str:
    """Return the name that an agent's phone shows for a caller: signs, name, group; at most `WIDEST` columns.

    `name` is what the switch told, and counts where the caller is no saved customer; without a name it is the number.
    """
    signs = " ".join(_signs(customer, agent, language))
    who = _neat(customer.name if customer is not None else "") or _neat(name) or _neat(caller.raw)
    what_for = _neat(group)
    room = WIDEST - _width(signs) - bool(signs) - _width(PARTED_BY)
    what_for = _cut(what_for, max(room - _width(who), GROUP_AT_LEAST))
    who = _cut(who, room - _width(what_for))
    line = PARTED_BY.join(part for part in (who, what_for) if part)
    return f"{signs} {line}".strip()


def _signs(customer: SavedCustomer | None, agent: AgentId, language: str) -> Iterator[str]:
    if customer is not None and customer.priority > 0:
        yield sentence("display.vip", {}, language)
    if customer is not None and customer.owner == agent:
        yield sentence("display.own", {}, language)


def _neat(text: str) -> str:
    """Return text in one line and without signs that nobody sees; strangers choose their names themselves."""
    seen = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in text)
    return " ".join(seen.split())


def _cut(text: str, columns: int) -> str:
    """Return the beginning of a text that fits, with a mark where something is missing."""
    if _width(text) <= columns:
        return text
    room = columns - _width("…")
    while _width(text) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(map(_columns, text))


def _columns(sign: str) -> int:
    if unicodedata.category(sign).startswith("M"):
        return 0  # stands above or below the one before
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
