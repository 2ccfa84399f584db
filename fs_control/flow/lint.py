"""Checks of a whole flow that need no run: steps that nothing leads to, circles that never wait.

Knows the exits of nodes and nothing of their types. A circle of exits that take no time (two lines that nobody serves,
each sending its callers to the other) would spin without the caller's doing anything; a circle with a wait in it may
still be endless, which the limits of `engine` bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from fs_control.flow.nodes.base import Node


def unreached_steps(starts: Iterable[str], steps: Mapping[str, Node]) -> list[str]:
    """Return the steps that no way from one of the starts leads to, in the order of the text."""
    reached: set[str] = set()
    ahead = list(starts)
    while ahead:
        step = ahead.pop()
        if step not in reached:
            reached.add(step)
            ahead.extend(steps[step].exits().values())
    return [step for step in steps if step not in reached]


def circle_without_wait(steps: Mapping[str, Node]) -> list[str]:
    """Return the steps of a circle that may take no time, the first one again at the end; [] where there is none."""
    try:
        TopologicalSorter({name: _ways_at_once(node) for name, node in steps.items()}).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle[::-1]
    return []


def _ways_at_once(node: Node) -> list[str]:
    exits = node.exits()
    return [exits[name] for name in node.instant_exits()]
