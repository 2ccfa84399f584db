"""The connections of the callers who are there, by leg and by call.

Owns which link is whose, and giving a caller back to the dialplan. It must not know what a call is for. Easy to break:
a caller who comes again has two links for a moment, and the end of the old one is not the end of the leg.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

import gevent
import structlog

from fs_control.esl import Command as WireCommand
from fs_control.ids import CallId, LegId
from fs_control.runtime.outcome import Result

log = structlog.get_logger(__name__)

OnDone = Callable[[Result], None]


class Sender(Protocol):
    """A link of either kind, to give commands to."""

    def send(self, command: WireCommand, on_done: OnDone | None = None, deadline_s: float | None = None) -> None:
        """Write a command and return; the result comes later."""


class CallerLink(Sender, Protocol):
    """The connection of one caller's leg."""

    connected: bool
    """False from the moment at which the leg or the connection has ended."""

    def kill(self, reason: str = "stopped") -> None:
        """Close at once; the dialplan goes on with its next action."""


class Callers:
    """Who is there."""

    def __init__(self) -> None:
        self._links: Final[dict[LegId, tuple[CallId, CallerLink]]] = {}
        self._legs: Final[dict[CallId, LegId]] = {}

    def __len__(self) -> int:
        return len(self._links)

    def add(self, leg: LegId, call: CallId, link: CallerLink) -> None:
        """A caller came; a link that held the leg before is not the caller's any more."""
        self._forget(leg)
        self._links[leg] = (call, link)
        self._legs[call] = leg

    def remove(self, leg: LegId) -> bool:
        """A link of this leg has ended; False where that says nothing: another one stands, or nobody knows it."""
        _, link = self._links.get(leg, (None, None))
        if link is None or link.connected:
            return False
        self._forget(leg)
        return True

    def link(self, leg: LegId) -> Sender | None:
        """Return the connection of a leg, or None."""
        _, link = self._links.get(leg, (None, None))
        return link

    def give_back(self, call: CallId) -> None:
        """Leave a caller whose call we no longer have to the dialplan.

        It comes to that at once where the dialplan set `socket_resume` (trace socket-resume); without it, what is
        playing plays on to its end first.
        """
        leg = self._legs.pop(call, None)
        if leg is not None:
            log.warning("caller given back", action="caller_given_back", call=call, leg=leg)
            _, link = self._links.get(leg, (None, None))
            if link is not None:  # its end may have come first
                gevent.spawn(link.kill, "call_given_up")

    def _forget(self, leg: LegId) -> None:
        call, _ = self._links.pop(leg, (None, None))
        if call is not None:
            self._legs.pop(call, None)
