"""Every way through a flow: what callers may press, lines and talks may come to, calendars and servers may say.

It is the engine of live calls that walks; here it is only given each answer that it could get. Easy to break: most ways
differ in nothing but how often somebody failed, so a failed try is followed by the same failure until the step gives
up, and a way that has come to a step too often is left there.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from fs_control.centre.rehearsal import Place, watched
from fs_control.face.trying.answers import Asked, Interesting, answers_to, interesting, told_to
from fs_control.flow import (
    Flow,
    FlowSession,
    Sprint,
    TrailItem,
    TrailKind,
    Value,
    hang_up_flow,
    resume_flow,
    start_flow,
)
from fs_control.flow.nodes.queue import QUEUE_EXIT_KEY
from fs_control.flow.proof.checks import flows_from

MOST_WAYS: Final = 500
"""More lines than anybody reads."""
MOST_PLACES: Final = 20_000
"""So many places in the flow are looked at; a flow of 500 steps has a few thousand."""
MOST_VISITS: Final = 1
"""So often one way may come to the same step: what follows a second time followed the first time, too."""

START: Final = "start"
ON_ERROR: Final = "on_error"
ON_HANGUP: Final = "on_hangup"

_FAILURES: Final = (TrailKind.WRONG_KEY, TrailKind.WRONG, TrailKind.NO_KEY)


@dataclass(frozen=True, slots=True)
class Visit:
    """A step of a way, and how it was left: a key, the name of an exit, another flow, or "" where it has but one."""

    flow: str
    step: str
    left_by: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way through a flow: where it begins, its steps, and the flow's word for its end.

    `ends` is "" where the way goes in a circle that is not walked again.
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
    """What came of walking: the ways, how many steps and exits there are, and those that were not reached."""

    ways: tuple[Way, ...]
    are_all: bool
    """False where there are more ways than are told."""
    steps: int
    exits: int
    missed_steps: tuple[Place, ...]
    missed_exits: tuple[Exit, ...]


def walk_paths(library: Mapping[str, Flow], flow: str) -> Walk:
    """Walk every way through a flow of a library, and through those that it runs."""
    reached = flows_from(library, flow)
    walker = _Walker(reached)
    ways, are_all = walker.ways(flow)
    walker.cover(flow)
    steps = [(name, step) for name, each in reached.items() for step in each.steps]
    exits = [Exit(name, step, exit_) for name, step in steps for exit_ in reached[name].steps[step].exits()]
    return Walk(
        ways=ways,
        are_all=are_all,
        steps=len(steps),
        exits=len(exits),
        missed_steps=tuple(each for each in steps if each not in walker.steps),
        missed_exits=tuple(each for each in exits if each not in walker.exits),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Somewhere on a way: the sprint that led here, the way so far, what was told, how the last try failed."""

    begins: str
    sprint: Sprint
    visits: tuple[Visit, ...]
    facts: Mapping[str, Value]
    failed: TrailKind | None = None

    @property
    def session(self) -> FlowSession:
        return self.sprint.session

    def key(self) -> tuple[object, ...]:
        """Return what decides how it goes on from here."""
        session = replace(self.session, steps_taken=0, facts={})
        return (repr(session), self.failed, tuple(sorted(self.facts.items(), key=str)))


