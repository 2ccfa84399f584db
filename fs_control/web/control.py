"""The control socket: HTTP over a Unix socket that its owner alone may open.

Owns the socket file and the lock beside it. The lock says whether an engine lives, and the kernel lets go of it when
the process dies, however it dies; so a socket file without a held lock is a dead engine's and is replaced. Easy to
break: `claim` comes before anything that two engines must not both do, above all before the journal is opened.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import stat
import struct
from logging import DEBUG, WARNING
from pathlib import Path
from typing import Any, Final

from gevent import socket
from gevent.pywsgi import WSGIHandler, WSGIServer

from fs_control.errors import UserMistake
from fs_control.web.control_api import PEER, Control, Phones, Tokens, control_api
from fs_control.web.server_log import ServerLog
from fs_control.web.socket_path import socket_address

ACTION: Final = "control_socket"

LET_FINISH_S: Final = 1.0
"""How long a stop waits for answers that are on their way."""

BACKLOG: Final = 16


class ControlSocket:
    """The door for the command line, at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: int | None = None
        self._server: WSGIServer | None = None

    def claim(self) -> None:
        """Be the only engine at this path from now on. UserMistake `engine_already_running` names the path."""
        if self._lock is not None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.path.with_name(self.path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise UserMistake("engine_already_running", path=str(self.path)) from None
        self._lock = lock

    def start(self, control: Control, phones: Phones | None = None, tokens: Tokens | None = None) -> None:
        """Answer for `control` from now on; claims the path where that has not been done.

        `phones`: what answers a FreeSWITCH that asks for phones, if anything does; `tokens`: those of the API, if any.
        """
        self.claim()
        server = WSGIServer(
            _listener(self.path),
            control_api(control, phones, tokens),
            handler_class=_Handler,
            log=ServerLog(DEBUG, ACTION),
            error_log=ServerLog(WARNING, ACTION),
        )
        server.start()
        self._server = server

    def stop(self) -> None:
        """Answer no more and give up the path; once is enough, and before a start it is no mistake."""
        if self._server is not None:
            self._server.stop(timeout=LET_FINISH_S)
            self.path.unlink(missing_ok=True)
            self._server = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _listener(path: Path) -> socket.socket:
    """Return a listening socket in place of a dead engine's; it is never open to others, not even for a moment."""
    if path.exists() and stat.S_ISSOCK(path.stat().st_mode):
        path.unlink()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    usual = os.umask(0o177)
    try:
        with socket_address(path) as address:
            listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise UserMistake("control_socket_refused", path=str(path), reason=error.strerror) from error
    finally:
        os.umask(usual)
    return listener


class _Handler(WSGIHandler):
    """Tells the application who is at the other end."""

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        environ[PEER] = _peer_name(self.socket)
        return environ


def _peer_name(connection: socket.socket) -> str:
    """Return the user at the other end, as the kernel knows them (unix(7), SO_PEERCRED: pid, uid, gid)."""
    _, uid, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"
