"""Hit everything, judge what became of the callers, and print it: `make chaos`."""

from __future__ import annotations

import fs_control.face.patched  # noqa: F401 - before everything that opens a socket

# isort: split
import argparse
import pickle
import shutil
import signal
import sys
from dataclasses import replace
from pathlib import Path
from time import monotonic

import gevent

from bench.circumstances import circumstances
from chaos.figures import is_met, report
from chaos.judging import judge
from chaos.run import Wish, run
from chaos.schedule import SHORT, Plan
from fs_control.runtime.logs import log_to_file


def main() -> int:
    """Run, print, and say whether every goal is met."""
    gevent.signal_handler(signal.SIGTERM, gevent.kill, gevent.getcurrent(), SystemExit("told to end"))  # all in order
    options = _options()
    plan = SHORT if options.short else Plan()
    plan = replace(plan, kills=plan.kills if options.kills is None else options.kills)
    wish = Wish(options.seed, options.rate, options.switch, plan)
    began = monotonic()
    print(f"- command: make chaos {_command(options)}\n{circumstances()}", flush=True)
    with run(wish, lambda line: print(f"  {line}", flush=True)) as (evidence, folder):
        log_to_file(folder / "chaos.log")
        if options.keep is not None:
            shutil.copytree(folder / "kept", options.keep, dirs_exist_ok=True)
            (options.keep / "evidence.pickle").write_bytes(pickle.dumps(evidence))
    findings = judge(evidence)
    print(f"- took {monotonic() - began:.0f} s\n")
    print(report(evidence, findings))
    return 0 if is_met(evidence, findings) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m chaos", description="Whatever dies, no caller is lost.")
    parser.add_argument("--kills", type=int, help="of the control plane; 100 unless --short")
    parser.add_argument("--rate", type=float, default=20.0, help="callers a second")
    parser.add_argument("--switch", choices=("virtual", "real"), default="virtual")
    parser.add_argument("--seed", default="1", help="the same seed hits the same parts at the same moments")
    parser.add_argument("--short", action="store_true", help="the plan that fits into a minute")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where journals, legs' files and log are kept")
    return parser.parse_args()


def _command(options: argparse.Namespace) -> str:
    kills = "" if options.kills is None else f"KILLS={options.kills} "
    return f"{kills}RATE={options.rate:g} SWITCH={options.switch} SEED={options.seed}"


if __name__ == "__main__":
    sys.exit(main())
