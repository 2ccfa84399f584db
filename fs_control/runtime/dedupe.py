"""One event, delivered once, although FreeSWITCH sends it on several connections.

Owns the memory of the events seen lately. It must not know which connection an event came on, nor what it means.
Easy to break: Event-Sequence alone names nothing, because each run of a switch counts from the start again.
Source: the same event comes on the inbound and on every outbound connection of its channel, in either order, up to
20 ms apart (every trace that has both).
"""

from __future__ import annotations

from collections import deque
from typing import Final

from fs_control.esl import EventMessage

REMEMBERED_EVENTS: Final = 16_384
"""A busy switch sends some 5 000 events a second, so this is 3 s, and the second copy comes within 20 ms."""

_Name = tuple[str, str]


class Deduplicator:
    """Says of each event whether it is the first copy; one is shared by all links of a switch."""

    def __init__(self, remembered: int = REMEMBERED_EVENTS) -> None:
        self._limit: Final = remembered
        self._seen: Final[set[_Name]] = set()
        self._order: Final[deque[_Name]] = deque()

    def __len__(self) -> int:
        return len(self._order)

    def is_first(self, event: EventMessage) -> bool:
        """Whether no copy of this event came before; an event that has no name is always the first."""
        core, sequence = event.get("Core-UUID"), event.get("Event-Sequence")
        if not core or not sequence:
            return True
        name = (core, sequence)
        if name in self._seen:
            return False
        self._remember(name)
        return True

    def _remember(self, name: _Name) -> None:
        if len(self._order) >= self._limit:
            self._seen.discard(self._order.popleft())
        self._seen.add(name)
        self._order.append(name)
