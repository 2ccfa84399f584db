"""Vocabulary: plain data that several rooms share, without behaviour.

The directory (what an operator configured) and the call record (what happened to one customer's call). A record is
grown by `cdr` and stored by `store`; nobody else builds one. Times are microseconds since 1970 UTC, and the
segments of an ended call touch each other without a gap: their sum is the call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from fs_control.ids import (
    DEFAULT_ENTERPRISE,
    NEVER,
    AgentId,
    CallId,
    CustomerId,
    EnterpriseId,
    Extension,
    GroupId,
    LegId,
    Micros,
    PhoneNumber,
)

# --- the directory -------------------------------------------------------------------------------------------------


class Strategy(StrEnum):
    """How a group chooses among its idle agents; equals go by the longer idle time (Q6), then by the lower id."""

    LONGEST_IDLE_TIME = "longest_idle_time"
    """The agent whose last call ended earliest (Q6)."""
    LONGEST_IDLE_STATE = "longest_idle_state"
    """The agent who entered the idle state earliest (Q7): by sign-in, or by the end of a call, break or wrap-up."""
    ROUND_ROBIN = "round_robin"
    """The agents take turns in the order of the directory (Q3)."""
    FEWEST_CALLS = "fewest_calls"
    """The agent with the fewest calls today, inbound and outbound (Q4)."""
    FEWEST_INBOUND_CALLS = "fewest_inbound_calls"
    """The agent with the fewest inbound calls today (Q5)."""
    RANDOM = "random"
    """Any idle agent, as the hash of the call and its offer says (Q8)."""
    TOP_DOWN = "top_down"
    """The lowest level of which somebody is idle, and there the first in the order of the directory."""
    RING_ALL = "ring_all"
    """All idle agents at once: the first to answer has the caller."""


FIRST_LEVEL: Final = 1
"""The level of a member for whom the directory has none."""

NO_PLACE: Final = -1
"""The place of an agent who is no member of the group, and is rung only because the caller is their own."""


@dataclass(frozen=True, slots=True)
class ServiceNumber:
    """A number that customers dial (N1); without a flow it takes no calls."""

    number: str
    flow: str | None
    max_calls: int | None = None
    takes_memory: bool = False
    """Call memory decides about its callers (M4)."""
    memory_valid_s: int | None = None
    """How long a memory counts for its callers (M2); None: as long as in the whole enterprise."""
    absent_flow: str | None = None
    """The flow for a caller whose own or remembered agent is not signed in (M3); None: as if the agent were busy."""


class Colleague(StrEnum):
    """Who takes a caller whose own agent (owner, or the one who dialled them) is busy or does not answer (M7)."""

    RANDOM = "random"
    """Any idle member of the group, by chance."""
    STRATEGY = "strategy"
    """Whom the group's strategy picks."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """After this long in line (seconds) a caller may also be taken by another group."""

    after_s: float
    group: GroupId


@dataclass(frozen=True, slots=True)
class Group:
    """A skill group (Q1): its members in the order of the directory, and how long one agent is rung (seconds)."""

    id: GroupId
    name: str
    strategy: Strategy
    members: tuple[AgentId, ...]
    ring_s: float = 20.0
    levels: Mapping[AgentId, int] = field(default_factory=dict)
    """For `TOP_DOWN`: a lower level goes first; a member without one is on level `FIRST_LEVEL`."""
    returning_customer: bool = False
    """The agent who served this caller before goes first, and the strategy decides only otherwise (Q2)."""
    colleague: Colleague = Colleague.RANDOM
    """Who takes a caller whose own agent cannot (M7)."""
    own_agent_wait_s: float | None = None
    """How long a caller waits for their own agent, who is busy, before colleagues are asked; None: not at all."""
    own_agent_ask: bool = False
    """Ask such a caller first: 1 to wait for the own agent, 2 for a colleague."""
    announce_every_s: float | None = None
    """How often a caller in line is told the position (Q9); None: never."""
    announce_estimate: bool = False
    """Tell the estimated waiting time with the position."""
    max_waiting: int | None = None
    """How many callers may wait at once; the next one leaves the queue step at once. None: any number."""
    overflow: tuple[Overflow, ...] = ()
    """Which other groups help out, and after how long; in the order of time."""
    whisper: str | None = None
    """The prompt that an agent hears between taking the call up and being joined with the caller."""


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
    memory_valid_s: int = 30 * 24 * 3600
    """How long a call memory leads a caller to its agent (M2)."""


