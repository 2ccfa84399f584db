"""Whether a caller can be stranded on a map of situations, while calendars say one certain thing.

Who does nothing must come to an end whatever the world does: the least fixpoint, so that a way back is no end. Being
served and having left a message are ends for this. As that holds in every situation that any keys lead to, whoever
stops pressing gets out; where it does not hold, it is told whether keys lead out at least.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from fs_control.flow.engine import MAX_STEPS_PER_SESSION, TOO_DEEP, TOO_MANY_STEPS, TOO_MANY_STEPS_AT_ONCE
from fs_control.flow.nodes.base import TrailItem, TrailKind
from fs_control.flow.orders import Ask, CheckHours, Fetch, Know
from fs_control.flow.proof.rules import Rule
from fs_control.flow.proof.situations import END, HUNG_UP, ROOT, Map, Way
from fs_control.flow.proof.surroundings import Vector

INSTANT: Final = (Know, CheckHours, Fetch)
"""Waits in which a caller meets nothing."""
LIMITS: Final = {
    TOO_MANY_STEPS_AT_ONCE: Rule.LOOP_WITHOUT_WAIT,
    TOO_MANY_STEPS: Rule.TOO_MANY_STEPS,
    TOO_DEEP: Rule.NESTED_TOO_DEEP,
}

Predecessor: TypeAlias = tuple[int, Way]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A rule broken at a step; `round` are the steps that go round, where that is the trouble."""

    rule: Rule
    flow: str
    step: str
    path: tuple[TrailItem, ...]
    detail: str = ""
    steps: tuple[str, ...] = field(default=())


def troubles(whole: Map, vector: Vector | None) -> list[Trouble]:
    """Return what is wrong while the calendars say this; None is all that they may ever say, in any order."""
    return list(_Judge(whole, vector).troubles())


