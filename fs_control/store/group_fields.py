"""How the cells are read that say how a group treats those who wait, and how such values are written again.

Text in, value out, as in `directory_fields`; the bounds stand here and every refusal names them. Easy to break: a
group's name may hold blanks, commas and colons, so in a list of overflows only `:SECONDS` before a comma or the end
parts one from the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from fs_control.errors import UserMistake
from fs_control.records import Colleague
from fs_control.store.directory_fields import name, one_of
from fs_control.store.directory_plan import OverflowEntry

LONGEST_OWN_WAIT_S: Final = 3600
ANNOUNCED_S: Final = (5, 3600)
"""More often than every five seconds nobody could say anything between."""
OVERFLOW_S: Final = (1, 86_400)
"""As long as a flow may let somebody wait."""
MOST_WAITING: Final = 100_000
MOST_OVERFLOWS: Final = 20
HIGHEST_PRIORITY: Final = 9
VIP: Final = 1
"""The priority of a customer who is just called a VIP."""

_SECONDS: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_COUNT: Final = re.compile(r"[0-9]{1,9}")
_OVERFLOW: Final = re.compile(r"\s*(?P<group>.+?)\s*:\s*(?P<after>[0-9.]+)\s*(?:[,;，；、]\s*|$)")


def colleague(text: str) -> Colleague:
    """Read who takes a caller whose own agent cannot (M7)."""
    return Colleague(one_of(text, tuple(Colleague), "colleague_unknown"))


def own_agent_wait(text: str) -> float:
    """Read how many seconds a caller waits for their own agent."""
    return _seconds(text, 1, LONGEST_OWN_WAIT_S)


def announce_every(text: str) -> float:
    """Read after how many seconds each a caller in line is told the position (Q9)."""
    return _seconds(text, *ANNOUNCED_S)


def max_waiting(text: str) -> int:
    """Read how many callers may wait at once."""
    return _whole_number(text, 1, MOST_WAITING)


def priority(text: str) -> int:
    """Read where a customer stands in line: 0 is everybody's, a higher one goes first (N8)."""
    return _whole_number(text, 0, HIGHEST_PRIORITY)


def overflow(text: str) -> tuple[OverflowEntry, ...]:
    """Read which groups help out and after how many seconds: `service:60, night:120`, in the order of time."""
    entries: dict[str, OverflowEntry] = {}
    rest = text
    while rest:
        found = _OVERFLOW.match(rest)
        if found is None:
            raise UserMistake("not_an_overflow", text=rest)
        group = name(found["group"])
        if group in entries:
            raise UserMistake("overflow_twice", group=group)
        entries[group] = OverflowEntry(group, _seconds(found["after"], *OVERFLOW_S))
        rest = rest[found.end() :]
    if len(entries) > MOST_OVERFLOWS:
        raise UserMistake("overflows_too_many", count=len(entries), most=MOST_OVERFLOWS)
    return in_order(entries.values())


def overflow_text(entries: Iterable[OverflowEntry]) -> str | None:
    """Write what `overflow` reads; None for no overflow at all."""
    return ", ".join(map(str, entries)) or None


def in_order(entries: Iterable[OverflowEntry]) -> tuple[OverflowEntry, ...]:
    """Return overflows in the order of time, those of one moment by name: how two lists of them are compared."""
    return tuple(sorted(entries, key=lambda entry: (entry.after_s, entry.group)))


def _seconds(text: str, least: int, most: int) -> float:
    if not _SECONDS.fullmatch(text) or not least <= float(text) <= most:
        raise UserMistake("not_seconds", text=text, least=least, most=most)
    return float(text)


def _whole_number(text: str, least: int, most: int) -> int:
    if not _COUNT.fullmatch(text) or not least <= int(text) <= most:
        raise UserMistake("not_a_whole_number", text=text, least=least, most=most)
    return int(text)
