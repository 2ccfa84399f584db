r"""The variables of a channel: ordered, growing at the end, and expanded inside arguments.

Owns the order in which variables appear in events (setting one again moves it to the end, as switch_channel.c
deletes and adds), those that hold while one application runs (`%[a=b]` before its argument), and `${name}` in
arguments. Values are text; bytes that are no UTF-8 live in them as surrogate escapes. Easy to break: setting a variable
to None or to the empty text removes it.
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
        self._scopes: list[dict[str, str]] = []

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._values.items())

    def get(self, name: str) -> str | None:
        """The value, or None when there is none; the running application's own come first."""
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        return self._values.get(name)

    def set(self, name: str, value: str | None) -> None:
        """Set and move to the end; None or the empty text removes."""
        self._values.pop(name, None)
        if value:
            self._values[name] = value

    def replace(self, name: str, value: str) -> None:
        """Give a variable that is set another value, in its place."""
        if name in self._values:
            self._values[name] = value

    def update(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Set several, in their order."""
        for name, value in pairs:
            self.set(name, value)

    def open_scope(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Let variables hold until `close_scope`, before the channel's own of the same name."""
        self._scopes.append(dict(pairs))

    def close_scope(self) -> None:
        """End what the last `open_scope` began."""
        self._scopes.pop()

    def scoped(self) -> Iterator[tuple[str, str]]:
        """The variables that hold for the moment, innermost first."""
        seen: dict[str, str] = {}
        for scope in reversed(self._scopes):
            seen = {**scope, **seen} if seen else scope
        return iter(seen.items())

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
        return is_true(self.get(name))


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
