"""How near the estimated waiting time comes: simulated seasons of groups that differ in size and in what people do.

The callers of a season are simulated and the centre is not. A figure is about those who waited and were joined with an
agent; the goal is for the error beside the wait that was. The table of docs/waiting-time.md is from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Final

from bench.figures import Figure, Goal
from fs_control.records import Strategy
from fs_control.testing.foretelling import Foretelling
from fs_control.testing.season import Habits, Season

CALLS = 4000
SEED = 5
GOAL = Goal(0.5)

USUAL: Final = Habits()
GROUPS: Final[Mapping[str, Habits]] = {
    "10 agents": USUAL,
    "10 agents, talks much alike": replace(USUAL, talk_spread=0.3),
    "10 agents, talks that differ much": replace(USUAL, talk_spread=1.0),
    "10 agents, nobody gives up": replace(USUAL, between_calls=24.0, patience=1e6),
    "1 agent": replace(USUAL, agents=1, between_calls=230.0, on_break=30.0),
    "3 agents": replace(USUAL, agents=3, between_calls=75.0),
    "30 agents": replace(USUAL, agents=30, between_calls=7.5),
}
"""What the table says of a group, and how its people behave."""


def foretelling(calls: int = CALLS, groups: Mapping[str, Habits] = GROUPS) -> list[Figure]:
    """Median error by median wait, then what both are."""
    return [figure for name, habits in groups.items() for figure in _figures(name, calls, habits)]


def _figures(name: str, calls: int, habits: Habits) -> Iterator[Figure]:
    seen = Foretelling()
    Season(Strategy.LONGEST_IDLE_TIME, Random(SEED), habits, [seen.look]).play(calls)
    waits = Figure(f"- the {len(seen.waits)} waits", " s", tuple(wait.lasted_s for wait in seen.waits))
    errors = Figure("- errors", " s", tuple(wait.error_s for wait in seen.waits))
    part = errors.median / waits.median
    yield Figure(f"estimate, {name}: median error / median wait", "x", (part,), GOAL)
    yield from (waits, errors)
    yield Figure("- errors, of the wait", " %", tuple(100 * wait.error_s / wait.lasted_s for wait in seen.waits))
