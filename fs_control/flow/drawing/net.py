"""The picture as a net of rows: boxes in the even rows, the labels of arrows in the odd ones, and points between.

Everything that takes room is a vertex, so that nothing can lie on anything else: an arrow over several rows is a chain
of points, and a label is a vertex in the row below its box. Arrows to the same step share their points, as a trunk.
Arrows back end at their label: they are led round the picture by `routes`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from fs_control.flow.drawing.graph import Arrow, Box, Graph
from fs_control.flow.drawing.layers import arrows_back, rows
from fs_control.flow.drawing.text_sizes import fitted, text_width, wrapped

NAME_SIZE: Final = 14.0
LINE_SIZE: Final = 12.0
LABEL_SIZE: Final = 12.0
LINE_HEIGHT: Final = 17.0
SIDE: Final = 14.0
"""From a box's edge to its text."""
NARROWEST: Final = 110.0
WIDEST: Final = 230.0
LABEL_LINE: Final = 15.0
"""The height of one line of a label."""
WIDEST_LABEL: Final = 150.0
LOOP_ROOM: Final = 34.0
"""Beside a box whose arrow leads back to itself, without the label."""
POINT_WIDTH: Final = 10.0


class Kind(Enum):
    """What a vertex is."""

    BOX = "box"
    LABEL = "label"
    POINT = "point"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Vertex:
    """Something that takes room in a row. `lines` are its texts.

    `back_to` is where an arrow back that begins here ends. `loop` are the labels of a box's arrow to itself, drawn at
    its right side; `body` is the width of the box without it.
    """

    row: int
    kind: Kind
    width: float
    height: float
    lines: tuple[str, ...] = ()
    box: Box | None = None
    back_to: str | None = None
    loop: tuple[str, ...] = ()
    body: float = 0.0


@dataclass(slots=True)
class Net:
    """Vertices by number, the links from each to those in the row below, and the vertex of each step."""

    vertices: list[Vertex] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    boxes: dict[str, int] = field(default_factory=dict)

    def add(self, vertex: Vertex) -> int:
        """Take in a vertex and return its number."""
        self.vertices.append(vertex)
        return len(self.vertices) - 1

    def rows(self) -> list[list[int]]:
        """Return the numbers of the vertices row by row, in the order in which they came."""
        found: list[list[int]] = [[] for _ in range(max((vertex.row for vertex in self.vertices), default=-1) + 1)]
        for number, vertex in enumerate(self.vertices):
            found[vertex.row].append(number)
        return found


def net_of(graph: Graph) -> Net:
    """Return the net of a picture. Row 0 is for the entries, the boxes begin in row 2."""
    net = Net()
    back = arrows_back(graph)
    loops = {arrow.source: arrow.labels for arrow in graph.arrows if arrow.source == arrow.target}
    row_of = {step: 2 * row + 2 for step, row in rows(graph, back).items()}
    for box in graph.boxes:
        net.boxes[box.name] = net.add(_box_vertex(box, row_of[box.name], loops.get(box.name)))
    trunks = _Trunks(net)
    for entry in graph.entries:
        lines = (entry.label,)
        row = row_of[entry.target] - 2
        width = text_width(entry.label, LINE_SIZE) + 2 * SIDE
        trunks.lead(net.add(Vertex(row, Kind.ENTRY, width, 26.0, lines)), entry.target)
    for arrow in graph.arrows:
        if arrow.source != arrow.target:
            _add_arrow(arrow, trunks, back=(arrow.source, arrow.target) in back)
    return net


def _add_arrow(arrow: Arrow, trunks: _Trunks, *, back: bool) -> None:
    net = trunks.net
    source = net.boxes[arrow.source]
    row = net.vertices[source].row + 1
    back_to = arrow.target if back else None
    if not back and not arrow.labels:
        trunks.lead(source, arrow.target)
        return
    lines = label_lines(arrow.labels)
    kind = Kind.LABEL if lines else Kind.POINT
    label = net.add(Vertex(row, kind, _label_width(lines), _label_height(lines), lines, back_to=back_to))
    net.links.append((source, label))
    if not back:
        trunks.lead(label, arrow.target)


class _Trunks:
    """The shared points of the arrows to each step."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self._points: dict[tuple[str, int], int] = {}

    def lead(self, number: int, target: str) -> None:
        """Link a vertex with a step below it, row by row, over the points that lead there."""
        end = self.net.boxes[target]
        for row in range(self.net.vertices[number].row + 1, self.net.vertices[end].row):
            known = (target, row) in self._points
            if not known:
                self._points[target, row] = self.net.add(Vertex(row, Kind.POINT, POINT_WIDTH, 0.0))
            point = self._points[target, row]
            self.net.links.append((number, point))
            if known:
                return
            number = point
        self.net.links.append((number, end))


def _box_vertex(box: Box, row: int, loop: tuple[str, ...] | None) -> Vertex:
    texts = [box.title, *(line for text in box.lines[:3] for line in wrapped(text, LINE_SIZE, WIDEST - 2 * SIDE, 2))]
    lines = (fitted(box.name, NAME_SIZE * 1.06, WIDEST - 2 * SIDE), *texts)
    widths = [text_width(lines[0], NAME_SIZE) * 1.06, *(text_width(line, LINE_SIZE) for line in texts)]
    body = max(NARROWEST, max(widths) + 2 * SIDE)
    own = label_lines(loop or ())
    room = LOOP_ROOM + _label_width(own) if loop is not None else 0.0
    height = max(14.0 + LINE_HEIGHT * len(lines), _label_height(own))
    return Vertex(row, Kind.BOX, body + 2 * room, height, lines, box, loop=own, body=body)


def label_lines(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return labels as the lines of one plate: as many on a line as it takes, none broken."""
    lines: list[str] = []
    for label in labels:
        longer = f"{lines[-1]}, {label}" if lines else label
        if lines and text_width(longer, LABEL_SIZE) <= WIDEST_LABEL:
            lines[-1] = longer
        else:
            lines.append(label)
    return tuple(lines)


def _label_width(lines: tuple[str, ...]) -> float:
    return max((text_width(line, LABEL_SIZE) + 14.0 for line in lines), default=POINT_WIDTH)


def _label_height(lines: tuple[str, ...]) -> float:
    return 6.0 + LABEL_LINE * len(lines) if lines else 0.0
