"""`python -m tests.conformance [--all] [TRACE ...]`: replay traces and print all their differences.

A TRACE is a name in tests/traces or a file anywhere. `--all` shows allowed differences too.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conformance.comparison import compare
from tests.conformance.differences import Allowance, allowances, not_allowed
from tests.conformance.recording import TRACES, read_recording, recordings, trace_name
from tests.conformance.replay import replay
from tests.conformance.report import report

AT_A_TIME = 4


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description="Replay traces and compare.")
    parser.add_argument("traces", nargs="*", help="names in tests/traces, or files; none: all of tests/traces")
    parser.add_argument("--all", action="store_true", help="show differences that allowed.txt allows, too")
    parser.add_argument("--shown", type=int, help="how many reasons to show of each trace; all if not given")
    options = parser.parse_args()
    known = {trace_name(path): path for path in recordings(TRACES)}
    paths = [known.get(name, Path(name)) for name in options.traces] or list(known.values())
    allowed = [] if options.all else allowances()
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        told = list(pool.map(lambda path: _report(path, allowed, options.shown), paths))
    return 1 if any(told) else 0


def _report(path: Path, allowed: list[Allowance], shown: int | None) -> bool:
    """Replay a trace and print in what it differs; whether there is anything."""
    name = trace_name(path)
    try:
        left = not_allowed(name, compare(replay(read_recording(path))), allowed)
    except LookupError as unknown:
        print(f"{name}: {unknown}")
        return True
    print(report(name, left, shown), flush=True)
    return bool(left)


if __name__ == "__main__":
    sys.exit(main())
