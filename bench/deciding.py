"""A decision in a big call centre: an agent gets free while five hundred callers wait, or a caller meets free agents.

What is measured is the whole transition: the match, the choice with a reason against every other member, the record,
the orders that follow. The centres are those of `deciding_scenes`. Where everybody is free a strategy has the most to
compare, and ring-all the most phones to ring.
"""

from __future__ import annotations

from collections.abc import Callable

from bench.cpu_time import milliseconds
from bench.deciding_scenes import Owners, Scene, everybody_free, one_gets_free
from bench.figures import Figure, Goal
from fs_control.centre import transition
from fs_control.records import Strategy

AGENTS, WAITING = 1000, 500
GOAL = Goal(1.0)

_CALLERS = {
    Owners.NOBODY: "strangers",
    Owners.TALKING: "each with an owner who talks",
    Owners.WAITED_FOR: "each kept for an owner who talks",
}


def deciding(repetitions: int, agents: int = AGENTS, waiting: int = WAITING) -> list[Figure]:
    """Milliseconds for one decision, by each strategy."""
    return [
        *(
            Figure(
                f"{agents} agents, {waiting} waiting, {callers}, one agent gets free: {strategy}",
                " ms",
                milliseconds(repetitions, _deciding(one_gets_free(strategy, agents, waiting, owners))),
                GOAL,
            )
            for owners, callers in _CALLERS.items()
            for strategy in Strategy
        ),
        *(
            Figure(
                f"{agents} agents, all free, a caller comes: {strategy}",
                " ms",
                milliseconds(repetitions, _deciding(everybody_free(strategy, agents))),
                GOAL if strategy is Strategy.RING_ALL else None,
            )
            for strategy in Strategy
        ),
    ]


def _deciding(scene: Scene) -> Callable[[], object]:
    return lambda: transition(scene.centre, scene.event)
