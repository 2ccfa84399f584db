"""The event socket's front door: accepts controllers that dial us.

Owns one listening socket on loopback. Each connection becomes an inbound wire. Easy to break: it binds to 127.0.0.1 and
nowhere else, whatever the port.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gevent import socket
from gevent.server import StreamServer

from fs_control.virtual_switch.wires import Wire

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core


class EventServer:
    """Listens for controllers."""

    def __init__(self, core: Core, port: int) -> None:
        self._core = core
        self._server = _Acceptor(("127.0.0.1", port), self._accept)

    def start(self) -> int:
        """Begin to listen; the port."""
        self._server.start()
        return int(self._server.address[1])

    def _accept(self, connection: socket.socket, _address: tuple[str, int]) -> None:
        Wire(self._core, connection).start()


class _Acceptor(StreamServer):
    """A StreamServer whose connections are closed by the wires that own them."""

    def do_close(self, *_connection: object) -> None:
        """Leave the connection open when `_accept` returns."""
