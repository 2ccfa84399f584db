"""What differs from one switch to the next, and a command with the link on which it travels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from fs_control.esl import Command
from fs_control.ids import EnterpriseId, LegId


class Via(Enum):
    """Which link carries an order."""

    CALLER = "caller"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class WireOrder:
    """One command and its link."""

    via: Via
    command: Command
    caller_leg: LegId | None = None
    """Whose link carries it, where a caller's does."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs from one switch to the next: the phones' domain, our prompts' folder as it sees it, its music."""

    enterprise: EnterpriseId
    domain: str
    prompts: str
    hold_music: str
    gateway: str = ""
    """The gateway to the carrier, for calls to outside numbers; "" where there is none."""
    recordings: str = ""
    """The folder of recordings as the switch sees it."""
