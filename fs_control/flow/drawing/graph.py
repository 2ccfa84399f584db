"""What is in the picture of a flow: a box for each step, an arrow for each pair of steps, and where callers come in.

Knows the exits of nodes, and of their settings only the names of those worth showing. Several exits from one step to
the same other step are one arrow with several labels. An exit that is the step's only one has no label: it is plain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from fs_control.flow.definition import Flow
from fs_control.flow.nodes.base import Node

Say: TypeAlias = Callable[[str], str]
"""Turns a code into words of the reader's language."""

SHOWN: Final = (
    *("prompt", "say", "text", "group", "calendar", "agent", "number", "flow", "box", "url"),
    *("into", "values", "level", "reason"),
)
"""The settings of a step that tell what it is about; the others are its fine print."""
PLAIN_EXIT: Final = "next"
CASE: Final = "when "
"""How the exits of a branch begin; what is shown of each is its condition."""
LONGEST_LABEL: Final = 36
LONGEST_LINE: Final = 80


@dataclass(frozen=True, slots=True)
class Box:
    """A step: its name, its type (what stands after `do:`), and what it is about."""

    name: str
    kind: str
    title: str
    lines: tuple[str, ...]
    is_end: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """The ways from one step to another, by the names of the exits; no label where there is no choice."""

    source: str
    target: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A place where the flow begins: at its start, after a failure, after the caller has gone."""

    label: str
    target: str


@dataclass(frozen=True, slots=True)
class Graph:
    """All of a picture: boxes in the order of the text, arrows in that of the exits, the start as the first entry."""

    name: str
    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    entries: tuple[Entry, ...]


def graph_of(flow: Flow, say: Say) -> Graph:
    """Return what is to be drawn of a flow."""
    boxes = tuple(_box(name, node, say) for name, node in flow.steps.items())
    arrows = tuple(arrow for name, node in flow.steps.items() for arrow in _arrows(name, node, say))
    return Graph(flow.name, f"{say('drawing.flow')} {flow.name}", boxes, arrows, tuple(_entries(flow, say)))


def _box(name: str, node: Node, say: Say) -> Box:
    kind = str(getattr(node, "do"))  # noqa: B009 - each type has it, and their base cannot name it
    return Box(name, kind, say(f"drawing.kind.{kind}"), tuple(_lines(node)), not node.exits())


def _lines(node: Node) -> Iterator[str]:
    """Yield what the step is about, each as one line of limited length."""
    for name in SHOWN:
        value = getattr(node, name, None)
        if value is None or value == "" or value == {}:
            continue
        yield _cut(_text_of(value), LONGEST_LINE)


def _text_of(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {str(each).removeprefix('= ')}" for key, each in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return str(value)


def _arrows(name: str, node: Node, say: Say) -> Iterator[Arrow]:
    exits = node.exits()
    labels: dict[str, list[str]] = {}
    for exit_name, target in exits.items():
        labels.setdefault(target, []).append(_label(exit_name, node, say))
    plain = list(exits) == [PLAIN_EXIT]
    for target, found in labels.items():
        yield Arrow(name, target, () if plain else tuple(dict.fromkeys(found)))


def _label(exit_name: str, node: Node, say: Say) -> str:
    """Return an exit as a person reads it; keys stay keys."""
    cases = getattr(node, "when", None)
    if cases is not None and exit_name.startswith(CASE):
        return _cut(cases[int(exit_name.removeprefix(CASE)) - 1].condition, LONGEST_LABEL)
    if not exit_name.isidentifier():
        return _cut(exit_name.removeprefix("key "), LONGEST_LABEL)
    return say(f"drawing.exit.{exit_name}")


def _entries(flow: Flow, say: Say) -> Iterator[Entry]:
    yield Entry(say("drawing.start"), flow.start)
    for name in ("on_error", "on_hangup"):
        target = getattr(flow, name, None)
        if target is not None:
            yield Entry(say(f"drawing.{name}"), target)


def _cut(text: str, longest: int) -> str:
    """Return a text on one line, without signs that cannot be printed, and not too long."""
    line = "".join(sign if sign.isprintable() else " " for sign in text)
    line = " ".join(line.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
