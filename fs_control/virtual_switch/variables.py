r"""The variables of a channel: ordered, growing at the end, and expanded inside arguments.

Owns the order in which variables appear in events (setting one again moves it to the end, as switch_channel.c
deletes and adds) and `${name}` in arguments. Values are text; bytes that are no UTF-8 live in them as surrogate
escapes. Easy to break: setting a variable to None or to the empty text removes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

ARRAY_START = "ARRAY::"
ARRAY_JOIN = "|:"

_REFERENCE = re.compile(r"\$\{([^${}]*)\}")


class Variables:
    """An ordered set of named texts."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._values: dict[str, str] = dict(pairs)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._values.items())

    def get(self, name: str) -> str | None:
        """The value, or None when there is none."""
        return self._values.get(name)

    def set(self, name: str, value: str | None) -> None:
        """Set and move to the end; None or the empty text removes."""
        self._values.pop(name, None)
        if value:
            self._values[name] = value

    def update(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Set several, in their order."""
        for name, value in pairs:
            self.set(name, value)

    def push(self, name: str, value: str) -> None:
        """Add to the values a name already has; the place does not change (transfer_history, DP_MATCH)."""
        before = self._values.get(name)
        if before is None:
            self._values[name] = value
        elif before.startswith(ARRAY_START):
            self._values[name] = before + ARRAY_JOIN + value
        else:
            self._values[name] = ARRAY_START + before + ARRAY_JOIN + value

    def is_true(self, name: str) -> bool:
        """Whether the value says yes, as switch_true reads it."""
        return is_true(self._values.get(name))


def is_true(value: str | None) -> bool:
    """Whether a text says yes: yes, on, true, t, enabled, active, allow or a number that is not 0."""
    if value is None:
        return False
    text = value.strip().lower()
    if text in ("yes", "on", "true", "t", "enabled", "active", "allow"):
        return True
    return re.fullmatch(r"[+-]?0*[1-9][0-9]*", text) is not None


def expand(text: str, lookup: Callable[[str], str | None]) -> str:
    """Replace each `${name}` by its value, or by nothing; one round, so that a value never starts another."""
    if "${" not in text:
        return text
    return _REFERENCE.sub(lambda found: lookup(found.group(1)) or "", text)
