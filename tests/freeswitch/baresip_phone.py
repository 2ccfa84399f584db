"""An agent's phone that others wrote: baresip, without a screen and without a sound card, told what to do over TCP.

Owns the process, its folder and its control port. Source: baresip 1.0.0 (Debian: baresip-core), modules menu and
ctrl_tcp. Easy to break: it takes the port behind its own as well (TLS), and it hears itself (aubridge), so that it
needs no device.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from time import monotonic

import gevent
from gevent import socket

from tests.freeswitch.private_switch import PrivateSwitch, free_port

START_S = 20.0
MODULES = Path("/usr/lib/baresip/modules")

_CONFIG = """
poll_method epoll
sip_listen 127.0.0.1:{sip}
call_max_calls 4
audio_player aubridge,loop
audio_source aubridge,loop
audio_alert aubridge,loop
rtp_timeout 0
module_path {modules}
module g711.so
module aubridge.so
module_tmp uuid.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{control}
"""
_ACCOUNT = "<sip:{number}@{door}>;auth_user={number};auth_pass={password};answermode=auto;regint=600\n"


def missing_baresip() -> str | None:
    """Say what is not there, or None."""
    there = shutil.which("baresip") is not None and (MODULES / "ctrl_tcp.so").is_file()
    return None if there else "no baresip on the PATH (Debian: apt-get install baresip-core)"


class BaresipPhone:
    """A phone on the line, which answers every call at once."""

    def __init__(self, switch: PrivateSwitch, folder: Path, number: str) -> None:
        self._folder = folder
        self._door = f"{switch.addresses.host}:{switch.addresses.phones_port}"
        self._control_port = free_port()
        folder.mkdir(parents=True)
        config = _CONFIG.format(sip=free_port(), control=self._control_port, modules=MODULES)
        (folder / "config").write_text(config, encoding="ascii")
        account = _ACCOUNT.format(number=number, door=self._door, password=switch.secrets.phones[number])
        (folder / "accounts").write_text(account, encoding="ascii")
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start(self) -> None:
        """Plug it in; it registers by itself, a moment later."""
        with (self._folder / "screen.txt").open("wb") as screen:
            self._process = subprocess.Popen(
                ["baresip", "-f", str(self._folder)], stdin=subprocess.DEVNULL, stdout=screen, stderr=screen
            )
        deadline = monotonic() + START_S
        while self._control is None:
            assert self._process.poll() is None, f"baresip ended at once, see {self._folder}"
            assert monotonic() < deadline, f"baresip does not start, see {self._folder}"
            gevent.sleep(0.1)
            try:
                self._control = socket.create_connection(("127.0.0.1", self._control_port))
            except OSError:
                continue

    def press(self, command: str, params: str = "") -> None:
        """Do what a key of a telephone would do."""
        assert self._control is not None  # it is plugged in
        order = json.dumps({"command": command, "params": params})
        self._control.sendall(f"{len(order)}:{order},".encode())

    def transfer(self, number: str) -> None:
        """Send the other one on to a number (REFER)."""
        self.press("transfer", f"sip:{number}@{self._door}")

    def stop(self) -> None:
        """Pull the plug."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
