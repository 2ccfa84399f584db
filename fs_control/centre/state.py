"""What one call centre is at one moment. Plain values: no behaviour, no clock, no reference to a shell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from immutables import Map

from fs_control.agents import Agent
from fs_control.calls import Call
from fs_control.centre.dial_ledger import DialLedger
from fs_control.centre.maps import PersistentMap
from fs_control.centre.tally import GroupTally, Stay
from fs_control.flow import Ask, Dial, Flow, FlowSession, Reach, Say, TakeMessage
from fs_control.ids import NEVER, AgentId, CallId, Extension, FlowKey, GroupId, LegId, Micros, OpId, ScheduleId, TimerId
from fs_control.queues.estimate import Handling
from fs_control.records import (
    CallerFacts,
    CallRecord,
    Directory,
    OutboxLevel,
    Participation,
    SuperviseMode,
    SupervisionEntry,
)


class OutgoingStage(StrEnum):
    """How far a call has got that an agent makes."""

    AGENT_RINGS = "agent_rings"
    """The agent is to be there first."""
    CUSTOMER_RINGS = "customer_rings"
    CUSTOMER_THERE = "customer_there"
    """The customer has answered, and the agent's phone is to be rung, or rings."""
    JOINING = "joining"
    """Both are there."""
    OVER = "over"
    """They talk or have talked, or never will."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call that an agent makes: who, and the number as the gateway is told it."""

    agent: AgentId
    number: str
    gateway: str
    cost: int
    stage: OutgoingStage = OutgoingStage.CUSTOMER_RINGS


@dataclass(frozen=True, slots=True)
class Charge:
    """What each minute of a leg costs, and on whose account; None is the enterprise's alone."""

    agent: AgentId | None
    cost: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that whoever runs the centre should look at: the code and the values of a sentence."""

    at: Micros
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


class OwnWait(StrEnum):
    """How far a caller has got who may wait for their own agent, who is busy."""

    ASKED = "asked"
    """Whether they want to has been asked, and not been answered yet."""
    SETTLED = "settled"
    """They have answered, or have not in time."""


@dataclass(frozen=True, slots=True)
class MessageUnderWay:
    """A message that a caller leaves just now (N7): the application, where it goes to, and its limits."""

    op: OpId
    box: str
    file: str
    longest: Micros
    silence: Micros
    began_at: Micros | None = None
    """When the tone was over, by the switch's clock; None before that."""


class OwnStage(StrEnum):
    """How far the call of one of our own phones has got."""

    TELLING = "telling"
    """A sentence is said, and then it is over; or a colleague is called."""
    NUMBER = "number"
    """The agent number is asked for (0000)."""
    PIN = "pin"
    CHECKING = "checking"
    """The PIN is compared with what the database has."""


@dataclass(frozen=True, slots=True)
class OwnCall:
    """What the call of one of our own phones is about: which one, and the agent at it, as far as anybody is."""

    phone: Extension
    agent: AgentId | None = None
    stage: OwnStage = OwnStage.TELLING
    number: str = ""
    """The agent number that was typed."""
    tries: int = 0
    """How often number and PIN were typed, or were not."""
    is_busy: bool = False
    """Whether the agent has nothing else to do than this call."""


@dataclass(frozen=True, slots=True)
class PinTries:
    """How often in a row a PIN was typed that was not right, or is being looked at, and when last."""

    count: int
    last_at: Micros


class DetourStage(StrEnum):
    """How far a customer has got whom an agent has handed on."""

    THERE = "there"
    """The target is tried."""
    BACK = "back"
    """The target could not be reached: the agent who handed the customer on is rung."""
    IN_LINE = "in_line"
    """The agent could not be reached either."""


@dataclass(frozen=True, slots=True)
class Detour:
    """A customer who is handed on without a word (C3): to one of `agent`, `group`, `number`, by agent `back_to`.

    All are what people call them. `line` is the group at the head of whose line the customer is put at last, "" for
    none; `note` is shown to whoever takes the customer over. A `number` is the key of one, and called on the account
    of agent `by`.
    """

    back_to: str
    agent: str = ""
    group: str = ""
    number: str = ""
    line: str = ""
    note: str = ""
    by: AgentId | None = None
    stage: DetourStage = DetourStage.THERE


