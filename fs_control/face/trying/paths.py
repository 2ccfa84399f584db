"""Every way through a flow: what callers may press, lines and talks may come to, calendars and servers may say.

It is the engine of live calls that walks; here it is only given each answer that it could get. Easy to break: most ways
differ in nothing but how often somebody failed, so a failed try is followed by the same failure until the step gives
up, and a step that a way has seen twice is not walked a third time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from fs_control.errors import FsControlError
from fs_control.face.trying.answers import answers_to
from fs_control.face.trying.office import Office
from fs_control.face.trying.play import read_library
from fs_control.flow import Flow, FlowSession, Sprint, TrailKind, hang_up_flow, resume_flow, start_flow
from fs_control.flow.nodes.base import Node

MOST_PATHS: Final = 500
"""More lines than anybody reads."""
MOST_STATES: Final = 20_000
"""So many places in the flow are looked at; a flow of 500 steps has a few thousand."""
MOST_VISITS: Final = 2
"""So often one way may come to the same step."""

_LEFT_BY: Final = (TrailKind.PRESSED, TrailKind.EXIT, TrailKind.FLOW)


@dataclass(frozen=True, slots=True)
class Visit:
    """A step of a way, and how it was left: a key, the name of an exit, another flow, or nothing worth telling."""

    flow: str
    step: str
    left_by: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way through a flow: where it begins (`start`, `on_hangup`, `on_error`), its steps, and how it ends.

    `ends` is the flow's word for its end; "" where the way goes in a circle that was not walked again.
    """

    begins: str
    visits: tuple[Visit, ...]
    ends: str


@dataclass(frozen=True, slots=True)
class Exit:
    """One way out of a step."""

    flow: str
    step: str
    exit: str


@dataclass(frozen=True, slots=True)
class Walk:
    """What came of walking: the ways, which steps and exits there are, and which were not reached."""

    ways: tuple[Way, ...]
    is_all: bool
    """False where there are more ways than are told."""
    steps: int
    exits: int
    missed_steps: tuple[tuple[str, str], ...]
    missed_exits: tuple[Exit, ...]


def walk_paths(flow: str, office: Office) -> Walk:
    """Walk every way through a flow and those that it runs. FlowProblems where it is wrong."""
    library = _reached_flows(flow, read_library(office, flow))
    walker = _Walker({name: _seen(each) for name, each in library.items()})
    ways = list(walker.ways(flow))
    is_all = len(ways) <= MOST_PATHS
    walker.cover(flow)
    steps = [(name, step) for name, each in library.items() for step in each.steps]
    exits = [Exit(name, step, exit) for name, each in library.items() for step in each.steps for exit in _exits(each, step)]
    return Walk(
        ways=tuple(ways[:MOST_PATHS]),
        is_all=is_all,
        steps=len(steps),
        exits=len(exits),
        missed_steps=tuple(each for each in steps if each not in walker.steps),
        missed_exits=tuple(each for each in exits if each not in walker.exits),
    )


def _exits(flow: Flow, step: str) -> Mapping[str, str]:
    return flow.steps[step].exits()


def _reached_flows(flow: str, library: Mapping[str, Flow]) -> Mapping[str, Flow]:
    """Return a flow and those that it runs, and that these run."""
    found = {flow: library[flow]}
    ahead = [flow]
    while ahead:
        for name in sorted(library[ahead.pop()].flows_named()):
            if name in library and name not in found:
                found[name] = library[name]
                ahead.append(name)
    return found


class _Steps(dict[str, Node]):
    """The steps of a flow, which remember in what order they were looked up: that is the way through them."""

    def __init__(self, flow: str, steps: Mapping[str, Node], seen: list[tuple[str, str]]) -> None:
        super().__init__(steps)
        self._flow, self._seen = flow, seen

    def __getitem__(self, step: str) -> Node:
        node = super().__getitem__(step)
        self._seen.append((self._flow, step))
        return node
