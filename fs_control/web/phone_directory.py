"""The door at which this machine's FreeSWITCH asks for phones: HTTP on the loopback address.

Owns the port. Easy to break: it listens on 127.0.0.1 whatever the settings say of other doors, for a hash opens the
same door as its password.
"""

from __future__ import annotations

from logging import DEBUG, WARNING
from typing import Final

from gevent import socket
from gevent.pywsgi import WSGIServer

from fs_control.errors import UserMistake
from fs_control.web.phone_answers import PhoneAnswers
from fs_control.web.phone_book import PhoneBook
from fs_control.web.server_log import ServerLog

HOST: Final = "127.0.0.1"
ACTION: Final = "phone_directory"
BACKLOG: Final = 128
LET_FINISH_S: Final = 1.0
"""How long a stop waits for answers that are on their way; FreeSWITCH waits no longer."""


class PhoneDirectory:
    """Answers for the phones of `book`; port 0 takes any that is free."""

    def __init__(self, domain: str, password: str, book: PhoneBook, port: int) -> None:
        if not password:
            raise ValueError("a directory without a password would be open to every user of this machine")
        self.book: Final = book
        self._port = port
        self._answers = PhoneAnswers(domain, password, book)
        self._server: WSGIServer | None = None

    @property
    def bound_port(self) -> int:
        """The port on which it listens."""
        return self._port if self._server is None else self._server.socket.getsockname()[1]

    def start(self) -> None:
        """Answer from now on; UserMistake `directory_port_refused` where the port cannot be had."""
        server = WSGIServer(
            _listener(self._port),
            self._answers,
            log=ServerLog(DEBUG, ACTION),
            error_log=ServerLog(WARNING, ACTION),
        )
        server.start()
        self._server = server

    def stop(self) -> None:
        """Answer no more; before a start it is no mistake."""
        if self._server is not None:
            self._server.stop(timeout=LET_FINISH_S)
            self._server = None


def _listener(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise UserMistake("directory_port_refused", host=HOST, port=port, reason=reason) from error
    return listener
