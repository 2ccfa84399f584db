"""A told ladder as an SVG that a person can read: lanes side by side, time downwards, coloured spans, arrows.

Stands alone: no script, no font, nothing from elsewhere; light or dark as the reader likes it. Easy to break: names
and numbers are what strangers sent, so a text gets into it by `_escaped` only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from fs_control.cdr.timeline import MarkKind
from fs_control.face.timeline.telling import ToldLadder, ToldRow
from fs_control.flow.drawing.text_sizes import fitted, text_width, wrapped

MARGIN: Final = 24.0
CLOCKS: Final = 130.0
"""Room for clock and seconds, left of the lanes."""
HEADING: Final = 118.0
ROW: Final = 30.0
BAR: Final = 13.0
TEXT: Final = 440.0
"""Room for what happened, right of the lanes."""
TIP: Final = 8.0
LEGEND: Final = 46.0
PITCHES: Final = ((6, 128.0), (10, 104.0))
"""Up to so many lanes stand so far apart; more of them closer."""
CLOSEST: Final = 84.0

STYLE: Final = """
    .paper { fill: #ffffff; }
    .lane { stroke: #c3cad2; stroke-width: 1.2; stroke-dasharray: 2 4; }
    .ivr { fill: #6ea8e0; }
    .line { fill: #e3b341; }
    .ring { fill: #c06cc9; }
    .talk { fill: #3fa45b; }
    .hold { fill: #4fb3bf; }
    .consult { fill: #7d7fe0; }
    .supervise { fill: #d1584f; }
    .arrow { stroke: #424a53; stroke-width: 1.4; }
    .tip, .point { fill: #424a53; }
    .point { stroke: #ffffff; stroke-width: 1.5; }
    .end { fill: #b3261e; }
    .rule { stroke: #eaeef2; stroke-width: 1; }
    text { font-family: system-ui, "DejaVu Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
           font-size: 12.5px; fill: #24292f; }
    .heading { font-size: 18px; font-weight: 600; }
    .name { font-size: 13px; font-weight: 600; text-anchor: middle; }
    .what { font-size: 11.5px; fill: #656d76; text-anchor: middle; }
    .clock { fill: #24292f; font-variant-numeric: tabular-nums; }
    .since, .gap { fill: #656d76; font-size: 11.5px; text-anchor: end; font-variant-numeric: tabular-nums; }
    .quiet { fill: #656d76; }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #0d1117; }
      .lane { stroke: #444c56; }
      .ivr { fill: #4a87c4; }
      .line { fill: #b98a1e; }
      .ring { fill: #a653b0; }
      .talk { fill: #35914f; }
      .hold { fill: #35929e; }
      .consult { fill: #6568cf; }
      .supervise { fill: #c04a42; }
      .arrow { stroke: #c4ccd4; }
      .tip, .point { fill: #c4ccd4; }
      .point { stroke: #0d1117; }
      .end { fill: #f47067; }
      .rule { stroke: #1c2128; }
      text, .clock { fill: #dde3e9; }
      .what, .since, .gap, .quiet { fill: #909dab; }
    }
"""


def svg(told: ToldLadder) -> str:
    """Return the picture as the text of an SVG file."""
    return _Drawing(told).text()


class _Drawing:
    """Draws one ladder; places are in the picture's own units."""

    def __init__(self, told: ToldLadder) -> None:
        self._told = told
        lanes = len(told.heads)
        self._pitch = next((pitch for most, pitch in PITCHES if lanes <= most), CLOSEST)
        self._left = MARGIN + CLOCKS
        self._words = self._left + self._pitch * lanes + 16
        legend = sum(text_width(words, 12.5) + 44 for _, words in told.legend)
        self._width = max(self._words + TEXT, text_width(told.title, 18) + 40, legend + 40) + MARGIN
        self._top = MARGIN + HEADING
        self._height = self._top + told.rows[-1].row.height * ROW + LEGEND + MARGIN + 16

    def text(self) -> str:
        """Return the whole picture."""
        size = f"{self._width:.0f} {self._height:.0f}"
        heading = _escaped(self._told.title)
        return "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{self._width:.0f}" '
                f'height="{self._height:.0f}" role="img" aria-labelledby="title">',
                f'<title id="title">{heading}</title>',
                f"<style>{STYLE}</style>",
                f'<rect class="paper" width="{self._width:.0f}" height="{self._height:.0f}" rx="8"/>',
                f'<text class="heading" x="{MARGIN:.0f}" y="{MARGIN + 16:.0f}">{heading}</text>',
                f'<text class="quiet" x="{MARGIN:.0f}" y="{MARGIN + 38:.0f}">{_escaped(self._told.when)}</text>',
                *self._rules(),
                *self._lanes(),
                *self._spans(),
                *(part for row in self._told.rows for part in self._row(row)),
                *self._legend(),
                "</svg>",
                "",
            )
        )

    def _x(self, lane: int) -> float:
        return self._left + self._pitch * (lane + 0.5)

    def _y(self, height: float) -> float:
        return self._top + height * ROW

    # --- what stands still ---

    def _rules(self) -> Iterator[str]:
        """Draw a faint line at each row, by which the eye finds from the seconds to the words."""
        for row in self._told.rows:
            y = self._y(row.row.height)
            yield f'<path class="rule" d="M{self._left:.1f} {y:.1f}H{self._words - 10:.1f}"/>'

    def _lanes(self) -> Iterator[str]:
        end = self._y(self._told.rows[-1].row.height)
        for lane, (name, what) in enumerate(self._told.heads):
            x, widest = self._x(lane), self._pitch + (24 if lane == 0 else -8)  # left of the first one is room
            y = self._top - 38
            yield f"<g><title>{_escaped(name)} {_escaped(what)}</title>"
            yield f'<text class="name" x="{x:.1f}" y="{y:.1f}">{_escaped(fitted(name, 13, widest))}</text>'
            yield f'<text class="what" x="{x:.1f}" y="{y + 17:.1f}">{_escaped(fitted(what, 11.5, widest))}</text>'
            yield f'<path class="lane" d="M{x:.1f} {self._top - 12:.1f}V{end:.1f}"/></g>'

    def _spans(self) -> Iterator[str]:
        ladder, words = self._told.ladder, dict(self._told.legend)
        for span in ladder.timeline.spans:
            top, bottom = self._y(ladder.height_at(span.start)), self._y(ladder.height_at(span.end))
            hint = _escaped(words[span.kind])
            yield (
                f'<rect class="{span.kind}" x="{self._x(span.lane) - BAR / 2:.1f}" y="{top:.1f}" width="{BAR:.0f}" '
                f'height="{max(2.0, bottom - top):.1f}" rx="2"><title>{hint}</title></rect>'
            )

    def _legend(self) -> Iterator[str]:
        x, y = MARGIN, self._height - MARGIN
        for kind, words in self._told.legend:
            yield f'<rect class="{kind}" x="{x:.1f}" y="{y - 10:.1f}" width="13" height="13" rx="2"/>'
            yield f'<text x="{x + 20:.1f}" y="{y + 1:.1f}">{_escaped(words)}</text>'
            x += text_width(words, 12.5) + 44

    # --- what happens ---

    def _row(self, row: ToldRow) -> Iterator[str]:
        y = self._y(row.row.height)
        yield f'<text class="clock" x="{MARGIN:.1f}" y="{y + 4:.1f}">{row.clock}</text>'
        yield f'<text class="since" x="{self._left - 12:.1f}" y="{y + 4:.1f}">{row.since}</text>'
        if row.gap:
            middle = y + (self._gap_below(row) * ROW) / 2
            yield f'<text class="gap" x="{self._left - 12:.1f}" y="{middle + 4:.1f}">⋮ {_escaped(row.gap)}</text>'
        yield self._arrow(row, y) if row.row.mark.to not in (None, row.row.mark.lane) else self._point(row, y)
        yield from self._said(row, y)

    def _gap_below(self, row: ToldRow) -> float:
        rows = self._told.ladder.rows
        following = next((each.height for each in rows if each.height > row.row.height), row.row.height)
        return following - row.row.height

    def _arrow(self, row: ToldRow, y: float) -> str:
        mark = row.row.mark
        assert mark.to is not None  # an arrow leads somewhere
        start, end = self._x(mark.lane), self._x(mark.to)
        side = 1 if end > start else -1
        tip = end - side * BAR / 2
        return (
            f'<path class="arrow" d="M{start:.1f} {y:.1f}H{tip - side * TIP:.1f}"/>'
            f'<path class="tip" d="M{tip:.1f} {y:.1f}l{-side * TIP:.1f} -4.5v9z"/>'
            f'<circle class="point" cx="{start:.1f}" cy="{y:.1f}" r="4"/>'
        )

    def _point(self, row: ToldRow, y: float) -> str:
        x = self._x(row.row.mark.lane)
        if row.row.mark.kind is MarkKind.ENDED:
            return f'<rect class="end" x="{x - 7:.1f}" y="{y - 3.5:.1f}" width="14" height="7" rx="1.5"/>'
        return f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'

    def _said(self, row: ToldRow, y: float) -> Iterator[str]:
        """Write what happened in at most two lines; the whole of it is a hint."""
        lines = wrapped(row.text, 12.5, TEXT, 2)
        top = y + 4 - 7.5 * (len(lines) - 1)
        yield f"<g><title>{_escaped(row.text)}</title>"
        for index, line in enumerate(lines):
            yield f'<text x="{self._words:.1f}" y="{top + 15 * index:.1f}">{_escaped(line)}</text>'
        yield "</g>"


def _escaped(text: str) -> str:
    return escape(text, {'"': "&quot;", "'": "&#39;"})
