"""The groups of the board as rows: which numbers stand beside one another, and which go where the window is narrow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from rich.text import Text

from fs_control.face.live.cells import Row, Section, cell, length_words, line
from fs_control.face.words import words

Group = Mapping[str, Any]
"""`centre.board.GroupBoard` as it comes over the control socket."""

NAME: Final = (11, 24)
"""Cells of a group's name: at least, and at most."""


@dataclass(frozen=True, slots=True)
class Column:
    """One number: its heading (`live.<code>`), its cells with the gap before it, and what it shows of a group.

    Of the columns for which there is no room, those with the highest `rank` are left out first.
    """

    code: str
    width: int
    show: Callable[[Group], str]
    rank: int = 0
    style: Callable[[Group], str] = lambda _group: ""


def _count(number: int) -> str:
    return str(number) if number else "-"


def _length(length: int | None) -> str:
    return "-" if not length else length_words(length)


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _alarm(group: Group) -> str:
    """Somebody waits: yellow; and nobody is there who could take them soon: red."""
    if not group["waiting"]:
        return ""
    return "bold red" if not group["idle"] + group["ringing"] + group["talking"] else "bold yellow"


COLUMNS: Final = (
    Column("waiting", 5, lambda group: str(group["waiting"]), style=_alarm),
    Column("longest", 8, lambda group: _length(group["longest_wait"]), style=_alarm),
    Column("idle", 5, lambda group: str(group["idle"]), style=lambda group: "green" if group["idle"] else ""),
    Column("ringing", 5, lambda group: _count(group["ringing"])),
    Column("talking", 5, lambda group: _count(group["talking"])),
    Column("others", 6, lambda group: _count(sum(group["others"].values())), rank=2),
    Column("entered", 7, lambda group: str(group["today"]["entered"])),
    Column("answered", 6, lambda group: _count(group["today"]["answered"])),
    Column("abandoned", 8, lambda group: _count(sum(group["today"]["abandoned"].values()))),
    Column("left", 5, lambda group: _count(sum(group["today"]["left"].values())), rank=1),
    Column("average", 6, lambda group: _length(group["today"]["average_wait"]), rank=3),
    Column("in_time", 5, lambda group: _share(group["today"]["service_level"]), rank=1),
    Column("missed", 7, lambda group: _count(group["today"]["not_taken"].get("no_answer", 0)), rank=4),
    Column("declined", 9, lambda group: _count(group["today"]["not_taken"].get("declined", 0)), rank=4),
    Column("longest_today", 14, lambda group: _length(group["today"]["longest_wait"]), rank=5),
    Column("lost", 7, lambda group: _count(group["today"]["lost"]), rank=5),
)


def groups_section(groups: Sequence[Group], width: int) -> Section:
    """Return the groups, one to a line."""
    columns = _columns_for(width)
    name = min(NAME[1], width - sum(column.width for column in columns))
    headings = (cell(words(f"live.{column.code}"), column.width, right=True) for column in columns)
    heading = line((cell(words("live.group"), name), *headings), width)
    heading.stylize("bold")
    return Section(heading, [Row(partial(_row, group, columns, name, width)) for group in groups])


def _columns_for(width: int) -> list[Column]:
    """Return the columns that leave room for a name."""
    columns = list(COLUMNS)
    while columns and sum(column.width for column in columns) + NAME[0] > width:
        columns.remove(max(reversed(columns), key=lambda column: column.rank))
    return columns


def _row(group: Group, columns: Sequence[Column], name: int, width: int) -> Text:
    numbers = (cell(column.show(group), column.width, column.style(group), right=True) for column in columns)
    return line((cell(group["group"], name, _alarm(group)), *numbers), width)
