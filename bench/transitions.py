"""The work for one event: whole calls through the centre and into the journal's lines, while few and many calls live.

Both centres have the same directory, the same agents signed in, and the same free group that takes the measured calls;
they differ in the number of pairs who are talking meanwhile.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from bench.figures import Figure, Goal, ratios
from bench.rehearsal import MEMBERS, Rehearsal
from fs_control.centre import CallCentre, transition
from fs_control.events import Event
from fs_control.runtime.codec import encode_event

FEW, MANY = 10, 2000
CALLS = 30
"""Whole calls in one repetition, one after the other."""

GOAL = Goal(1.5)


@dataclass(frozen=True, slots=True)
class Scene:
    """A centre with live calls, and the events of some more."""

    centre: CallCentre
    events: tuple[Event, ...]


def transitions(repetitions: int, few: int = FEW, many: int = MANY, calls: int = CALLS) -> list[Figure]:
    """Ratio of the times for one event, and the rates."""
    groups = 1 + -(-many // MEMBERS)
    quiet, busy = (set_scene(groups, live, calls) for live in (few, many))
    pairs = [(_seconds_each(quiet), _seconds_each(busy)) for _ in range(repetitions)]
    with_few, with_many = zip(*pairs, strict=True)
    return [
        Figure(f"one event, {many} / {few} live calls", "x", ratios(with_many, with_few), GOAL),
        Figure(f"- with {few} live calls", "/s", _rates(with_few)),
        Figure(f"- with {many} live calls", "/s", _rates(with_many)),
    ]


def set_scene(groups: int, live: int, calls: int) -> Scene:
    """Let `live` pairs talk in groups 1 and above, and record whole calls through group 0."""
    rehearsal = Rehearsal(groups)
    for place in range(live):
        rehearsal.connect(1 + place // MEMBERS)
    centre, before = rehearsal.centre, len(rehearsal.events)
    for _ in range(calls):
        rehearsal.whole_call(0)
    if len(centre.calls) != live or len(rehearsal.centre.calls) != live:
        raise RuntimeError("the measured calls did not come and go as they should")
    return Scene(centre, tuple(rehearsal.events[before:]))


def _seconds_each(scene: Scene) -> float:
    gc.collect()
    started = perf_counter()
    play(scene)
    return (perf_counter() - started) / len(scene.events)


def play(scene: Scene) -> CallCentre:
    """Write down and apply every event; the centre afterwards."""
    centre = scene.centre
    for sequence, event in enumerate(scene.events):
        encode_event(sequence, event)
        centre = transition(centre, event).centre
    return centre


def _rates(lengths: Sequence[float]) -> tuple[float, ...]:
    return tuple(1 / length for length in lengths)
