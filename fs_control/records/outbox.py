"""Vocabulary: how much waits for the database, and whether there is room for more.

What waits is counted by whoever keeps it; the centre is told the level alone, and takes no call whose record would
have nowhere to wait. Must not know where or how anything is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fs_control.ids import Micros


class OutboxLevel(StrEnum):
    """How full the room is for what waits for the database."""

    ROOM = "room"
    NEARLY_FULL = "nearly_full"
    """Somebody should look at it."""
    FULL = "full"
    """No new call is taken."""


@dataclass(frozen=True, slots=True)
class OutboxFacts:
    """What waits for the database at one moment: numbers of records, bytes on disk, moments of the wall clock."""

    in_memory: int = 0
    on_disk: int = 0
    bytes_used: int = 0
    bytes_most: int = 0
    """How much may lie on disk; 0 where nothing is kept there."""
    level: OutboxLevel = OutboxLevel.ROOM
    since: Micros | None = None
    """Since when something waits, because the database does not take it; None where it does."""
    why: str = ""
    """The code of what the database last met us with; "" where it takes what it is given."""
    reason: str = ""
    """In the words of the driver."""
    disk_fault: str = ""
    """Why the disk does not take what waits, in the system's words; "" where it does."""
    refused: int = 0
    """Records that the database refused, put aside until somebody hands them over again."""
    damaged: int = 0
    """Files of which a part could not be read, put aside."""

    @property
    def waiting(self) -> int:
        """Return how many records wait, wherever they are."""
        return self.in_memory + self.on_disk
