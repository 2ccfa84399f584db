"""What the virtual switch itself costs, and how many calls it holds at once.

Its CPU is taken while our controller handles calls at a steady pace. The calls at once are made by its own dialplan,
which answers and bridges, with one connection that hears every event of ANSWER and BRIDGE: here the controller would
only measure itself.
"""

from __future__ import annotations

from contextlib import closing
from time import monotonic

import gevent

from bench.bridge_watch import BridgeWatch
from bench.contenders import cpu_seconds, ours, virtual_switch
from bench.figures import Figure, Goal
from bench.house import (
    FIRST_PHONE,
    bench_database,
    bench_folder,
    check_all_talked,
    place_calls,
    set_phones,
    wait_for,
)
from fs_control.virtual_switch.dialplan import Action, Extension
from fs_control.virtual_switch.script import CallerScript
from fs_control.virtual_switch.stage import Stage

CALLS_PER_S = 50.0
PARTS = 5
PART_S = 4.0
AGENTS = 120
"""About twice as many as are busy on average."""
TALK_S = 1.0
AT_ONCE = 1000
NOBODY = 9
"""A port at which no controller is: the dialplan of these calls needs none."""

COST_GOAL = Goal(0.5)
AT_ONCE_GOAL = Goal(AT_ONCE, at_least=True)


def switch_load(parts: int = PARTS, calls_per_s: float = CALLS_PER_S, at_once: int = AT_ONCE) -> list[Figure]:
    """The part of a core that the switch needs for calls at a steady pace, and the pairs that talked at once."""
    return [
        Figure(f"the virtual switch at {calls_per_s:g} calls/s", " cores", _cores(parts, calls_per_s), COST_GOAL),
        Figure("calls at once on the virtual switch, both legs talking", "", (_talking(at_once),), AT_ONCE_GOAL),
    ]


def _cores(parts: int, calls_per_s: float) -> tuple[float, ...]:
    """Seconds of the switch's CPU for each second in which calls came."""
    with (
        bench_folder() as folder,
        bench_database(folder / "postgres", AGENTS) as url,
        ours(folder / "var", url, AGENTS, TALK_S) as contender,
    ):
        stage, pid = contender.box.stage, contender.box.pid
        legs = [*place_calls(stage, round(calls_per_s * TALK_S * 2), calls_per_s)]  # the first end as we begin
        cores = []
        for _ in range(parts):
            before, started = cpu_seconds(pid), monotonic()
            legs += place_calls(stage, round(calls_per_s * PART_S), calls_per_s)
            cores.append((cpu_seconds(pid) - before) / (monotonic() - started))
        check_all_talked(stage, legs)
    return tuple(cores)


def _talking(pairs: int) -> float:
    with virtual_switch(NOBODY) as box, closing(BridgeWatch(box.settings)) as watch:
        watch.log_in()
        listening = gevent.spawn(watch.run)
        set_phones(box.stage, pairs, talk_s=3600.0)
        bridge = (Action("answer"), Action("bridge", "user/${destination_number}"))
        box.stage.set_dialplan([Extension("a phone", "^([0-9]+)$", bridge)])
        legs = [_call(box.stage, FIRST_PHONE + n) for n in range(pairs)]
        wait_for(lambda: all(leg in watch.bridged for leg in legs))
        talking = sum(bool(channel["bridged_to"]) for channel in box.stage.snapshot().channels)
        listening.kill()
    return talking / 2


def _call(stage: Stage, phone: int) -> str:
    gevent.sleep(1 / CALLS_PER_S)
    return stage.place_call(CallerScript(str(phone), "13800138000"))
