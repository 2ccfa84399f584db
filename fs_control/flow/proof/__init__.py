"""The proof that no caller can be stranded in a flow, whatever they press and whatever the world does.

`prove` walks the real engine over every answer that it can get (`situations`) and judges the map that comes of it for
everything that the calendars say together in the time ahead (`verdict`). Pure: what it must know of the world it is
told (`surroundings`). What it finds is named by a rule (`rules`); some rules an admin may accept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from fs_control.flow.engine import Library
from fs_control.flow.lint import unreached_steps
from fs_control.flow.nodes.base import Node
from fs_control.flow.nodes.hangup import Hangup
from fs_control.flow.nodes.retry import Question, Retry
from fs_control.flow.proof.checks import calendars_of, flows_from, obvious_troubles
from fs_control.flow.proof.intervals import intervals_of
from fs_control.flow.proof.rules import ACCEPTABLE, Finding, Place, Proof, Rule
from fs_control.flow.proof.situations import Map, map_of
from fs_control.flow.proof.surroundings import MONTHS, Interval, PromptState, Surroundings, Vector, vectors
from fs_control.flow.proof.times import Times, times_of
from fs_control.flow.proof.verdict import Trouble, troubles
from fs_control.flow.source import Source, read_source

__all__ = [
    "ACCEPTABLE",
    "MONTHS",
    "Finding",
    "Interval",
    "Place",
    "PromptState",
    "Proof",
    "Rule",
    "Surroundings",
    "Times",
    "intervals_of",
    "prove",
]


def prove(
    library: Library,
    name: str,
    surroundings: Surroundings,
    sources: Mapping[str, tuple[str, str]] | None = None,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> Proof:
    """Prove the flow `name` with those of `library` that it may run, for the intervals of `surroundings`.

    `sources` are the flows' files and texts, from which places come: flow -> (file, text). `tell` is told how much is
    done, and of how much. Raises nothing that a flow could cause.
    """
    flows = flows_from(library, name)
    times = vectors(surroundings, calendars_of(flows))
    found = _Found(sources or {}, len(times), times)
    for trouble in obvious_troubles(flows, surroundings):
        found.add(trouble, None)
    if found.has(Rule.EXIT_TO_NOWHERE):
        return found.proof(len(surroundings.intervals), 0)
    whole = map_of(flows, name, tell)
    if not whole.is_whole:
        found.add(Trouble(Rule.TOO_LARGE, name, flows[name].start, ()), None)
        return found.proof(len(surroundings.intervals), len(whole.situations))
    for trouble in _never_taken(flows, whole, found):
        found.add(trouble, None)
    _judge(whole, times, found, tell)
    return found.proof(len(surroundings.intervals), len(whole.situations))


def _judge(whole: Map, times: Collection[Vector], found: _Found, tell: Callable[[int, int], None]) -> None:
    """Judge at once for all times; only where that finds something, for each time by itself."""
    size = len(whole.situations)
    if not troubles(whole, None):
        return
    for number, vector in enumerate(times, 1):
        for trouble in troubles(whole, vector):
            found.add(trouble, vector)
        tell(size + number, size + len(times))


def _never_taken(flows: Library, whole: Map, found: _Found) -> Iterable[Trouble]:
    """Return the steps that exits lead to, and that nobody comes to whatever happens.

    A menu of all keys has no wrong one, and must say what follows it: what only such an exit leads to is no trouble.
    """
    for flow in flows.values():
        taken = [step for step in flow.steps if (flow.name, step) in whole.visited]
        if not taken:
            continue
        failures = [each.next for step in taken for each in _failures(flow.steps[step])]
        never = unreached_steps([*taken, *failures], {**flow.steps, **dict.fromkeys(taken, _NO_MORE)})
        for step in never:
            if not found.has(Rule.STEP_UNREACHED, flow.name, step):
                yield Trouble(Rule.STEP_NEVER_TAKEN, flow.name, step, ())


def _failures(node: Node) -> Collection[Retry]:
    return node.failures() if isinstance(node, Question) else ()


_NO_MORE = Hangup(do="hangup")


class _Found:
    """The findings in the making: the same trouble at different times is one."""

    def __init__(
        self, sources: Mapping[str, tuple[str, str]], count: int, times: Mapping[Vector, list[Interval]]
    ) -> None:
        self._texts = sources
        self._sources: dict[str, Source] = {}
        self._count = count
        self._times = times
        self._troubles: dict[tuple[Rule, str, str, str], tuple[Trouble, list[Vector | None]]] = {}

    def add(self, trouble: Trouble, vector: Vector | None) -> None:
        """Take in a trouble, at this time or (None) at any."""
        detail = "" if trouble.path else trouble.detail
        key = (trouble.rule, trouble.flow, trouble.step, detail)
        self._troubles.setdefault(key, (trouble, []))[1].append(vector)

    def has(self, rule: Rule, *place: str) -> bool:
        """Tell whether a rule is broken somewhere, or at a flow and step."""
        return any(key[0] is rule and key[1 : 1 + len(place)] == place for key in self._troubles)

    def proof(self, intervals: int, states: int) -> Proof:
        """Return all, in the order of the texts."""
        findings = [self._finding(trouble, seen) for trouble, seen in self._troubles.values()]
        findings.sort(key=lambda finding: (finding.place.file, finding.place.line, finding.rule.value))
        return Proof(tuple(findings), intervals, self._count, states)

    def _finding(self, trouble: Trouble, seen: list[Vector | None]) -> Finding:
        intervals = [interval for vector in seen if vector is not None for interval in self._times[vector]]
        always = None in seen or len(seen) == self._count
        values = {"name": trouble.detail, "steps": ", ".join(trouble.steps)}
        times = () if always else times_of(intervals)
        return Finding(trouble.rule, trouble.flow, trouble.step, self._place(trouble), values, times, trouble.path)

    def _place(self, trouble: Trouble) -> Place:
        if trouble.flow not in self._texts:
            return Place(f"{trouble.flow}.yaml", 1, 1)
        file, text = self._texts[trouble.flow]
        if trouble.flow not in self._sources:
            self._sources[trouble.flow] = read_source(text, file)
        place = self._sources[trouble.flow].place_of_key(("steps", trouble.step))
        return Place(file, place.line, place.column)
