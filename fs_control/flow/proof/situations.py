"""Every situation that a caller can be in, found by walking the real engine over all that may be answered.

A situation is a step, what it waits for, and whatever else can change what comes next: the flows that wait, keys typed
ahead, and the values of the variables that some condition or sentence looks at. What calendars say stays open here: the
ways are marked with it. Easy to break: two situations that are told apart by too little are proved as one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from fs_control.errors import BrokenInvariant
from fs_control.flow.answers import HoursTold, Resume, Value
from fs_control.flow.definition import Flow
from fs_control.flow.engine import Library, Sprint
from fs_control.flow.nodes.base import GoTo, TrailItem, TrailKind, Turn
from fs_control.flow.nodes.http import Http
from fs_control.flow.orders import Answer, Awaited, CheckHours, End, Know, Prioritise
from fs_control.flow.proof.unknowns import UNKNOWN, Unknown
from fs_control.flow.proof.walk import Walk, answers, has_arrived, has_heard, is_silent
from fs_control.flow.session import FlowSession
from fs_control.flow.spoken import slots_of

MOST: Final = 12_000
"""Situations; a flow of five hundred steps has a few thousand."""
MOST_VALUES: Final = 40
"""Values that a variable takes at one step before the proof stops counting and takes it for unknown."""
END: Final = -1
ROOT: Final = 0
KEYS: Final = "*#1234567890"
HUNG_UP: Final = "hung_up"
"""How the trail of what is done after the caller has gone begins."""

Tell: TypeAlias = Callable[[int, int], None]
"""Is told how much is done, and of how much as far as that is known."""


@dataclass(frozen=True, slots=True)
class Way:
    """From one situation to another, or to END with a `reason`; `trail` is what the record would tell of it.

    `silent` ways are taken without the caller's doing anything; with `arrived` the caller got what they called for.
    A way with `hours` is open while that calendar says that. `unheard` is an end about which nothing was said.
    `at` is the flow and the step in which it ends up, having entered so many `steps`; `faults` are those (flow, step,
    why) that could not be carried out on it.
    """

    to: int
    trail: tuple[TrailItem, ...]
    steps: int
    reason: str
    unheard: bool
    at: tuple[str, str]
    silent: bool = True
    arrived: bool = False
    hours: tuple[str, HoursTold] | None = None
    faults: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a caller is: the session, what it waits for, and whether the caller has heard something of late."""

    session: FlowSession
    order: Awaited
    heard: bool


@dataclass(slots=True)
class Map:
    """All situations with the ways out of each; the first one is before the call."""

    situations: list[Situation] = field(default_factory=list)
    ways: list[list[Way]] = field(default_factory=list)
    visited: set[tuple[str, str]] = field(default_factory=set)
    """The steps (flow, step) that some caller comes to."""
    is_whole: bool = True


def map_of(library: Library, name: str, tell: Tell) -> Map:
    """Walk all that can happen to callers of the flow `name`. `library` has all flows that they may come into."""
    return _Mapper(library, tell).mapped(name)


