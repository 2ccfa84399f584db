"""Processes that a run needs beside itself (a switch, a controller, telephones), and what they cost in CPU.

Owns their start and their end. Knows nothing of what they do. Easy to break: what a process says goes into a file, for
a pipe that nobody reads stops its writer.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
STOP_S = 10.0
CLOCK_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@contextmanager
def running(
    command: Sequence[str], log: Path, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command while the block runs; where it ended by itself, what it said last goes to stderr."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
    try:
        yield process
    finally:
        ended = process.poll() is not None
        _stop(process)
        if ended:
            sys.stderr.write(f"{command[0]} ended by itself:\n{log.read_text(errors='replace')[-2000:]}\n")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def cpu_ms(pid: int) -> float:
    """The milliseconds of CPU that a process has used, in steps of 10 (proc_pid_stat(5): utime and stime)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS_PER_S * 1000
