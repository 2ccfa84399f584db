"""Comparisons of a text with a number, found in the tree of an expression before anybody calls.

A fact is a text or a number for ever, so `customer.owner == 8001` is never true and `call.time > 12` breaks the step.
Must not know what an author may write (`expressions`). Easy to break: what is not known here, such as a variable, is
compared with anything.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from fs_control.flow.facts import FACTS

_GIVES_TEXT: Final[Mapping[str, bool]] = {
    "number": False,
    "text": True,
    "length": False,
    "starts_with": False,
    "ends_with": False,
}
"""Whether a function gives a text."""


def mixed_pairs(tree: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield what is compared though one is a text and the other a number: the text first."""
    for part in ast.walk(tree):
        if isinstance(part, ast.Compare):
            yield from _mixed_in(part)


def _mixed_in(comparison: ast.Compare) -> Iterator[tuple[ast.expr, ast.expr]]:
    for (left, right), sign in zip(pairwise((comparison.left, *comparison.comparators)), comparison.ops, strict=True):
        others = [right]
        if isinstance(sign, ast.In | ast.NotIn):
            others = right.elts if isinstance(right, ast.List | ast.Tuple) else []
        for other in others:
            is_text, is_other_text = _is_text(left), _is_text(other)
            if None not in (is_text, is_other_text) and is_text != is_other_text:
                yield (left, other) if is_text else (other, left)


def _is_text(part: ast.expr) -> bool | None:
    """Tell a text (true) from a number, or a yes or no (false); None where nobody can say."""
    match part:
        case ast.Constant(value=value):
            return isinstance(value, str)
        case ast.Attribute(value=ast.Name(id=space), attr=name):
            kind = FACTS.get(f"{space}.{name}")
            return None if kind is None else kind is str
        case ast.Call(func=ast.Name(id=name)):
            return _GIVES_TEXT.get(name)
        case ast.UnaryOp(operand=operand):
            return _is_text(operand)
        case _:
            return None
