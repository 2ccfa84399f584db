"""Flows that note which steps are looked up, and in what order: that is the way through them.

The engine looks a step up when it enters it and when it goes on with it, so a step is there once for each of its
waits; `way_of` makes one visit of these. Easy to break: a step that leads to itself is one visit, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TypeAlias

from fs_control.flow import Flow
from fs_control.flow.nodes.base import Node

Place: TypeAlias = tuple[str, str]
"""A flow and a step of it."""


class _Steps(dict[str, Node]):
    def __init__(self, flow: str, steps: Mapping[str, Node], seen: list[Place]) -> None:
        super().__init__(steps)
        self._flow, self._seen = flow, seen

    def __getitem__(self, step: str) -> Node:
        self._seen.append((self._flow, step))
        return super().__getitem__(step)


def watched(flow: Flow, seen: list[Place]) -> Flow:
    """Return a flow whose steps note in `seen` that they are looked up."""
    return flow.model_copy(update={"steps": _Steps(flow.name, flow.steps, seen)})


def way_of(seen: Iterable[Place]) -> Iterator[Place]:
    """Yield the steps of a way, each once for as long as the caller was in it."""
    return (place for place, _ in groupby(seen))