class _Mapper:
    def __init__(self, library: Library, tell: Tell) -> None:
        self._library = library
        self._tell = tell
        self._keys = _keys_of(library.values())
        self._relevant = frozenset(_relevant(library.values()))
        self._numbers: dict[Hashable, int] = {}
        self._values: dict[tuple[str, str, str], set[Value]] = {}
        self._map = Map()
        self._ahead: deque[int] = deque()

    def mapped(self, name: str) -> Map:
        flow = self._library[name]
        start = FlowSession(flow=name, step=flow.start, language=flow.language)
        self._map.situations.append(Situation(start, Know(), False))
        self._map.ways.append([])
        self._map.ways[ROOT] = list(self._roots(start))
        while self._ahead:
            if len(self._map.situations) > MOST:
                self._map.is_whole = False
                break
            number = self._ahead.popleft()
            self._map.ways[number] = self._ways_from(self._map.situations[number])
            if number % 100 == 0:
                self._tell(number, len(self._map.situations))
        return self._map

    def _roots(self, start: FlowSession) -> Iterator[Way]:
        """Yield where a caller may begin: at the start, after a fault, after the hang-up; the latter with anything."""
        yield self._rooted(start, start.step, ())
        anything = {name: UNKNOWN for flow in self._library.values() for name in flow.variables()}
        for flow in self._library.values():
            later = FlowSession(flow.name, flow.start, variables=anything, language=flow.language, failed=True)
            if flow.on_error is not None:
                yield self._rooted(later, flow.on_error, (TrailItem(flow.start, TrailKind.FAULT, ""),))
            if flow.on_hangup is not None:
                gone = replace(later, hung_up=True)
                yield self._rooted(gone, flow.on_hangup, (TrailItem(flow.start, TrailKind.ENDED, HUNG_UP),))

    def _rooted(self, session: FlowSession, step: str, before: tuple[TrailItem, ...]) -> Way:
        walk = Walk(self._library, session)
        way = self._way(walk, walk.take(Turn(GoTo(step))), heard=False)
        return replace(way, trail=before + way.trail)

    def _ways_from(self, situation: Situation) -> list[Way]:
        """Return the ways out of a situation; of those that cannot be told apart, one."""
        session, order = situation.session, situation.order
        found: dict[Hashable, Way] = {}
        for resume, choice in answers(self._library, session, order, self._keys):
            walk = Walk(self._library, session, choice)
            way = self._way(walk, walk.go_on(resume), heard=has_heard(situation.heard, order, resume))
            way = replace(way, silent=is_silent(resume), arrived=has_arrived(resume), hours=_hours(order, resume))
            key = (way.to, way.silent, way.arrived, way.hours, way.reason, way.unheard, way.faults)
            found.setdefault(key, way)
        return list(found.values())

    def _way(self, walk: Walk, sprint: Sprint, *, heard: bool) -> Way:
        session, last = sprint.session, sprint.orders[-1]
        self._map.visited.update(walk.entered)
        to, reason = END, ""
        match last:
            case End(reason=reason):
                pass
            case Prioritise() | Answer():
                raise BrokenInvariant("flow_resume_unhandled", step=session.step, resume=type(last).__name__)
            case _:
                to = self._number(replace(session, steps_taken=0), last, heard=heard)
        unheard = to == END and not heard and not session.hung_up
        at = (session.flow, session.step)
        return Way(to, sprint.trail, session.steps_taken, reason, unheard, at, faults=tuple(walk.faults))

    def _number(self, session: FlowSession, order: Awaited, *, heard: bool) -> int:
        """Return the number of a situation, a new one where nobody has been in it."""
        session = self._not_counting_for_ever(session)
        key = self._key(session, heard=heard)
        if key not in self._numbers:
            self._numbers[key] = len(self._map.situations)
            self._ahead.append(self._numbers[key])
            self._map.situations.append(Situation(session, order, heard))
            self._map.ways.append([])
        return self._numbers[key]

    def _key(self, session: FlowSession, *, heard: bool) -> Hashable:
        values = frozenset(
            (name, Unknown) if isinstance(value, Unknown) else (name, type(value), value)
            for name, value in session.variables.items()
            if name in self._relevant
        )
        place = (session.flow, session.step, session.wait, session.attempts, session.stack, session.typed)
        return (*place, session.failed, session.hung_up, session.ending, heard, values)

    def _not_counting_for_ever(self, session: FlowSession) -> FlowSession:
        """Take a variable that has had many values at a step for unknown, so that the walk comes to an end."""
        many = []
        for name, value in session.variables.items():
            if name in self._relevant and not isinstance(value, Unknown):
                values = self._values.setdefault((session.flow, session.step, name), set())
                values.add(value)
                many += [name] if len(values) > MOST_VALUES else []
        return (
            session if not many else replace(session, variables={**session.variables, **dict.fromkeys(many, UNKNOWN)})
        )


def _hours(order: Awaited, resume: Resume) -> tuple[str, HoursTold] | None:
    return (order.calendar, resume) if isinstance(order, CheckHours) and isinstance(resume, HoursTold) else None


def _relevant(flows: Collection[Flow]) -> Iterator[str]:
    """Yield the variables that some condition, value or sentence looks at, or that are sent."""
    for node in (node for flow in flows for node in flow.steps.values()):
        for expression in node.expressions():
            yield from (name for name, _ in expression.variables)
        for sentence in node.sentences():
            yield from (slot.name for slot in slots_of(sentence))
        if isinstance(node, Http):
            yield from node.names()


def _keys_of(flows: Collection[Flow]) -> str:
    """Return the keys that lead somewhere, and one that does not, where there is one."""
    useful = {key for flow in flows for node in flow.steps.values() for key in (getattr(node, "keys", None) or ())}
    useful |= {key for flow in flows for node in flow.steps.values() if (key := getattr(node, "end", None))}
    return "".join(sorted(useful)) + next((key for key in KEYS if key not in useful), "")
