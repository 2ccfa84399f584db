"""Vocabulary: what the database knows of a caller: whose customer, who dialled them, who talked with them last."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fs_control.ids import (
    AgentId,
    CustomerId,
    Micros,
)


class MemoryStanding(StrEnum):
    """Whether a call memory decides about a call."""

    VALID = "valid"
    EXPIRED = "expired"
    NUMBER_TAKES_NO_PART = "number_takes_no_part"
    """The service number is not among those for which memory works (M4)."""


@dataclass(frozen=True, slots=True)
class SavedCustomer:
    """A customer of the enterprise (M5); `owner` is the agent to whom they belong."""

    id: CustomerId
    number: str
    name: str
    owner: AgentId
    priority: int = 0
    """Where a VIP stands in line: a higher one goes first, 0 is everybody's (N8)."""


@dataclass(frozen=True, slots=True)
class CallMemory:
    """The agent who dialled this caller last (M1), and whether that counts at the moment of the look-up."""

    agent: AgentId
    remembered_at: Micros
    expires_at: Micros
    """From this moment on it counts no more (M2)."""
    standing: MemoryStanding


@dataclass(frozen=True, slots=True)
class LastTalk:
    """The agent who talked with this caller last (Q2), among those whom the directory still has."""

    agent: AgentId
    ended_at: Micros


@dataclass(frozen=True, slots=True)
class CallerFacts:
    """What the database knows of a caller of one service number; nothing of anybody is a stranger's."""

    customer: SavedCustomer | None = None
    memory: CallMemory | None = None
    last_talk: LastTalk | None = None

    @property
    def is_stranger(self) -> bool:
        """Whether nobody of this enterprise has saved the caller (M10)."""
        return self.customer is None
