"""One connection of plain Event Socket, every frame of it noted.

Owns the socket and the thread that reads it. It shares no code with fs_control on purpose: a recording must not contain
what we believe. Easy to break: an event is looked for in the order of arrival, and what was passed over is gone.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Mapping
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from urllib.parse import unquote

from tests.traces.record.trace import Trace

Headers = Mapping[str, str]

ANSWER_S = 20.0
READ_BYTES = 65_536
REPLIES = ("command/reply", "api/response", "auth/request")
GONE: Headers = {"Event-Name": "eof"}
"""What stands in the queue of events after the last one."""


class Wire:
    """A connection, made by us (`inbound`) or by the switch (`outbound-N`)."""

    def __init__(self, name: str, connection: socket.socket, trace: Trace) -> None:
        self._name = name
        self._socket = connection
        self._trace = trace
        self._rest = b""
        self._replies: Queue[Headers] = Queue()
        self._events: Queue[Headers] = Queue()
        Thread(target=self._read, daemon=True).start()

    def greeting(self) -> None:
        """Wait until the switch asks for the password."""
        self._replies.get(timeout=ANSWER_S)

    def log_in(self, password: str, events: str = "") -> None:
        """Give the password and subscribe to events."""
        self.greeting()
        self.command(f"auth {password}")
        if events:
            self.command(f"event plain {events}")

    def take_call(self, linger_s: int | None = 5) -> str:
        """Do what a controller does first, and return the uuid of the channel."""
        channel = self.command("connect")
        if linger_s is not None:
            self.command(f"linger {linger_s}")
        self.command("myevents")
        return channel["Unique-ID"]

    def command(self, text: str) -> Headers:
        """Send a command and wait for its reply."""
        self._trace.add_frame(self._name, "send", f"{text}\n\n")
        self._socket.sendall(f"{text}\n\n".encode())
        return self._replies.get(timeout=ANSWER_S)

    def api(self, text: str) -> Headers:
        """Run an api command."""
        return self.command(f"api {text}")

    def start(self, application: str, argument: str = "", *headers: str) -> None:
        """Send an application, with further headers of `sendmsg`, and go on."""
        lines = ["sendmsg", "call-command: execute", f"execute-app-name: {application}"]
        if argument:
            lines.append(f"execute-app-arg: {argument}")
        self.command("\n".join([*lines, *headers]))

    def run(self, application: str, argument: str = "") -> None:
        """Send an application and wait until it is over."""
        self.start(application, argument)
        self.event("CHANNEL_EXECUTE_COMPLETE", Application=application)

    def event(self, name: str, seconds: float = ANSWER_S, **headers: str) -> Headers:
        """Wait for an event; `Unique_ID` stands for Unique-ID. TimeoutError when it does not come."""
        wanted = {"Event-Name": name, **{key.replace("_", "-"): value for key, value in headers.items()}}
        deadline = monotonic() + seconds
        while True:
            try:
                event = self._events.get(timeout=max(0.0, deadline - monotonic()))
            except Empty:
                raise TimeoutError(f"{self._name}: no {wanted}") from None
            if all(event.get(key) == value for key, value in wanted.items()):
                return event
            if event is GONE:
                raise EOFError(f"{self._name} ended before {wanted}")

    def until_closed(self) -> None:
        """Wait until the switch has closed the connection."""
        self.event("eof")

    def die(self) -> None:
        """End as a killed process ends: at once, with a reset."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _read(self) -> None:
        try:
            while True:
                self._take(*self._next_frame())
        except (EOFError, OSError):
            self._trace.add_frame(self._name, "eof", "")
            self._events.put(GONE)

    def _take(self, head: str, body: str) -> None:
        self._trace.add_frame(self._name, "recv", f"{head}\n\n{body}")
        headers = _headers(head)
        kind = headers.get("Content-Type", "")
        if kind in REPLIES:
            self._replies.put(headers)
        elif kind == "text/event-plain":
            self._events.put(_headers(body.partition("\n\n")[0]))
        else:
            self._events.put({"Event-Name": kind})

    def _next_frame(self) -> tuple[str, str]:
        while b"\n\n" not in self._rest:
            self._fill()
        head, _, self._rest = self._rest.partition(b"\n\n")
        length = int(_headers(head.decode()).get("Content-Length", "0"))
        while len(self._rest) < length:
            self._fill()
        body, self._rest = self._rest[:length], self._rest[length:]
        return head.decode(), body.decode()

    def _fill(self) -> None:
        data = self._socket.recv(READ_BYTES)
        if not data:
            raise EOFError
        self._rest += data


def _headers(block: str) -> Headers:
    pairs = (line.partition(": ") for line in block.split("\n"))
    return {name: unquote(value) for name, _, value in pairs}
