"""The variables of a flow: where each is used, whether a step before has set it, and whether it may be used so.

Follows the exits of steps: a variable is set by the exit `next` and by no other, so that what a server was asked for
is not there where it failed. Easy to break: flows that run each other share their variables, so nothing is said of a
name that another flow may have set (`given`), and a caller may come to `on_error` and `on_hangup` from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic import BaseModel

from fs_control.flow.definition import Flow
from fs_control.flow.expressions import WORDS, mismatches, parse
from fs_control.flow.facts import FACTS
from fs_control.flow.nodes.base import Node
from fs_control.flow.nodes.branch import Branch
from fs_control.flow.nodes.collect import Collect
from fs_control.flow.nodes.dial import DialOut
from fs_control.flow.nodes.http import Http
from fs_control.flow.nodes.say import Speak
from fs_control.flow.nodes.set import Set
from fs_control.flow.nodes.values import MARK, Spoken, computed
from fs_control.flow.spoken import SLOT, slots_of

SETTING_EXIT: Final = "next"

_DIGITS: Final = frozenset({"", "digits", "number", "money", "agent"})
_NUMBERS: Final = frozenset({"", "number", "money", "digits"})
_NOT_SAID: Final[frozenset[str]] = frozenset()
_HOWS_OF_FACTS: Final[Mapping[str, frozenset[str]]] = {
    "caller.number": frozenset({"", "digits"}),
    "caller.name": _NOT_SAID,
    "caller.anonymous": _NOT_SAID,
    "call.number": frozenset({"", "digits"}),
    "call.hour": _NUMBERS,
    "call.minute": _NUMBERS,
    "call.weekday": _NUMBERS,
    "call.date": frozenset({"date"}),
    "call.time": frozenset({"time"}),
    "customer.known": _NOT_SAID,
    "customer.name": _NOT_SAID,
    "customer.vip": _NUMBERS,
    "customer.owner": frozenset({"", "digits", "agent"}),
    "customer.last_agent": frozenset({"", "digits", "agent"}),
}
"""In which ways a fact can be said; "" is the plain one. What callers and customers are called nobody has recorded."""
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME: Final = re.compile(r"\d{1,2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a flow uses a variable or a fact: in the text at `path`, at `index`.

    `how` is how it is said, None where it is computed with or sent.
    """

    step: str
    path: tuple[str, ...]
    index: int
    name: str
    how: str | None = None
    is_sent: bool = False


@dataclass(frozen=True, slots=True)
class Misuse:
    """A use that cannot be right; `alternatives` are the names of which one was meant."""

    code: str
    path: tuple[str, ...]
    index: int
    values: Mapping[str, str]
    alternatives: Collection[str] = ()


def misused_variables(flow: Flow, given: Collection[str] | None) -> Iterator[Misuse]:
    """Find the uses of variables that cannot be right on any way through the flow.

    `given` are those that other flows may have set; None, where nobody knows, says nothing of variables never set.
    """
    ways = _Ways(flow)
    secret = {node.into for node in flow.steps.values() if isinstance(node, Collect) and node.sensitive}
    hows = _hows_of_variables(flow)
    for use in uses_of(flow):
        values = {"name": use.name}
        if use.name not in FACTS and given is not None and use.name not in given:
            if use.name not in ways.numbers:
                yield Misuse("flow_unknown_variable", use.path, use.index, values, [*ways.numbers, *FACTS, *WORDS])
                continue
            if not ways.may_be_set(use):
                yield Misuse("flow_variable_not_yet", use.path, use.index, values)
                continue
        if use.name in secret and not use.is_sent:
            yield Misuse("flow_sensitive_used", use.path, use.index, values)
        elif use.how is not None and use.how not in hows.get(use.name, {use.how}):
            yield _unsayable(use, hows[use.name])
    yield from _compared_with_numbers(flow, given)


def _compared_with_numbers(flow: Flow, given: Collection[str] | None) -> Iterator[Misuse]:
    """Find what callers typed, which is text, where it is compared with a number: it never equals one."""
    others = {name for node in flow.steps.values() if not isinstance(node, Collect) for name in node.sets()}
    typed = {node.into for node in flow.steps.values() if isinstance(node, Collect)} - others
    kinds = dict.fromkeys(typed - set(given) if given is not None else (), str)
    for name, node in flow.steps.items():
        for path, text, before in _computed_texts(node, ("steps", name)):
            for variable, value, column in mismatches(parse(text).tree, text, kinds):
                yield Misuse("flow_compared_text", path, column + before, {"name": variable, "value": value})


def perhaps_not_set(flow: Flow, given: Collection[str] | None) -> Iterator[Use]:
    """Find the uses of variables that are set on some ways to their step and not on all."""
    ways = _Ways(flow)
    for use in uses_of(flow):
        is_ours = use.name in ways.numbers and given is not None and use.name not in given
        if is_ours and ways.may_be_set(use) and not ways.is_always_set(use):
            yield use


def _unsayable(use: Use, hows: Collection[str]) -> Misuse:
    values = {"name": use.name}
    if not hows:
        return Misuse("flow_cannot_say", use.path, use.index, values)
    ways = ", ".join(f"{{{use.name}:{how}}}" for how in sorted(hows) if how)
    return Misuse("flow_cannot_say_so", use.path, use.index, {**values, "ways": ways})


# --- where variables are used ----------------------------------------------------------------------------------------


