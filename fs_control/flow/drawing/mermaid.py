"""A flow as Mermaid text, which GitHub, GitLab and many editors show as a picture.

Easy to break: Mermaid reads HTML and Markdown in labels, so every sign that is no letter, digit or plain punctuation
is written as its number; and steps get ids of our own, for a step called `end` would close the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fs_control.flow.drawing.graph import Box, Graph
from fs_control.flow.drawing.layers import arrows_back

_PLAIN: Final = frozenset(" ,.:-_=+?!/，。：、？！（）")
_SHAPES: Final = {"menu": ("{{", "}}"), "collect": ("{{", "}}"), "branch": ("{", "}"), "hours": ("{", "}")}


def mermaid(graph: Graph) -> str:
    """Return a flowchart; arrows that lead back are dotted."""
    return "\n".join(("flowchart TD", *_lines(graph), ""))


def _lines(graph: Graph) -> Iterator[str]:
    ids = {box.name: f"s{number}" for number, box in enumerate(graph.boxes, 1)}
    back = arrows_back(graph)
    for number, entry in enumerate(graph.entries, 1):
        yield f'    e{number}(("{_escaped(entry.label)}")) --> {ids[entry.target]}'
    for box in graph.boxes:
        yield f"    {ids[box.name]}{_shape(box)}"
    for arrow in graph.arrows:
        line = "-.->" if (arrow.source, arrow.target) in back else "-->"
        label = f'|"{_escaped(", ".join(arrow.labels))}"|' if arrow.labels else ""
        yield f"    {ids[arrow.source]} {line}{label} {ids[arrow.target]}"


def _shape(box: Box) -> str:
    opened, closed = ("([", "])") if box.is_end else _SHAPES.get(box.kind, ("[", "]"))
    text = "<br/>".join(map(_escaped, (box.name, box.title, *box.lines)))
    return f'{opened}"{text}"{closed}'


def _escaped(text: str) -> str:
    return "".join(sign if sign.isalnum() or sign in _PLAIN else f"#{ord(sign)};" for sign in text)
