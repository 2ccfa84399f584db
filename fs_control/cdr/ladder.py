"""A timeline as the rows of a ladder: one for each mark, and what every lane is busy with from there on.

Both drawings, for terminals and as SVG, are made from it, so that they never differ in what they show. Easy to break:
time is not to scale, for a call may last hours and its beginning seconds; a moment between two rows lies between them.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from math import log2
from typing import Final

from fs_control.cdr.timeline import Mark, SpanKind, Timeline
from fs_control.ids import SECOND, Micros

TOLD_GAP: Final = Micros(SECOND)
"""Between two rows that are this far apart it is told how far."""

STRETCH: Final = 0.35
"""By so many rows grows the distance between two rows for each doubling of the time between them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One mark; `lanes` is what each lane is busy with after it, `gap` the time until the next row."""

    mark: Mark
    since: Micros
    """The time since the call began."""
    lanes: tuple[SpanKind | None, ...]
    gap: Micros
    height: float
    """The distance from the first row, in rows."""

    @property
    def is_gap_told(self) -> bool:
        """Tell whether something may be said of the time until the next row."""
        return self.gap >= TOLD_GAP


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rows of a call."""

    timeline: Timeline
    rows: tuple[Row, ...]

    def height_at(self, at: Micros) -> float:
        """Return where a moment lies, in rows from the first one; of rows at one moment it is the first."""
        moments = [row.mark.at for row in self.rows]
        index = bisect_left(moments, at)
        if index == len(self.rows):
            return self.rows[-1].height
        if moments[index] == at or index == 0:
            return self.rows[index].height
        before, after = self.rows[index - 1], self.rows[index]
        part = (at - before.mark.at) / (after.mark.at - before.mark.at)
        return before.height + part * (after.height - before.height)


def ladder_of(timeline: Timeline) -> Ladder:
    """Return the ladder of a timeline."""
    gaps = [Micros(after.at - before.at) for before, after in pairwise(timeline.marks)]
    rows: list[Row] = []
    height = 0.0
    for mark, gap in zip(timeline.marks, (*gaps, Micros(0)), strict=True):
        rows.append(Row(mark, Micros(mark.at - timeline.started_at), _busy(timeline, mark.at), gap, height))
        height += 1.0 + stretch(gap)
    return Ladder(timeline, tuple(rows))


def stretch(gap: Micros) -> float:
    """Return by how many rows two rows are moved apart for the time between them."""
    return STRETCH * log2(1 + max(0, gap) / SECOND)


def _busy(timeline: Timeline, at: Micros) -> tuple[SpanKind | None, ...]:
    """Return what each lane is busy with from a moment on."""
    busy: list[SpanKind | None] = [None] * len(timeline.lanes)
    for span in timeline.spans:
        if span.start <= at < span.end or (at == span.end and timeline.is_open(span)):
            busy[span.lane] = span.kind
    return tuple(busy)
