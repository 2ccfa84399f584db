"""What callers typed that nobody is to know: in memory, by call and by the word that stands for it.

`expect` is told of each secret input that is ordered, `hidden` makes an event of what was typed, and `reveal` puts it
where its word stands, at the last moment before it is sent. Nothing here is ever written, printed or logged. Easy to
break: what comes of an input that this process has not ordered (the one before it has) is thrown away, and counts as
nothing typed, so that the flow asks again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from fs_control.commands import CollectDigits
from fs_control.errors import UserMistake
from fs_control.events import DigitsCollected
from fs_control.ids import CallId, OpId
from fs_control.switch import SecretDigits

MOST_CALLS: Final = 10_000
"""More than one process has; what a call that ended in a crash left here is pushed out in the end."""

_WORD: Final = re.compile(r"\{(secret:[^{}]{1,200})\}")
"""Where a secret is to be put in; values of variables are encoded, so that no braces come from a caller."""


@dataclass(frozen=True, slots=True)
class _Expected:
    call: CallId
    word: str
    at_least: int


class Vault:
    """The secrets of the calls that are there."""

    def __init__(self) -> None:
        self._expected: dict[OpId, _Expected] = {}
        self._kept: dict[CallId, dict[str, str]] = {}

    def expect(self, command: CollectDigits) -> None:
        """A secret input is ordered."""
        self._expected[command.op] = _Expected(command.call, command.secret, command.min_digits)
        if len(self._expected) > MOST_CALLS:
            del self._expected[next(iter(self._expected))]

    def hidden(self, found: SecretDigits) -> DigitsCollected:
        """Keep what was typed, where it is enough, and return what may be told of it."""
        expected = self._expected.pop(found.op, None)
        is_enough = expected is not None and len(found.digits) >= max(1, expected.at_least)
        if expected is not None and is_enough:
            self._keep(expected, found.digits)
        told = DigitsCollected.HIDDEN if is_enough else ""
        return DigitsCollected(leg=found.leg, switch_at=found.switch_at, op=found.op, digits=told)

    def _keep(self, expected: _Expected, digits: str) -> None:
        self._kept.setdefault(expected.call, {})[expected.word] = digits
        if len(self._kept) > MOST_CALLS:
            del self._kept[next(iter(self._kept))]

    def reveal(self, call: CallId, text: str, said: Callable[[str], str] = str) -> str:
        """Return a text with its secrets put in, each as `said`; UserMistake `secret_lost` where one is not here."""

        def secret(word: re.Match[str]) -> str:
            try:
                return said(self._kept[call][word[1]])
            except KeyError:
                raise UserMistake("secret_lost") from None

        return _WORD.sub(secret, text)

    def take(self, call: CallId, word: str) -> str:
        """Return a secret and keep it no longer; UserMistake `secret_lost` where it is not here."""
        try:
            return self._kept[call].pop(word)
        except KeyError:
            raise UserMistake("secret_lost") from None

    def holds(self, call: CallId) -> bool:
        """Tell whether there are secrets of a call."""
        return call in self._kept

    def forget(self, call: CallId) -> None:
        """The call is over."""
        self._kept.pop(call, None)
        for op in [op for op, expected in self._expected.items() if expected.call == call]:
            del self._expected[op]
