"""A flow as an SVG that a person can read: steps as boxes in rows, callers go down, arrows back run at the sides.

Stands alone: no script, no font, nothing from elsewhere; light or dark as the reader likes it. Easy to break: a text
of the admin's gets into it by `_escaped` only, in content and in attributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from fs_control.flow.drawing.graph import Box, Graph
from fs_control.flow.drawing.net import LABEL_LINE, LINE_HEIGHT, LOOP_ROOM, Kind, Net, Vertex, net_of
from fs_control.flow.drawing.order import ordered
from fs_control.flow.drawing.places import places
from fs_control.flow.drawing.routes import Back, Plan, curve, plan, with_round_corners

MARGIN: Final = 24.0
HEADING: Final = 40.0
TIP: Final = 7.0
"""The height of an arrow's tip."""

COLOURS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("play", "say"), "speak"),
    **dict.fromkeys(("menu", "collect"), "ask"),
    **dict.fromkeys(("queue", "owner", "transfer", "agent", "dial"), "people"),
    "message": "message",
    "hangup": "end",
}
"""The type of a step -> its colour; all others decide or do something unheard."""

STYLE: Final = """
    .paper { fill: #ffffff; }
    .box { fill: #f6f8fa; stroke: #8b949e; stroke-width: 1.3; }
    .speak { fill: #e8f1fc; stroke: #3b7dc4; }
    .ask { fill: #fdf3dc; stroke: #b98514; }
    .people { fill: #e5f4ea; stroke: #2c8a4f; }
    .message { fill: #f3ebfb; stroke: #8250b8; }
    .end { fill: #eceff2; stroke: #57606a; }
    .entry { fill: #57606a; }
    .way { fill: none; stroke: #6e7781; stroke-width: 1.4; }
    .tip { fill: #6e7781; }
    .back { fill: none; stroke: #a8497b; stroke-width: 1.4; stroke-dasharray: 5 3; }
    .backtip { fill: #a8497b; }
    .plate { fill: #ffffff; stroke: #d0d7de; stroke-width: 0.8; }
    text { font-family: system-ui, "DejaVu Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
           font-size: 12px; fill: #424a53; text-anchor: middle; }
    .heading { font-size: 18px; font-weight: 600; fill: #1f2328; text-anchor: start; }
    .name { font-size: 14px; font-weight: 600; fill: #1f2328; }
    .kind { fill: #656d76; }
    .onentry { fill: #ffffff; font-weight: 600; }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #0d1117; }
      .box { fill: #161b22; stroke: #768390; }
      .speak { fill: #10233b; stroke: #539bf5; }
      .ask { fill: #302408; stroke: #c69026; }
      .people { fill: #10281a; stroke: #46a758; }
      .message { fill: #251a36; stroke: #a371f7; }
      .end { fill: #1c2128; stroke: #909dab; }
      .entry { fill: #adbac7; }
      .way { stroke: #909dab; }
      .tip { fill: #909dab; }
      .back { stroke: #e275ad; }
      .backtip { fill: #e275ad; }
      .plate { fill: #0d1117; stroke: #373e47; }
      text { fill: #c4ccd4; }
      .heading, .name { fill: #f0f3f6; }
      .kind { fill: #9aa5b1; }
      .onentry { fill: #0d1117; }
    }
"""


def svg(graph: Graph) -> str:
    """Return the picture as the text of an SVG file."""
    net = net_of(graph)
    rows = ordered(net)
    middles = places(net, rows)
    planned = plan(net, rows, middles)
    width = max(planned.right - planned.left, 18.0 * 0.62 * len(graph.title)) + 2 * MARGIN
    height = planned.height + HEADING + 2 * MARGIN
    heading = _escaped(graph.title)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}" role="img" aria-labelledby="title">',
            f'<title id="title">{heading}</title>',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{width:.0f}" height="{height:.0f}" rx="8"/>',
            f'<text class="heading" x="{MARGIN:.0f}" y="{MARGIN + 14:.0f}">{heading}</text>',
            f'<g transform="translate({MARGIN - planned.left:.1f} {MARGIN + HEADING:.1f})">',
            *_ways(net, rows, middles, planned),
            *(_back(back, net, middles, planned) for back in planned.backs),
            *_vertices(net, middles, planned),
            "</g>",
            "</svg>",
            "",
        )
    )


# --- lines ---------------------------------------------------------------------------------------------------------


def _ways(net: Net, rows: Sequence[Sequence[int]], middles: Sequence[float], planned: Plan) -> Iterator[str]:
    """Yield a line for each link, and a tip where lines meet a box."""
    ports = _ports(net, middles)
    met: set[int] = set()
    for upper, lower in net.links:
        one, other = net.vertices[upper], net.vertices[lower]
        leaves = planned.tops[one.row] + planned.heights[one.row]
        start = leaves if one.kind is Kind.POINT else planned.tops[one.row] + one.height
        arrives = planned.tops[other.row] - (TIP if other.kind is Kind.BOX else 0.0)
        x0, x1 = ports[upper, lower], middles[lower]
        path = curve(x0, leaves, x1, arrives)
        if leaves - start > 0.5:
            path = f"M{x0:.1f} {start:.1f}L{x0:.1f} {leaves:.1f}{path}"
        if other.kind is Kind.POINT and lower not in met:
            path += f"L{x1:.1f} {planned.tops[other.row] + planned.heights[other.row]:.1f}"
        style = "back" if other.back_to is not None else "way"
        yield f'<path class="{style}" d="{path}"/>'
        if other.kind is Kind.BOX and lower not in met:
            yield _tip("tip", x1, planned.tops[other.row])
        met.add(lower)


