"""Take every figure and print them as they stand in docs/performance.md."""

from __future__ import annotations

import fs_control.face.patched  # noqa: F401 - before everything that opens a socket

# isort: split
import tempfile
from pathlib import Path
from time import monotonic

from bench.bridging import bridging
from bench.circumstances import circumstances
from bench.decoding import decoding
from bench.figures import table
from bench.transitions import transitions
from fs_control.runtime.logs import log_to_file

REPETITIONS = 100


def main() -> None:
    started = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        log_to_file(Path(folder) / "bench.log")
        print(f"- command: make bench\n{circumstances()}", flush=True)
        figures = [*decoding(REPETITIONS), *bridging(), *transitions(REPETITIONS)]
    print(f"- took {monotonic() - started:.0f} s; {REPETITIONS} repetitions where nothing else is said\n")
    print(table(figures))


if __name__ == "__main__":
    main()
