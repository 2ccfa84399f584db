"""Our controller with a second program inside: one that notes every few milliseconds of CPU which room is at work.

    python -m bench.sampled_run FILE

`run`, as ever, which begins to take notes at the signal SIGUSR1. At its end FILE has how often each room of fs_control
was found at work, as JSON. A sample belongs to the innermost frame that is ours, so what a library does for a room is
that room's. Samples outside any room are the event loop's.
"""

from __future__ import annotations

import fs_control.face.patched  # before everything that opens a socket

# isort: split
import json
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

import fs_control
from fs_control.face.main import main

EVERY_S = 0.004
"""Of CPU; the kernel's own clock is no finer."""
EVENT_LOOP = "event loop"

_HOME = f"{Path(fs_control.__file__).parent}/"


def room_of(frame: FrameType | None) -> str:
    """The room whose code a frame runs, or that called what the frame runs."""
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(_HOME):
            return path.removeprefix(_HOME).partition("/")[0].removesuffix(".py")
        frame = frame.f_back
    return EVENT_LOOP


def _run_sampled(file: Path) -> None:
    found: Counter[str] = Counter()
    signal.signal(signal.SIGPROF, lambda _number, frame: found.update((room_of(frame),)))
    signal.signal(signal.SIGUSR1, lambda _number, _frame: signal.setitimer(signal.ITIMER_PROF, EVERY_S, EVERY_S))
    sys.argv[1:] = ["run"]
    try:
        main()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        file.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    _run_sampled(Path(sys.argv[1]))