def _ports(net: Net, middles: Sequence[float]) -> dict[tuple[int, int], float]:
    """Return where each link leaves its upper vertex: spread along a box, in the order in which they go on."""
    below: dict[int, list[int]] = {}
    for upper, lower in net.links:
        below.setdefault(upper, []).append(lower)
    ports: dict[tuple[int, int], float] = {}
    for upper, lowers in below.items():
        lowers.sort(key=lambda lower: middles[lower])
        body = net.vertices[upper].body * 0.7
        apart = body / (len(lowers) - 1) if len(lowers) > 1 else 0.0
        first = middles[upper] - body / 2 if len(lowers) > 1 else middles[upper]
        for index, lower in enumerate(lowers):
            place = first + apart * index
            near = abs(middles[lower] - middles[upper]) < body / 2 and len(lowers) == 1
            ports[upper, lower] = middles[lower] if near else place
    return ports


def _back(back: Back, net: Net, middles: Sequence[float], planned: Plan) -> str:
    """Draw the arrows back to one box: the one from furthest below whole, the others as far as they run alone."""
    tip = planned.tops[net.vertices[back.target].row]
    end = ((back.lane, back.arrives), (back.meets, back.arrives), (back.meets, tip - TIP))
    lowest = max(back.leaves.values())
    reached: set[float] = set()
    paths = []
    for start in sorted(back.leaves, key=lambda start: -abs(middles[start] - back.lane)):
        vertex, leaves = net.vertices[start], back.leaves[start]
        points = [(middles[start], planned.tops[vertex.row] + vertex.height), (middles[start], leaves)]
        if leaves not in reached:
            points.append((back.lane, leaves))
            points += end if leaves == lowest else ()
        reached.add(leaves)
        paths.append(f'<path class="back" d="{with_round_corners(points)}"/>')
    return "".join(paths) + _tip("backtip", back.meets, tip)


def _tip(style: str, x: float, y: float) -> str:
    return f'<path class="{style}" d="M{x - 4.5:.1f} {y - TIP - 1:.1f}h9l-4.5 {TIP + 1:.1f}z"/>'


# --- boxes and labels ----------------------------------------------------------------------------------------------


def _vertices(net: Net, middles: Sequence[float], planned: Plan) -> Iterator[str]:
    for number, vertex in enumerate(net.vertices):
        x, y = middles[number], planned.tops[vertex.row]
        if vertex.kind is Kind.LABEL:
            yield _plate(vertex.lines, x, y, vertex.width)
        elif vertex.kind is Kind.ENTRY:
            yield _entry(vertex, x, y)
        elif vertex.box is not None:
            yield _box(vertex, vertex.box, x, y)


def _box(vertex: Vertex, box: Box, x: float, y: float) -> str:
    """Draw a step, with its type in colour and the details that had no room as a hint."""
    style = COLOURS.get(box.kind, "")
    corner = vertex.height / 2 if box.is_end else 7.0
    shape = (
        f'<rect class="box {style}" x="{x - vertex.body / 2:.1f}" y="{y:.1f}" '
        f'width="{vertex.body:.1f}" height="{vertex.height:.1f}" rx="{corner:.1f}"/>'
    )
    classes = ("name", "kind", *("line" for _ in vertex.lines[2:]))
    lines = (
        f'<text class="{name}" x="{x:.1f}" y="{y + 20 + LINE_HEIGHT * index:.1f}">{_escaped(line)}</text>'
        for index, (name, line) in enumerate(zip(classes, vertex.lines, strict=True))
    )
    hint = _escaped("\n".join((box.name, box.title, *box.lines)))
    return f"<g><title>{hint}</title>{shape}{''.join(lines)}{_loop(vertex, x, y)}</g>"


def _loop(vertex: Vertex, x: float, y: float) -> str:
    """Draw an arrow from a box to itself, at its right side."""
    if vertex.box is None or vertex.width <= vertex.body:
        return ""
    right = x + vertex.body / 2
    upper, lower = y + vertex.height / 2 - 13, y + vertex.height / 2 + 13
    out = right + 26
    path = f"M{right:.1f} {lower:.1f}C{out:.1f} {lower:.1f} {out:.1f} {upper:.1f} {right + TIP:.1f} {upper:.1f}"
    tip = f'<path class="backtip" d="M{right + TIP + 1:.1f} {upper - 4.5:.1f}v9l-{TIP + 1:.1f} -4.5z"/>'
    width = (vertex.width - vertex.body) / 2 - LOOP_ROOM
    top = y + vertex.height / 2 - (6 + LABEL_LINE * len(vertex.loop)) / 2
    plate = _plate(vertex.loop, right + 22 + width / 2, top, width) if vertex.loop else ""
    return f'<path class="back" d="{path}"/>{tip}{plate}'


def _entry(vertex: Vertex, x: float, y: float) -> str:
    shape = (
        f'<rect class="entry" x="{x - vertex.width / 2:.1f}" y="{y:.1f}" '
        f'width="{vertex.width:.1f}" height="{vertex.height:.1f}" rx="{vertex.height / 2:.1f}"/>'
    )
    return f'{shape}<text class="onentry" x="{x:.1f}" y="{y + 17:.1f}">{_escaped(vertex.lines[0])}</text>'


def _plate(lines: Sequence[str], x: float, y: float, width: float) -> str:
    height = 6 + LABEL_LINE * len(lines)
    shape = (
        f'<rect class="plate" x="{x - width / 2:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'rx="{min(height / 2, 10.5):.1f}"/>'
    )
    texts = (
        f'<text x="{x:.1f}" y="{y + 14.5 + LABEL_LINE * index:.1f}">{_escaped(line)}</text>'
        for index, line in enumerate(lines)
    )
    return shape + "".join(texts)


def _escaped(text: str) -> str:
    return escape(text, {'"': "&quot;", "'": "&#39;"})
