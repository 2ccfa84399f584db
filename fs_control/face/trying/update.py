"""Writes what became of calls into a file of cases as what is expected, and leaves all else in it as it is.

Only the `expect` of a case is written, as text between its first and last line, so that comments, order and spelling
around it stay. Easy to break: the end of a block, as PyYAML tells it, lies behind the comments that follow it, so the
end is looked for at the last value inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import yaml

from fs_control.face.trying.outcome import Outcome

EXPECT: Final = "expect"
WIDTH: Final = 10_000
"""One line for each key: a list of steps is read in one go."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines of a text that are replaced: from `start` up to but without `end`, counted from 0."""

    start: int
    end: int
    indent: int
    keys: tuple[str, ...] | None
    """The keys that are expected now; None where nothing is."""


def with_expectations(text: str, outcomes: Sequence[Outcome | None]) -> str:
    """Return the text of a case file in which each case expects its outcome; None leaves a case as it is.

    A case that expects certain things goes on expecting these and no others; one that expects nothing, all there is.
    `outcomes` are in the order of the cases.
    """
    lines = text.splitlines(keepends=True)
    ends = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    pieces = list(zip(_pieces(text), outcomes, strict=True))
    for piece, outcome in reversed(pieces):
        if outcome is not None:
            block = _block(_wanted(outcome, piece.keys), piece.indent)
            before = lines[: piece.start]
            if before and not before[-1].endswith("\n"):
                before[-1] += ends
            lines = [*before, *(line + ends for line in block), *lines[piece.end :]]
    return "".join(lines)


def _pieces(text: str) -> Iterator[_Piece]:
    root = yaml.compose(text, yaml.CSafeLoader)
    for case in root.value if root is not None else ():
        entries = {key.value: (key, value) for key, value in case.value}
        indent = case.value[0][0].start_mark.column
        if EXPECT in entries:
            key, value = entries[EXPECT]
            is_block = isinstance(value, yaml.MappingNode) and value.value
            keys = tuple(each.value for each, _ in value.value) if is_block else None
            yield _Piece(key.start_mark.line, _last_line(key, value) + 1, indent, keys)
        else:
            last = max(_last_line(key, value) for key, value in entries.values()) + 1
            yield _Piece(last, last, indent, None)


def _last_line(key: yaml.Node, value: yaml.Node) -> int:
    """Return the line on which a value ends, without what follows it."""
    if isinstance(value, yaml.CollectionNode) and not value.flow_style and value.value:
        last = value.value[-1]
        return _last_line(*last) if isinstance(last, tuple) else _last_line(last, last)
    if isinstance(value, yaml.ScalarNode) and not value.value:
        return int(key.start_mark.line)
    at_next_line = value.end_mark.column == 0 and value.end_mark.line > value.start_mark.line
    return int(value.end_mark.line) - (1 if at_next_line else 0)


def _wanted(outcome: Outcome, keys: tuple[str, ...] | None) -> Mapping[str, Any]:
    found = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(outcome).items()}
    if keys is not None:
        return {key: found[key] for key in keys}
    return {name: value for name, value in found.items() if value}


def _block(wanted: Mapping[str, Any], indent: int) -> Iterator[str]:
    yield f"{'':{indent}}{EXPECT}:"
    for key, value in wanted.items():
        written = yaml.safe_dump({key: value}, allow_unicode=True, width=WIDTH, default_flow_style=None).rstrip("\n")
        yield from (f"{'':{indent + 2}}{line}" for line in written.split("\n"))