# --- what is known of a caller -------------------------------------------------------------------------------------


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
    QUEUE_EXIT_KEY = "queue_exit_key"
    """Left the line by a key, and no other line followed (Q10)."""
    LINE_FULL = "line_full"
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
class MemberFacts:
    """What a strategy looks at in one member of a group.

    `place` is their position among the members, `idle_since` the clock of Q6 and `idle_state_since` that of Q7, and
    `tried` counts the offers of this caller to this agent that came to nothing.
    """

    agent: AgentId
    place: int = 0
    level: int = FIRST_LEVEL
    idle_since: Micros = NEVER
    idle_state_since: Micros = NEVER
    calls_today: int = 0
    inbound_today: int = 0
    tried: int = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """What a decision was made from, so that it can be made again, with one fact changed (`queues.why`).

    `free` are the members who could be offered this caller, `others` those who could not; `passed_over` says why not.
    """

    strategy: Strategy
    free: tuple[MemberFacts, ...]
    others: tuple[MemberFacts, ...] = ()
    colleague: Colleague = Colleague.STRATEGY
    """Who stands in for the caller's own agent (M7)."""
    at: Micros = NEVER
    """When, by our clock, like every moment in the facts and in the values of the reasons."""
    last_turn: int = -1
    """The place of the member who had the last turn (Q3); -1 where nobody had one."""
    draw: str = ""
    """The name of this offer and of no other: what chance is made of (Q8)."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A member of the group who was not chosen, and the one reason why (a code of `texts`).

    `values` are what the reason is made of, where that is more than the code: moments of our clock as `since`, `until`
    or `at`, or what the strategy compared as `own` and `chosen`.
    """

    agent: AgentId
    reason: str
    values: Mapping[str, int] = field(default_factory=dict)


class ClaimKind(StrEnum):
    """Why a caller is an agent's own, before any strategy is asked."""

    RETURNING_CUSTOMER = "returning_customer"
    """The agent served this caller before (Q2)."""
    OWNER = "owner"
    """The caller is a saved customer of the agent (M6)."""
    MEMORY = "memory"
    """The agent dialled this caller last, and that still counts (M1)."""

    @property
    def is_own(self) -> bool:
        """Whether the agent is rung without being a member of the group, and others only stand in for them (M7)."""
        return self is not ClaimKind.RETURNING_CUSTOMER


@dataclass(frozen=True, slots=True)
class Claim:
    """An agent whose own this caller is; in whose favour the strategy is not asked, if they can be had."""

    agent: AgentId
    kind: ClaimKind


@dataclass(frozen=True, slots=True)
class RoutingDecision:
    """Why this agent: the rule that fired, and for every other member the one reason against.

    The rule is that of the `claim` (`claim.returning_customer`) where the agent who had one was to be had; otherwise it
    is the group's strategy (`rule.round_robin`), and `passed_over` says why it was not the one with the claim. Who
    stands in for a caller's own agent was chosen by the rule for colleagues (`colleague.random`, M7). `lapsed` is an
    agent who would have had a claim, and why it counts no more, or not here.
    """

    rule: str
    agent: AgentId
    passed_over: tuple[PassedOver, ...] = ()
    claim: Claim | None = None
    lapsed: PassedOver | None = None
    basis: Basis | None = None
    """What the decision was made from; None where nobody kept it."""

    @property
    def is_substitute(self) -> bool:
        """Whether the agent stands in for the one whose own the caller is (M7)."""
        return self.claim is not None and self.claim.kind.is_own and self.claim.agent != self.agent


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
    """One thing that happened in the flow: a prompt `heard`, a key `pressed`, an exit `taken`.

    In line: a place `announced`, callers overtaken by a `vip`, another group that helps out by `overflow`.
    """

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
