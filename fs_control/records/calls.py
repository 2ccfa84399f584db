"""Vocabulary: the record of one customer's call, with its segments, offers and steps in the flow.

A record is grown by `cdr` and stored by `store`; nobody else builds one. Times are microseconds since 1970 UTC, and the
segments of an ended call touch each other without a gap: their sum is the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fs_control.ids import (
    AgentId,
    CallId,
    EnterpriseId,
    Extension,
    GroupId,
    LegId,
    Micros,
    PhoneNumber,
)
from fs_control.records.corrections import Correction
from fs_control.records.decisions import RoutingDecision


class SegmentKind(StrEnum):
    """What a stretch of a call's time was spent on; every microsecond belongs to exactly one."""

    IVR = "ivr"
    LINE = "line"
    RING = "ring"
    TALK = "talk"
    HOLD = "hold"
    """The customer heard music because the agent wanted that (C2)."""
    CONSULT = "consult"
    """The customer heard music while the agent spoke with a colleague (C4)."""


class Direction(StrEnum):
    """Who called whom."""

    INBOUND = "inbound"
    """A customer called us."""
    OUTBOUND = "outbound"
    """An agent of ours called a customer."""
    INTERNAL = "internal"
    """An agent called a colleague."""


class EndedBy(StrEnum):
    """Who brought a segment or the call to its end."""

    CALLER = "caller"
    AGENT = "agent"
    FLOW = "flow"
    CENTRE = "centre"
    """We did: a refusal, an offer that moved on, an apology."""
    SWITCH = "switch"
    """The switch or the network lost the leg."""
    OUTSIDE = "outside"
    """Somebody outside whose number was dialled for the caller."""


class Disposition(StrEnum):
    """What became of the call in one word; 'answered' only by a human (complaint 7)."""

    ANSWERED = "answered"
    ABANDONED_IN_IVR = "abandoned_in_ivr"
    ABANDONED_IN_LINE = "abandoned_in_line"
    ABANDONED_RINGING = "abandoned_ringing"
    ENDED_BY_FLOW = "ended_by_flow"
    NOBODY_SIGNED_IN = "nobody_signed_in"
    WAITED_TOO_LONG = "waited_too_long"
    QUEUE_EXIT_KEY = "queue_exit_key"
    """Left the line by a key, and no other line followed (Q10)."""
    LINE_FULL = "line_full"
    PUT_THROUGH = "put_through"
    """Talked with somebody outside, whose number the flow had dialled, and with no agent."""
    NOBODY_FREE = "nobody_free"
    """Somebody was signed in, nobody was free, and the flow lets nobody wait for that (N7)."""
    LEFT_MESSAGE = "left_message"
    """Spoke with nobody, and left a message (N7)."""
    NO_NUMBER = "no_number"
    NO_FLOW = "no_flow"
    NUMBER_FULL = "number_full"
    CENTRE_FULL = "centre_full"
    DRAINING = "draining"
    FAILED = "failed"
    PHONE_CODE = "phone_code"
    """One of our phones dialled a code, or what none of them may, and was told so."""
    COLLEAGUE_NOT_REACHED = "colleague_not_reached"
    """An agent called a colleague who could not be had (A15)."""
    # Of calls that an agent made, and in which nobody talked.
    NO_ANSWER = "no_answer"
    """The customer did not take the call up."""
    BUSY = "busy"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"
    """The network could not reach the customer's telephone."""
    NUMBER_UNKNOWN = "number_unknown"
    """Nobody has this number, or no network leads there."""
    NOT_CARRIED = "not_carried"
    """The carrier or the gateway did not take the call."""
    CANCELLED = "cancelled"
    """The agent ended it before anybody talked."""
    AGENT_NOT_REACHED = "agent_not_reached"
    """The customer answered, and the agent's phone could not be had."""
    CUSTOMER_LEFT = "customer_left"
    """The customer answered, and hung up before the agent was there."""
    RECORDS_FULL = "records_full"
    """The database was away for so long that there was no room left for another record."""


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
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    """Rang at the same time as others, of whom one was quicker."""


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
class Offer:
    """One attempt to ring one agent for one caller (D8); `leg` is its name as well as its channel's."""

    leg: LegId
    agent: AgentId
    group: GroupId
    """Whose caller it was; `NO_GROUP` where the flow named the agent."""
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
    """One thing that happened in the flow: a prompt `heard`, a key `pressed`, an exit `taken`.

    In line: a place `announced`, callers overtaken by a `vip`, another group that helps out by `overflow`. Without a
    line: an agent `not_rung` and why (`8001/reason.on_call`), an outside number `dialled`.
    """

    at: Micros
    step: str
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class MessageLeft:
    """A message that the caller left (N7): a sound `file` in the folder of recordings, and how long it is."""

    file: str
    box: str
    at: Micros
    length: Micros


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
    flow_version: int | None = None
    """Which version of `flow` answered (N10); None where none did, and in records from before it was kept."""
    messages: tuple[MessageLeft, ...] = ()
    direction: Direction = Direction.INBOUND
    dialled_by: AgentId | None = None
    """The agent who made the call; `caller` is the one whom they called, and `number` what that one was shown."""
    note: str = ""
    """What the agent wrote down when making it."""
    corrections: tuple[Correction, ...] = ()
    """What was put right since the record was stored; the record reads as it does with them (`cdr.corrected`)."""
