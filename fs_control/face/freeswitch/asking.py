"""Asks a FreeSWITCH a few api commands over its event socket, one connection for one conversation.

Knows no file and no engine. Easy to break: this process may not be cooperative, so every wait has a limit of its own.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar

from fs_control.errors import RemoteFault
from fs_control.esl import (
    NEED_DATA,
    Api,
    ApiResponse,
    Auth,
    AuthRequest,
    CommandReply,
    Connection,
    Message,
    Role,
    RudeRejection,
)
from fs_control.settings import SwitchSettings

PATIENCE_S: Final = 10.0
READ_BYTES: Final = 65_536

_Kind = TypeVar("_Kind", bound=Message)


def ask_switch(switch: SwitchSettings, command: str, argument: str) -> str:
    """Return what one api command printed; RemoteFault `freeswitch_not_asked` where nobody answers."""
    with _explained("freeswitch_not_asked"):
        wire = socket.create_connection((switch.host, switch.event_port), timeout=PATIENCE_S)
        with wire:
            return converse(wire, switch.password, [Api(command, argument)], "freeswitch_not_asked")[0]


def converse(wire: socket.socket, password: str, commands: Sequence[Api], fault: str) -> list[str]:
    """Show the password and return what each command printed; RemoteFault `fault` where that cannot be."""
    connection = Connection(Role.INBOUND)
    _next(wire, connection, AuthRequest, fault)
    wire.sendall(connection.send(Auth(password)))
    if not _next(wire, connection, CommandReply, fault).ok:
        raise RemoteFault(fault, reason="it refused the password")
    answers = []
    for command in commands:
        wire.sendall(connection.send(command))
        answers.append(_next(wire, connection, ApiResponse, fault).text.strip())
    return answers


@contextmanager
def _explained(fault: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RemoteFault(fault, reason=error.strerror or str(error)) from error


def _next(wire: socket.socket, connection: Connection, kind: type[_Kind], fault: str) -> _Kind:
    """Return the next message, which has to be of one kind."""
    while (message := connection.next_message()) is NEED_DATA:
        data = wire.recv(READ_BYTES)
        if not data:
            raise RemoteFault(fault, reason="it closed the connection")
        connection.receive_data(data)
    if isinstance(message, RudeRejection):
        raise RemoteFault(fault, reason="its access list does not let this machine in")
    if not isinstance(message, kind):
        raise RemoteFault(fault, reason=f"it answered with {type(message).__name__}")
    return message
