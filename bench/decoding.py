"""Reading a few headers of every recorded event: our Connection beside greenswitch, in one process, in turns.

greenswitch runs its own reader and parser, unchanged, on the same bytes. In its favour its events are looked at where
its reader hands them on, so neither its queue nor its dispatch is counted, and its socket is memory.
"""

from __future__ import annotations

import gc
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import perf_counter
from typing import Any

from greenswitch.esl import ESLProtocol

from bench.figures import Figure, Goal, ratios
from bench.recorded import RecordedEvent, recorded_events
from fs_control.esl import NEED_DATA, Auth, Connection, EventMessage, Role

READ_BYTES = 65_536
"""What the links read from a socket at once."""

Values = list[str | None]
Look = Callable[[Callable[[str], str | None]], None]
"""Called with each event's way to look up a header."""

GOAL = Goal(10, at_least=True)


def decoding(repetitions: int, events: Sequence[RecordedEvent] | None = None) -> list[Figure]:
    """Ratio and rates over the repetitions; each decodes all events with both."""
    events = recorded_events() if events is None else events
    stream = b"".join(event.frame for event in events)
    names = [event.names for event in events]
    differently = read_differently(stream, names)
    ours, theirs = [], []
    for _ in range(repetitions):
        ours.append(_rate(decode_with_ours, stream, names))
        theirs.append(_rate(decode_with_greenswitch, stream, names))
    what = f"of {len(events)} recorded events"
    return [
        Figure(f"decoding {what}: ours / greenswitch", "x", ratios(ours, theirs), GOAL),
        Figure("- ours", "/s", tuple(ours)),
        Figure(f"- greenswitch ({differently} of them read otherwise)", "/s", tuple(theirs)),
    ]


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


def read_differently(stream: bytes, names: Sequence[Sequence[str]]) -> int:
    """In how many events the two read another value; RuntimeError unless both read all of them.

    greenswitch differs by its defects: it decodes before it splits, so that a caller's name in the trace header-traps
    becomes an Event-Name, it reads bodies as headers, and it loses line breaks inside values.
    """
    ours, theirs = (_read(decode, stream, names) for decode in (decode_with_ours, decode_with_greenswitch))
    if not len(ours) == len(theirs) == len(names):
        raise RuntimeError("a decoder did not read every event")
    return sum(mine != other for mine, other in zip(ours, theirs, strict=True))


def _read(decode: Callable[[bytes, Look], None], stream: bytes, names: Iterable[Sequence[str]]) -> list[Values]:
    read: list[Values] = []
    wanted = iter(names)
    decode(stream, lambda get: read.append([get(name) for name in next(wanted)]))
    return read


def _rate(decode: Callable[[bytes, Look], None], stream: bytes, names: Sequence[Sequence[str]]) -> float:
    """Events per second."""
    look = _looking(iter(names))
    gc.collect()
    started = perf_counter()
    decode(stream, look)
    return len(names) / (perf_counter() - started)


def _looking(wanted: Iterator[Sequence[str]]) -> Look:
    def look(get: Callable[[str], str | None]) -> None:
        for name in next(wanted):
            get(name)

    return look
