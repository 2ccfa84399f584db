"""Take the figures that a real FreeSWITCH gives, at one pace or several, and print them; curves as SVG where asked for.

    tools/in-env python -m bench.real
    tools/in-env python -m bench.real --rates 20 60 100 --calls 400 --curves docs/real-switch.svg

Without a FreeSWITCH it says what is missing, and that is all.
"""

from __future__ import annotations

import fs_control.face.patched  # noqa: F401 - before everything that opens a socket

# isort: split
import argparse
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from bench.circumstances import circumstances
from bench.figures import Figure, percentile, table
from bench.real_contenders import GREENSWITCH, OURS
from bench.real_curves import Curve, Diagram, drawing
from bench.real_figures import Taken, all_of, controller_cpu, invite_to_200, real_figures, switch_cpu, to_bridge
from bench.real_rounds import ROUNDS, RateRun, run_rates
from tests.freeswitch.private_switch import missing

CALLS = 400
RATES = (20.0,)


def main() -> None:
    options = _options()
    lack = missing()
    if lack is not None:
        print(f"no figures on a real switch: {lack}")
        return
    started = monotonic()
    print(f"- command: {_command(options)}\n{circumstances()}", flush=True)
    runs = run_rates(options.rates, options.calls)
    turns = f"{options.calls} calls of each contender at each pace, in {ROUNDS} turns"
    print(f"- took {monotonic() - started:.0f} s; {turns}\n")
    print(table(figure for run in runs for figure in real_figures(run)))
    if options.curves is not None:
        options.curves.write_text(curves(runs), encoding="utf-8")


def at_one_pace() -> list[Figure]:
    """The figures for `make bench`; none where there is no FreeSWITCH, and the reason is printed."""
    lack = missing()
    if lack is not None:
        print(f"- left out, what needs a real switch: {lack}")
        return []
    return [figure for run in run_rates(RATES, CALLS) for figure in real_figures(run)]


def curves(runs: Sequence[RateRun]) -> str:
    """Draw medians over the pace."""
    everybody = list(runs[0].rounds)
    controllers = (OURS, GREENSWITCH)
    diagrams = (
        ("Answer to bridge, median", to_bridge, everybody),
        ("INVITE to 200, median", invite_to_200, everybody),
        ("CPU of the switch per call", switch_cpu, everybody),
        ("CPU of the controller per call", controller_cpu, controllers),
    )
    return drawing(
        tuple(
            Diagram(title, " ms", {name: _medians(runs, name, taken) for name in names})
            for title, taken, names in diagrams
        )
    )


def _medians(runs: Sequence[RateRun], contender: str, taken: Taken) -> Curve:
    return [(run.calls_per_s, percentile(all_of(run, contender, taken), 50)) for run in runs]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.real", description="Figures on a real FreeSWITCH.")
    parser.add_argument("--rates", type=float, nargs="+", default=RATES, metavar="N", help="calls a second")
    parser.add_argument("--calls", type=int, default=CALLS, help="of each contender at each pace")
    parser.add_argument("--curves", type=Path, metavar="FILE", help="where to draw them, as SVG")
    return parser.parse_args()


def _command(options: argparse.Namespace) -> str:
    rates = " ".join(f"{rate:g}" for rate in options.rates)
    return f"tools/in-env python -m bench.real --rates {rates} --calls {options.calls}"


if __name__ == "__main__":
    main()
