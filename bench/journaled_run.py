"""Our controller, noting how long each event waits for the disk before it has effects.

    python -m bench.journaled_run FILE

`run`, as ever, which begins to take notes at the signal SIGUSR1. At its end FILE has the milliseconds of every batch
from handing it to the journal to going on, as JSON.
"""

from __future__ import annotations

# isort: split
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from fs_control.events import Event
from fs_control.face.main import main
from fs_control.runtime.journal import Journal

_append = Journal.append


def _run_timed(file: Path) -> None:
    found: list[float] = []

    def timed(self: Journal, events: Sequence[Event]) -> range:
        started = perf_counter()
        try:
            return _append(self, events)
        finally:
            found.append(1000 * (perf_counter() - started))

    signal.signal(signal.SIGUSR1, lambda _number, _frame: found.clear())
    Journal.append = timed  # type: ignore[method-assign]
    sys.argv[1:] = ["run"]
    try:
        main()
    finally:
        file.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    _run_timed(Path(sys.argv[1]))
