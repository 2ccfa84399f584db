"""Vocabulary: plain data that several rooms share, without behaviour.

The directory (what an operator configured) and the call record (what happened to one customer's call). A record is
grown by `cdr` and stored by `store`; nobody else builds one. Times are microseconds since 1970 UTC, and the
segments of an ended call touch each other without a gap: their sum is the call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fs_control.ids import (
    DEFAULT_ENTERPRISE,
    AgentId,
    CallId,
    EnterpriseId,
    Extension,
    GroupId,
    LegId,
    Micros,
    PhoneNumber,
)

# --- the directory -------------------------------------------------------------------------------------------------


class Strategy(StrEnum):
    """How a group chooses among its idle agents."""

    LONGEST_IDLE_TIME = "longest_idle_time"
    """The agent whose last call ended earliest (Q6)."""


@dataclass(frozen=True, slots=True)
class ServiceNumber:
    """A number that customers dial (N1); without a flow it takes no calls."""

    number: str
    flow: str | None
    max_calls: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A skill group (Q1): its members in the order of the directory, and how long one agent is rung (seconds)."""

    id: GroupId
    name: str
    strategy: Strategy
    members: tuple[AgentId, ...]
    ring_s: float = 20.0


@dataclass(frozen=True, slots=True)
class AgentProfile:
    """An agent as the directory knows them; what they are doing now is in `agents`."""

    id: AgentId
    number: str
    name: str
    phone: Extension | None


@dataclass(frozen=True, slots=True)
class FlowText:
    """One version of an IVR flow as the admin wrote it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything an operator configured for one enterprise; replaced as a whole, never changed."""

    enterprise: EnterpriseId = DEFAULT_ENTERPRISE
    time_zone: str = "Asia/Shanghai"
    language: str = "zh"
    region: str = "CN"
    numbers: Mapping[str, ServiceNumber] = field(default_factory=dict)
    groups: Mapping[GroupId, Group] = field(default_factory=dict)
    agents: Mapping[AgentId, AgentProfile] = field(default_factory=dict)


# --- the call record -----------------------------------------------------------------------------------------------


class SegmentKind(StrEnum):
    """What a stretch of a call's time was spent on; every microsecond belongs to exactly one."""

    IVR = "ivr"
    LINE = "line"
    RING = "ring"
    TALK = "talk"


class EndedBy(StrEnum):
    """Who brought a segment or the call to its end."""

    CALLER = "caller"
    AGENT = "agent"
    FLOW = "flow"
    CENTRE = "centre"
    """We did: a refusal, an offer that moved on, an apology."""
    SWITCH = "switch"
    """The switch or the network lost the leg."""


class Disposition(StrEnum):
    """What became of the call in one word; 'answered' only by a human (complaint 7)."""

    ANSWERED = "answered"
    ABANDONED_IN_IVR = "abandoned_in_ivr"
    ABANDONED_IN_LINE = "abandoned_in_line"
    ABANDONED_RINGING = "abandoned_ringing"
    ENDED_BY_FLOW = "ended_by_flow"
    NOBODY_SIGNED_IN = "nobody_signed_in"
    WAITED_TOO_LONG = "waited_too_long"
    NO_NUMBER = "no_number"
    NO_FLOW = "no_flow"
    NUMBER_FULL = "number_full"
    CENTRE_FULL = "centre_full"
    DRAINING = "draining"
    FAILED = "failed"


class OfferResult(StrEnum):
    """How one attempt to ring one agent for one caller ended."""

    ACCEPTED = "accepted"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    DECLINED = "declined"
    UNREGISTERED = "unregistered"
    UNREACHABLE = "unreachable"
    CALLER_LEFT = "caller_left"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a call; `ended_at` is None while it lasts."""

    kind: SegmentKind
    started_at: Micros
    ended_at: Micros | None = None
    ended_by: EndedBy | None = None
    cause: str | None = None
    group: GroupId | None = None
    agent: AgentId | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A member of the group who was not chosen, and the one reason why (a code of `texts`)."""

    agent: AgentId
    reason: str


@dataclass(frozen=True, slots=True)
class RoutingDecision:
    """Why this agent: the rule that fired, and for every other member the one reason against."""

    rule: str
    agent: AgentId
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """One attempt to ring one agent for one caller (D8); `leg` is its name as well as its channel's."""

    leg: LegId
    agent: AgentId
    group: GroupId
    phone: Extension
    decision: RoutingDecision
    offered_at: Micros
    ringing_at: Micros | None = None
    answered_at: Micros | None = None
    ended_at: Micros | None = None
    result: OfferResult | None = None
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One thing that happened in the flow: a prompt `heard`, a key `pressed`, an exit `taken`."""

    at: Micros
    step: str
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class CallRecord:
    """What happened to one customer's call (D1): one row, with its segments, offers and flow steps below it."""

    call_id: CallId
    enterprise: EnterpriseId
    leg: LegId
    number: str
    caller: PhoneNumber
    caller_name: str
    started_at: Micros
    flow: str | None = None
    answered_at: Micros | None = None
    ended_at: Micros | None = None
    ended_by: EndedBy | None = None
    cause: str | None = None
    disposition: Disposition | None = None
    segments: tuple[Segment, ...] = ()
    offers: tuple[Offer, ...] = ()
    steps: tuple[FlowStep, ...] = ()
