"""A told ladder on a terminal: lanes as columns, time downwards, what happened at the right.

As wide as the terminal, with colours where there are some; each kind of span has a shade of its own, so that the
ladder can be read in a pipe too. Easy to break: columns are measured in cells, of which a Chinese character takes two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_uppercase
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from fs_control.cdr.ladder import Row
from fs_control.cdr.timeline import MarkKind, SpanKind
from fs_control.face.timeline.telling import ToldLadder

LOOKS: Final = {
    SpanKind.IVR: ("░", "blue"),
    SpanKind.LINE: ("▒", "yellow"),
    SpanKind.RING: ("▓", "magenta"),
    SpanKind.TALK: ("█", "green"),
    SpanKind.HOLD: ("▚", "cyan"),
    SpanKind.CONSULT: ("▞", "bright_blue"),
    SpanKind.SUPERVISE: ("┋", "red"),
}
IDLE: Final = ("│", "dim")

CLOCK: Final = 10
SINCE: Final = 9
TEXT: Final = 34
"""So many columns at least are for the text; before it gets less, the lanes become narrower."""

LANES: Final = (16, 14, 12, 10, 8, 6, 4)
NAMED: Final = 10
"""In narrower lanes there is no room for names: they get letters, and the names stand above."""


def print_ladder(console: Console, told: ToldLadder) -> None:
    """Print a ladder, line by line, as wide as the console."""
    width = _lane_width(console.width, len(told.heads))
    console.print(Text(told.title, style="bold cyan"))
    console.print(Text(told.when, style="dim"))
    console.print()
    for line in (*_heads(told.heads, width), *_ladder(console, told, width), Text(), _legend(told)):
        console.print(line, no_wrap=True, overflow="crop", highlight=False)


def _lane_width(width: int, lanes: int) -> int:
    room = width - CLOCK - SINCE - TEXT
    return next((each for each in LANES if each * lanes <= room), LANES[-1])


# --- around the ladder ---------------------------------------------------------------------------------------------


def _heads(heads: Sequence[tuple[str, str]], width: int) -> Iterator[Text]:
    margin = " " * (CLOCK + SINCE)
    if width >= NAMED:
        yield Text(margin + "".join(_centred(name, width) for name, _ in heads), style="bold")
        yield Text(margin + "".join(_centred(what, width) for _, what in heads), style="dim")
        return
    for letter, (name, what) in zip(_letters(len(heads)), heads, strict=True):
        yield Text(f"  {letter} = {name} ({what})")
    yield Text(margin + "".join(_centred(letter, width) for letter in _letters(len(heads))), style="bold")


def _letters(count: int) -> list[str]:
    return [*ascii_uppercase, *(str(number) for number in range(1, count))][:count]


def _centred(text: str, width: int) -> str:
    """Put a text around the column of its lane, cut so that lanes stay apart."""
    if cell_len(text) > width - 1:
        text = set_cell_size(text, width - 2).rstrip() + "…"
    left = max(0, width // 2 - cell_len(text) // 2)
    return set_cell_size(" " * left + text, width)


def _legend(told: ToldLadder) -> Text:
    legend = Text(" " * 2)
    for kind, words in told.legend:
        shade, colour = LOOKS[kind]
        legend.append(shade * 2, style=colour)
        legend.append(f" {words}   ")
    return legend


# --- rows ----------------------------------------------------------------------------------------------------------


def _ladder(console: Console, told: ToldLadder, width: int) -> Iterator[Text]:
    text_width = max(12, console.width - CLOCK - SINCE - width * len(told.heads) - 2)
    for row in told.rows:
        first, *others = Text(row.text).wrap(console, text_width) or [Text()]
        yield _line(row.clock, row.since, _rungs(row.row, width), first)
        goes_on = _bars(row.row, width) if row is not told.rows[-1] else Text(" " * width * len(told.heads))
        for line in others:
            yield _line("", "", goes_on, line)
        if row.gap:
            yield _line("", "", goes_on, Text(f"⋮ {row.gap}", style="dim"))


def _line(clock: str, since: str, lanes: Text, text: Text) -> Text:
    margin = f"{clock:<{CLOCK}}{since:>{SINCE - 2}}  "
    return Text.assemble((margin, "dim"), lanes, "  ", text)


def _bars(row: Row, width: int) -> Text:
    bars = Text()
    for busy in row.lanes:
        shade, style = LOOKS[busy] if busy is not None else IDLE
        bars.append(" " * (width // 2) + shade, style=style)
        bars.append(" " * (width - width // 2 - 1))
    return bars


def _rungs(row: Row, width: int) -> Text:
    """Draw the lanes with what happened: an arrow from one to another, or a point in one."""
    bars, mark = _bars(row, width), row.mark
    start = mark.lane * width + width // 2
    if mark.to is None or mark.to == mark.lane:
        sign = "■" if mark.kind is MarkKind.ENDED else "●"
        return bars[:start] + Text(sign, style="bold") + bars[start + 1 :]
    end = mark.to * width + width // 2
    low, high = min(start, end), max(start, end)
    line = "─" * (high - low - 2)
    arrow = f"{line}▶" if end > start else f"◀{line}"
    return bars[: low + 1] + Text(arrow, style="bold") + bars[high:]
