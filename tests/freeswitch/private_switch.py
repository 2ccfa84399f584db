"""A FreeSWITCH of our own: started with the configuration that we ship, in a folder and on ports that nobody else has.

Owns the process and its end. FreeSWITCH is whatever `FREESWITCH_BIN` or the PATH name; without it `missing` says what
is not there, so that tests can be left out with a reason. Easy to break: it needs `-np` (no priorities) to run without
rights, and takes some seconds to leave after SIGTERM.
"""

from __future__ import annotations

import os
import random
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import gevent
from gevent import socket

from fs_control.esl import EventMessage
from fs_control.switch.configuration import START_FILE
from tests.freeswitch.configuration import Addresses, Secrets, write_configuration
from tests.freeswitch.events import EventSocket

START_S = 60.0
STOP_S = 20.0
PROFILES = 2
PHONES = tuple(str(number) for number in range(1000, 1060))
RTP_PORTS = 2000


@dataclass(frozen=True, slots=True)
class PrivateSwitch:
    """A running FreeSWITCH."""

    addresses: Addresses
    secrets: Secrets = field(repr=False)
    controller_port: int
    """The port at which it looks for us."""
    standby_port: int
    """The port at which it looks where nobody listens at the first."""
    folder: Path
    pid: int

    def events(self, on_event: Callable[[EventMessage], None] | None = None) -> EventSocket:
        """Open a connection to its event socket."""
        return EventSocket(self.addresses.event_port, self.secrets.event_password, on_event)


def freeswitch_binary() -> str | None:
    """Return the FreeSWITCH to run, None where there is none."""
    return os.environ.get("FREESWITCH_BIN") or shutil.which("freeswitch")


def missing() -> str | None:
    """Say what a run on a real switch lacks on this machine, or None."""
    if freeswitch_binary() is None:
        return "no freeswitch on the PATH, and FREESWITCH_BIN is not set"
    if shutil.which("sipp") is None:
        return "no sipp on the PATH (Debian: apt-get install sip-tester)"
    return None


class SwitchProcess:
    """The process of one FreeSWITCH in an empty folder; it can be started again after its end, on the same ports."""

    def __init__(self, folder: Path, phones: tuple[str, ...] = PHONES) -> None:
        """Write its configuration, with ports that nobody uses and secrets that nobody knows."""
        first = random.randrange(20_000, 50_000, RTP_PORTS)
        self._addresses = Addresses(free_port(), free_port(), free_port(), first, first + RTP_PORTS - 1)
        self._secrets = Secrets(secrets.token_urlsafe(24), {number: secrets.token_urlsafe(18) for number in phones})
        self._controllers = (free_port(), free_port())
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        controllers = (f"{self._addresses.host}:{port}" for port in self._controllers)
        write_configuration(folder, self._addresses, self._secrets, *controllers)

    def start(self) -> PrivateSwitch:
        """Start it and wait until all its doors are open."""
        self._process = _start(self._folder)
        switch = PrivateSwitch(
            self._addresses, self._secrets, *self._controllers, folder=self._folder, pid=self._process.pid
        )
        _wait_until_ready(switch, self._process)
        return switch

    def kill(self) -> None:
        """End it without a warning, as the kernel does when memory runs out."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """End it in order."""
        if self._process is not None:
            _stop(self._process)


@contextmanager
def private_switch(folder: Path, phones: tuple[str, ...] = PHONES) -> Iterator[PrivateSwitch]:
    """Run a FreeSWITCH in an empty folder; at the end of the block it is stopped."""
    process = SwitchProcess(folder, phones)
    try:
        yield process.start()
    finally:
        process.stop()


def free_port() -> int:
    """Return a loopback port that is free for TCP and UDP alike at this moment."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            port = int(tcp.getsockname()[1])
            try:
                udp.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def _start(folder: Path) -> subprocess.Popen[bytes]:
    binary = freeswitch_binary()
    assert binary is not None
    command = [str(folder / START_FILE), "-np", "-nf", "-nc"]
    environment = {**os.environ, "FREESWITCH_BIN": binary}
    with (folder / "console.txt").open("wb") as console:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT, env=environment
        )


def _wait_until_ready(switch: PrivateSwitch, process: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + START_S
    while not _is_ready(switch):
        assert process.poll() is None, f"FreeSWITCH ended at once, see {switch.folder / 'console.txt'}"
        assert monotonic() < deadline, f"FreeSWITCH is not ready, see {switch.folder / 'log'}"
        gevent.sleep(0.1)


def _is_ready(switch: PrivateSwitch) -> bool:
    """Whether all doors are open; modules load one after the other, SIP last."""
    try:
        with switch.events() as events:
            return events.api("sofia", "status").count("RUNNING") == PROFILES
    except OSError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
