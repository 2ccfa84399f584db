"""Record traces: `python -m tests.traces.record NAME ...`; without a name it says which there are.

Owns the command line and where the files go. README.md of tests/traces says what it needs. Easy to break: a recording
that fails leaves its trace in a folder of its own, with FreeSWITCH's log, to be looked at.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from tests.traces.record.lab import keep_call_records, laboratory
from tests.traces.record.recordings import RECORDINGS
from tests.traces.record.registry import Recording
from tests.traces.record.trace import Trace

TRACES = Path(__file__).parents[1]


def main() -> None:
    """Record what is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.traces.record", description="Record traces of FreeSWITCH.")
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *RECORDINGS])
    parser.add_argument("--to", type=Path, default=TRACES, metavar="FOLDER", help="where the traces go")
    parser.add_argument("--keep", action="store_true", help="leave FreeSWITCH's folder, with its log")
    options = parser.parse_args()
    if not options.names:
        for each in RECORDINGS.values():
            print(f"{each.name:40} {each.about}")
    for name in options.names:
        folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
        record(RECORDINGS[name], folder, options.to)
        if options.keep:
            print(f"see {folder}")
        else:
            shutil.rmtree(folder)


def record(which: Recording, folder: Path, to: Path) -> None:
    """Record one trace in a folder for the switch, with the call records beside it where they belong to it."""
    trace = Trace(which.name, which.about, which.settings.unusual())
    try:
        with laboratory(trace, folder, which.settings) as lab:
            which.act(lab)
    except BaseException:
        print(f"{which.name}: failed, see {folder} and {trace.save(folder)}")
        raise
    trace.save(to)
    if which.call_records:
        records = to / "call-records"
        records.mkdir(exist_ok=True)
        keep_call_records(folder, trace, records)
    print(f"{which.name}: {len(trace.frames)} frames")


if __name__ == "__main__":
    main()
