"""In which order the vertices of each row stand, so that few lines cross.

Sweeps down and up, each row sorted by the mean place of what its vertices are linked with in the row before (the
barycentre), and the best order ever seen is kept. The rows' first order is that of the flow, which settles every tie.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from fs_control.flow.drawing.net import Net

SWEEPS: Final = 24
MOST_WORK: Final = 400_000
"""Links looked at in all sweeps: a flow of the largest size gets fewer of them."""


def ordered(net: Net) -> list[list[int]]:
    """Return the numbers of the vertices row by row, from left to right."""
    above: dict[int, list[int]] = {number: [] for number in range(len(net.vertices))}
    below: dict[int, list[int]] = {number: [] for number in range(len(net.vertices))}
    for upper, lower in net.links:
        above[lower].append(upper)
        below[upper].append(lower)
    found = _first_order(net, below)
    best, least = [list(row) for row in found], _crossings(found, below)
    for sweep in range(max(2, min(SWEEPS, MOST_WORK // (len(net.links) + 1)))):
        if least == 0:
            break
        _sweep(found, above if sweep % 2 == 0 else below, downward=sweep % 2 == 0)
        crossings = _crossings(found, below)
        if crossings < least:
            best, least = [list(row) for row in found], crossings
    return best


def _first_order(net: Net, below: dict[int, list[int]]) -> list[list[int]]:
    """Order each row as a walk from the top meets it, exit by exit."""
    rows: list[list[int]] = [[] for _ in net.rows()]
    seen: set[int] = set()
    roots = [number for row in net.rows() for number in row]
    for root in roots:
        ahead = [root]
        while ahead:
            number = ahead.pop()
            if number not in seen:
                seen.add(number)
                rows[net.vertices[number].row].append(number)
                ahead.extend(reversed(below[number]))
    return rows


def _sweep(rows: list[list[int]], linked: dict[int, list[int]], *, downward: bool) -> None:
    """Sort every row by its barycentres in the row that was sorted before it."""
    numbers = range(1, len(rows)) if downward else range(len(rows) - 2, -1, -1)
    for number in numbers:
        before = rows[number - 1] if downward else rows[number + 1]
        place = {vertex: index for index, vertex in enumerate(before)}
        rows[number] = _by_barycentre(rows[number], linked, place, len(before))


def _by_barycentre(row: Sequence[int], linked: dict[int, list[int]], place: dict[int, int], size: int) -> list[int]:
    """Sort a row; a vertex that is linked with nothing keeps about its place."""

    def centre(index: int, vertex: int) -> float:
        places = [place[other] for other in linked[vertex]]
        return sum(places) / len(places) if places else index * size / len(row)

    keys = {vertex: centre(index, vertex) for index, vertex in enumerate(row)}
    return sorted(row, key=lambda vertex: keys[vertex])


def _crossings(rows: Sequence[Sequence[int]], below: dict[int, list[int]]) -> int:
    """Count how often two links cross: the inversions among their lower ends, taken in the order of the upper ones."""
    crossings = 0
    for upper, lower in pairwise(rows):
        place = {vertex: index for index, vertex in enumerate(lower)}
        passed: list[int] = []
        for vertex in upper:
            ends = sorted(place[end] for end in below[vertex])
            for end in ends:
                crossings += len(passed) - bisect_left(passed, end + 1)
            for end in ends:
                insort(passed, end)
    return crossings