def uses_of(flow: Flow) -> Iterator[Use]:
    """Find every use of a variable or a fact, in the order of the steps."""
    for name, node in flow.steps.items():
        path = ("steps", name)
        yield from _said_in(node, name, path)
        for where, text, before in _computed_texts(node, path):
            yield from _computed_in(text, name, where, before)
        if isinstance(node, DialOut) and node.variable is not None:
            yield Use(name, (*path, "number"), 1, node.variable)
        if isinstance(node, Http):
            yield from _sent_in(node.url, name, (*path, "url"))
            for key, sent in (node.body or {}).items():
                if isinstance(sent, str):
                    yield from _sent_in(sent, name, (*path, "body", key))


def _computed_texts(node: Node, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Yield what a step computes: where it is written, the text, and how many characters stand before it."""
    match node:
        case Branch():
            for number, case in enumerate(node.when):
                yield (*path, "when", str(number), "if"), case.condition, 0
        case Set():
            for variable, value in node.values.items():
                if isinstance(value, str) and computed(value) is not None:
                    yield (*path, "values", variable), value[len(MARK) :], len(MARK)


def _said_in(part: BaseModel, step: str, path: tuple[str, ...]) -> Iterator[Use]:
    sentences = {"text": part.text} if isinstance(part, Speak) else {}
    if isinstance(part, Spoken) and part.say is not None:
        sentences["say"] = part.say
    for key, sentence in sentences.items():
        for slot in slots_of(sentence):
            yield Use(step, (*path, key), slot.column, slot.name, how=slot.how)
    for key in type(part).model_fields:
        below = getattr(part, key)
        if isinstance(below, Spoken):
            yield from _said_in(below, step, (*path, key))


def _computed_in(text: str, step: str, path: tuple[str, ...], before: int) -> Iterator[Use]:
    expression = parse(text)
    for name, column in (*expression.facts, *expression.variables):
        yield Use(step, path, column + before, name)


def _sent_in(text: str, step: str, path: tuple[str, ...]) -> Iterator[Use]:
    for found in SLOT.finditer(text):
        yield Use(step, path, found.start(1), found.group(1), is_sent=True)


# --- how they can be said --------------------------------------------------------------------------------------------


def _hows_of_variables(flow: Flow) -> dict[str, frozenset[str]]:
    """Return in which ways each fact and variable can be said; those of which nobody knows are left out."""
    kinds: dict[str, frozenset[str] | None] = {}
    for node in flow.steps.values():
        for name, hows in _hows_set_by(node):
            kinds[name] = hows if name not in kinds else _either(kinds[name], hows)
    return {**{name: hows for name, hows in kinds.items() if hows is not None}, **_HOWS_OF_FACTS}


def _either(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return None if one is None or other is None else one | other


def _hows_set_by(node: Node) -> Iterator[tuple[str, frozenset[str] | None]]:
    match node:
        case Collect():
            yield node.into, _DIGITS
        case Set():
            for name, value in node.values.items():
                yield name, None if computed(value) is not None else _hows_of(value)
        case _:
            yield from ((name, None) for name in node.sets())


def _hows_of(value: str | int | float | bool) -> frozenset[str]:
    """Return in which ways a value can be said that stands in the flow."""
    if isinstance(value, bool):
        return _NOT_SAID
    if isinstance(value, int | float):
        return _NUMBERS
    if value.isascii() and value.isdigit():
        return _DIGITS
    if _DATE.fullmatch(value):
        return frozenset({"date"})
    return frozenset({"time"}) if _TIME.fullmatch(value) else _NOT_SAID


# --- the ways through a flow -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Ways:
    """For each step, which variables may have been set before it and which have been on every way.

    Sets of variables are numbers, one bit for each, because a flow of the largest size has thousands.
    """

    flow: Flow
    numbers: dict[str, int] = field(default_factory=dict)
    some: dict[str, int] = field(default_factory=dict)
    every: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = sorted(self.flow.variables())
        self.numbers = {name: number for number, name in enumerate(names)}
        everything = (1 << len(names)) - 1
        ahead = []
        for step in (self.flow.on_hangup, self.flow.on_error):
            if step is not None:
                self.some[step] = self.every[step] = everything
                ahead.append(step)
        self.some[self.flow.start] = self.some.get(self.flow.start, 0)
        self.every[self.flow.start] = 0
        ahead.append(self.flow.start)
        while ahead:
            ahead += self._go_on_from(ahead.pop())

    def may_be_set(self, use: Use) -> bool:
        """Tell whether on some way to a use its variable was set."""
        return self._is_in(self.some, use)

    def is_always_set(self, use: Use) -> bool:
        """Tell whether on every way to a use its variable was set."""
        return self._is_in(self.every, use)

    def _is_in(self, sets: Mapping[str, int], use: Use) -> bool:
        """A step that computes a variable begins with 0; one that nobody comes to is told as that and no more."""
        if use.step not in sets or (use.path[2] == "values" and use.name in self.flow.steps[use.step].sets()):
            return True
        return bool(sets[use.step] >> self.numbers[use.name] & 1)

    def _go_on_from(self, step: str) -> list[str]:
        """Take what is set to the steps behind; return those that this was new to."""
        node = self.flow.steps[step]
        added = sum(1 << self.numbers[name] for name in set(node.sets()))
        changed = []
        for way_out, target in node.exits().items():
            gain = added if way_out == SETTING_EXIT else 0
            some, every = self.some[step] | gain, self.every[step] | gain
            before = (self.some.get(target), self.every.get(target))
            if before[0] is not None and before[1] is not None:
                some, every = some | before[0], every & before[1]
            if (some, every) != before:
                self.some[target], self.every[target] = some, every
                changed.append(target)
        return changed