@dataclass(slots=True)
class _Walker:
    """Walks, and remembers which steps and exits it has come through."""

    flows: Mapping[str, Flow]
    library: Mapping[str, Flow] = field(init=False)
    known: Interesting = field(init=False)
    seen: list[Place] = field(default_factory=list)
    steps: set[Place] = field(default_factory=set)
    exits: set[Exit] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.known = interesting(self.flows.values())
        self.library = {name: watched(flow, self.seen) for name, flow in self.flows.items()}

    def ways(self, flow: str) -> tuple[tuple[Way, ...], bool]:
        """Return the ways that differ, and whether these are all."""
        found: dict[Way, None] = {}
        ahead = list(self._beginnings(flow))[::-1]
        for _ in range(MOST_PLACES):
            if not ahead:
                return tuple(found), True
            place = ahead.pop()
            end = self._end_of(place)
            if end is None:
                ahead += list(self._following(place))[::-1]
                continue
            if len(found) == MOST_WAYS and Way(place.begins, place.visits, end) not in found:
                return tuple(found), False
            found[Way(place.begins, place.visits, end)] = None
        return tuple(found), False

    def cover(self, flow: str) -> None:
        """Come to every place once, whatever way leads there: for what is reached at all."""
        been: set[tuple[object, ...]] = set()
        ahead = deque(self._beginnings(flow))
        while ahead and len(been) < MOST_PLACES:
            place = ahead.popleft()
            if place.key() not in been and not place.session.finished:
                been.add(place.key())
                ahead.extend(self._following(replace(place, visits=place.visits[-1:])))

    def _end_of(self, place: _Place) -> str | None:
        """Return how a way ends here; None where it goes on."""
        if place.session.finished:
            return place.sprint.trail[-1].detail
        often = Counter((visit.flow, visit.step) for visit in place.visits)
        return "" if often and max(often.values()) > MOST_VISITS else None

    # --- from place to place ---

    def _beginnings(self, flow: str) -> Iterator[_Place]:
        self.seen.clear()
        begun = self._arrived(START, start_flow(self.library, flow), (), {}, None)
        yield begun
        root = self.library[flow]
        if root.on_error is not None:
            broken = {**self.library, flow: root.model_copy(update={"start": root.on_error})}
            self.seen.clear()
            yield self._arrived(ON_ERROR, start_flow(broken, flow), (), {}, None)
        self.seen.clear()
        gone = hang_up_flow(self.library, begun.session)
        if gone is not None:
            yield self._arrived(ON_HANGUP, gone, (), {}, None)

    def _following(self, place: _Place) -> Iterator[_Place]:
        """Yield where each answer leads."""
        session = place.session
        node = self.flows[session.flow].steps[session.step]
        for answer in answers_to(Asked(place.sprint.orders[-1], node, place.facts, place.failed), self.known):
            self.seen.clear()
            sprint = resume_flow(self.library, session, answer)
            del self.seen[:1]  # the step that waited
            facts = {**place.facts, **told_to(node, answer)}
            yield self._arrived(place.begins, sprint, place.visits, facts, place.failed)

    def _arrived(
        self,
        begins: str,
        sprint: Sprint,
        before: tuple[Visit, ...],
        facts: Mapping[str, Value],
        failed: TrailKind | None,
    ) -> _Place:
        new = [Visit(flow, step) for flow, step in self.seen]
        visits = _with_exits((*before, *new), sprint.trail, max(0, len(before) - 1))
        self._note(visits, max(0, len(before) - 1))
        failures = [item.kind for item in sprint.trail if item.kind in _FAILURES]
        still = failures[-1] if failures else failed
        return _Place(begins, sprint, visits, facts, still if sprint.session.attempts else None)

    def _note(self, visits: tuple[Visit, ...], start: int) -> None:
        self.steps.update((visit.flow, visit.step) for visit in visits[start:])
        for place, visit in enumerate(visits[start:], start):
            exits = self.flows[visit.flow].steps[visit.step].exits()
            for name in (visit.left_by, f"key {visit.left_by}"):
                if name in exits:
                    self.exits.add(Exit(visit.flow, visit.step, name))
            for following in visits[place + 1 : place + 2]:
                if following.flow == visit.flow and following.step == exits.get("next"):
                    self.exits.add(Exit(visit.flow, visit.step, "next"))
                elif following.flow != visit.flow:
                    self._came_back(following)

    def _came_back(self, visit: Visit) -> None:
        """Note the exits of the steps from which another flow may have come back here."""
        for name, node in self.flows[visit.flow].steps.items():
            if node.flows() and node.exits().get("next") == visit.step:
                self.exits.add(Exit(visit.flow, name, "next"))


def _with_exits(visits: tuple[Visit, ...], trail: Iterable[TrailItem], start: int) -> tuple[Visit, ...]:
    """Return the visits from `start` on with how each was left, as the trail tells it in its order."""
    told = list(visits)
    place = start
    for item in trail:
        while place < len(told) and told[place].step != item.step:
            place += 1
        if place == len(told):
            break
        if item.kind in (TrailKind.PRESSED, TrailKind.FLOW) or (
            item.kind is TrailKind.EXIT and item.detail != QUEUE_EXIT_KEY
        ):
            told[place] = replace(told[place], left_by=item.detail)
    return tuple(told)
