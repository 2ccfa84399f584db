"""Tells a FreeSWITCH with a configuration of ours to read its files again.

One connection to its event socket for one command, with the port and the password that its own files name; whether an
engine runs does not matter. Easy to break: this process may not be cooperative, so every wait has a limit of its own.
"""

from __future__ import annotations

import socket
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
from fs_control.switch.configuration import SwitchSetup

PATIENCE_S: Final = 10.0
READ_BYTES: Final = 65_536

_Kind = TypeVar("_Kind", bound=Message)


def reload_files(setup: SwitchSetup) -> bool:
    """Have the files read again; False where no FreeSWITCH listens. RemoteFault where it does not do it."""
    try:
        wire = socket.create_connection((setup.event_ip, setup.event_port), timeout=PATIENCE_S)
    except (ConnectionRefusedError, TimeoutError):
        return False
    except OSError as error:
        raise RemoteFault("freeswitch_not_reloaded", reason=error.strerror or str(error)) from error
    with wire:
        try:
            _ask_for_reload(wire, setup.event_password)
        except OSError as error:
            raise RemoteFault("freeswitch_not_reloaded", reason=error.strerror or str(error)) from error
    return True


def _ask_for_reload(wire: socket.socket, password: str) -> None:
    connection = Connection(Role.INBOUND)
    _next(wire, connection, AuthRequest)
    wire.sendall(connection.send(Auth(password)))
    if not _next(wire, connection, CommandReply).ok:
        raise RemoteFault("freeswitch_not_reloaded", reason="it refused the password of vars.xml")
    wire.sendall(connection.send(Api("reloadxml", "")))
    answer = _next(wire, connection, ApiResponse).text.strip()
    if not answer.startswith("+OK"):
        raise RemoteFault("freeswitch_not_reloaded", reason=answer)


def _next(wire: socket.socket, connection: Connection, kind: type[_Kind]) -> _Kind:
    """Return the next message, which has to be of one kind."""
    while (message := connection.next_message()) is NEED_DATA:
        data = wire.recv(READ_BYTES)
        if not data:
            raise RemoteFault("freeswitch_not_reloaded", reason="it closed the connection")
        connection.receive_data(data)
    if isinstance(message, RudeRejection):
        raise RemoteFault("freeswitch_not_reloaded", reason="its access list does not let this machine in")
    if not isinstance(message, kind):
        raise RemoteFault("freeswitch_not_reloaded", reason=f"it answered with {type(message).__name__}")
    return message
