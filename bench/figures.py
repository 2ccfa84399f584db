"""A figure: what was measured over the repetitions, how far it spread, and the goal that it meets or misses.

Knows no subject and no clock. Easy to break: a goal is judged by the median and by nothing kinder.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COLUMNS = ("figure", "median", "p10", "p90", "p99", "goal", "")


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit for the median, from above or from below."""

    limit: float
    at_least: bool = False

    def met_by(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def text(self, unit: str) -> str:
        return f"{'>=' if self.at_least else '<='} {number(self.limit)}{unit}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `values` has one value for each repetition or each call."""

    name: str
    unit: str
    values: tuple[float, ...]
    goal: Goal | None = None

    @property
    def median(self) -> float:
        return percentile(self.values, 50)

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        return "met" if self.goal.met_by(self.median) else "MISSED"

    def cells(self) -> tuple[str, ...]:
        spread = (f"{number(percentile(self.values, part))}{self.unit}" for part in (50, 10, 90, 99))
        return (self.name, *spread, self.goal.text(self.unit) if self.goal else "", self.verdict)


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that `part` percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * part / 100) - 1)]


def ratios(numerators: Iterable[float], denominators: Iterable[float]) -> tuple[float, ...]:
    """The ratio of each pair: the two halves of a pair were measured one right after the other."""
    return tuple(above / below for above, below in zip(numerators, denominators, strict=True))


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table, aligned for the eye."""
    rows = [COLUMNS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "| " + " | ".join("-" * max(3, width) for width in widths) + " |")
    return "\n".join(lines)


def number(value: float) -> str:
    """A number with as many digits as mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"
