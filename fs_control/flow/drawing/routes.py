"""The heights of the rows, and the lines between: curves from row to row, and the lanes of arrows that lead back.

Between a row of labels and the row of boxes below it is a channel. An arrow back leaves its label downward into that
channel, runs to a lane at the side of the picture, up, and by the channel above its target down to it: it meets no box.
Arrows back to the same step share lane and channel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fs_control.flow.drawing.net import Net

TRACK: Final = 9.0
"""Between two lines side by side in a channel or at the side."""
ABOVE_LABELS: Final = 20.0
CHANNEL: Final = 26.0
STEEPEST: Final = 0.07
"""How much a channel grows with the way sideways that its lines have to go."""
MOST_GROWN: Final = 46.0
CORNER: Final = 6.0
BESIDE: Final = 16.0
"""How far from its middle an arrow back meets its target."""


@dataclass(frozen=True, slots=True)
class Back:
    """Arrows back to one box on one side: from each start down to its height, by the lane, to the box at `meets`."""

    leaves: Mapping[int, float]
    target: int
    lane: float
    arrives: float
    meets: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything is: the top of each row and its height, the arrows back, and the size of the whole."""

    tops: tuple[float, ...]
    heights: tuple[float, ...]
    backs: tuple[Back, ...]
    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class _Wish:
    """Arrows back to one step on one side, before they have a lane."""

    target: int
    starts: tuple[int, ...]
    on_left: bool


def plan(net: Net, rows: Sequence[Sequence[int]], middles: Sequence[float]) -> Plan:
    """Return the heights of the rows and the ways of the arrows back."""
    edges = [_edges(net, row, middles) for row in rows]
    wishes = _wishes(net, middles, edges)
    tracks = _tracks(net, wishes, len(rows))
    tops, heights, height = _heights(net, rows, middles, [len(row) for row in tracks])
    lanes = _lanes(net, wishes, edges)
    backs = []
    for number, (wish, lane) in enumerate(zip(wishes, lanes, strict=True)):
        arrives = _track_y(net.vertices[wish.target].row, ("to", number), tracks, tops)
        meets = middles[wish.target] + (-BESIDE if wish.on_left else BESIDE)
        rows_below = {start: net.vertices[start].row + 1 for start in wish.starts}
        leaves = {start: _track_y(row, ("from", number), tracks, tops) for start, row in rows_below.items()}
        backs.append(Back(leaves, wish.target, lane, arrives, meets))
    left = min((left for left, _ in edges), default=0.0)
    right = max((right for _, right in edges), default=0.0)
    return Plan(tuple(tops), tuple(heights), tuple(backs), min([left, *lanes]), max([right, *lanes]), height)


def _edges(net: Net, row: Sequence[int], middles: Sequence[float]) -> tuple[float, float]:
    """Return where a row begins and where it ends."""
    spans = [
        (middles[number] - net.vertices[number].width / 2, middles[number] + net.vertices[number].width / 2)
        for number in row
    ]
    return min((left for left, _ in spans), default=0.0), max((right for _, right in spans), default=0.0)


def _wishes(net: Net, middles: Sequence[float], edges: Sequence[tuple[float, float]]) -> list[_Wish]:
    """Gather the arrows back by target, and by the side on which the way round is shorter."""
    found: dict[tuple[int, bool], list[int]] = {}
    for number, vertex in enumerate(net.vertices):
        if vertex.back_to is not None:
            target = net.boxes[vertex.back_to]
            left, right = _outer(edges, net.vertices[target].row, vertex.row + 1)
            both = middles[number] + middles[target]
            found.setdefault((target, both - 2 * left < 2 * right - both), []).append(number)
    return [_Wish(target, tuple(starts), on_left) for (target, on_left), starts in found.items()]


def _outer(edges: Sequence[tuple[float, float]], top: int, bottom: int) -> tuple[float, float]:
    """Return the leftmost and the rightmost place that the rows between two channels take."""
    between = edges[max(top - 1, 0) : bottom + 1]
    return min(left for left, _ in between), max(right for _, right in between)


