"""What can be seen of flows and their surroundings without any walk: names, members, recordings, opening hours.

Knows the settings of steps by their names. `flow check` sees most of it too; here it is looked at again with the world
as it is at the moment of activation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fs_control.flow.definition import Flow
from fs_control.flow.engine import Library
from fs_control.flow.lint import circle_without_wait, unreached_steps
from fs_control.flow.nodes.base import Node
from fs_control.flow.nodes.hours import Hours
from fs_control.flow.nodes.queue import Queue
from fs_control.flow.proof.rules import Rule
from fs_control.flow.proof.surroundings import PromptState, Surroundings
from fs_control.flow.proof.verdict import Trouble
from fs_control.flow.spoken import Literal, pieces_of

_PROMPT_RULES: Mapping[PromptState | None, Rule] = {
    None: Rule.UNKNOWN_PROMPT,
    PromptState.EMPTY: Rule.NOTHING_HEARD,
    PromptState.UNPLAYABLE: Rule.UNPLAYABLE_PROMPT,
}


def flows_from(library: Library, name: str) -> dict[str, Flow]:
    """Return the flows that callers of one may come into, that one first."""
    found: dict[str, Flow] = {}
    ahead = [name]
    for each in ahead:
        if each in library and each not in found:
            found[each] = library[each]
            ahead.extend(sorted(library[each].flows_named()))
    return found


def calendars_of(flows: Library) -> set[str]:
    """Return the calendars that some step looks at."""
    return {node.calendar for flow in flows.values() for node in flow.steps.values() if isinstance(node, Hours)}


def obvious_troubles(flows: Library, surroundings: Surroundings) -> Iterator[Trouble]:
    """Yield what is wrong with single steps; `detail` is the name that is meant."""
    nowhere = [trouble for flow in flows.values() for trouble in _to_nowhere(flow)]
    if nowhere:
        yield from nowhere  # and all else would look for steps that are not there
        return
    for flow in flows.values():
        for step in unreached_steps(flow.starts(), flow.steps):
            yield Trouble(Rule.STEP_UNREACHED, flow.name, step, ())
        circle = circle_without_wait(flow.steps)
        if circle:
            yield Trouble(Rule.LOOP_WITHOUT_WAIT, flow.name, circle[0], (), steps=tuple(circle[:-1]))
        yield from _prompts(flow.name, flow.start, (flow.prompts.apology,), surroundings)
        for step, node in flow.steps.items():
            for rule, detail in _of_step(node, flows, surroundings):
                yield Trouble(rule, flow.name, step, (), detail)
            yield from _prompts(flow.name, step, node.prompts(), surroundings)


def _prompts(flow: str, step: str, prompts: Iterable[str], surroundings: Surroundings) -> Iterator[Trouble]:
    for prompt in dict.fromkeys(prompts):
        rule = _PROMPT_RULES.get(surroundings.prompts.get(prompt))
        if rule is not None:
            yield Trouble(rule, flow, step, (), prompt)


def _to_nowhere(flow: Flow) -> Iterator[Trouble]:
    ways = [(step, target) for step, node in flow.steps.items() for target in node.exits().values()]
    for step, target in dict.fromkeys([*((start, start) for start in flow.starts()), *ways]):
        if target not in flow.steps:
            yield Trouble(Rule.EXIT_TO_NOWHERE, flow.name, step, (), target)


def _of_step(node: Node, flows: Library, surroundings: Surroundings) -> Iterator[tuple[Rule, str]]:
    for other in node.flows():
        if other not in flows:
            yield Rule.UNKNOWN_FLOW, other
    for sentence in node.sentences():
        if not any(not isinstance(piece, Literal) or piece.words for piece in pieces_of(sentence)):
            yield Rule.NOTHING_HEARD, sentence
    if isinstance(node, Queue):
        yield from _group(node.group, surroundings)
    if isinstance(node, Hours):
        yield from _calendar(node.calendar, surroundings)


def _group(group: str, surroundings: Surroundings) -> Iterator[tuple[Rule, str]]:
    if group not in surroundings.groups:
        yield Rule.UNKNOWN_GROUP, group
    elif surroundings.groups[group] == 0:
        yield Rule.GROUP_WITHOUT_MEMBERS, group


def _calendar(calendar: str, surroundings: Surroundings) -> Iterator[tuple[Rule, str]]:
    if calendar not in surroundings.calendars:
        yield Rule.UNKNOWN_CALENDAR, calendar
        return
    verdicts = [each.verdicts[calendar] for each in surroundings.intervals if calendar in each.verdicts]
    if verdicts and not any(verdict.is_open for verdict in verdicts):
        yield Rule.CALENDAR_NEVER_OPENS, calendar
