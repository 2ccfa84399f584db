"""A controller without any of our runtime: raw sockets, frames and lists, to look at the virtual switch from outside.

Owns one connection as a test sees it (`Line`), a running switch with a listening controller (`Box`), and reading the
recorded traces as facts to compare with. It must not use anything of fs_control that also runs in production, except
the framing and the stage client. Every wait has a deadline and fails with what did arrive.
"""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from fs_control.esl.frames import Frame, FrameReader, NeedData
from fs_control.virtual_switch.clock import SwitchClock
from fs_control.virtual_switch.dialplan import Action, Extension
from fs_control.virtual_switch.process import VirtualSwitchProcess, start_virtual_switch
from fs_control.virtual_switch.script import CallerScript, Phone
from fs_control.virtual_switch.stage import Stage

TRACES = Path(__file__).parents[2] / "traces"
PASSWORD = "a word that the test chose"
DEADLINE = 30.0
REPLIES = ("command/reply", "api/response", "auth/request", "text/rude-rejection")

Headers = dict[str, str]
Fact = tuple[str, str, str, str, str]


def headers_of(text: str) -> Headers:
    """The headers of a block, first one of a name wins, values decoded."""
    found: Headers = {}
    for line in text.split("\n"):
        name, colon, value = line.partition(": ")
        if colon:
            found.setdefault(name, unquote(value))
    return found


