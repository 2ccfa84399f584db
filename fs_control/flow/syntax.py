"""What libyaml says of a text that is no YAML, said so that an admin knows what to do.

The one place that knows libyaml's sentences. It tells where it gave up; the mistake is often before that, where a
quote or a bracket was opened. A sentence that is not in the table is passed on in English, at its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

import yaml

from fs_control.flow.characters import TOP, Flaw, Place
from fs_control.flow.problems import shown

_Explainer: TypeAlias = Callable[[str, Place, Place | None], Flaw]
"""Takes the text, the place where reading ended, and that where what could not be ended began."""


def explain_syntax(text: str, error: yaml.MarkedYAMLError) -> Flaw:
    """Return what is wrong, at the place where a person should look."""
    found, begun = _place(error.problem_mark), _place(error.context_mark) if error.context_mark else None
    detail = ", ".join(part for part in (error.context, error.problem) if part)
    for words, explainer in _EXPLAINERS.items():
        if all(part in detail for part in words.split(" ... ")):
            return explainer(text, found, begun)
    return Flaw(found, "flow_not_yaml", {"detail": detail})


def _place(mark: yaml.Mark | None) -> Place:
    return TOP if mark is None else Place(mark.line + 1, mark.column + 1)


def _there(code: str) -> _Explainer:
    """Make the explainer of a mistake that is where reading ended."""
    return lambda text, found, begun: Flaw(found, code, {})


def _at_the_beginning(code: str) -> _Explainer:
    """Make the explainer of a mistake that is where something began."""
    return lambda text, found, begun: Flaw(begun or found, code, {})


def _not_closed(text: str, found: Place, begun: Place | None) -> Flaw:
    begun, lines = begun or found, text.splitlines()
    is_inside = found.line <= len(lines) and _indent(lines[found.line - 1]) > _indent(lines[begun.line - 1])
    place = found if is_inside or found.line == begun.line else begun
    return Flaw(place, "flow_bracket_not_closed", {"line": str(begun.line)})


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _no_colon(text: str, found: Place, begun: Place | None) -> Flaw:
    begun = begun or found
    line = text.splitlines()[begun.line - 1] if begun.line <= len(text.splitlines()) else ""
    return Flaw(begun, "flow_colon_missing", {"text": shown(line[begun.column - 1 :])})


def _colon(text: str, found: Place, begun: Place | None) -> Flaw:
    """Tell a key where none may be from a colon that belongs to a text."""
    lines = text.splitlines()
    before = lines[found.line - 1][: found.column - 1] if found.line <= len(lines) else ""
    if ":" in before:
        return Flaw(found, "flow_colon_in_text", {})
    return Flaw(Place(found.line, _indent(before) + 1), "flow_indented_too_far", {})


def _second_document(text: str, found: Place, begun: Place | None) -> Flaw:
    for number, line in enumerate(text.splitlines()[: found.line], start=1):
        if line.startswith("%"):
            return Flaw(Place(number, 1), "flow_directive", {})
    lines = text.splitlines()
    marks = [number for number in (found.line, found.line - 1) if _is_document_mark(lines[number - 1 : number])]
    if marks:
        return Flaw(Place(marks[0], 1), "flow_two_documents", {})
    return Flaw(found, "flow_indentation", {})


def _is_document_mark(lines: Sequence[str]) -> bool:
    return any(line.startswith(("---", "...")) for line in lines)


def _odd_indent(text: str, found: Place, begun: Place | None) -> Flaw:
    """Tell a line that begins in a wrong column from something behind the end of a value."""
    lines = text.splitlines()
    line = lines[found.line - 1] if found.line <= len(lines) else ""
    before = line[: found.column - 1]
    if not before.strip():
        return Flaw(found, "flow_indentation", {})
    opened = _quote_opened_before(text, found)
    if opened is not None and opened.line < found.line:
        return Flaw(opened, "flow_quote_not_closed", {})
    code = "flow_behind_quote" if opened is not None else "flow_behind_value"
    return Flaw(found, code, {"text": shown(line[found.column - 1 :])})


def _quote_opened_before(text: str, found: Place) -> Place | None:
    """Return where the quoted text begins that ends on the line of `found` and before it."""
    opened: Place | None = None
    try:
        for token in yaml.scan(text, yaml.CSafeLoader):
            end = _place(token.end_mark)
            if (end.line, end.column) > (found.line, found.column):
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"') and end.line == found.line:
                opened = _place(token.start_mark)
    except yaml.MarkedYAMLError:
        pass  # what lies behind is no matter here
    return opened


def _bad_start(text: str, found: Place, begun: Place | None) -> Flaw:
    lines = text.splitlines()
    sign = lines[found.line - 1][found.column - 1 : found.column] if found.line <= len(lines) else ""
    return Flaw(found, "flow_tab", {}) if sign == "\t" else Flaw(found, "flow_sign_needs_quotes", {"sign": sign})


_EXPLAINERS: Final[Mapping[str, _Explainer]] = {
    "an alias": lambda text, found, begun: Flaw(begun or found, "flow_alias", {"name": ""}),
    "an anchor": lambda text, found, begun: Flaw(begun or found, "flow_alias", {"name": ""}),
    "tag": lambda text, found, begun: Flaw(begun or found, "flow_tag", {"tag": "!"}),
    "quoted scalar ... unexpected end of stream": _at_the_beginning("flow_quote_not_closed"),
    "quoted scalar ... document indicator": _at_the_beginning("flow_quote_not_closed"),
    "quoted scalar ... escape": _there("flow_bad_escape"),
    "quoted scalar ... hexdecimal": _there("flow_bad_escape"),
    "flow mapping": _not_closed,
    "flow sequence": _not_closed,
    "node content": _there("flow_bracket_unexpected"),
    "could not find expected ':'": _no_colon,
    "cannot start any token": _bad_start,
    "mapping values are not allowed": _colon,
    "found unexpected ':'": _there("flow_colon_in_text"),
    "mapping keys are not allowed": _there("flow_question_mark"),
    "block sequence entries are not allowed": _there("flow_dash_unexpected"),
    "expected '-' indicator": _there("flow_dash_missing"),
    "block mapping ... did not find expected key": _odd_indent,
    "tab character": _there("flow_tab"),
    "single document": _there("flow_two_documents"),
    "<document start>": _second_document,
    "directive": _there("flow_directive"),
    "%YAML": _there("flow_directive"),
    "incompatible YAML document": _there("flow_directive"),
    "block scalar": _there("flow_block_text"),
    "max nesting": lambda text, found, begun: Flaw(found, "flow_too_deep", {"limit": "20"}),
}
"""Words of libyaml's sentence -> who explains it; the first that fits."""