class _Judge:
    def __init__(self, whole: Map, vector: Vector | None) -> None:
        self._map = whole
        self._says = None if vector is None else dict(vector)
        self._reached: dict[int, Predecessor | None] = {ROOT: None}
        self._seen: set[tuple[Rule, str, str]] = set()
        self._walk()
        self._longest: dict[int, int] = {}

    def troubles(self) -> Iterator[Trouble]:
        """Yield each once for a step."""
        yield from self._at_ends()
        yield from self._going_round()

    def _is_new(self, rule: Rule, at: tuple[str, str]) -> bool:
        """Tell whether a rule has not been broken at this flow and step before: an example of each is enough."""
        known = (rule, *at) in self._seen
        self._seen.add((rule, *at))
        return not known

    # --- what is reached -------------------------------------------------------------------------------------------

    def _ways(self, number: int) -> Iterator[Way]:
        """Yield the ways that are open while the calendars say what they say."""
        for way in self._map.ways[number]:
            if way.hours is None or self._says is None or self._says.get(way.hours[0], way.hours[1]) == way.hours[1]:
                yield way

    def _walk(self) -> None:
        """Find what is reached, each by a shortest way."""
        ahead = [ROOT]
        for number in ahead:
            for way in self._ways(number):
                if way.to != END and way.to not in self._reached:
                    self._reached[way.to] = (number, way)
                    ahead.append(way.to)

    def _path(self, number: int) -> tuple[TrailItem, ...]:
        """Return what happens to a caller up to a situation."""
        trails: list[tuple[TrailItem, ...]] = []
        before = self._reached[number]
        while before is not None:
            trails.append(before[1].trail)
            before = self._reached[before[0]]
        return tuple(item for trail in reversed(trails) for item in trail)

    # --- ends ------------------------------------------------------------------------------------------------------

    def _at_ends(self) -> Iterator[Trouble]:
        for number in self._reached:
            for way in self._ways(number):
                yield from self._at_end_of(number, way)

    def _at_end_of(self, number: int, way: Way) -> Iterator[Trouble]:
        for flow, step, why in way.faults:
            yield from self._met(Rule.STEP_BREAKS, flow, step, number, way, why)
        flow, step = way.at
        if way.to == END and way.reason in LIMITS:
            yield from self._met(LIMITS[way.reason], flow, step, number, way)
        elif way.unheard:
            yield from self._met(Rule.SILENT_HANG_UP, flow, step, number, way)

    def _met(self, rule: Rule, flow: str, step: str, number: int, way: Way, detail: str = "") -> Iterator[Trouble]:
        if self._is_new(rule, (flow, step)):
            yield Trouble(rule, flow, step, self._path(number) + way.trail, detail)

    # --- going round -----------------------------------------------------------------------------------------------

    def _going_round(self) -> Iterator[Trouble]:
        lost = self._reached.keys() - self._with_an_end() - {ROOT}
        if lost:
            leaving = self._with_a_way_out(pressing=False)
            for circle in self._circles(lost):
                trouble = self._trouble_of(circle, can_leave=circle[0] in leaving)
                if self._is_new(trouble.rule, (trouble.flow, trouble.step)):
                    yield trouble
        yield from self._pressing_in_vain(lost)
        longest = max((self._longest.get(way.to, 0) + way.steps for way in self._ways(ROOT)), default=0)
        if longest > MAX_STEPS_PER_SESSION and not lost:
            start = self._map.situations[ROOT].session
            yield Trouble(Rule.TOO_MANY_STEPS, start.flow, start.step, ())

    def _with_an_end(self) -> set[int]:
        """Return the situations from which who does nothing comes to an end for certain, with the most steps to it."""
        missing: dict[int, int] = {}
        before: dict[int, list[Predecessor]] = {}
        ready: list[int] = []
        for number in self._reached:
            open_ways = [way for way in self._ways(number) if way.silent and not way.arrived and way.to != END]
            missing[number] = len(open_ways)
            for way in open_ways:
                before.setdefault(way.to, []).append((number, way))
            if not open_ways:
                ready.append(number)
        for number in ready:
            for earlier, way in before.get(number, ()):
                longest = self._longest.get(number, 0) + way.steps
                self._longest[earlier] = max(self._longest.get(earlier, 0), longest)
                missing[earlier] -= 1
                if missing[earlier] == 0:
                    ready.append(earlier)
        return set(ready)

    def _with_a_way_out(self, *, pressing: bool) -> set[int]:
        """Return the situations from which some luck leads to an end; with `pressing` for who answers each question."""
        before: dict[int, list[int]] = {}
        ahead: list[int] = []
        for number in self._reached:
            asked = pressing and isinstance(self._map.situations[number].order, Ask)
            for way in self._ways(number):
                if asked and way.silent:
                    continue
                if way.to == END or way.arrived:
                    ahead.append(number)
                else:
                    before.setdefault(way.to, []).append(number)
        found = set(ahead)
        for number in ahead:
            new = [earlier for earlier in before.get(number, ()) if earlier not in found]
            found.update(new)
            ahead.extend(new)
        return found

    def _pressing_in_vain(self, lost: Collection[int]) -> Iterator[Trouble]:
        leaving = self._with_a_way_out(pressing=True)
        asked = [
            number
            for number in self._reached
            if number not in leaving and number not in lost and isinstance(self._map.situations[number].order, Ask)
        ]
        if asked:
            sessions = [self._map.situations[number].session for number in asked]
            steps = tuple(dict.fromkeys(session.step for session in sessions))
            at = sessions[0]
            yield Trouble(Rule.KEYS_GO_ROUND, at.flow, at.step, self._path(asked[0]), steps=steps)

    def _circles(self, lost: Collection[int]) -> Iterator[list[int]]:
        """Yield circles among the lost: from each follow its first silent way that does not lead out of them."""
        done: set[int] = set()
        for first in sorted(lost):
            way: dict[int, int] = {}
            number = first
            while number not in done and number not in way:
                way[number] = len(way)
                number = self._next_lost(number, lost)
            if number in way:
                yield list(way)[way[number] :]
            done.update(way)

    def _next_lost(self, number: int, lost: Collection[int]) -> int:
        return next(
            way.to for way in self._ways(number) if way.silent and not way.arrived and way.to != END and way.to in lost
        )

    def _trouble_of(self, circle: list[int], *, can_leave: bool) -> Trouble:
        sessions = [self._map.situations[number].session for number in circle]
        steps = tuple(dict.fromkeys(session.step for session in sessions))
        asked = [number for number in circle if isinstance(self._map.situations[number].order, Ask)]
        at = self._map.situations[(asked or circle)[0]].session
        path = self._path(circle[0]) + self._round(circle)
        return Trouble(self._rule_of(circle, bool(asked), can_leave), at.flow, at.step, path, steps=steps)

    def _rule_of(self, circle: list[int], asked: bool, can_leave: bool) -> Rule:
        if all(isinstance(self._map.situations[number].order, INSTANT) for number in circle):
            return Rule.LOOP_WITHOUT_WAIT
        if not can_leave:
            return Rule.NO_WAY_OUT
        return Rule.SILENCE_GOES_ROUND if asked else Rule.LOOP_WITHOUT_LIMIT

    def _round(self, circle: list[int]) -> tuple[TrailItem, ...]:
        """Return what happens to a caller once round."""
        items: list[TrailItem] = []
        for number, following in zip(circle, [*circle[1:], circle[0]], strict=True):
            way = next(way for way in self._ways(number) if way.silent and not way.arrived and way.to == following)
            items += way.trail
        return tuple(items)


def is_hung_up(item: TrailItem) -> bool:
    """Tell whether a trail begins with the caller's having gone."""
    return item.kind is TrailKind.ENDED and item.detail == HUNG_UP
