"""A peer that speaks the event socket in bytes, as a script says, and remembers what it was told.

Owns both ends that a switch can have: `FakeSwitch` listens as mod_event_socket does, `FakePeer.dial` connects as the
`socket` application does. It knows framing and nothing of calls, so a test can make it say what no switch should.
Easy to break: it answers only what its script names, or `+OK`; a test that needs silence must say so with `b""`.
"""

from __future__ import annotations

import socket as plain
import struct
from collections.abc import Callable, Mapping
from typing import Final

import gevent
from gevent import socket
from gevent.queue import Queue
from gevent.server import StreamServer

from fs_control.errors import RemoteFault
from fs_control.esl import NEED_DATA, FrameReader

PASSWORD: Final = "ClueCon"
CORE: Final = "bec4a8e3-ee3e-4a4a-b41d-db413bc45dc2"
LEG: Final = "2c0961d1-74e0-4f7c-b6ea-bb414851c913"

PATIENCE_S: Final = 20.0
"""How long a test waits for what must come; it never measures."""

AUTH_REQUEST: Final = b"Content-Type: auth/request\n\n"
LINGER_NOTICE: Final = (
    b"Content-Type: text/disconnect-notice\nControlled-Session-UUID: " + LEG.encode() + b"\n"
    b"Content-Disposition: linger\nChannel-Name: sofia/internal/1001\nLinger-Time: 5\nContent-Length: 0\n\n"
)
GOODBYE: Final = b"Content-Type: text/disconnect-notice\nContent-Length: 15\n\nDisconnected.\n\n"
RUDE_REJECTION: Final = b"Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n"

Script = Mapping[str, bytes]
"""What to say to a command, by how the command begins; the longest beginning wins."""


def reply(text: str) -> bytes:
    """A `command/reply`."""
    return f"Content-Type: command/reply\nReply-Text: {text}\n\n".encode()


def response(text: str) -> bytes:
    """An `api/response`."""
    body = text.encode()
    return b"Content-Type: api/response\nContent-Length: %d\n\n%b" % (len(body), body)


def event(name: str, *, sequence: int = 1, core: str = CORE, more: bytes = b"", body: bytes = b"") -> bytes:
    """A `text/event-plain`; `more` is header lines as they stand on the wire."""
    inner = f"Event-Name: {name}\nCore-UUID: {core}\nEvent-Sequence: {sequence}\n".encode() + more + b"\n" + body
    return b"Content-Length: %d\nContent-Type: text/event-plain\n\n%b" % (len(inner), inner)


def channel(leg: str = LEG) -> bytes:
    """The answer to `connect`: a channel as headers."""
    return (
        f"Event-Name: CHANNEL_DATA\nCore-UUID: {CORE}\nUnique-ID: {leg}\nCaller-Caller-ID-Number: 13800138000\n"
        f"variable_uuid: {leg}\nvariable_call_uuid: {leg}\n"
        "Content-Type: command/reply\nReply-Text: %2BOK%0A\nSocket-Mode: async\nControl: full\n\n"
    ).encode()


SWITCH_SCRIPT: Final[Script] = {
    "auth": reply("-ERR invalid") + GOODBYE,
    f"auth {PASSWORD}": reply("+OK accepted"),
    "event": reply("+OK event listener enabled plain"),
    "api": response("+OK\n"),
    "api global_getvar core_uuid": response(CORE),
    "api show channels as json": response('{"row_count":0}\n'),
    "exit": reply("+OK bye") + GOODBYE,
}
"""A switch without calls."""

CALL_SCRIPT: Final[Script] = {
    "connect": channel(),
    "linger": reply("+OK will linger 5 seconds"),
    "myevents": reply("+OK Events Enabled"),
    "exit": reply("+OK bye") + GOODBYE,
}
"""A caller's connection."""


def wait_until(condition: Callable[[], object], what: str = "") -> None:
    """Return as soon as the condition holds; AssertionError when it does not within `PATIENCE_S`."""
    with gevent.Timeout(PATIENCE_S, AssertionError(f"never came true: {what or condition}")):
        while not condition():
            gevent.sleep(0.002)


