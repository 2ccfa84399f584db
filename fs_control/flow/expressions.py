"""Conditions and values that a flow computes: a small part of Python's expressions, checked when the flow is read.

Facts are written with a dot (`customer.vip >= 5`), variables by their bare names. No loops, no attribute of anything
but facts, no call but of `FUNCTIONS`, no power, so that nothing can run long or grow large. simpleeval computes; what
may stand there is decided here, by the tree, before it sees anything. Easy to break: `parse` must refuse whatever is
not listed.
"""

from __future__ import annotations

import ast
import re
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, Final
from warnings import catch_warnings, simplefilter

from simpleeval import DEFAULT_OPERATORS, EvalWithCompoundTypes

from fs_control.errors import UserMistake
from fs_control.flow.answers import Value
from fs_control.flow.facts import FACTS, SPACES

MAX_LENGTH: Final = 500
"""Characters of an expression."""
MAX_PARTS: Final = 100
"""Parts of its tree: it bounds the time that computing takes."""
MAX_TEXT: Final = 1000
"""Characters of a text that comes out."""
MAX_NUMBER: Final = 10**15
"""Larger than any amount of money or number of anything that is said to a caller."""

_QUOTED: Final = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\"""")
_ONE_EQUALS: Final = re.compile(r"(?<![=!<>])=(?![=<>])")
_OTHER_TONGUES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("&&", "并且", "而且", "且"), "and"),
    **dict.fromkeys(("||", "或者", "或"), "or"),
    **dict.fromkeys(("!", "不是", "非", "不"), "not"),
    "===": "==",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
}
"""What means something in other languages -> how it is written here."""
_OTHER_TONGUE: Final = re.compile(r"&&|\|\||===|<>|=>|=<|!(?!=)|(?<!\w)(?:并且|而且|且|或者|或|不是|非|不)(?!\w)")

_SIGNS: Final[Mapping[str, str]] = {
    "Pow": "**",
    "LShift": "<<",
    "RShift": ">>",
    "BitAnd": "&",
    "BitOr": "|",
    "BitXor": "^",
    "Invert": "~",
    "MatMult": "@",
    "Is": "is",
    "IsNot": "is not",
    "Lambda": "lambda",
    "NamedExpr": ":=",
    "Subscript": "[...]",
    "Starred": "*",
    "JoinedStr": 'f"..."',
    "ListComp": "for",
    "GeneratorExp": "for",
    "Await": "await",
}
"""How an author writes what may not stand there."""

_ALLOWED: Final = (
    ast.Expression,
    ast.BoolOp,
    ast.And,
    ast.Or,
    ast.UnaryOp,
    ast.Not,
    ast.USub,
    ast.BinOp,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.FloorDiv,
    ast.Mod,
    ast.Compare,
    ast.Eq,
    ast.NotEq,
    ast.Lt,
    ast.LtE,
    ast.Gt,
    ast.GtE,
    ast.In,
    ast.NotIn,
    ast.IfExp,
    ast.Constant,
    ast.Name,
    ast.Attribute,
    ast.Call,
    ast.List,
    ast.Tuple,
    ast.Load,
)


def _remainder(left: Any, right: Any) -> Any:
    """Compute `%` of numbers only: of a text it would fill in a pattern, of any size."""
    if isinstance(left, str):
        raise TypeError("% of a text")
    return left % right


def _product(left: Any, right: Any) -> Any:
    """Compute `*` of numbers only: of lists in lists it would fill the memory before anything is counted."""
    if not (isinstance(left, int | float) and isinstance(right, int | float)):
        raise TypeError("* of what is no number")
    return left * right


_OPERATORS: Final = {**DEFAULT_OPERATORS, ast.Mod: _remainder, ast.Mult: _product}


def _number(value: Value) -> int | float:
    number = float(value)
    return int(number) if number.is_integer() else number


FUNCTIONS: Final[Mapping[str, Callable[..., Value]]] = {
    "number": _number,
    "text": str,
    "length": len,
    "starts_with": lambda whole, start: str(whole).startswith(str(start)),
    "ends_with": lambda whole, end: str(whole).endswith(str(end)),
}
"""What an expression may call."""

WORDS: Final[Mapping[str, bool]] = {"true": True, "false": False}
"""Yes and no, as YAML writes them."""

RESERVED: Final = frozenset({*SPACES, *FUNCTIONS, *WORDS})
"""No variable may be called so."""


class ExpressionMistake(UserMistake):
    """An expression is none; `column` counts from 0 in its text."""

    def __init__(self, code: str, column: int, **values: str) -> None:
        super().__init__(code, **values)
        self.column = column


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that may be computed: its text, the facts and the variables in it with where they stand."""

    text: str
    tree: ast.expr
    facts: tuple[tuple[str, int], ...]
    variables: tuple[tuple[str, int], ...]


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read an expression. Raises ExpressionMistake; whether its variables are ever set is not looked at."""
    if len(text) > MAX_LENGTH:
        raise ExpressionMistake("flow_expression_too_long", 0, limit=str(MAX_LENGTH))
    remark = _unquoted(text).find("#")
    if remark >= 0:  # to Python the rest would be no part of the condition, and nobody would see it
        raise ExpressionMistake("flow_expression_not_allowed", remark, what="#")
    tree = _tree_of(text)
    parts = list(ast.walk(tree))
    if len(parts) > MAX_PARTS:
        raise ExpressionMistake("flow_expression_too_large", 0, limit=str(MAX_PARTS))
    for part in parts:
        _refuse_what_is_not_allowed(part, text)
    for name, value, column in mismatches(tree, text, _KINDS):
        if _KINDS[name] is str:
            raise ExpressionMistake("flow_compared_text", column, name=name, value=value)
        raise ExpressionMistake("flow_compared_number", column, name=name, value=value)
    variables = tuple(_variables_in(tree, text))
    for name, column in variables:
        if name in RESERVED:  # a function that is not called, or all facts of a space at once
            raise ExpressionMistake("flow_expression_not_allowed", column, what=name)
    return Expression(text, tree.body, tuple(_facts_in(tree, text)), variables)


def _tree_of(text: str) -> ast.Expression:
    lead = len(text) - len(text.lstrip())
    try:
        with catch_warnings():
            simplefilter("ignore")  # what Python finds odd, such as 1if, is refused or harmless here
            return ast.parse(text.strip().replace("\n", " "), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        offset = getattr(error, "offset", None) or 0  # 0 where the text ends too early
        at = min(offset - 1 + lead, len(text)) if offset > 0 else len(text)
        unquoted = _unquoted(text)
        other = _OTHER_TONGUE.search(unquoted)
        if other is not None:
            sign = other.group()
            raise ExpressionMistake(
                "flow_expression_sign", other.start(), sign=sign, meant=_OTHER_TONGUES[sign]
            ) from error
        one = _ONE_EQUALS.search(unquoted)
        if one is not None:
            raise ExpressionMistake("flow_expression_one_equals", one.start()) from error
        raise ExpressionMistake("flow_expression_unreadable", at, text=text) from error


def _unquoted(text: str) -> str:
    """Return a text with what stands in quotes as blanks."""
    return _QUOTED.sub(lambda found: " " * len(found.group()), text)


def _column(part: ast.AST, text: str) -> int:
    """Return where a part begins; Python counts lines from 1 and, in a line, the bytes of UTF-8."""
    lead = len(text) - len(text.lstrip())
    lines = text.strip().replace("\n", " ").splitlines(keepends=True)
    number = min(getattr(part, "lineno", 1), len(lines)) - 1
    before = lines[number].encode("utf-8", "surrogatepass")[: getattr(part, "col_offset", 0)]
    return lead + sum(map(len, lines[:number])) + len(before.decode("utf-8", "ignore"))


_KINDS: Final[Mapping[str, type[Value]]] = {**FACTS, "number()": int, "text()": str, "length()": int}
"""What a fact or a function is, by the name that stands in an expression."""


def mismatches(tree: ast.AST, text: str, kinds: Mapping[str, type[Value]]) -> Iterator[tuple[str, str, int]]:
    """Find what is compared with a value of another kind: never equal, and otherwise not to be computed.

    `kinds` are those of names (`customer.vip`, `id_number`). Gives the name, the value and the column of that.
    """
    for part in ast.walk(tree):
        sides = [part.left, *part.comparators] if isinstance(part, ast.Compare) else []
        for one, other in (*pairwise(sides), *((after, before) for before, after in pairwise(sides))):
            kind = kinds.get(_name_of(one))
            for value in other.elts if isinstance(other, ast.List | ast.Tuple) else (other,):
                if isinstance(value, ast.Constant) and kind and isinstance(value.value, str) != (kind is str):
                    yield _name_of(one), ast.unparse(value), _column(value, text)


def _name_of(part: ast.AST) -> str:
    match part:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=space), attr=name):
            return f"{space}.{name}"
        case ast.Call(func=ast.Name(id=name)):
            return f"{name}()"
        case _:
            return ""


def evaluate(expression: Expression, variables: Mapping[str, Value], facts: Mapping[str, Value]) -> Value:
    """Compute an expression. Raises UserMistake `flow_expression_failed` where the values do not allow it."""
    names = ChainMap(_spaces(facts), dict(variables), dict(WORDS))
    evaluator = EvalWithCompoundTypes(names=names, functions=dict(FUNCTIONS), operators=_OPERATORS)
    try:
        value = evaluator.eval(expression.text.strip(), previously_parsed=expression.tree)
    except Exception as error:  # whatever simpleeval, or an operator on these values, raises
        reason = f"{type(error).__name__}: {error}"
        raise UserMistake("flow_expression_failed", text=expression.text, reason=reason) from error
    return _bounded(value, expression)


def _bounded(value: Any, expression: Expression) -> Value:
    fits = (
        len(value) <= MAX_TEXT
        if isinstance(value, str)
        else isinstance(value, int | float) and -MAX_NUMBER <= value <= MAX_NUMBER
    )
    if not fits:
        raise UserMistake("flow_expression_failed", text=expression.text, reason=f"no value: {str(value)[:40]}")
    result: Value = value
    return result


def _spaces(facts: Mapping[str, Value]) -> dict[str, Any]:
    spaces: dict[str, dict[str, Value]] = {}
    for name, value in facts.items():
        space, _, rest = name.partition(".")
        spaces.setdefault(space, {})[rest] = value
    return {space: SimpleNamespace(**values) for space, values in spaces.items()}


def _refuse_what_is_not_allowed(part: ast.AST, text: str) -> None:
    column = _column(part, text)
    match part:
        case ast.Constant(value=value) if not isinstance(value, str | int | float | bool):
            raise ExpressionMistake("flow_expression_not_allowed", column, what=str(value))
        case ast.Attribute(value=ast.Name(id=space), attr=name):
            if space not in SPACES or f"{space}.{name}" not in FACTS:
                raise ExpressionMistake("flow_unknown_fact", column, name=f"{space}.{name}")
        case ast.Attribute():
            raise ExpressionMistake("flow_expression_not_allowed", column, what=ast.unparse(part)[:40])
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in FUNCTIONS:
            pass
        case ast.Call():
            raise ExpressionMistake("flow_unknown_function", column, name=ast.unparse(part.func)[:40])
        case _ if not isinstance(part, _ALLOWED):
            name = type(part).__name__
            raise ExpressionMistake("flow_expression_not_allowed", column, what=_SIGNS.get(name, name))


def _facts_in(tree: ast.AST, text: str) -> Iterator[tuple[str, int]]:
    for part in ast.walk(tree):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            yield f"{part.value.id}.{part.attr}", _column(part, text)


def _variables_in(tree: ast.AST, text: str) -> Iterator[tuple[str, int]]:
    not_variables = {id(part.value) for part in ast.walk(tree) if isinstance(part, ast.Attribute)} | {
        id(part.func) for part in ast.walk(tree) if isinstance(part, ast.Call)
    }
    for part in ast.walk(tree):
        if isinstance(part, ast.Name) and part.id not in WORDS and id(part) not in not_variables:
            yield part.id, _column(part, text)
