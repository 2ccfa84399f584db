"""Differences as a person reads them.

Owns the lines of a report, one for each reason, in the order of the trace, with the number of frames it concerns. Easy
to break: a reason is named once, by the first frame that shows it, so that hundreds of differences stay readable.
"""

from __future__ import annotations

from typing import Final

from tests.conformance.differences import Difference

SHOWN: Final = 20
WIDTH: Final = 160


def report(trace: str, differences: list[Difference], shown: int | None = SHOWN) -> str:
    """The first reasons for differences, each once with the number of frames it concerns."""
    by_reason: dict[tuple[str, ...], list[Difference]] = {}
    for each in differences:
        by_reason.setdefault(each.key, []).append(each)
    lines = [_line(same[0], len(same)) for same in by_reason.values()]
    more = len(lines) - len(lines[:shown])
    head = f"{trace}: {len(differences)} differences, {len(lines)} reasons"
    return "\n".join([head, *lines[:shown], *([f"  ... and {more} more"] if more else [])])


def _line(first: Difference, count: int) -> str:
    times = f" (x{count})" if count > 1 else ""
    place = f"  {first.wire} #{first.index} {first.label}{times}: {first.what} {first.name}".rstrip()
    match first.what:
        case "missing" | "added":
            return f"{place} {_short(first.ours)}".rstrip()
        case "header missing":
            return f"{place}, theirs {_short(first.theirs)}"
        case "header added":
            return f"{place}, ours {_short(first.ours)}"
    return f"{place}\n      theirs {_short(first.theirs)}\n      ours   {_short(first.ours)}"


def _short(text: str) -> str:
    shown = text if len(text) <= WIDTH else text[: WIDTH - 3] + "..."
    return repr(shown) if text else ""
