"""Vocabulary: what an operator configured: numbers, groups, agents, flows. Replaced as a whole, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from fs_control.ids import (
    DEFAULT_ENTERPRISE,
    AgentId,
    EnterpriseId,
    Extension,
    GroupId,
)
from fs_control.records.calendars import Calendar, ZoneOffset
from fs_control.records.dialling import AGENT_LIMITS, NO_LIMITS, DialLimits, DialRule, Gateway
from fs_control.records.schedules import Schedule
from fs_control.records.terminals import FIRST_RIGHTS, Right, TerminalKind


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
    wrap_up_s: float | None = None
    """How long its agents finish notes after a call for it (A13); None: as in the whole enterprise."""


@dataclass(frozen=True, slots=True)
class AgentProfile:
    """An agent as the directory knows them; what they are doing now is in `agents`."""

    id: AgentId
    number: str
    name: str
    phone: Extension | None
    wrap_up_s: float | None = None
    """How long they finish notes after any call (A13); None: as the group of the call says."""
    starts_on_break: bool | None = None
    """Whether they sign in on a break (A10); None: as in the whole enterprise."""
    terminals: Mapping[TerminalKind, str] = field(default_factory=dict)
    """What else they may be rung on beside `phone` (A12), with its code (A14); see `codes`."""
    default_terminal: TerminalKind | None = None
    """Where they are signed in if they do not say where (A11); None: as in the whole enterprise."""
    extension: str | None = None
    """The number by which colleagues call them (A15); None: they cannot be called by colleagues."""
    divert_to: str | None = None
    """The outside number that is rung in place of a terminal that is not registered (A19)."""
    diverts: bool | None = None
    """Whether that is to be; None: as in the whole enterprise."""
    rights: frozenset[Right] = FIRST_RIGHTS
    caller_id: str | None = None
    """The number of ours that whoever they dial is shown (O4); None: that of the enterprise."""

    @property
    def codes(self) -> Mapping[TerminalKind, str]:
        """Return every kind of terminal that the agent may use, with its code; `phone` is the SIP phone."""
        own = {TerminalKind.SIP: self.phone} if self.phone is not None else {}
        return {**own, **self.terminals}


@dataclass(frozen=True, slots=True)
class AgentDefaults:
    """What counts for agents who have no value of their own (A26); None: what is built in counts."""

    wrap_up_s: float | None = None
    starts_on_break: bool | None = None
    default_terminal: TerminalKind | None = None
    """Where agents are signed in who say nothing (A11), if they have such a terminal."""
    diverts: bool | None = None
    """Whether calls go to the number that an agent diverts to, where their terminal is not there (A19)."""


@dataclass(frozen=True, slots=True)
class BreakReason:
    """A reason for a break, named by the enterprise (A9). Nothing could say of one that calls come in it."""

    code: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class FlowText:
    """One version of an IVR flow as the admin wrote it."""

    name: str
    text: str
    version: int | None = None
    """The how manieth of its name it is, from 1; None in journals from before that was told."""


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
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    """By name (H1)."""
    offsets: tuple[ZoneOffset, ...] = ()
    """Of `time_zone`, for the years that the calendars know; none is UTC."""
    caller_id: str | None = None
    """The number of ours that whoever is dialled is shown; None: the service number, where there is just one (O4)."""
    gateways: tuple[Gateway, ...] = ()
    """In the order in which they are tried; without any, calls go out by the one that the settings name."""
    dial_rules: tuple[DialRule, ...] = ()
    """What may be dialled beside, and what may not be of, ordinary numbers of the own country."""
    agent_limits: DialLimits = AGENT_LIMITS
    enterprise_limits: DialLimits = NO_LIMITS
    defaults: AgentDefaults = AgentDefaults()
    breaks: tuple[BreakReason, ...] = ()
    """The reasons for a break, in the order in which people are shown them; with none a break needs no reason."""
    schedules: tuple[Schedule, ...] = ()
    """Who is signed in and out by plan, in the order of their names (G1)."""

    @property
    def break_reasons(self) -> tuple[str, ...]:
        """Return the codes of the reasons for a break."""
        return tuple(reason.code for reason in self.breaks)
