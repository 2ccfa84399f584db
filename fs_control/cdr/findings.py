"""What can be wrong with a stored call: one code for each way, with what is needed to look it up.

Sentences are in `texts` (`finding.<code>` says what, `finding_help.<code>` what to do). Easy to break: a finding has a
`change` only where another witness knows the true value; what merely contradicts itself is named and left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fs_control.records import CorrectedField
from fs_control.records.corrections import Value


class FindingCode(StrEnum):
    """Each way in which a call can fail to add up."""

    SEGMENTS_MISSING = "segments_missing"
    SEGMENTS_BEGIN = "segments_begin"
    SEGMENTS_END = "segments_end"
    SEGMENT_GAP = "segment_gap"
    SEGMENT_OVERLAP = "segment_overlap"
    SEGMENT_BACKWARDS = "segment_backwards"
    SEGMENT_OPEN = "segment_open"
    SEGMENT_WITHOUT_REASON = "segment_without_reason"
    CALL_OPEN = "call_open"
    CALL_BACKWARDS = "call_backwards"
    ANSWERED_OUTSIDE = "answered_outside"
    END_DIFFERS = "end_differs"
    DISPOSITION_DIFFERS = "disposition_differs"
    OFFER_OPEN = "offer_open"
    OFFER_BACKWARDS = "offer_backwards"
    OFFER_OUTSIDE = "offer_outside"
    OFFER_WITHOUT_TALK = "offer_without_talk"
    AGENT_NEVER_OFFERED = "agent_never_offered"
    CALL_WITHOUT_LEG = "call_without_leg"
    LEG_STARTED_DIFFERS = "leg_started_differs"
    LEG_ANSWERED_DIFFERS = "leg_answered_differs"
    LEG_ENDED_DIFFERS = "leg_ended_differs"
    LEG_CAUSE_DIFFERS = "leg_cause_differs"
    LEG_OUTSIDE = "leg_outside"
    LEG_OF_NOBODY = "leg_of_nobody"
    LEG_WITHOUT_CALL = "leg_without_call"


@dataclass(frozen=True, slots=True)
class Change:
    """What would put a finding right."""

    field: CorrectedField
    stored: Value
    corrected: Value


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not add up."""

    code: FindingCode
    values: Mapping[str, object] = field(default_factory=dict)
    change: Change | None = None
