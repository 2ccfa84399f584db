"""Take every figure and print them as they stand in docs/performance.md."""

from __future__ import annotations

import fs_control.face.patched  # noqa: F401 - before everything that opens a socket

# isort: split
import tempfile
from pathlib import Path
from time import monotonic

from bench.bridging import bridging
from bench.circumstances import circumstances
from bench.deciding import deciding
from bench.decoding import decoding
from bench.figures import table
from bench.flowing import flowing
from bench.foretelling import foretelling
from bench.journaling import journaling
from bench.looking import looking
from bench.real import at_one_pace
from bench.switch_load import switch_load
from bench.talking import talking
from bench.transitions import transitions
from bench.waiting import waiting
from bench.whole_calls import rooms, whole_calls
from fs_control.runtime.logs import log_to_file

REPETITIONS = 100
DECODINGS = 30
"""Each takes a second, nearly all of it the peers'."""


def main() -> None:
    started = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        log_to_file(Path(folder) / "bench.log")
        print(f"- command: make bench\n{circumstances()}", flush=True)
        figures = [
            *decoding(DECODINGS),
            *whole_calls(),
            *rooms(),
            *switch_load(),
            *bridging(),
            *at_one_pace(),
            *talking(),
            *transitions(REPETITIONS),
            *deciding(REPETITIONS),
            *waiting(REPETITIONS),
            *foretelling(),
            *looking(REPETITIONS),
            *flowing(REPETITIONS),
            *journaling(),
        ]
    repeated = f"{DECODINGS} repetitions of decoding, {REPETITIONS} of single events"
    print(f"- took {monotonic() - started:.0f} s; {repeated}\n")
    print(table(figures))


if __name__ == "__main__":
    main()
