"""Where exactly the vertices stand: rows keep their order and their distances, and linked vertices come close together.

Each row in turn is put as near as possible to the mean of what it is linked with: the least squares under the
condition of the order, by pooling neighbours that press on each other. Chains of points count more than boxes, so
that trunks run straight.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from fs_control.flow.drawing.net import Kind, Net

GAP: Final = 26.0
"""Between two vertices side by side."""
SMALL_GAP: Final = 10.0
"""Between two of which one is a point or a label."""
SWEEPS: Final = 40
ROUGH: Final = 6
"""So many sweeps look to one side only; the others to both."""
STRAIGHT: Final = 6.0
"""How much more a link counts that has a point at both ends."""


def places(net: Net, rows: Sequence[Sequence[int]]) -> list[float]:
    """Return the middle of each vertex, from the left edge at 0."""
    middles = [0.0] * len(net.vertices)
    for row in rows:
        _put(row, net, [0.0] * len(row), [1.0] * len(row), middles)
    above = _links(net, upward=True)
    below = _links(net, upward=False)
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            linked = [(above[vertex] if sweep % 2 == 0 else below[vertex]) for vertex in row]
            if sweep >= ROUGH:
                linked = [above[vertex] + below[vertex] for vertex in row]
            wished = [_mean(links, middles, middles[vertex]) for vertex, links in zip(row, linked, strict=True)]
            weights = [sum(weight for _, weight in links) or 0.05 for links in linked]
            _put(row, net, wished, weights, middles)
    for _ in range(2):
        _straighten(net, rows, middles)
    left = min((middles[number] - vertex.width / 2 for number, vertex in enumerate(net.vertices)), default=0.0)
    return [middle - left for middle in middles]


def _links(net: Net, *, upward: bool) -> list[list[tuple[int, float]]]:
    found: list[list[tuple[int, float]]] = [[] for _ in net.vertices]
    for upper, lower in net.links:
        bare = sum(net.vertices[end].kind is Kind.POINT for end in (upper, lower))
        weight = (1.0, 2.0, STRAIGHT)[bare]
        if upward:
            found[lower].append((upper, weight))
        else:
            found[upper].append((lower, weight))
    return found


def _mean(links: Sequence[tuple[int, float]], middles: Sequence[float], otherwise: float) -> float:
    if not links:
        return otherwise
    return sum(middles[other] * weight for other, weight in links) / sum(weight for _, weight in links)


def _put(row: Sequence[int], net: Net, wished: Sequence[float], weights: Sequence[float], middles: list[float]) -> None:
    """Place a row: its vertices in their order, as near to their wishes as the distances allow."""
    offsets = [0.0]
    for left, right in pairwise(row):
        offsets.append(offsets[-1] + _distance(net, left, right))
    pools: list[tuple[float, float, int]] = []  # mean of the wishes without their offsets, weight, how many vertices
    for wish, weight, offset in zip(wished, weights, offsets, strict=True):
        pool = (wish - offset, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            before = pools.pop()
            total = before[1] + pool[1]
            pool = ((before[0] * before[1] + pool[0] * pool[1]) / total, total, before[2] + pool[2])
        pools.append(pool)
    put = [mean for mean, _, count in pools for _ in range(count)]
    for vertex, mean, offset in zip(row, put, offsets, strict=True):
        middles[vertex] = mean + offset


def _straighten(net: Net, rows: Sequence[Sequence[int]], middles: list[float]) -> None:
    """Let each trunk run straight down as far as its neighbours leave room for it."""
    beside = {vertex: (row, index) for row in rows for index, vertex in enumerate(row)}
    for trunk in _trunks(net):
        run: list[int] = []
        least, most = float("-inf"), float("inf")
        for vertex in trunk:
            low, high = _room(net, *beside[vertex], middles)
            if run and max(least, low) > min(most, high):
                _line_up(run, least, most, middles)
                run, least, most = [], float("-inf"), float("inf")
            run.append(vertex)
            least, most = max(least, low), min(most, high)
        _line_up(run, least, most, middles)


def _line_up(run: Sequence[int], least: float, most: float, middles: list[float]) -> None:
    wished = sorted(middles[vertex] for vertex in run)[len(run) // 2]
    for vertex in run:
        middles[vertex] = min(max(wished, least), most)


def _room(net: Net, row: Sequence[int], index: int, middles: Sequence[float]) -> tuple[float, float]:
    """Return how far a vertex may go to the left and to the right."""
    vertex = row[index]
    least = middles[row[index - 1]] + _distance(net, row[index - 1], vertex) if index > 0 else float("-inf")
    right = row[index + 1] if index + 1 < len(row) else None
    most = middles[right] - _distance(net, vertex, right) if right is not None else float("inf")
    return least, most


def _trunks(net: Net) -> list[list[int]]:
    """Return the chains of points, each from the top; a chain begins with the label that nothing else joins."""
    down = {
        upper: lower for upper, lower in net.links if _is_thin(net, upper) and net.vertices[lower].kind is Kind.POINT
    }
    joined = set(down.values())
    trunks = []
    for first in down:
        if first not in joined:
            trunk = [first]
            while trunk[-1] in down and len(trunk) <= len(net.vertices):
                trunk.append(down[trunk[-1]])
            trunks.append(trunk)
    trunks.sort(key=len)  # the longest one last: where two share their end, it decides
    return trunks


def _is_thin(net: Net, number: int) -> bool:
    return net.vertices[number].kind is not Kind.BOX


def _distance(net: Net, left: int, right: int) -> float:
    one, other = net.vertices[left], net.vertices[right]
    gap = GAP if one.kind is Kind.BOX and other.kind is Kind.BOX else SMALL_GAP
    return (one.width + other.width) / 2 + gap
