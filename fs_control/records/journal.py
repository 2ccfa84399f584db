"""Vocabulary: how the journal is: what of it cannot be read, and what is on no disk.

Plain values that the reader of a journal, the running engine and whoever looks at it share. Must not know how a
journal is written. Easy to break: a damage tells the place and never what stands there, which may be a caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fs_control.errors import RemoteFault
from fs_control.ids import Micros


class Why(StrEnum):
    """What is wrong at a place of a journal; `journal_damaged.` and the value are the code of a sentence."""

    CHECKSUM = "checksum"
    FOREIGN = "foreign"
    """No line of ours."""
    UNKNOWN = "unknown"
    """An event that this program does not know."""
    UNREADABLE = "unreadable"
    HEAD = "head"
    """The snapshot cannot be read."""
    MISSING = "missing"
    """Events that should stand there do not."""
    ORDER = "order"
    """An event out of turn."""
    FILE = "file"
    """The disk does not give the file."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in a journal that cannot be read as it was written."""

    file: str
    line: int
    offset: int
    """The byte in the file at which the line begins."""
    why: Why
    detail: str = ""

    def fault(self) -> RemoteFault:
        """Return it as an error, whose sentence tells it to people."""
        code = f"journal_damaged.{self.why}"
        return RemoteFault(code, **self.values())

    def values(self) -> Mapping[str, object]:
        """Return the values of that sentence."""
        return {"file": self.file, "line": self.line, "offset": self.offset, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class JournalHealth:
    """What whoever runs the centre should know of the journal; all is well where it holds nothing."""

    unwritten_since: Micros | None = None
    """Since when events are not on disk: the moment of the first of them. None while they are."""
    not_on_disk: int = 0
    """How many those are."""
    why: str = ""
    unconfirmed_s: float = 0.0
    """For how long the disk has not confirmed what it took, where that is remarkable: a power cut would cost it."""
    damage: tuple[Damage, ...] = ()
    """What the start could not read."""

    @property
    def is_well(self) -> bool:
        """Whether every event is on disk, confirmed within the usual time."""
        return self.unwritten_since is None and not self.unconfirmed_s
