"""Answer to bridge: how long a caller who could be served at once waits for the agent after the answer.

A whole system in a temporary folder: our controller and the virtual switch, each a process of its own, and an embedded
PostgreSQL. The flow is a queue and nothing else, phones answer at once, and there are always agents free. Callers come
at a steady pace, so the figure is that of a centre at work and not of one that is stormed.
"""

from __future__ import annotations

import math
from contextlib import closing

import gevent

from bench.bridge_watch import BridgeWatch
from bench.contenders import check_at_rest, ours
from bench.figures import Figure, Goal
from bench.house import PATIENCE_S, bench_database, bench_folder, place_calls

TALK_S = 1.5
CALLS = 400
CALLS_PER_S = 8.0
AGENTS = 40
"""More than twice as many as are busy on average."""
SETTLE_S = 1.0
"""After the last call its record goes to the database."""

GOAL = Goal(60)


def bridging(calls: int = CALLS, agents: int = AGENTS, calls_per_s: float = CALLS_PER_S) -> list[Figure]:
    """Answer to bridge over so many calls; one that was never bridged counts as endless."""
    with bench_folder() as folder, bench_database(folder / "postgres", agents) as url:
        house = folder / "var"
        with ours(house, url, agents, TALK_S) as contender, closing(BridgeWatch(contender.box.settings)) as watch:
            watch.log_in()
            listening = gevent.spawn(watch.run)
            legs = place_calls(contender.box.stage, calls, calls_per_s)
            for leg in legs:
                contender.box.stage.wait_for_end(leg, PATIENCE_S)
            gevent.sleep(SETTLE_S)
            listening.kill()
            check_at_rest(house)
    times = tuple(watch.milliseconds(leg) if leg in watch.bridged else math.inf for leg in legs)
    bridged = f"{sum(map(math.isfinite, times))} of {calls} calls bridged"
    return [Figure(f"answer to bridge, {bridged}, {calls_per_s:g}/s, virtual switch", " ms", times, GOAL)]
