"""A plain event socket connection that listens in on a switch: what its channels live through, and what it answers.

Owns one socket and the greenlet that reads it. It is the tests' own pair of ears, beside the engine's links, and
knows nothing of calls. Easy to break: `on_event` runs in the reader, so it must not ask the switch anything.
"""

from __future__ import annotations

from collections.abc import Callable

import gevent
from gevent import socket
from gevent.event import AsyncResult
from gevent.lock import RLock

from fs_control.esl import (
    NEED_DATA,
    Api,
    ApiResponse,
    Auth,
    AuthRequest,
    Command,
    CommandReply,
    Connection,
    EventMessage,
    Message,
    Role,
    Subscribe,
)

ANSWER_S = 20.0
READ_BYTES = 65_536


class EventSocket:
    """One authenticated connection."""

    def __init__(self, port: int, password: str, on_event: Callable[[EventMessage], None] | None = None) -> None:
        """Connect and give the password; OSError where nobody listens."""
        self._connection = Connection(Role.INBOUND)
        self._on_event = on_event
        self._answers: AsyncResult[Message] = AsyncResult()
        self._asking = RLock()
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_S)
        self._socket.settimeout(None)
        self._asked_in: AsyncResult[Message] = AsyncResult()
        self._reader = gevent.spawn(self._read)
        self._asked_in.get(timeout=ANSWER_S)
        reply = self.ask(Auth(password))
        if not (isinstance(reply, CommandReply) and reply.ok):
            self.close()
            raise AssertionError("the event socket refused the password")

    def __enter__(self) -> EventSocket:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave."""
        self._reader.kill()
        self._socket.close()

    def subscribe(self, *names: str) -> None:
        """Ask to be told of these events."""
        self.ask(Subscribe(names, ()))

    def api(self, name: str, argument: str = "") -> str:
        """Run an api command and return what it says."""
        answer = self.ask(Api(name, argument))
        assert isinstance(answer, ApiResponse)
        return answer.text.strip()

    def ask(self, command: Command) -> Message:
        """Send a command and wait for its answer."""
        with self._asking:
            self._answers = AsyncResult()
            self._socket.sendall(self._connection.send(command))
            answer = self._answers.get(timeout=ANSWER_S)
            assert answer is not None
            return answer

    def _read(self) -> None:
        while data := self._socket.recv(READ_BYTES):
            self._connection.receive_data(data)
            while (message := self._connection.next_message()) is not NEED_DATA:
                self._take(message)

    def _take(self, message: object) -> None:
        match message:
            case AuthRequest():
                self._asked_in.set(message)
            case CommandReply() | ApiResponse():
                self._answers.set(message)
            case EventMessage() if self._on_event is not None:
                self._on_event(message)
