"""What both kinds of link to a switch share: greenswitch's face before our wire.

Owns sending, stopping and the handler registry of greenswitch, whose reader, parser, matching and second queue are
replaced by `Wire`. It must not know who dialled whom. Easy to break: handlers run in the reader, one event after the
other, so they hand the event on and never wait. Verbs of greenswitch that build text (`playback`, `say`) are not
rebuilt: send a command of `fs_control.esl` instead.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Final

import gevent

from fs_control.errors import NoReply
from fs_control.esl import Command, EventMessage
from fs_control.runtime.callbacks import run_callback
from fs_control.runtime.dedupe import Deduplicator
from fs_control.runtime.outcome import Answer
from fs_control.runtime.wire import OnDone, Wire

EventHandler = Callable[[EventMessage], None]

ANY_EVENT: Final = "*"
"""Under this name of the registry a handler gets every event, whether or not another handler has the event too."""

_KEEPALIVE: Final = {socket.TCP_KEEPIDLE: 30, socket.TCP_KEEPINTVL: 10, socket.TCP_KEEPCNT: 3}
"""Seconds of silence, seconds between probes, probes: a peer that lost its power is noticed within a minute."""


class Link:
    """Stands before a class of greenswitch in the bases and replaces what its ESLProtocol does on the socket."""

    event_handlers: dict[str, list[EventHandler]]
    _deduplicator: Deduplicator | None
    _wire: Wire | None

    def send(self, command: Command, on_done: OnDone | None = None, deadline_s: float | None = None) -> None:
        """Write a command and return at once; see `Wire.send`. Without a connection the result is NoReply."""
        if self._wire is not None:
            self._wire.send(command, on_done, deadline_s)
        elif on_done is not None:
            gevent.spawn(_settle, on_done, NoReply("switch_link_down"))

    def call(self, command: Command, deadline_s: float | None = None) -> Answer:
        """Write a command and wait for its answer; its faults are raised. For handshakes, never in a handler."""
        if self._wire is None:
            raise NoReply("switch_link_down")
        return self._wire.call(command, deadline_s)

    def start_event_handlers(self) -> None:
        """Start nothing: greenswitch has two greenlets and a queue here, the wire has one reader."""

    def receive_events(self) -> None:
        """Read in the calling greenlet until the connection has ended."""
        if self._wire is not None:
            self._wire.run()

    def process_events(self) -> None:
        """Do nothing: the reader hands events on by itself, so nothing waits in a queue and nothing polls it."""

    def handle_event(self, event: EventMessage) -> None:
        """Give an event to every handler registered for it, unless another link delivered it already."""
        if self._deduplicator is not None and not self._deduplicator.is_first(event):
            return
        name = event.name
        if name == "CUSTOM":
            name = event.get("Event-Subclass") or name
        for handler in (*self.event_handlers.get(name, ()), *self.event_handlers.get(ANY_EVENT, ())):
            run_callback(handler, event)


def _settle(on_done: OnDone, fault: NoReply) -> None:
    run_callback(on_done, fault)


def tune_socket(sock: socket.socket) -> None:
    """Small commands leave at once, and a peer that vanished without a word is noticed."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in _KEEPALIVE.items():
        sock.setsockopt(socket.IPPROTO_TCP, option, value)
