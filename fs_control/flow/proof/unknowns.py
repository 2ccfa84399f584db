"""Values that a proof does not know: what callers type, what servers answer, who calls and when.

A condition on one of them is true and false. One on values that are known is computed, so that a loop that counts is
seen to end. `and`, `or` and `not` are looked into: of `tries < 3 and customer.known` the first half decides alone once
it is false.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from fs_control.errors import FsControlError
from fs_control.flow.answers import Value
from fs_control.flow.expressions import Expression, evaluate
from fs_control.flow.nodes.base import Node
from fs_control.flow.nodes.branch import OTHERWISE, Branch
from fs_control.flow.nodes.set import Set
from fs_control.flow.nodes.values import computed
from fs_control.flow.session import FlowSession
from fs_control.flow.spoken import slots_of


class Unknown(str):
    """A value that may be anything; where one must be seen, this one is."""

    __slots__ = ()


UNKNOWN: Final = Unknown("0")
BROKEN: Final = "broken"
"""The way out of a condition that cannot be computed."""

_SAYABLE: Final[Mapping[str, Value]] = {
    "": "0",
    "digits": "0",
    "number": 0,
    "money": 0,
    "date": "2026-05-01",
    "time": "09:05",
    "agent": "8001",
}
"""How a value is said -> one that can be said so."""


def ways_out(node: Branch, variables: Mapping[str, Value]) -> tuple[list[str], str]:
    """Return the exits by which callers may leave, and why a condition cannot be computed, "" where all can."""
    ways: list[str] = []
    for number, condition in enumerate(node.expressions(), 1):
        try:
            is_true = truth(condition, condition.tree, variables)
        except FsControlError as error:
            return [*ways, BROKEN], str(error)
        if is_true is not False:
            ways.append(f"when {number}")
        if is_true is True:
            return ways, ""
    return [*ways, OTHERWISE], ""


def truth(whole: Expression, tree: ast.expr, variables: Mapping[str, Value]) -> bool | None:
    """Return whether a part of an expression is true; None where it may be either. Raises as `evaluate` does."""
    match tree:
        case ast.BoolOp(op=operator, values=parts):
            return _joined(isinstance(operator, ast.Or), (truth(whole, part, variables) for part in parts))
        case ast.UnaryOp(op=ast.Not(), operand=part):
            negated = truth(whole, part, variables)
            return None if negated is None else not negated
        case _ if _is_unknown(tree, variables):
            return None
        case _:
            return bool(evaluate(Expression(whole.text, tree, (), ()), variables, {}))


def _joined(decides: bool, parts: Iterator[bool | None]) -> bool | None:
    """Join the parts of an `or` (`decides` is True) or `and`; behind one that decides none is computed."""
    open_parts = False
    for part in parts:
        if part is decides:
            return decides
        open_parts = open_parts or part is None
    return None if open_parts else not decides


def values_set(node: Set, session: FlowSession) -> dict[str, Value]:
    """Return what a step sets, computed as far as it is known. Raises as `evaluate` does."""
    known = {**dict.fromkeys(node.values, 0), **session.variables}
    new: dict[str, Value] = {}
    for name, value in node.values.items():
        expression = computed(value)
        if expression is None:
            new[name] = value
        elif _is_unknown(expression.tree, {**known, **new}):
            new[name] = UNKNOWN
        else:
            new[name] = evaluate(expression, {**known, **new}, {})
    return new


def sayable(node: Node, session: FlowSession) -> FlowSession:
    """Return the session with values that can be said in place of those that a sentence of the step says, unknown."""
    slots = [slot for sentence in node.sentences() for slot in slots_of(sentence)]
    if not slots:
        return session
    facts = {slot.name: _SAYABLE[slot.how] for slot in slots if "." in slot.name}
    variables = {
        slot.name: _SAYABLE[slot.how] for slot in slots if isinstance(session.variables.get(slot.name), Unknown)
    }
    return replace(session, facts={**session.facts, **facts}, variables={**session.variables, **variables})


def _is_unknown(tree: ast.expr, variables: Mapping[str, Value]) -> bool:
    """Tell whether a part of an expression hangs on what is not known; every fact is such a thing."""
    return any(
        isinstance(part, ast.Attribute) or (isinstance(part, ast.Name) and isinstance(variables.get(part.id), Unknown))
        for part in ast.walk(tree)
    )