@dataclass(frozen=True, slots=True)
class LiveCall:
    """A call with where it is in its flow and the record that is growing."""

    call: Call
    record: CallRecord
    flow: FlowKey | None = None
    session: FlowSession | None = None
    heard: Ask | Say | TakeMessage | None = None
    """What the caller is to hear by the last order of the flow or as a last sentence: ordered anew if they return."""
    served_before_by: AgentId | None = None
    """The agent who last served this caller, once somebody has looked; the groups that want it prefer them (Q2)."""
    being_looked_up: bool = False
    """The database is being asked who calls: nobody is rung for the caller meanwhile."""
    facts: CallerFacts | None = None
    """What it answered; None before that, and for one of whom it could say nothing."""
    own_agents: tuple[AgentId, ...] | None = None
    """Whom the queue step lets callers reach as their own agent (N11); None is everybody."""
    sent_elsewhere: bool = False
    """The flow for callers whose own agent is not signed in has had this caller (M3)."""
    own_wait: OwnWait | None = None
    """Whether the caller was asked in this line to wait for their own agent; nothing is asked twice in one line."""
    question: OpId | None = None
    """The application by which they were asked."""
    talk: Reach | Dial | None = None
    """The talk without a line that the flow has ordered, until it is over; still to be begun while in the flow."""
    stop_if_none_free: bool = False
    """Nobody is to wait in this line: decided as soon as it is known who calls."""
    flows: Mapping[str, FlowKey] = field(default_factory=dict)
    """The version of every flow that this call may meet, by name: what is activated later is for later calls (N10)."""
    typed: str = ""
    """The keys that were pressed since the flow was last told of any (`typing_ahead`)."""
    fetching: OpId | None = None
    """What was asked of somebody else's server, as long as the flow waits for the answer."""
    message: MessageUnderWay | None = None
    """The message that is being recorded."""
    detour: Detour | None = None
    """Where the customer goes whom an agent has handed on, until somebody talks with them."""
    via: str = ""
    """The agent by whom the customer was handed on, and their note: for the displays of all who come after."""
    own: OwnCall | None = None
    """What one of our own phones has called for; None for every other call."""
    outgoing: Outgoing | None = None
    """What the call is about that an agent made; None for every other call."""
    charges: Mapping[LegId, Charge] = field(default_factory=dict)
    """What is being paid, for each leg of somebody outside who has answered."""


@dataclass(frozen=True, slots=True)
class ClosingLeg:
    """An agent's leg that we ordered to end and whose end the switch has not told yet."""

    agent: AgentId
    call: CallId


@dataclass(frozen=True, slots=True)
class Unclear:
    """A call of which legs were gone when the switch was found, until it is told how they ended."""

    found_at: Micros
    """When the switch was found, by its own clock."""
    gone: tuple[LegId, ...]
    answered: tuple[LegId, ...] = ()
    """Those that were there and had been taken up."""


@dataclass(frozen=True, slots=True)
class Supervision:
    """A leader on the call of an agent, or on the way there."""

    leader: AgentId
    agent: AgentId
    call: CallId
    by: str
    """Who asked for what is going on."""
    mode: SuperviseMode
    began_at: Micros | None = None
    """Since when it is this mode, by the switch's clock; None as long as the phone rings."""
    takes: bool = False
    """The leader wants the customer as soon as they are there."""
    entries: int = 0
    """How many entries of the log there are of it."""


@dataclass(frozen=True, slots=True)
class PlanRefusal:
    """Why a schedule could not sign an agent in or out: the code and the values of a sentence."""

    agent: AgentId
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanRun:
    """The last time that a schedule did something: when it was due, when it was done, and for whom."""

    due_at: Micros
    done_at: Micros
    act: Participation
    done: tuple[AgentId, ...] = ()
    left_alone: tuple[AgentId, ...] = ()
    """Who was signed in, or out, already."""
    refused: tuple[PlanRefusal, ...] = ()


