"""Vocabulary: plain data that several rooms share, without behaviour.

The directory, calendars, what is known of a caller, routing decisions and the call record: one file each, and everybody
imports them from here.
"""

from fs_control.records.actions import Action
from fs_control.records.calendars import (
    DAY_MINUTES,
    Calendar,
    Hours,
    HoursLayer,
    HoursVerdict,
    ZoneOffset,
    clock_text,
)
from fs_control.records.callers import (
    CallerFacts,
    CallMemory,
    LastTalk,
    MemoryStanding,
    SavedCustomer,
)
from fs_control.records.calls import (
    CallRecord,
    Direction,
    Disposition,
    EndedBy,
    FlowStep,
    MessageLeft,
    Offer,
    OfferResult,
    Segment,
    SegmentKind,
)
from fs_control.records.corrections import FROM_SWITCH, CorrectedField, Correction
from fs_control.records.decisions import (
    Basis,
    Claim,
    ClaimKind,
    MemberFacts,
    PassedOver,
    RoutingDecision,
)
from fs_control.records.dialling import (
    AGENT_LIMITS,
    NO_LIMITS,
    DialLimits,
    DialRule,
    Gateway,
    NumberForm,
)
from fs_control.records.directory import (
    FIRST_LEVEL,
    NO_PLACE,
    AgentDefaults,
    AgentProfile,
    BreakReason,
    Colleague,
    Directory,
    FlowText,
    Group,
    Overflow,
    ServiceNumber,
    Strategy,
)
from fs_control.records.ghosts import Examination, Ghost, GhostKind, Remedy, Stranger
from fs_control.records.journal import Damage, JournalHealth, Why
from fs_control.records.legs import SwitchLeg
from fs_control.records.outbox import OutboxFacts, OutboxLevel
from fs_control.records.schedules import (
    Participation,
    Schedule,
    minutes_to_sign_out,
    participation_of,
)
from fs_control.records.supervision import SuperviseMode, SuperviseWish, SupervisionEntry
from fs_control.records.terminals import FIRST_RIGHTS, Right, TerminalKind
from fs_control.records.tokens import ApiToken, Scope

__all__ = [
    "AGENT_LIMITS",
    "DAY_MINUTES",
    "FIRST_LEVEL",
    "FIRST_RIGHTS",
    "FROM_SWITCH",
    "NO_LIMITS",
    "NO_PLACE",
    "Action",
    "AgentDefaults",
    "AgentProfile",
    "ApiToken",
    "Basis",
    "BreakReason",
    "Calendar",
    "CallMemory",
    "CallRecord",
    "CallerFacts",
    "Claim",
    "ClaimKind",
    "Colleague",
    "CorrectedField",
    "Correction",
    "Damage",
    "DialLimits",
    "DialRule",
    "Direction",
    "Directory",
    "Disposition",
    "EndedBy",
    "Examination",
    "FlowStep",
    "FlowText",
    "Gateway",
    "Ghost",
    "GhostKind",
    "Group",
    "Hours",
    "HoursLayer",
    "HoursVerdict",
    "JournalHealth",
    "LastTalk",
    "MemberFacts",
    "MemoryStanding",
    "MessageLeft",
    "NumberForm",
    "Offer",
    "OfferResult",
    "OutboxFacts",
    "OutboxLevel",
    "Overflow",
    "Participation",
    "PassedOver",
    "Remedy",
    "Right",
    "RoutingDecision",
    "SavedCustomer",
    "Schedule",
    "Scope",
    "Segment",
    "SegmentKind",
    "ServiceNumber",
    "Stranger",
    "Strategy",
    "SuperviseMode",
    "SuperviseWish",
    "SupervisionEntry",
    "SwitchLeg",
    "TerminalKind",
    "Why",
    "ZoneOffset",
    "clock_text",
    "minutes_to_sign_out",
    "participation_of",
]
