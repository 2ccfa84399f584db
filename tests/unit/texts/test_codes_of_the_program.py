"""Every code that the program can give has a sentence, and gets the values which that sentence uses.

The codes are found by reading the program's source, so a room that brings a new one need not tell anybody.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import fs_control.flow
from fs_control.texts.catalogue import CATALOGUE

ROOT = Path(fs_control.__file__).parent
REPORTED = {"add": 1, "report": 1, "_problem": 2, "Reply": 1, "CalendarMistake": 1}
"""Calls that note one of several mistakes in a file, or refuse a wish: the position of the code in their arguments."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place that gives a code; `values` is None where it hands over values that only the running program knows."""

    place: str
    code: str
    values: frozenset[str] | None


MODULES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py"))}


def classes_of_errors() -> set[str]:
    """FsControlError and all that derive from it."""
    bases = {
        node.name: {_name_of(base) for base in node.bases}
        for module in MODULES.values()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
    }
    found = {"FsControlError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def uses() -> Iterator[Use]:
    """Every place in fs_control that constructs an error or notes a mistake, with each code that it may give."""
    for path, module in MODULES.items():
        for node in ast.walk(module):
            argument = _code_argument(node)
            if isinstance(node, ast.Call) and argument is not None:
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield from (Use(place, code, _values_of(node)) for code in _codes_in(argument, module))


def _code_argument(node: ast.AST) -> ast.expr | None:
    """The argument of a call that is a code, if the call is one of those that take a code."""
    match node:
        case ast.Call(func=function, args=[first, *_]) if _name_of(function) in ERRORS:
            return first
        case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super"))), args=[first, *_]):
            return first if _is_code(first) else None
        case ast.Call(func=function, args=arguments) if len(arguments) > REPORTED.get(_name_of(function), 99):
            argument = arguments[REPORTED[_name_of(function)]]
            return argument if _is_code(argument) else None
        case _:
            return None


def _is_code(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant) and bool(re.fullmatch(r"[a-z]+(_[a-z]+)+", str(argument.value)))


def _values_of(node: ast.Call) -> frozenset[str] | None:
    """The names of the values: keywords, and keys of a dict that is written out among the arguments."""
    names = [keyword.arg for keyword in node.keywords]
    keys = [key for each in node.args if isinstance(each, ast.Dict) for key in each.keys]
    named = frozenset(key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
    return None if None in names else named.union(name for name in names if name is not None)


def _codes_in(argument: ast.expr, module: ast.Module) -> list[str]:
    """The codes that an argument may be: written out in it, or else taken from the tables of its module."""
    match argument:
        case ast.Constant(value=str(code)):
            return [code]
        case ast.IfExp(body=body, orelse=orelse):
            return _codes_in(body, module) + _codes_in(orelse, module)
        case _:
            return [code for table in _tables(module) for code in table]


def _tables(module: ast.Module) -> Iterator[list[str]]:
    """The values of each dict of texts that a module defines."""
    for statement in module.body:
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        if isinstance(value, ast.Dict):
            yield [
                each.value for each in value.values if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]


def _name_of(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def constants(room: str = "") -> Iterator[str]:
    """Every text constant of the program, or of one room, outside the catalogue; those inside f-strings too."""
    for path, module in MODULES.items():
        if path.is_relative_to(ROOT / room) and not path.is_relative_to(ROOT / "texts"):
            for node in ast.walk(module):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def families_of_reasons() -> Iterator[str]:
    """What stands before the first dot of every reason that the centre gives for the trace."""
    for module in MODULES.values():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and _name_of(node.func) == "because":
                reason = node.args[0]
                start = reason.values[0] if isinstance(reason, ast.JoinedStr) else reason
                if isinstance(start, ast.Constant):
                    yield str(start.value).partition(".")[0]


def fields_of(template: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}


ERRORS = classes_of_errors()
USES = list(uses())


def test_the_search_for_codes_finds_those_we_know_of() -> None:
    assert {"setting_not_a_port", "database_slow"} <= {use.code for use in USES}


def test_every_code_of_an_error_has_a_sentence() -> None:
    assert [f"{use.place} {use.code}" for use in USES if use.code not in CATALOGUE] == []


def test_every_error_gives_the_values_that_its_sentence_uses() -> None:
    lacking = {
        f"{use.place} {use.code}": missing
        for use in USES
        if use.values is not None
        and use.code in CATALOGUE
        and (missing := fields_of(CATALOGUE[use.code][0]) - use.values)
    }
    assert lacking == {}


def test_every_mistake_in_a_flow_has_a_sentence() -> None:
    given = {text for text in constants("flow") if re.fullmatch(r"flow_[a-z_]+", text)} - set(fs_control.flow.__all__)
    assert "flow_unknown_group" in given
    assert given - CATALOGUE.keys() == set()


def test_every_reason_and_rule_of_routing_has_a_sentence_without_values() -> None:
    given = {text for text in constants() if re.fullmatch(r"(reason|rule|claim|colleague)\.[a-z_]+", text)}
    assert "reason.idle_since_later" in given
    assert given - CATALOGUE.keys() == set()
    assert not any(fields_of(CATALOGUE[code][0]) for code in CATALOGUE if code.startswith(("reason.", "rule.")))


def test_every_family_of_reasons_in_the_trace_has_its_sentences() -> None:
    families = {code.partition(".")[0] for code in CATALOGUE}
    given = set(families_of_reasons())
    assert "line_exit" in given
    assert given - families == set()