class FakePeer:
    """One connection of a fake switch."""

    def __init__(self, sock: socket.socket, script: Script) -> None:
        self.commands: Final[list[str]] = []
        self.script: Final = dict(script)
        self.has_ended = False
        self._sock: Final = sock
        self._reads = True
        self._reader: Final = gevent.spawn(self._read)

    @classmethod
    def dial(cls, port: int, script: Script = CALL_SCRIPT) -> FakePeer:
        """Connect to a call server as FreeSWITCH does for a caller."""
        return cls(socket.create_connection(("127.0.0.1", port)), script)

    def say(self, data: bytes) -> None:
        """Write bytes as they are."""
        self._sock.sendall(data)

    def heard(self, beginning: str) -> int:
        """How many commands that begin so have come."""
        return sum(command.startswith(beginning) for command in self.commands)

    def wait_for(self, beginning: str, count: int = 1) -> None:
        """Wait until so many commands that begin so have come."""
        wait_until(lambda: self.heard(beginning) >= count, f"{count} x {beginning!r} in {self.commands}")

    def wait_ended(self) -> None:
        """Wait until the other side has closed."""
        wait_until(lambda: self.has_ended, "the other side closes")

    def stop_reading(self) -> None:
        """Leave in the socket what the other side writes from now on."""
        self._reads = False
        self._reader.kill()

    def close(self) -> None:
        """End the connection in the orderly way."""
        self._reader.kill()
        self._sock.close()
        self.has_ended = True

    def reset(self) -> None:
        """End it as a machine does that lost its power and came back."""
        self._sock.setsockopt(plain.SOL_SOCKET, plain.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def _read(self) -> None:
        frames = FrameReader()
        try:
            while data := self._sock.recv(65_536):
                frames.receive_data(data)
                while (frame := frames.next_frame()) is not NEED_DATA:
                    self._hear(frame.block.decode())
        except (OSError, RemoteFault):
            pass
        finally:
            if self._reads:
                self._sock.close()
                self.has_ended = True

    def _hear(self, command: str) -> None:
        self.commands.append(command)
        beginning = max((start for start in self.script if command.startswith(start)), key=len, default=None)
        self.say(reply("+OK") if beginning is None else self.script[beginning])
        if beginning is not None and self.script[beginning].endswith(GOODBYE):
            self.close_soon()

    def close_soon(self) -> None:
        """End the connection from within its own reader."""
        gevent.spawn(self.close)


class FakeSwitch:
    """A mod_event_socket that listens; each connection to it is a FakePeer, in `peers`."""

    def __init__(self, script: Script | None = None, greeting: bytes = AUTH_REQUEST) -> None:
        self.script: dict[str, bytes] = {**SWITCH_SCRIPT, **(script or {})}
        self.greeting = greeting
        self.peers: Final[list[FakePeer]] = []
        self.port = 0
        self._arrivals: Final[Queue[FakePeer]] = Queue()
        self._server: StreamServer | None = None
        self.start()

    def start(self) -> None:
        """Listen, after a `stop` on the same port as before."""
        self._server = StreamServer(("127.0.0.1", self.port), self._greet)
        self._server.start()
        self.port = self._server.server_port or 0

    def stop(self) -> None:
        """Vanish: listen no more and end every connection."""
        if self._server is not None:
            self._server.stop()
        for peer in self.peers:
            peer.close()

    def next_peer(self) -> FakePeer:
        """Wait for the next connection."""
        return self._arrivals.get(timeout=PATIENCE_S)

    def _greet(self, sock: socket.socket, _address: object) -> None:
        # gevent's server closes the socket when its handler returns, so the peer gets a socket of its own.
        peer = FakePeer(sock.dup(), self.script)
        peer.say(self.greeting)
        self.peers.append(peer)
        self._arrivals.put(peer)
