"""The whole board as lines: a head, then groups, agents and calls, each with its share of the window.

Without a height everything is shown: that is a print and not a board.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.text import Text

from fs_control.face.clock_words import local_time
from fs_control.face.live.cells import Section, line, shares
from fs_control.face.live.groups import groups_section
from fs_control.face.live.people import agents_section, calls_section
from fs_control.face.words import printable, words
from fs_control.ids import Micros

Board = Mapping[str, Any]


def board_lines(board: Board, width: int, height: int | None = None) -> list[Text]:
    """Return the picture as lines of at most `width` cells, and where a height is given of at most so many lines."""
    sections = [groups_section(board["groups"], width), agents_section(board, width), calls_section(board, width)]
    lines = [_head(board, width)]
    for section, room in zip(sections, _rooms(sections, height), strict=True):
        shown = section.lines(room)
        lines += [Text(), *shown] if shown else []
    return lines if height is None else lines[:height]


def _rooms(sections: list[Section], height: int | None) -> list[int]:
    """Share the lines below the head, with a blank one before each section."""
    wanted = [section.height for section in sections]
    return wanted if height is None else shares(wanted, max(0, height - 1 - len(sections)))


def _head(board: Board, width: int) -> Text:
    switch = "live.switch_there" if board["is_switch_there"] else "live.switch_away"
    parts = [
        Text(f"{local_time(Micros(board['at']), board['time_zone']):%H:%M:%S}", style="bold"),
        Text(printable(board["enterprise"])),
        Text(words("live.calls", calls=len(board["calls"]), most=board["max_calls"])),
        Text(words(switch), style="" if board["is_switch_there"] else "bold red"),
    ]
    if board["is_draining"]:
        parts.append(Text(words("live.draining"), style="bold yellow"))
    return line((Text("   ").join(parts),), width)
