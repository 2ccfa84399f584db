"""The door of the API: HTTP over TCP, on the loopback address unless told otherwise.

Owns the port, and how long a stranger may hold a connection without saying anything. Easy to break: this is plain HTTP,
so whoever opens it to others puts a server with a certificate before it.
"""

from __future__ import annotations

from ipaddress import ip_address
from logging import DEBUG, WARNING
from typing import Any, Final

import structlog
from gevent import socket
from gevent.pool import Pool
from gevent.pywsgi import WSGIHandler, WSGIServer

from fs_control.errors import UserMistake
from fs_control.web.api.application import Shelves, api_application
from fs_control.web.api.token_book import TokenBook
from fs_control.web.control_api import Control
from fs_control.web.server_log import ServerLog

log = structlog.get_logger(__name__)

ACTION: Final = "api"
BACKLOG: Final = 128
MOST_CONNECTIONS: Final = 500
"""Of one process, which has calls to look after; who comes on top waits to be let in."""
SILENT_S: Final = 60.0
"""How long a connection may be silent, in a request or between two."""
LET_FINISH_S: Final = 1.0
"""How long a stop waits for answers that are on their way."""


class ApiDoor:
    """Answers for a centre at `host` and `port`; port 0 takes any that is free."""

    def __init__(self, host: str, port: int, tokens: TokenBook, shelves: Shelves) -> None:
        self.tokens: Final = tokens
        self._address = (host, port)
        self._shelves = shelves
        self._server: WSGIServer | None = None

    @property
    def bound_port(self) -> int:
        """The port on which it listens."""
        return self._address[1] if self._server is None else self._server.socket.getsockname()[1]

    def start(self, control: Control) -> None:
        """Answer from now on; UserMistake `api_port_refused` where the port cannot be had."""
        server = WSGIServer(
            _listener(*self._address),
            api_application(control, self.tokens, self._shelves),
            handler_class=_Handler,
            spawn=Pool(MOST_CONNECTIONS),
            log=ServerLog(DEBUG, ACTION),
            error_log=ServerLog(WARNING, ACTION),
        )
        server.start()
        self._server = server
        host, port = self._address[0], self.bound_port
        log.info("api open", action="api_open", host=host, port=port)
        if not ip_address(host).is_loopback:
            log.warning("api open to others, unencrypted", action="api_open_to_others", host=host, port=port)

    def stop(self) -> None:
        """Answer no more; before a start it is no mistake."""
        if self._server is not None:
            self._server.stop(timeout=LET_FINISH_S)
            self._server = None


class _Handler(WSGIHandler):
    """Lets go of whoever is silent for too long."""

    def handle(self) -> None:
        self.socket.settimeout(SILENT_S)
        super().handle()

    def _handle_client_error(self, ex: Exception) -> Any:
        """Answer a request that broke off as one that is none; only what is neither is told."""
        told = ValueError("broke off") if isinstance(ex, OSError) else ex
        return super()._handle_client_error(told)  # type: ignore[misc]  # gevent's hook for this, not in its types


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise UserMistake("api_port_refused", host=host, port=port, reason=error.strerror or str(error)) from error
    return listener
