"""Whole calls for a second of the control plane's CPU: ours with all that it does, beside peers that do far less.

Each contender plays the same calls against a virtual switch of its own, one contender after the other, round by round.
What is measured is CPU time and not the clock on the wall, so a busy machine disturbs little.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import gevent

from bench.contenders import PEERS, Contender, check_at_rest, cpu_seconds, ours, peer
from bench.figures import Figure, Goal, ratios
from bench.house import bench_database, bench_folder, check_all_talked, place_calls

ROUNDS = 5
CALLS = 120
"""In one round of one contender."""
CALLS_PER_S = 20.0
TALK_S = 1.0
AGENTS = 40
"""About twice as many as are busy on average."""
SETTLE_S = 1.5
"""After the last call: greenswitch closes a session for 0.6 s, and the last record goes to the database."""
SMALLEST_PART = 1.0
"""Per cent; what is less is not listed."""

GOAL = Goal(1, at_least=True)


def whole_calls(rounds: int = ROUNDS, calls: int = CALLS, peers: Sequence[str] = PEERS) -> list[Figure]:
    """Calls for a second of CPU, and our ratio to each peer."""
    with ExitStack() as leaving:
        folder = leaving.enter_context(bench_folder())
        url = leaving.enter_context(bench_database(folder / "postgres", AGENTS))
        house = folder / "var"
        contenders = [leaving.enter_context(ours(house, url, AGENTS, TALK_S))]
        contenders += [leaving.enter_context(peer(name, folder, AGENTS, TALK_S)) for name in peers]
        rates = _in_turns(contenders, house, rounds, calls)
    return _figures(rates, calls)


def rooms(calls: int = 4 * CALLS) -> list[Figure]:
    """Where our CPU goes: the part of each room of fs_control in it."""
    with bench_folder() as folder, bench_database(folder / "postgres", AGENTS) as url:
        file = folder / "rooms.json"
        program = ("-m", "bench.sampled_run", str(file))
        with ours(folder / "var", url, AGENTS, TALK_S, program) as contender:
            os.kill(contender.pid, signal.SIGUSR1)
            _play(contender, calls)
        found = json.loads(file.read_text(encoding="utf-8"))
    samples = sum(found.values())
    parts = sorted(((100 * count / samples, room) for room, count in found.items()), reverse=True)
    return [Figure(f"- of ours: {room}", " %", (part,)) for part, room in parts if part >= SMALLEST_PART]


def _in_turns(contenders: Sequence[Contender], house: Path, rounds: int, calls: int) -> dict[str, list[float]]:
    """Calls for a second of CPU, round by round, after one round that warms all of them up."""
    rates: dict[str, list[float]] = {contender.name: [] for contender in contenders}
    for place in range(1 + rounds):
        for contender in contenders:
            rate = _play(contender, calls)
            if place:
                rates[contender.name].append(rate)
        check_at_rest(house)
    return rates


def _play(contender: Contender, calls: int) -> float:
    before = cpu_seconds(contender.pid)
    legs = place_calls(contender.box.stage, calls, CALLS_PER_S)
    check_all_talked(contender.box.stage, legs)
    gevent.sleep(SETTLE_S)
    return calls / (cpu_seconds(contender.pid) - before)


def _figures(rates: dict[str, list[float]], calls: int) -> list[Figure]:
    mine = rates.pop("ours")
    what = f"whole calls for a second of controller CPU, {calls} calls, {CALLS_PER_S:g}/s"
    compared = [
        Figure(f"{what}: ours / {name}", "x", ratios(mine, theirs), GOAL if name == "greenswitch" else None)
        for name, theirs in rates.items()
    ]
    return [
        *compared,
        Figure("- ours: flow, line, journal, record", "/s", tuple(mine)),
        *(Figure(f"- {name}: answer and bridge", "/s", tuple(theirs)) for name, theirs in rates.items()),
    ]