def _tracks(net: Net, wishes: Sequence[_Wish], count: int) -> list[list[tuple[str, int]]]:
    """Return, for the channel above each row (and below the last), what runs in its tracks from the top."""
    tracks: list[list[tuple[str, int]]] = [[] for _ in range(count + 1)]
    for number, wish in enumerate(wishes):
        for row in sorted({net.vertices[start].row + 1 for start in wish.starts}):
            tracks[row].append(("from", number))
        tracks[net.vertices[wish.target].row].append(("to", number))
    return tracks


def _track_y(
    row: int, wanted: tuple[str, int], tracks: Sequence[Sequence[tuple[str, int]]], tops: Sequence[float]
) -> float:
    """Tracks hang above the row in which they end, the last one nearest to it."""
    behind = len(tracks[row]) - tracks[row].index(wanted)
    return tops[row] - 14.0 - TRACK * (behind - 1)


def _heights(
    net: Net, rows: Sequence[Sequence[int]], middles: Sequence[float], tracks: Sequence[int]
) -> tuple[list[float], list[float], float]:
    """Return the tops of the rows (and one more, below the last), their heights, and the height of all."""
    sideways = [0.0] * (len(rows) + 1)
    for upper, lower in net.links:
        row = net.vertices[lower].row
        sideways[row] = max(sideways[row], abs(middles[upper] - middles[lower]))
    tops: list[float] = []
    heights = [max((net.vertices[number].height for number in row), default=0.0) for row in rows]
    y = 0.0
    for row in range(len(rows) + 1):
        if row > 0:
            least = ABOVE_LABELS if row % 2 == 1 else CHANNEL
            y += least + min(STEEPEST * sideways[row], MOST_GROWN) + TRACK * tracks[row]
        tops.append(y)
        y += heights[row] if row < len(rows) else 0.0
    bottom = tops[-1] if tracks[-1] else tops[-2] + heights[-1]
    return tops, heights, bottom


def _lanes(net: Net, wishes: Sequence[_Wish], edges: Sequence[tuple[float, float]]) -> list[float]:
    """Return where the lane of each runs: beside all that it passes, the short ones inside, none on another."""
    spans = [
        (net.vertices[wish.target].row, max(net.vertices[start].row + 1 for start in wish.starts)) for wish in wishes
    ]
    lanes = [0.0] * len(wishes)
    done: list[int] = []
    for number in sorted(range(len(wishes)), key=lambda number: spans[number][1] - spans[number][0]):
        (top, bottom), on_left = spans[number], wishes[number].on_left
        left, right = _outer(edges, top, bottom)
        near = [
            lanes[other]
            for other in done
            if wishes[other].on_left is on_left and spans[other][0] <= bottom and top <= spans[other][1]
        ]
        lanes[number] = min([left, *near]) - TRACK if on_left else max([right, *near]) + TRACK
        done.append(number)
    return lanes


def curve(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return a line that leaves one height and meets the other straight down."""
    if abs(x0 - x1) < 0.5:
        return f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"
    middle = (y0 + y1) / 2
    return f"M{x0:.1f} {y0:.1f}C{x0:.1f} {middle:.1f} {x1:.1f} {middle:.1f} {x1:.1f} {y1:.1f}"


def with_round_corners(points: Sequence[tuple[float, float]]) -> str:
    """Return a line over points by right angles, its corners rounded off."""
    (x, y), *rest = points
    path = f"M{x:.1f} {y:.1f}"
    for (x0, y0), (x1, y1), (x2, y2) in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER, (abs(x1 - x0) + abs(y1 - y0)) / 2, (abs(x2 - x1) + abs(y2 - y1)) / 2)
        ax, ay = _towards(x1, y1, x0, y0, radius)
        bx, by = _towards(x1, y1, x2, y2, radius)
        path += f"L{ax:.1f} {ay:.1f}Q{x1:.1f} {y1:.1f} {bx:.1f} {by:.1f}"
    x, y = rest[-1]
    return path + f"L{x:.1f} {y:.1f}"


def _towards(x: float, y: float, other_x: float, other_y: float, by: float) -> tuple[float, float]:
    way = max(abs(other_x - x) + abs(other_y - y), 0.001)
    return x + (other_x - x) / way * by, y + (other_y - y) / way * by
