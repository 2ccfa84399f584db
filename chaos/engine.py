"""The engine as a process that dies: killed at any moment, started again, and its disk taken away and given back.

Owns the process and its lives. Easy to break: what it says goes through a pipe, as under systemd, so that a limit on
its files is a limit on what it must keep and not on its log.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import gevent

from chaos.evidence import Life
from fs_control.errors import FsControlError
from fs_control.face.client import EngineClient
from fs_control.face.options import control_socket
from fs_control.ids import Micros
from fs_control.settings import Settings, SwitchSettings

ROOT: Final = Path(__file__).parents[1]
LOOK_S: Final = 0.1
STOP_S: Final = 30.0


def now() -> Micros:
    """Return what the clock on the wall shows, which is the engine's, too."""
    return Micros(time.time_ns() // 1000)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where an engine lives."""

    settings: Settings
    switch: SwitchSettings
    database_url: str
    log: Path


class MortalEngine:
    """One engine after the other, on one folder."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._here: Final = surroundings
        self.client: Final = EngineClient(control_socket(surroundings.settings))
        self.lives: Final[list[Life]] = []
        self.log: Final = surroundings.log
        self._process: subprocess.Popen[bytes] | None = None
        self._writer: Final = _writer(self.log)
        self._watching: gevent.Greenlet[..., None] | None = None

    @property
    def is_up(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def is_ready(self) -> bool:
        """Whether the engine of this moment has found the switch."""
        return self.is_up and bool(self.lives) and self.lives[-1].ready_at is not None

    def start(self) -> None:
        """Begin a life; returns at once."""
        self.lives.append(Life(now()))
        command = [sys.executable, "cli.py", "run"]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=self._writer.stdin,
            stderr=self._writer.stdin,
        )
        self._watching = gevent.spawn(self._watch, self._process, len(self.lives) - 1)

    def kill(self) -> None:
        """Take the process away as the kernel does when memory is short."""
        if self._process is None:
            return
        if self.is_up:  # noted first: whoever watches must not take it for an end of its own
            self._change(len(self.lives) - 1, ended_at=now())
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it in order, and stop looking after it."""
        if self._process is not None and self.is_up:
            self._change(len(self.lives) - 1, ended_at=now())
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_S)
        self.close()

    def command(self, *words: str) -> str:
        """Run a command of ours beside the engine and return what it says; its exit code is for whoever reads that."""
        command = [sys.executable, "cli.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self._environment(), capture_output=True, check=False)
        return done.stdout.decode("utf-8", "replace")

    def close(self) -> None:
        """Leave no process behind."""
        if self.is_up:
            self.kill()
        if self._watching is not None:
            self._watching.kill()
        assert self._writer.stdin is not None
        self._writer.stdin.close()
        self._writer.wait()

    # --- its disk --------------------------------------------------------------------------------------------------

    def fill_disk(self, more: int) -> None:
        """Let every file of this process grow no further than the journal's last segment is, and so many bytes."""
        segments = sorted(self._journal.glob("*.jsonl"))
        size = segments[-1].stat().st_size if segments else 0
        self._limit_files(size + more)

    def empty_disk(self) -> None:
        """Let files grow again."""
        self._limit_files(resource.RLIM_INFINITY)

    def _limit_files(self, size: int) -> None:
        if self._process is not None and self.is_up:
            with suppress(ProcessLookupError):
                _, hard = resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE)
                resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (size, hard))

    @property
    def _journal(self) -> Path:
        return Path(self._here.settings.var) / "journal"

    def _watch(self, process: subprocess.Popen[bytes], life: int) -> None:
        """Note when it is ready, and whether it ends without being killed."""
        while process.poll() is None:
            if self.lives[life].ready_at is None and self._answers():
                self._change(life, ready_at=now())
            gevent.sleep(LOOK_S)
        if self.lives[life].ended_at is None:
            self._change(life, ended_at=now(), ended_by_itself=True)

    def _answers(self) -> bool:
        try:
            return bool(self.client.status()["is_switch_there"])
        except FsControlError:
            return False

    def _change(self, life: int, **values: object) -> None:
        self.lives[life] = replace(self.lives[life], **values)  # type: ignore[arg-type]

    def _environment(self) -> dict[str, str]:
        settings, switch = self._here.settings, self._here.switch
        return {
            **os.environ,
            "LC_ALL": "C.UTF-8",
            "DATABASE_URL": self._here.database_url,
            "FS_CONTROL_VAR": settings.var,
            "FS_CONTROL_LISTEN_PORT": str(settings.listen_port),
            "FS_CONTROL_FLOWS": settings.flows,
            "FS_CONTROL_CDRS": settings.cdrs,
            "FREESWITCH_HOST": switch.host,
            "FREESWITCH_PORT": str(switch.event_port),
            "FREESWITCH_PASSWORD": switch.password,
            "FREESWITCH_GATEWAY": switch.gateway,
            "FREESWITCH_MEDIA": switch.media,
            "FREESWITCH_DIRECTORY_PORT": "0",
        }


def _writer(log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as file:
        return subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=file)
