"""Vocabulary: what was put right in a stored call, and what tells the truth about it.

A correction is a row of its own: the call's row is never changed. Easy to break: only what another witness knows can be
corrected, so the fields are those that the switch tells of the customer's leg.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fs_control.ids import Micros

Value = Micros | str | None
"""A moment, a word, or nothing."""

FROM_SWITCH: Final = "call_leg"
"""Where a corrected value comes from: the leg as the switch itself told it."""


class CorrectedField(StrEnum):
    """What of a call can be corrected."""

    STARTED_AT = "started_at"
    ANSWERED_AT = "answered_at"
    ENDED_AT = "ended_at"
    CAUSE = "cause"


@dataclass(frozen=True, slots=True)
class Correction:
    """One value of a call that was wrong: what is stored, what is right, and how that is known."""

    field: CorrectedField
    stored: Value
    corrected: Value
    why: str
    """The code of the finding that named it."""
    source: str
    at: Micros
    """When it was written down."""
    by: str
