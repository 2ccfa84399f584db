"""A flow as a tree for a terminal: each step once, with its exits below it; what leads elsewhere names the step.

A step with one way out is followed by the next one on the same level, so that a long flow does not run off the right
side. Nothing is aligned behind a text, so that wide signs disturb nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fs_control.flow.drawing.graph import Arrow, Box, Graph

BRANCH, LAST, PIPE, BLANK = "├─ ", "└─ ", "│  ", "   "
BACK: Final = "↑ "
"""Before a step that is told further up."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A step still to be told: what stands before it, what stands before the lines below it, and how one gets there."""

    step: str
    before: str
    below: str
    label: str


def tree(graph: Graph) -> str:
    """Return the tree; entries are its roots."""
    return "\n".join((graph.title, *_Tree(graph).lines(), ""))


class _Tree:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._boxes = {box.name: box for box in graph.boxes}
        self._arrows: dict[str, list[Arrow]] = {}
        for arrow in graph.arrows:
            self._arrows.setdefault(arrow.source, []).append(arrow)

    def lines(self) -> Iterator[str]:
        """Yield the lines, without recursion: a flow may be five hundred steps deep."""
        told: set[str] = set()
        ahead = [_Line(entry.target, "", "", entry.label) for entry in reversed(self._graph.entries)]
        while ahead:
            line = ahead.pop()
            way = f"{line.label} → " if line.label else ""
            if line.step in told:
                yield f"{line.before}{way}{BACK}{line.step}"
                continue
            told.add(line.step)
            yield f"{line.before}{way}{_described(self._boxes[line.step])}"
            ahead.extend(reversed(self._next(line)))

    def _next(self, line: _Line) -> list[_Line]:
        arrows = self._arrows.get(line.step, [])
        if len(arrows) == 1 and not arrows[0].labels:
            return [_Line(arrows[0].target, line.below, line.below, "")]
        found = []
        for number, arrow in enumerate(arrows, 1):
            is_last = number == len(arrows)
            before = line.below + (LAST if is_last else BRANCH)
            below = line.below + (BLANK if is_last else PIPE)
            found.append(_Line(arrow.target, before, below, ", ".join(arrow.labels)))
        return found


def _described(box: Box) -> str:
    about = ": " + "; ".join(box.lines) if box.lines else ""
    return f"{box.name} [{box.title}{about}]"
