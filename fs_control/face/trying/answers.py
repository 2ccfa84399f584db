"""Every answer that an order of a flow could get: what `--all-paths` walks by.

Of numbers and texts there are too many to try, so those are tried that the flow's own conditions name, and their
neighbours. Easy to break: a fact once told stays what it is for the rest of a way, or ways would be walked that no
caller can take.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Any, Final

from fs_control.flow import (
    FACTS,
    Ask,
    CheckHours,
    Dial,
    DigitsGot,
    Enqueue,
    Fetch,
    Fetched,
    Flow,
    HoursTold,
    Know,
    Known,
    LineExit,
    LineLeft,
    MessageTaken,
    PromptDone,
    Reach,
    Resume,
    Say,
    TakeMessage,
    TalkExit,
    TalkOver,
    TrailKind,
    Value,
    nothing_known,
)
from fs_control.flow.expressions import Expression
from fs_control.flow.nodes.base import Node
from fs_control.flow.nodes.collect import Collect
from fs_control.flow.nodes.hours import Hours
from fs_control.flow.nodes.menu import Menu
from fs_control.flow.nodes.queue import LINE_FULL
from fs_control.flow.spoken import Slot, slots_of

MOST_TOGETHER: Final = 200
"""So many sets of facts or values are tried at one step."""
SPOKEN_S: Final = 10.0
ALL_KEYS: Final = "0123456789*#"
DIGITS: Final = "13800138000138001380001380013800"
"""What is typed where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An order, the step that gave it, what was told of the caller so far, and how the last try failed."""

    order: Any
    node: Node
    facts: Mapping[str, Value]
    failed: TrailKind | None


@dataclass(frozen=True, slots=True)
class Interesting:
    """The values that the conditions of some flows name, by the fact or variable beside which they stand."""

    values: Mapping[str, tuple[Value, ...]]

    def of(self, name: str, kind: type[Value] = str) -> tuple[Value, ...]:
        """Return the values to be tried for a name."""
        if kind is bool:
            return (False, True)
        return self.values.get(name) or (kind(),)


def interesting(flows: Iterable[Flow]) -> Interesting:
    """Read the values from the conditions of flows."""
    found: dict[str, dict[Value, None]] = {}
    for flow in flows:
        for node in flow.steps.values():
            for expression in node.expressions():
                for name, _ in (*expression.facts, *expression.variables):
                    found.setdefault(name, {}).update(dict.fromkeys(_near(expression, FACTS.get(name))))
            for slot in _slots(node):
                found.setdefault(slot.name, {})[_sayable(slot)] = None
    return Interesting({name: tuple(values) for name, values in found.items()})


def _slots(node: Node) -> Iterator[Slot]:
    yield from (slot for sentence in node.sentences() for slot in slots_of(sentence))


def _sayable(slot: Slot) -> Value:
    """Return a value that can be said as a sentence wants to say it."""
    return _SAYABLE.get(slot.name) or _SAYABLE.get(slot.how) or 12


_SAYABLE: Final[Mapping[str, Value]] = {
    "caller.number": "13800138000",
    "call.number": "4000000000",
    "call.date": "2026-05-06",
    "call.time": "10:00",
    "customer.owner": "8001",
    "customer.last_agent": "8001",
    "digits": "1234",
    "date": "2026-05-06",
    "time": "10:00",
    "agent": "8001",
}
"""By the name of a fact, or by how a variable is said."""


def _near(expression: Expression, kind: type[Value] | None) -> Iterator[Value]:
    """Yield the constants of an expression with their neighbours, as far as a fact of this type can have them."""
    for part in ast.walk(expression.tree):
        value = part.value if isinstance(part, ast.Constant) else None
        if isinstance(value, bool):
            yield value
        elif isinstance(value, int | float) and kind in (None, int):
            yield from (value - 1, value, value + 1)
        elif isinstance(value, str) and kind in (None, str):
            yield from (value, value + "0", "")


def answers_to(asked: Asked, known: Interesting) -> Iterator[Resume]:
    """Yield every answer to an order that may make a difference."""
    yield from _ANSWERS[type(asked.order)](asked, known)


def _prompt(asked: Asked, known: Interesting) -> Iterator[Resume]:
    yield PromptDone(completed=True)


def _digits(asked: Asked, known: Interesting) -> Iterator[Resume]:
    """Yield keys, wrong keys and silence; after a failed try the same failure, until the step gives up."""
    if asked.failed is not TrailKind.NO_KEY:
        if asked.failed is None:
            yield from map(DigitsGot, _right(asked, known))
        wrong = _wrong(asked)
        if wrong:
            yield DigitsGot(wrong)
    if asked.failed in (None, TrailKind.NO_KEY):
        yield DigitsGot("")


def _right(asked: Asked, known: Interesting) -> Iterator[str]:
    match asked.node:
        case Menu(keys=keys):
            yield from keys
        case Collect() as node if node.sensitive:
            yield asked.order.secret
        case Collect() as node:
            named = [str(value) for value in known.of(node.into) if str(value).isdigit()]
            fitting = [digits for digits in named if node.least <= len(digits) <= node.most]
            yield from [*fitting, DIGITS[: min(node.most, max(node.least, 4))]]
        case _:
            yield DIGITS[: asked.order.max_digits]


def _wrong(asked: Asked) -> str:
    match asked.node:
        case Menu(keys=keys):
            return next((key for key in ALL_KEYS if key not in keys), "")
        case Collect() as node if node.sensitive:
            return ""
        case Collect() as node:
            return "1" if node.least > 1 else next(key for key in "*#" if key != node.end)
        case _:
            return ""


def _line(asked: Asked, known: Interesting) -> Iterator[Resume]:
    order: Enqueue = asked.order
    yield LineLeft(LineExit.SERVED)
    yield LineLeft(LineExit.NOBODY)
    if order.wait_at_most_s is not None:
        yield LineLeft(LineExit.TIMED_OUT)
    yield from (LineLeft(LineExit.KEY, key) for key in order.keys)
    if LINE_FULL in asked.node.exits():
        yield LineLeft(LineExit.FULL)
    if order.stop_if_none_free:
        yield LineLeft(LineExit.NONE_FREE)


def _talk(asked: Asked, known: Interesting) -> Iterator[Resume]:
    not_there = TalkExit.NOT_SIGNED_IN if isinstance(asked.order, Reach) else TalkExit.FAILED
    yield from map(TalkOver, (TalkExit.SERVED, TalkExit.BUSY, TalkExit.NO_ANSWER, not_there))


def _message(asked: Asked, known: Interesting) -> Iterator[Resume]:
    yield from map(MessageTaken, (SPOKEN_S, 0.0))


def _fetched(asked: Asked, known: Interesting) -> Iterator[Resume]:
    names = tuple(asked.order.want)
    for values in islice(product(*(known.of(name) for name in names)), MOST_TOGETHER):
        yield Fetched(ok=True, values=dict(zip(names, values, strict=True)))
    yield Fetched(ok=False, reason="timeout")


def _facts(asked: Asked, known: Interesting) -> Iterator[Resume]:
    names = [name for name in _wanted(asked.node) if name in FACTS and name not in asked.facts]
    for values in islice(product(*(known.of(name, FACTS[name]) for name in names)), MOST_TOGETHER):
        yield Known({**nothing_known(), **asked.facts, **dict(zip(names, values, strict=True))})


def told_to(node: Node, answer: Resume) -> Mapping[str, Value]:
    """Return what a step was told of the caller and the moment, as far as it wanted to know."""
    return {name: answer.facts[name] for name in _wanted(node) if name in FACTS} if isinstance(answer, Known) else {}


def _wanted(node: Node) -> Iterable[str]:
    computed = (name for expression in node.expressions() for name, _ in expression.facts)
    return dict.fromkeys((*computed, *(slot.name for slot in _slots(node))))


def _hours(asked: Asked, known: Interesting) -> Iterator[Resume]:
    yield HoursTold(True, "regular")
    yield HoursTold(False, "none")
    if isinstance(asked.node, Hours) and asked.node.holiday is not None:
        yield HoursTold(False, "holiday")
    if isinstance(asked.node, Hours) and asked.node.special is not None:
        yield HoursTold(True, "special")


_ANSWERS: Final[Mapping[type[Any], Callable[[Asked, Interesting], Iterator[Resume]]]] = {
    Say: _prompt,
    Ask: _digits,
    Enqueue: _line,
    Reach: _talk,
    Dial: _talk,
    TakeMessage: _message,
    Fetch: _fetched,
    Know: _facts,
    CheckHours: _hours,
}
"""What may come of each order that a flow waits for."""