@dataclass(frozen=True, slots=True)
class CallCentre:
    """Everything that is going on in one enterprise; replaced by every event, never changed."""

    at: Micros = NEVER
    directory: Directory = field(default_factory=Directory)
    max_calls: int = 0
    draining: bool = False
    flows: PersistentMap[FlowKey, Flow] = field(default_factory=Map)
    """Every version that is active or that a live call began with."""
    active_flows: PersistentMap[str, FlowKey] = field(default_factory=Map)
    groups_of: PersistentMap[AgentId, tuple[GroupId, ...]] = field(default_factory=Map)
    calls: PersistentMap[CallId, LiveCall] = field(default_factory=Map)
    legs: PersistentMap[LegId, CallId] = field(default_factory=Map)
    loads: PersistentMap[str, int] = field(default_factory=Map)
    """How many admitted calls each service number has."""
    admitted: int = 0
    lines: PersistentMap[GroupId, tuple[CallId, ...]] = field(default_factory=Map)
    """The callers of each group, those included for whom a phone rings: by priority, then as they came (`place`)."""
    turns: PersistentMap[GroupId, AgentId] = field(default_factory=Map)
    """Who had the last turn in each group that takes turns (Q3)."""
    today: str = ""
    """The day in the enterprise's time zone that the agents' counts are of; "" before anybody has said."""
    agents: PersistentMap[AgentId, Agent] = field(default_factory=Map)
    phones: PersistentMap[str, bool] = field(default_factory=Map)
    """What the switch told about registrations; a phone it said nothing about may well be there."""
    closing: PersistentMap[LegId, ClosingLeg] = field(default_factory=Map)
    timers: PersistentMap[TimerId, Micros] = field(default_factory=Map)
    """When each running timer is due: a restarted process starts them again."""
    unstored: PersistentMap[CallId, CallRecord] = field(default_factory=Map)
    """Ended calls that the database has not confirmed yet."""
    core: str | None = None
    """The run of the switch that we are linked to."""
    link_lost_at: Micros | None = None
    """Since when we have no link to the switch; None while there is one."""
    switch_ahead: Micros = NEVER
    """How far the switch's clock is ahead of ours, by its last event; below zero where it is behind."""
    tallies: PersistentMap[GroupId, GroupTally] = field(default_factory=Map)
    """What is counted of each group since the day began; a group to which nobody came has none."""
    stays: PersistentMap[CallId, tuple[Stay, ...]] = field(default_factory=Map)
    """The groups to which each live call came, and what became of that."""
    handling: PersistentMap[GroupId, Handling] = field(default_factory=Map)
    """How long the talks of each group take; one of which nobody has talked yet has no entry."""
    look_up_within: Micros = NEVER
    """How long the database has to say who calls; without any time it is not asked."""
    wanted: PersistentMap[AgentId, tuple[CallId, ...]] = field(default_factory=Map)
    """Who in line is which agent's own, by the agent: also those in lines of groups that the agent is no member of."""
    flow_versions: PersistentMap[str, int] = field(default_factory=Map)
    """Which version of its name each active flow is (N10); the database counts them."""
    planned_until: Micros = NEVER
    """Up to when everything that schedules asked for was done; NEVER before there was a directory."""
    plan_runs: PersistentMap[ScheduleId, PlanRun] = field(default_factory=Map)
    """When each schedule last did something, and what came of it."""
    bound: PersistentMap[Extension, AgentId] = field(default_factory=Map)
    """Who has made which phone theirs by dialling 0000; the same is in `Agent.bound_phone`."""
    pin_tries: PersistentMap[str, PinTries] = field(default_factory=Map)
    """By `agent:NUMBER` and by `phone:EXTENSION`: who guesses is locked out after some tries (`binding`)."""
    supervised: PersistentMap[LegId, Supervision] = field(default_factory=Map)
    """The leaders who are on the calls of others, by the leader's own leg, which belongs to no call."""
    unstored_supervisions: PersistentMap[str, SupervisionEntry] = field(default_factory=Map)
    """What leaders did and the database has not confirmed yet."""
    dials: DialLedger = field(default_factory=DialLedger)
    """What was dialled outside, and what it has cost."""
    alarms: tuple[Alarm, ...] = ()
    """The alarms of today."""
    barred: PersistentMap[AgentId, int] = field(default_factory=Map)
    """How often each agent was not let dial a number today."""
    suspected: PersistentMap[str, Micros] = field(default_factory=Map)
    """Where the last comparison with the switch did not agree, and since when (`ghosts`); the next one heals it."""
    ghosts: int = 0
    """How many were healed today."""
    outbox: OutboxLevel = OutboxLevel.ROOM
    """How full the room is for records that wait for the database; with none left no new call is taken."""
    unclear: PersistentMap[CallId, Unclear] = field(default_factory=Map)
    """The calls of which it is being asked how their legs ended (`leg_ends`)."""
