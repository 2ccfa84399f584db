"""The table of a run: each figure with its goal beside it, and below it every case that is wrong.

Pure. Easy to break: a distribution is judged by its slowest part (p99), not by its middle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.figures import number, percentile
from chaos.evidence import Evidence
from chaos.judging import Fault, Finding

BACK_S = 3.0
"""Within which a caller is to be back in line."""
SHOWN = 12
"""Cases of each fault that are printed."""
COLUMNS = ("figure", "value", "goal", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; without a goal it is only told."""

    name: str
    value: str
    goal: str = ""
    is_met: bool = True

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells."""
        return self.name, self.value, self.goal, ("met" if self.is_met else "MISSED") if self.goal else ""


def lines_of(evidence: Evidence, findings: Sequence[Finding]) -> Iterator[Line]:
    """Yield the table's lines."""
    blows = Counter(blow.part for blow in evidence.blows)
    yield Line("callers", str(len(evidence.placed)))
    yield Line("pairs joined", str(sum(not joined.apart for joined in evidence.joins)))
    yield from (Line(str(part), str(times)) for part, times in blows.items())
    found = Counter(finding.fault for finding in findings)
    yield from (Line(fault.value, str(found[fault]), "0", not found[fault]) for fault in Fault)
    back, taken = ([each.after_s for each in group] for group in (evidence.returns, evidence.newcomers))
    yield from _times("back in line after the start of the next control plane", back, "met its death first", BACK_S)
    yield from _times("new callers of an outage, taken after that start", taken, "left or met its death first", None)
    boots = [(life.ready_at - life.started_at) / 1e6 for life in evidence.lives if life.ready_at is not None]
    if boots:
        yield Line("control plane, from its start until it has found the switch", _spread(boots))


def _times(name: str, all_times: Sequence[float | None], others: str, limit: float | None) -> Iterator[Line]:
    times = [time for time in all_times if time is not None]
    yield Line(f"{name}: callers", f"{len(times)}, and {len(all_times) - len(times)} who {others}")
    if times:
        goal = "" if limit is None else f"p99 <= {limit:g} s"
        yield Line("- median, p99, max", _spread(times), goal, limit is None or percentile(times, 99) <= limit)


def _spread(times: Sequence[float]) -> str:
    return ", ".join(f"{number(value)} s" for value in (percentile(times, 50), percentile(times, 99), max(times)))


def is_met(evidence: Evidence, findings: Sequence[Finding]) -> bool:
    """Whether every goal is met."""
    return all(line.is_met for line in lines_of(evidence, findings))


def report(evidence: Evidence, findings: Sequence[Finding]) -> str:
    """Write the table in Markdown, and below it what is wrong."""
    rows = [COLUMNS, *(line.cells() for line in lines_of(evidence, findings))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    table = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    table.insert(1, "| " + " | ".join("-" * max(3, width) for width in widths) + " |")
    return "\n".join((*table, *_cases(findings)))


def _cases(findings: Sequence[Finding]) -> Iterator[str]:
    for fault in Fault:
        cases = [finding for finding in findings if finding.fault is fault]
        if cases:
            yield f"\n{fault.value}:"
            yield from (f"- {_moment(case)}{case.about}: {case.why}" for case in cases[:SHOWN])
            if len(cases) > SHOWN:
                yield f"- and {len(cases) - SHOWN} more"


def _moment(finding: Finding) -> str:
    return "" if finding.at is None else f"{finding.at / 1e6:.3f} "
