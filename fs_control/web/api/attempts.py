"""How often somebody was refused for want of a token, by the address they came from.

Owns the counting. Only refusals are counted: whoever shows a good token is let in even from an address from which
others try, for behind a proxy everybody has the same one. Easy to break: addresses are strangers' to choose, so the
number of those that are remembered has an end.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from typing import Final

MOST: Final = 20
"""Refusals from one address within `WITHIN_S`; a token is 256 random bits, so this is about noise, not about luck."""
WITHIN_S: Final = 60.0
MOST_ADDRESSES: Final = 10_000


class Attempts:
    """Counts in windows of time, each address in its own; `seconds` is a clock that never goes back."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._windows: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def refused(self, address: str) -> int | None:
        """Count one more refusal; return None, or in how many seconds to try again where it was one too many."""
        now = self._seconds()
        began, count = self._windows.pop(address, (now, 0))
        if now - began >= WITHIN_S:
            began, count = now, 0
        self._windows[address] = (began, count + 1)
        while len(self._windows) > MOST_ADDRESSES:
            self._windows.popitem(last=False)
        return ceil(began + WITHIN_S - now) if count >= MOST else None
