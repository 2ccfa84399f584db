"""Curves over the pace of the calls, as one SVG that needs nothing else to be looked at.

Pure: points come in, text goes out. Easy to break: a value may be endless (a caller who was never joined), and an SVG
has no place for it; the curve then leaves through the top.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 460, 260
LEFT, TOP, RIGHT, BOTTOM = 52, 34, 16, 58
COLOURS = ("#1f6feb", "#d1242f", "#57606a", "#9a6700", "#8250df")
COLUMNS = 2
"""Of diagrams, and of names in a legend."""
GRID = 4

Curve = Sequence[tuple[float, float]]
"""Points: calls a second, and a value."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """A title, the unit of its values, and a curve for each name."""

    title: str
    unit: str
    curves: Mapping[str, Curve]


def drawing(diagrams: Sequence[Diagram]) -> str:
    """Put diagrams into one SVG, two in a row; a name has the same colour in all of them."""
    names = dict.fromkeys(name for diagram in diagrams for name in diagram.curves)
    colours = dict(zip(names, cycle(COLOURS)))
    rows = math.ceil(len(diagrams) / COLUMNS)
    style = "text{font:11px sans-serif;fill:#24292f}.title{font-size:13px;font-weight:bold}line{stroke:#d0d7de}"
    width, height = WIDTH * COLUMNS, HEIGHT * rows
    body = "\n".join(_placed(_panel(diagram, colours), place) for place, diagram in enumerate(diagrams))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f'<style>{style}</style>\n<rect width="100%" height="100%" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _placed(panel: str, place: int) -> str:
    row, column = divmod(place, COLUMNS)
    return f'<g transform="translate({column * WIDTH},{row * HEIGHT})">\n{panel}\n</g>'


def _panel(diagram: Diagram, colours: Mapping[str, str]) -> str:
    values = [value for curve in diagram.curves.values() for _, value in curve if math.isfinite(value)]
    paces = sorted({pace for curve in diagram.curves.values() for pace, _ in curve})
    top = _round_up(max(values, default=1.0))
    parts = [
        f'<text x="{LEFT}" y="18" class="title">{escape(diagram.title)}</text>',
        *_grid(top, diagram.unit),
        *(_pace_label(pace, paces) for pace in paces),
        *(_curve(curve, colours[name], paces, top) for name, curve in diagram.curves.items()),
        *(_legend(place, name, colours[name]) for place, name in enumerate(diagram.curves)),
    ]
    return "\n".join(parts)


def _grid(top: float, unit: str) -> Iterable[str]:
    for step in range(GRID + 1):
        value = top * step / GRID
        y = _y(value, top)
        yield f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}{escape(unit)}</text>'


def _pace_label(pace: float, paces: Sequence[float]) -> str:
    return f'<text x="{_x(pace, paces):.1f}" y="{HEIGHT - BOTTOM + 15}" text-anchor="middle">{pace:g}/s</text>'


def _curve(curve: Curve, colour: str, paces: Sequence[float], top: float) -> str:
    points = [(_x(pace, paces), _y(value, top)) for pace, value in curve]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
    return f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'


def _legend(place: int, name: str, colour: str) -> str:
    row, column = divmod(place, COLUMNS)
    x, y = LEFT + column * 190, HEIGHT - 24 + row * 16
    square = f'<rect x="{x}" y="{y - 9}" width="10" height="10" fill="{colour}"/>'
    return f'{square}<text x="{x + 15}" y="{y}">{escape(name)}</text>'


def _x(pace: float, paces: Sequence[float]) -> float:
    span = (paces[-1] - paces[0]) or 1.0
    return LEFT + 14 + (pace - paces[0]) / span * (WIDTH - LEFT - RIGHT - 28)


def _y(value: float, top: float) -> float:
    """The height of a value; an endless one is above everything."""
    share = min(value / top, 1.0) if math.isfinite(value) else 1.04
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _round_up(value: float) -> float:
    """The next 1, 2, 4 or 8 of its power of ten, so that the grid has plain numbers."""
    power = 10.0 ** math.floor(math.log10(value)) if value > 0 else 1.0
    return next(step * power for step in (1, 2, 4, 8, 10) if value <= step * power)
