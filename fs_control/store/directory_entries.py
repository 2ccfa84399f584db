"""What the forms of a directory file (YAML, CSV) have in common: entries of cells, each cell with its place.

A form only cuts text into entries; what the cells mean is read in `directory_file`, the same for every form. Easy to
break: a cell is the text as it was written, so that 0851 keeps its zero and a name may be `on` or `null`-like.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from fs_control.store.directory_plan import FileProblem, ItemKind, Place

FIELDS: Final[Mapping[ItemKind, tuple[str, ...]]] = MappingProxyType(
    {
        ItemKind.ENTERPRISE: (
            *("name", "time_zone", "language", "region", "memory_valid", "wrap_up", "starts"),
            *("default_terminal", "diverts"),
        ),
        ItemKind.PHONE: ("phone",),
        ItemKind.AGENT: (
            *("number", "name", "phone", "wrap_up", "starts", "softphone", "ordinary_phone", "app"),
            *("default_terminal", "extension", "divert_to", "diverts", "rights"),
        ),
        ItemKind.GROUP: (
            *("name", "strategy", "ring", "returning_customer"),
            *("colleague", "own_agent_wait", "own_agent_ask"),
            *("announce_every", "announce_estimate", "max_waiting", "overflow", "whisper"),
            "wrap_up",
        ),
        ItemKind.NUMBER: ("number", "flow", "max_calls", "takes_memory", "memory_valid", "absent_flow"),
        ItemKind.CALENDAR: (*("name", "time_zone", "public_holidays", "hours", "special", "holidays", "working_days"),),
    }
)
"""The cells that an entry of each kind may have; a group has members besides."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as it was written, without the blanks around it; never empty."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a file names."""

    kind: ItemKind
    place: Place
    cells: Mapping[str, Cell]
    members: tuple[Cell, ...] = ()


@dataclass(slots=True)
class Problems:
    """Gathers what is wrong in one file."""

    file: str
    found: list[FileProblem] = field(default_factory=list)

    def add(self, place: Place, code: str, **values: object) -> None:
        """Note one bad place."""
        self.found.append(FileProblem(self.file, place, code, values))
