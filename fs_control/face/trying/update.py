"""Writes what became of calls into a file of cases as what is expected, and leaves all else in it as it is.

Only the value of `expect` is written, in the style in which it stands, so that comments, order and spelling around it
stay. Easy to break: the end of a block, as PyYAML tells it, lies behind the comments that follow it, so the end is
looked for at the last value inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import yaml

from fs_control.face.trying.outcome import Outcome

EXPECT: Final = "expect"
WIDTH: Final = 1_000_000
"""One line for each key: a list of steps is read in one go."""


def with_expectations(text: str, outcomes: Sequence[Outcome | None]) -> str:
    """Return the text of a case file in which each case expects its outcome; None leaves a case as it is.

    A case that expects certain things goes on expecting these and no others; one that expects nothing, all there is.
    `outcomes` are in the order of the cases.
    """
    root = yaml.compose(text, yaml.SafeLoader)
    cases = root.value if root is not None else []
    for case, outcome in reversed(list(zip(cases, outcomes, strict=True))):
        if outcome is not None:
            text = _with_expectation(text, case, outcome)
    return text


def _with_expectation(text: str, case: yaml.MappingNode, outcome: Outcome) -> str:
    expect = next(((key, value) for key, value in case.value if key.value == EXPECT), None)
    indent = case.value[0][0].start_mark.column
    ends = "\r\n" if "\r\n" in text else "\n"
    if expect is None:
        wanted = _wanted(outcome, ())
        if case.flow_style:
            end = case.end_mark.index - 1
            return f"{text[:end]}, {EXPECT}: {_inline(wanted)}{text[end:]}"
        end = max(_end(key, value) for key, value in case.value)
        block = f"{'':{indent}}{EXPECT}:{_block(wanted, indent, ends)}"
        return f"{text[:end]}{_rest_of_line(text, end)}{ends}{block}{text[_line_end(text, end) :]}"
    key, value = expect
    keys = tuple(each.value for each, _ in value.value) if isinstance(value, yaml.MappingNode) else ()
    wanted = _wanted(outcome, keys)
    if isinstance(value, yaml.MappingNode) and value.flow_style:
        return text[: value.start_mark.index] + _inline(wanted) + text[value.end_mark.index :]
    colon = text.index(":", key.end_mark.index) + 1
    return text[:colon] + _block(wanted, indent, ends) + text[_line_end(text, _end(key, value)) :]


def _end(key: yaml.Node, value: yaml.Node) -> int:
    """Return where a value ends, without what follows it."""
    if isinstance(value, yaml.CollectionNode) and not value.flow_style and value.value:
        last = value.value[-1]
        return _end(*last) if isinstance(last, tuple) else _end(last, last)
    if isinstance(value, yaml.ScalarNode) and not value.value:
        return int(key.end_mark.index)
    return int(value.end_mark.index)


def _line_end(text: str, index: int) -> int:
    """Return where the line ends in which a character stands, without its ending."""
    found = text.find("\n", index)
    end = len(text) if found < 0 else found
    return end - 1 if text[index:end].endswith("\r") else end


def _rest_of_line(text: str, index: int) -> str:
    return text[index : _line_end(text, index)]


def _wanted(outcome: Outcome, keys: tuple[str, ...]) -> Mapping[str, Any]:
    """Return what to expect: these keys, or where there are none, all of which there is something to say."""
    found = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(outcome).items()}
    return {key: found[key] for key in keys} or {name: value for name, value in found.items() if value}


def _inline(wanted: Any) -> str:
    written: str = yaml.safe_dump(wanted, allow_unicode=True, width=WIDTH, default_flow_style=True, sort_keys=False)
    return written.removesuffix("...\n").rstrip("\n")


def _block(wanted: Mapping[str, Any], indent: int, ends: str) -> str:
    return "".join(_lines(wanted, indent, ends))


def _lines(wanted: Mapping[str, Any], indent: int, ends: str) -> Iterator[str]:
    for key, value in wanted.items():
        yield f"{ends}{'':{indent + 2}}{key}: {_inline(value)}"
