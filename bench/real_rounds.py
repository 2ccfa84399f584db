"""Rounds of calls on a real switch: each contender in turn, so that what else the machine does falls on all of them.

Owns the order and what is taken down of a round; judges nothing. Easy to break: a round ends when the switch is empty,
and CPU is counted until then.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from bench.house import bench_database, bench_folder
from bench.processes import cpu_ms
from bench.real_contenders import RealContender, contenders
from bench.real_switch import RealSwitch, real_switch
from bench.real_telephones import place_calls, telephones
from bench.real_watch import RealWatch, WatchedCall, watching

PHONES = 60
PHONES_PER_CALL_PER_S = 3
"""Twice as many as talk at a time, so that no caller waits for a phone."""
ROUNDS = 4
WARM_UP_CALLS = 10


@dataclass(frozen=True, slots=True)
class Round:
    """What one contender did in one turn; CPU in milliseconds per call."""

    placed: int
    calls: tuple[WatchedCall, ...]
    """Those who were answered."""
    invite_to_200: tuple[float, ...]
    switch_cpu: float
    controller_cpu: float | None


@dataclass(frozen=True, slots=True)
class RateRun:
    """All rounds at one pace, by contender; `load` is the machine's when they began."""

    calls_per_s: float
    load: float
    rounds: dict[str, list[Round]]


def run_rates(rates: Sequence[float], calls: int) -> list[RateRun]:
    """Let every contender serve so many calls at each pace, on one switch."""
    phones = max(PHONES, ceil(max(rates) * PHONES_PER_CALL_PER_S))
    with _stage(phones) as stage:
        stage.warm_up()
        return [stage.run(rate, calls) for rate in rates]


class _Stage:
    """A switch, its phones, and everybody who can serve callers."""

    def __init__(self, there: RealSwitch, folder: Path, ready: Sequence[RealContender], watch: RealWatch) -> None:
        self._there = there
        self._folder = folder
        self._ready = ready
        self._watch = watch
        self._turns = 0

    def warm_up(self) -> None:
        """Everybody's first calls are not taken down."""
        for contender in self._ready:
            self._turn(contender, WARM_UP_CALLS, WARM_UP_CALLS)

    def run(self, calls_per_s: float, calls: int) -> RateRun:
        load = os.getloadavg()[0]
        rounds: dict[str, list[Round]] = {contender.name: [] for contender in self._ready}
        for _ in range(ROUNDS):
            for contender in self._ready:
                rounds[contender.name].append(self._turn(contender, calls // ROUNDS, calls_per_s))
        return RateRun(calls_per_s, load, rounds)

    def _turn(self, contender: RealContender, calls: int, calls_per_s: float) -> Round:
        self._turns += 1
        folder = self._folder / f"callers-{self._turns}"
        before = self._cpu(contender)
        response_times = place_calls(self._there.switch, folder, contender.dialled(calls), calls_per_s)
        watched = self._watch.take()
        switch, controller = (now - then for now, then in zip(self._cpu(contender), before, strict=True))
        own = None if contender.controller is None else controller / calls
        return Round(calls, watched, response_times, switch / calls, own)

    def _cpu(self, contender: RealContender) -> tuple[float, float]:
        controller = cpu_ms(contender.controller) if contender.controller is not None else 0.0
        return cpu_ms(self._there.switch.pid), controller


@contextmanager
def _stage(phones: int) -> Iterator[_Stage]:
    with ExitStack() as leaving:
        folder = leaving.enter_context(bench_folder())
        database_url = leaving.enter_context(bench_database(folder / "postgres", phones))
        there = leaving.enter_context(real_switch(folder / "switch", phones))
        listening = leaving.enter_context(telephones(there.switch, folder))
        ready = leaving.enter_context(contenders(there, folder, database_url, listening))
        watch = leaving.enter_context(watching(there.switch))
        yield _Stage(there, folder, ready, watch)