class Line:
    """One connection to the switch, seen from the controller."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._reader = FrameReader()
        self._replies: list[Frame] = []
        self._unseen: list[Headers] = []
        self.events: list[Headers] = []
        """All events and disconnect notices so far; a notice has the name of its Content-Disposition."""
        self.bodies: list[str] = []
        self.order: list[str] = []
        """Names of events and replies as they came."""
        self.closed = False

    def send(self, text: str) -> None:
        """Send a command."""
        self._socket.sendall(text.encode("utf-8", "surrogateescape") + b"\n\n")

    def send_bytes(self, data: bytes) -> None:
        """Send whatever."""
        self._socket.sendall(data)

    def ask(self, text: str) -> str:
        """Send a command and return Reply-Text, or the body of an api answer."""
        self.send(text)
        frame = self.reply()
        if frame.header(b"Content-Type") == b"api/response":
            return frame.body.decode("utf-8", "surrogateescape")
        return (frame.header(b"Reply-Text") or b"").decode("utf-8", "surrogateescape")

    def reply(self) -> Frame:
        """The next reply."""
        self._pump(lambda: bool(self._replies), "a reply")
        return self._replies.pop(0)

    def app(self, name: str, argument: str | None = None, *lines: str, wait: bool = True) -> Headers:
        """Order an application on the own channel, and wait until it is complete."""
        text = f"sendmsg\ncall-command: execute\nexecute-app-name: {name}"
        if argument is not None:
            text += f"\nexecute-app-arg: {argument}"
        assert self.ask("\n".join([text, *lines])) == "+OK"
        return self.event("CHANNEL_EXECUTE_COMPLETE", Application=name) if wait else {}

    def event(self, name: str, **wanted: str) -> Headers:
        """The next event of a name with these headers (`_` for `-`), passing over others."""
        found: list[Headers] = []

        def look() -> bool:
            while self._unseen:
                event = self._unseen.pop(0)
                if event.get("Event-Name") == name and all(
                    event.get(key if key.startswith("variable_") else key.replace("_", "-")) == value
                    for key, value in wanted.items()
                ):
                    found.append(event)
                    return True
            return False

        self._pump(look, f"{name} {wanted}")
        return found[0]

    def until_closed(self) -> None:
        """Read until the switch closes."""
        self._pump(lambda: self.closed, "the end of the connection")

    def settle(self, seconds: float = 0.3) -> None:
        """Read what still comes for a moment, for tests that something does not."""
        end = time.monotonic() + seconds
        while not self.closed and time.monotonic() < end:
            self._receive(end - time.monotonic())

    def close(self) -> None:
        """Go away without a word."""
        self._socket.close()

    def _pump(self, done: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + DEADLINE
        while not done():
            if self.closed or time.monotonic() > end:
                raise AssertionError(f"waited for {what}; closed: {self.closed}; came: {self.order[-30:]}")
            self._receive(end - time.monotonic())

    def _receive(self, seconds: float) -> None:
        self._socket.settimeout(max(seconds, 0.001))
        try:
            data = self._socket.recv(65536)
        except TimeoutError:
            return
        except OSError:
            data = b""
        if not data:
            self.closed = True
            return
        self._reader.receive_data(data)
        while not isinstance(frame := self._reader.next_frame(), NeedData):
            self._sort(frame)

    def _sort(self, frame: Frame) -> None:
        kind = (frame.header(b"Content-Type") or b"").decode()
        if kind in REPLIES:
            self._replies.append(frame)
            self.order.append(kind)
            return
        text = frame.body.decode("utf-8", "surrogateescape")
        if kind == "text/disconnect-notice":
            head = headers_of(frame.block.decode())
            event = {**head, "Event-Name": f"notice {head.get('Content-Disposition', '')}".strip()}
        else:
            head_text, _, body = text.partition("\n\n")
            event = headers_of(head_text)
            self.bodies.append(body)
            event["body"] = body
        self.order.append(event["Event-Name"])
        self.events.append(event)
        self._unseen.append(event)


@dataclass
class Box:
    """A virtual switch and a controller that listens for its calls."""

    process: VirtualSwitchProcess
    listener: socket.socket
    stage: Stage
    lines: list[Line] = field(default_factory=list)

    def inbound(self, events: str = "", password: str = PASSWORD) -> Line:
        """A connection to the event socket, authenticated and subscribed."""
        line = self.knock()
        assert line.ask(f"auth {password}") == "+OK accepted"
        if events:
            assert line.ask(f"event plain {events}") == "+OK event listener enabled plain"
        return line

    def knock(self) -> Line:
        """A connection that has read `auth/request` and not answered it."""
        line = self._keep(socket.create_connection(("127.0.0.1", self.process.event_port)))
        line.reply()
        return line

    def call(self, script: CallerScript) -> tuple[str, Line]:
        """Place a call: its uuid, and the connection the switch makes for it."""
        return self.stage.place_call(script), self.accept()

    def accept(self) -> Line:
        """The next connection from the switch."""
        self.listener.settimeout(DEADLINE)
        return self._keep(self.listener.accept()[0])

    @staticmethod
    def until(true: Callable[[], bool]) -> None:
        """Wait until something has become so."""
        end = time.monotonic() + DEADLINE
        while not true():
            assert time.monotonic() < end
            time.sleep(0.02)

    def clean_up(self) -> None:
        """End every call and close every connection, for the next test."""
        self.inbound().ask("api hupall")
        self.stage.set_dialplan(self.default_dialplan())
        self.listener.settimeout(0)
        while True:
            try:
                self.listener.accept()[0].close()
            except BlockingIOError:
                break
        for line in self.lines:
            line.close()
        self.lines.clear()
        self.until(lambda: not self.stage.snapshot().channels)

    def _keep(self, connection: socket.socket) -> Line:
        self.lines.append(Line(connection))
        return self.lines[-1]

    def hand_over(self) -> tuple[Action, ...]:
        """What an extension runs to hand a call to the controller of the test."""
        return Action("socket", f"127.0.0.1:{self.listener.getsockname()[1]} async full"), Action("hangup")

    def default_dialplan(self) -> list[Extension]:
        """Every number of digits goes to the controller."""
        return [Extension("controller", r"^(\d+)$", self.hand_over())]

    def phone(self, phone: Phone) -> Phone:
        """Set a phone and return it."""
        self.stage.set_phone(phone)
        return phone


@contextmanager
def running_box(clock: SwitchClock | None = None) -> Iterator[Box]:
    """Start a switch with a controller; everything ends with the block."""
    listener = socket.create_server(("127.0.0.1", 0))
    process = start_virtual_switch(f"127.0.0.1:{listener.getsockname()[1]}", PASSWORD, clock=clock)
    stage = process.stage()
    box = Box(process, listener, stage)
    stage.set_dialplan(box.default_dialplan())
    try:
        yield box
    finally:
        for line in box.lines:
            line.close()
        stage.close()
        process.stop()
        listener.close()


def fact(event: Headers) -> Fact:
    """What is compared with the traces: name, application, its response, cause, answer state."""
    names = ("Event-Name", "Application", "Application-Response", "Hangup-Cause", "Answer-State")
    name, application, response, cause, answer = (event.get(each, "") for each in names)
    return name, application, response, cause, answer


def trace_events(trace: str, wire: str) -> list[Headers]:
    """Events and notices that a wire received in a trace, decoded as `Line.events` is."""
    found = []
    with gzip.open(TRACES / f"{trace}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in [json.loads(line) for line in lines][1:]:
            if row["wire"] != wire or row["dir"] != "recv":
                continue
            head, _, body = row["frame"].partition("\n\n")
            headers = headers_of(head)
            if headers.get("Content-Type") == "text/event-plain":
                found.append(headers_of(body.partition("\n\n")[0]))
            elif headers.get("Content-Type") == "text/disconnect-notice":
                found.append({**headers, "Event-Name": f"notice {headers.get('Content-Disposition', '')}".strip()})
    return found
