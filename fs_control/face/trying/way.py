"""The way of a call through its flows, step by step, read from its record.

A record tells what was heard, pressed and left by which exit; a step of which there is nothing to tell (`set`) leaves
no word there, and is put in between where it is the only way from one step to the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from fs_control.face.trying.case import Value
from fs_control.flow import Flow, TrailKind
from fs_control.records import CallRecord, FlowStep

_OF_THE_FLOW: Final = frozenset(kind.value for kind in TrailKind) | {"left_during"}


def way_of(record: CallRecord, library: Mapping[str, Flow]) -> tuple[str, ...]:
    """Return the steps that a caller went through, in order; one that was entered anew at once counts once."""
    way: list[str] = []
    flow = library.get(record.flow or "")
    for step in record.steps:
        if step.kind not in _OF_THE_FLOW or not step.step:
            continue
        if flow is not None and not way and step.step != flow.start:
            way += [flow.start, *_between(flow, flow.start, step.step)]
        if not way or way[-1] != step.step:
            way += [*_between(flow, way[-1], step.step), step.step] if way and flow is not None else [step.step]
        if step.kind == "flow":
            flow = library.get(step.detail, flow)
    return tuple(way)


def _between(flow: Flow, start: str, end: str) -> Iterator[str]:
    """Yield the silent steps between two; nothing where one leads to the other, or nobody can tell."""
    if start not in flow.steps or end in flow.steps[start].exits().values():
        return
    for first in flow.steps[start].exits().values():
        path = [first]
        while (node := flow.steps.get(path[-1])) is not None and node.__class__.__name__ == "Set":
            following = next(iter(node.exits().values()))
            if following == end:
                yield from path
                return
            if following in path:
                break
            path.append(following)


def noted(record: CallRecord, library: Mapping[str, Flow]) -> Mapping[str, Value]:
    """Return what the flow has put on the record: variables with what the caller typed."""
    return dict(_noted(record.steps, library.get(record.flow or ""), library))


def _noted(steps: tuple[FlowStep, ...], flow: Flow | None, library: Mapping[str, Flow]) -> Iterator[tuple[str, Value]]:
    for step in steps:
        node = flow.steps.get(step.step) if flow is not None else None
        if step.kind == "collected" and getattr(node, "on_record", False):
            yield str(getattr(node, "into", step.step)), step.detail
        if step.kind == "flow":
            flow = library.get(step.detail, flow)
