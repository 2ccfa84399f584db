"""A wire between the control plane and the event socket that can be cut: a relay in a process of its own.

`python -m chaos.relay LISTEN TO` passes bytes on between two loopback ports; SIGUSR1 cuts whoever is connected. Easy to
break: it is a process of its own so that a busy harness never slows the wire down.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if __name__ == "__main__":
    from gevent import monkey

    monkey.patch_all()

import gevent
from gevent import socket
from gevent.server import StreamServer

ROOT = Path(__file__).parents[1]
READ_BYTES = 65_536


class Wire:
    """A relay that runs, as whoever cuts it sees it."""

    def __init__(self, listen: int, to: int) -> None:
        command = [sys.executable, "-m", "chaos.relay", str(listen), str(to)]
        self.port = listen
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def cut(self) -> None:
        """Break every connection; new ones are let through."""
        os.kill(self._process.pid, signal.SIGUSR1)

    def silence(self) -> None:
        """Pass nothing on, in either direction, without a word."""
        os.kill(self._process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Pass on again, also what was held back."""
        os.kill(self._process.pid, signal.SIGCONT)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


@contextmanager
def wire(listen: int, to: int) -> Iterator[Wire]:
    """Run a relay while the block runs."""
    found = Wire(listen, to)
    try:
        yield found
    finally:
        found.close()


class _Relay:
    """The process's own side."""

    def __init__(self, listen: int, to: int) -> None:
        self._to = to
        self._open: set[socket.socket] = set()
        self._server = StreamServer(("127.0.0.1", listen), self._connected)

    def run(self) -> None:
        """Pass on for ever."""
        gevent.signal_handler(signal.SIGUSR1, self._cut)
        self._server.start()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        self._server.serve_forever()

    def _connected(self, near: socket.socket, _address: object) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._to))
        except OSError:
            near.close()
            return
        self._open |= {near, far}
        gevent.joinall([gevent.spawn(self._pass_on, near, far), gevent.spawn(self._pass_on, far, near)])
        self._open -= {near, far}
        near.close()
        far.close()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(READ_BYTES):
                other.sendall(data)
        except OSError:
            pass  # cut: the other direction is told below
        for end in (one, other):
            _shut(end)

    def _cut(self) -> None:
        for end in self._open:
            _shut(end)


def _shut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is so already


if __name__ == "__main__":
    _Relay(int(sys.argv[1]), int(sys.argv[2])).run()
