"""Lines that fit a window: text cut to a number of cells, and as many rows as there is room for.

Knows nothing of what is shown. Widths are counted in cells, of which a Chinese character takes two; rich counts them.
Easy to break: whatever people or strangers named goes through `cell`, which lets no sign steer the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from fs_control.face.words import printable, words
from fs_control.ids import SECOND

GAP: Final = Text(" ")


@dataclass(frozen=True, slots=True)
class Row:
    """One line that is drawn only where there is room for it; `items` is how many things it shows."""

    draw: Callable[[], Text]
    items: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what is below it."""

    heading: Text
    rows: Sequence[Row]

    @property
    def height(self) -> int:
        """Return how many lines it wants."""
        return 1 + len(self.rows)

    def lines(self, room: int) -> list[Text]:
        """Return as many lines as there is room for; the last one says how much is not shown."""
        if room < 1:
            return []
        if self.height <= room:
            return [self.heading, *(row.draw() for row in self.rows)]
        shown = max(0, room - 2)
        hidden = sum(row.items for row in self.rows[shown:])
        more = [Text(words("live.more", count=hidden), style="dim")] if room > 1 else []
        return [self.heading, *(row.draw() for row in self.rows[:shown]), *more]


def cell(text: str, width: int, style: str = "", *, right: bool = False) -> Text:
    """Return text as exactly so many cells: cut with an ellipsis, or filled with blanks."""
    if width < 1:
        return Text()
    shown = Text(printable(text), style=style, no_wrap=True, end="")
    shown.truncate(width, overflow="ellipsis")
    missing = " " * (width - cell_len(shown.plain))
    return Text.assemble(missing, shown) if right else Text.assemble(shown, missing)


def line(parts: Iterable[Text], width: int) -> Text:
    """Put parts beside one another in one line that is never wider than the window."""
    whole = Text.assemble(*parts)
    whole.truncate(width, overflow="ellipsis")
    whole.rstrip()
    return whole


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """Share room among those who want some: whoever wants little gets it, the others get equal parts of the rest."""
    given = [0] * len(wanted)
    by_wish = sorted(range(len(wanted)), key=lambda place: wanted[place])
    for behind, place in enumerate(by_wish):
        given[place] = min(wanted[place], room // (len(wanted) - behind))
        room -= given[place]
    return given


def length_words(length: int) -> str:
    """Return a length (microseconds) in five cells: 0:07, 12:30, and from an hour on 1h02."""
    whole = max(0, length) // SECOND
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}h{minutes:02}" if hours else f"{minutes}:{rest:02}"
