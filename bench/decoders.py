"""The decoders that are measured against each other: each reads a stream of events and looks a few headers up.

A decoder gets all bytes from memory and calls `look` with each event's way to look up a header. Easy to break: what a
peer does after its reader (queues, dispatch, its own telemetry) is left out, in its favour. Genesis is installed only
in the peers' environment, so it has a module of its own.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from greenswitch.esl import ESLProtocol

from fs_control.esl import NEED_DATA, Auth, Connection, EventMessage, Role

READ_BYTES = 65_536
"""What the links read from a socket at once."""

Look = Callable[[Callable[[str], str | None]], None]
"""Called with each event's way to look up a header."""

Decoder = Callable[[bytes, Look], None]


def decode_with_ours(stream: bytes, look: Look) -> None:
    """Feed a logged-in inbound Connection as its link does."""
    connection = _logged_in()
    for start in range(0, len(stream), READ_BYTES):
        connection.receive_data(stream[start : start + READ_BYTES])
        while (message := connection.next_message()) is not NEED_DATA:
            assert isinstance(message, EventMessage)
            look(message.get)


def _logged_in() -> Connection:
    connection = Connection(Role.INBOUND)
    connection.receive_data(b"Content-Type: auth/request\n\n")
    connection.next_message()
    connection.send(Auth("bench"))
    connection.receive_data(b"Content-Type: command/reply\nReply-Text: +OK accepted\n\n")
    connection.next_message()
    return connection


class _Taker:
    """Stands where greenswitch's queue is."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def put(self, event: Any) -> None:
        self._look(event.headers.get)


def decode_with_greenswitch(stream: bytes, look: Look) -> None:
    """Let greenswitch's reader read the stream to its end."""
    protocol = ESLProtocol()
    protocol.sock_file = io.BytesIO(stream)
    protocol._esl_event_queue = _Taker(look)
    protocol.receive_events()
