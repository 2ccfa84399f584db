"""Starting a virtual switch as a child process, and ending it.

Owns the child: its command line, the line with its ports, and its end. The child ends when its parent does, however
that happens: it watches the pipe on its standard input. Easy to break: the password travels in the child's environment,
never on its command line, where everybody could read it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fs_control.errors import RemoteFault
from fs_control.virtual_switch.clock import SwitchClock
from fs_control.virtual_switch.stage import Stage

PASSWORD_VARIABLE = "FS_CONTROL_VIRTUAL_SWITCH_PASSWORD"
STOP_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class VirtualSwitchProcess:
    """A running virtual switch."""

    event_port: int
    stage_port: int
    core_uuid: str
    clock: SwitchClock
    _child: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid

    def stage(self) -> Stage:
        """A new connection to the stage."""
        return Stage(self.stage_port)

    def kill(self) -> None:
        """Let it die as in a power cut."""
        self._child.kill()
        self._close()

    def stop(self) -> None:
        """End it, gently first."""
        self._child.terminate()
        try:
            self._child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
        self._close()

    def _close(self) -> None:
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()


def start_virtual_switch(
    controller: str,
    password: str,
    *,
    clock: SwitchClock | None = None,
    event_port: int = 0,
    stage_port: int = 0,
    hostname: str = "virtual-switch",
    sound_folder: Path | None = None,
    hold_music: str = "",
    media_timeout: float = 0.0,
    session_timeout: int = 0,
    sessions_per_second: int = 0,
    max_sessions: int = 0,
    stepped: bool = False,
    quiet_transfers: bool = False,
    cdr_folder: Path | None = None,
    python: str = sys.executable,
) -> VirtualSwitchProcess:
    """Start a switch that hands its calls to `controller` (host:port) and wait until it is ready.

    What is empty or 0 has the switch's own default; `media_timeout` is in virtual seconds. A `stepped` switch's time
    stands at the clock's anchor and moves only when the stage is told to `advance`. With `quiet_transfers` a phone's
    transfer key is no event, as where the SIP profile does not set fire-transfer-events. Into a `cdr_folder` it writes
    a file of each leg that is over.
    Raises RemoteFault `virtual_switch_not_started` when it ends instead; its reason is on standard error.
    """
    options: dict[str, object] = {
        "--controller": controller,
        "--event-port": event_port,
        "--stage-port": stage_port,
        "--hostname": hostname,
    }
    limits = {
        "--hold-music": hold_music,
        "--media-timeout": media_timeout,
        "--session-timeout": session_timeout,
        "--sessions-per-second": sessions_per_second,
        "--max-sessions": max_sessions,
    }
    options.update((name, value) for name, value in limits.items() if value)
    if sound_folder is not None:
        options["--sound-folder"] = sound_folder
    if cdr_folder is not None:
        options["--cdr-folder"] = cdr_folder
    if clock is not None:
        options["--clock-real-anchor"] = repr(clock.real_anchor)
        options["--clock-epoch-offset"] = repr(clock.virtual_anchor - clock.real_anchor)
        options["--clock-rate"] = repr(clock.rate)
    command = [python, "-m", "fs_control.virtual_switch", "--watch-stdin"]
    command += [f"{name}={value}" for name, value in options.items()]
    command += ["--stepped"] if stepped else []
    command += ["--quiet-transfers"] if quiet_transfers else []
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, PASSWORD_VARIABLE: password},
    )
    return _meet(child)


def _meet(child: subprocess.Popen[bytes]) -> VirtualSwitchProcess:
    line = b"" if child.stdout is None else child.stdout.readline()
    try:
        ready: dict[str, Any] = json.loads(line)
        anchors = ready["clock"]
        clock = SwitchClock(anchors["real_anchor"], anchors["virtual_anchor"], anchors["rate"])
        return VirtualSwitchProcess(ready["event_port"], ready["stage_port"], ready["core_uuid"], clock, child)
    except (ValueError, KeyError) as broken:
        child.kill()
        child.wait()
        raise RemoteFault("virtual_switch_not_started", exit_code=child.returncode) from broken
