"""A second opinion: a connection of its own to the switch, which hears of every bridge as the switch tells it.

Answer to bridge is read from what the switch says of a leg, so neither our engine's clock nor its opinion counts. Easy
to break: CHANNEL_BRIDGE may be the caller's event or the agent's, and its Caller- headers are of that leg.
"""

from __future__ import annotations

import socket

from fs_control.esl import (
    NEED_DATA,
    Auth,
    AuthRequest,
    Command,
    CommandReply,
    Connection,
    EventMessage,
    Message,
    Role,
    State,
    Subscribe,
)
from fs_control.settings import SwitchSettings

READ_BYTES = 65_536


class BridgeWatch:
    """Collects when legs were answered and when they were first bridged, in microseconds of the switch's clock."""

    def __init__(self, switch: SwitchSettings) -> None:
        self.answered: dict[str, int] = {}
        self.bridged: dict[str, int] = {}
        self._password = switch.password
        self._connection = Connection(Role.INBOUND)
        self._socket = socket.create_connection((switch.host, switch.event_port))
        self._listens = False

    def milliseconds(self, leg: str) -> float:
        """From the answer of a leg to its bridge."""
        return (self.bridged[leg] - self.answered[leg]) / 1000

    def log_in(self) -> None:
        """Return when the switch has said that it will tell."""
        while not self._listens:
            self._receive()

    def run(self) -> None:
        """Listen until `close`, or until the switch has gone."""
        while self._connection.state is not State.CLOSED:
            self._receive()

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()

    def _receive(self) -> None:
        self._connection.receive_data(self._socket.recv(READ_BYTES))
        while (message := self._connection.next_message()) is not NEED_DATA:
            self._take(message)

    def _take(self, message: Message) -> None:
        match message:
            case AuthRequest():
                self._send(Auth(self._password))
            case CommandReply(command=Auth(), ok=True):
                self._send(Subscribe(("CHANNEL_ANSWER", "CHANNEL_BRIDGE")))
            case CommandReply(ok=True):
                self._listens = True
            case EventMessage(name="CHANNEL_ANSWER"):
                leg = _value(message, "Unique-ID")
                self.answered[leg] = int(_value(message, "Caller-Channel-Answered-Time"))
            case EventMessage(name="CHANNEL_BRIDGE"):
                for leg in (_value(message, f"Bridge-{side}-Unique-ID") for side in "AB"):
                    self.bridged.setdefault(leg, int(_value(message, "Event-Date-Timestamp")))
            case other:
                raise RuntimeError(f"the switch said something unexpected: {other!r}")

    def _send(self, command: Command) -> None:
        self._socket.sendall(self._connection.send(command))


def _value(event: EventMessage, name: str) -> str:
    value = event.get(name)
    if not value:
        raise RuntimeError(f"{event.name} without {name}")
    return value
