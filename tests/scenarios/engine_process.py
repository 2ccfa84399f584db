"""The engine as the process that it is in life, to be killed and started again: `kill -9` leaves no time to tidy up.

Owns the process and the ways to look into it from outside: its control socket and its journal.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import gevent

from fs_control.centre import CallCentre, LiveCall
from fs_control.errors import FsControlError
from fs_control.face.client import EngineClient
from fs_control.face.options import control_socket
from fs_control.ids import LegId
from fs_control.runtime.journal import fold, read_segment, segments
from fs_control.settings import Settings, SwitchSettings

CLONE = Path(__file__).parents[2]
PATIENCE_S = 60.0


class EngineProcess:
    """One engine after the other in one folder, on one switch and one database."""

    def __init__(self, settings: Settings, switch: SwitchSettings, database_url: str) -> None:
        self._journal = Path(settings.var) / "journal"
        self._log = Path(settings.var).with_name("engine.log")
        self._environment = {
            **os.environ,
            "LC_ALL": "C.UTF-8",
            "DATABASE_URL": database_url,
            "FS_CONTROL_VAR": settings.var,
            "FS_CONTROL_LISTEN_PORT": str(settings.listen_port),
            "FS_CONTROL_FLOWS": settings.flows,
            "FS_CONTROL_HTTP_HOSTS": " ".join(settings.http_hosts),
            "FREESWITCH_HOST": switch.host,
            "FREESWITCH_PORT": str(switch.event_port),
            "FREESWITCH_PASSWORD": switch.password,
            "FREESWITCH_GATEWAY": switch.gateway,
            "FREESWITCH_CDRS": switch.cdrs,
        }
        self.client = EngineClient(control_socket(settings))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start an engine and wait until it has found the switch."""
        with self._log.open("ab") as log:
            command = [sys.executable, "cli.py", "run"]
            self._process = subprocess.Popen(command, cwd=CLONE, env=self._environment, stdout=log, stderr=log)
        wait_for(self._is_ready, "the engine")

    def _is_ready(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self._log.read_text()
        try:
            return bool(self.client.status()["is_switch_there"])
        except FsControlError:
            return False

    def kill(self) -> None:
        """Take the process away as the kernel does when memory is short."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def let_files_grow(self, to: int = resource.RLIM_INFINITY) -> None:
        """Let the process write no file beyond so many bytes from now on, as if its disk were full."""
        assert self._process is not None
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (to, resource.RLIM_INFINITY))

    @property
    def journal(self) -> Path:
        """The folder of its journal."""
        return self._journal

    def centre(self) -> CallCentre:
        """What the engine knows, by its journal."""
        return fold(read_segment(segments(self._journal)[-1]))

    def live(self, leg: str) -> LiveCall | None:
        """The call of a caller's leg, as long as it lasts."""
        centre = self.centre()
        call = centre.legs.get(LegId(leg))
        return centre.calls.get(call) if call is not None else None


def wait_for(fact: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    deadline = monotonic() + PATIENCE_S
    while not fact():
        assert monotonic() < deadline, f"waited in vain for {what}"
        gevent.sleep(0.05)
