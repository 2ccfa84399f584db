"""One call as a value, and the one table that says which change is allowed from where.

A trigger that the table does not list is a defect of ours and raises BrokenInvariant. What the caller's leg and the
agent's leg do is told by events of the switch; the centre turns them into triggers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from fs_control.calls.talk import Talk
from fs_control.errors import BrokenInvariant
from fs_control.ids import NEVER, AgentId, CallId, GroupId, LegId, Micros, OpId
from fs_control.records import Direction, Disposition, EndedBy


class CallState(StrEnum):
    """Where a call is."""

    IN_FLOW = "in_flow"
    WAITING = "waiting"
    RINGING_AGENT = "ringing_agent"
    CONNECTING = "connecting"
    """The agent answered; the legs are being joined."""
    TALKING = "talking"
    LEAVING = "leaving"
    """The caller hears a last sentence, or the hang-up is ordered."""
    DIALLING = "dialling"
    """An outside number rings."""
    OUTSIDE = "outside"
    """Talks with somebody whose number was dialled."""
    CALLING = "calling"
    """An agent is calling the customer, whose phone rings or is to ring."""


class CallTrigger(StrEnum):
    """What can happen to a call."""

    JOINED_LINE = "joined_line"
    OFFERED = "offered"
    OFFER_FAILED = "offer_failed"
    AGENT_ANSWERED = "agent_answered"
    BRIDGED = "bridged"
    LEFT_LINE = "left_line"
    """The flow goes on: nobody there, waited too long, or served."""
    DISMISSED = "dismissed"
    """We are ending the call."""
    UNREACHED = "unreached"
    """Nobody took up the call for whom there is no line: the flow goes on."""
    DIALLED = "dialled"
    REACHED = "reached"
    """The customer whom an agent called is there."""
    TRANSFERRED = "transferred"
    """The agent hands the caller on without a word: whom to is tried next."""
    HANDED_OUTSIDE = "handed_outside"
    """The agent leaves the caller with somebody outside."""


_TABLE: Final[dict[tuple[CallState, CallTrigger], CallState]] = {
    (CallState.IN_FLOW, CallTrigger.JOINED_LINE): CallState.WAITING,
    (CallState.WAITING, CallTrigger.OFFERED): CallState.RINGING_AGENT,
    (CallState.RINGING_AGENT, CallTrigger.OFFER_FAILED): CallState.WAITING,
    (CallState.RINGING_AGENT, CallTrigger.AGENT_ANSWERED): CallState.CONNECTING,
    (CallState.CONNECTING, CallTrigger.OFFER_FAILED): CallState.WAITING,
    (CallState.CONNECTING, CallTrigger.BRIDGED): CallState.TALKING,
    (CallState.WAITING, CallTrigger.LEFT_LINE): CallState.IN_FLOW,
    (CallState.TALKING, CallTrigger.LEFT_LINE): CallState.IN_FLOW,
    (CallState.IN_FLOW, CallTrigger.DISMISSED): CallState.LEAVING,
    (CallState.WAITING, CallTrigger.DISMISSED): CallState.LEAVING,
    (CallState.TALKING, CallTrigger.DISMISSED): CallState.LEAVING,
    (CallState.LEAVING, CallTrigger.DISMISSED): CallState.LEAVING,
    # Talks without a line: with an agent whom the flow names, or outside.
    (CallState.IN_FLOW, CallTrigger.OFFERED): CallState.RINGING_AGENT,
    (CallState.RINGING_AGENT, CallTrigger.UNREACHED): CallState.IN_FLOW,
    (CallState.CONNECTING, CallTrigger.UNREACHED): CallState.IN_FLOW,
    (CallState.IN_FLOW, CallTrigger.DIALLED): CallState.DIALLING,
    (CallState.DIALLING, CallTrigger.UNREACHED): CallState.IN_FLOW,
    (CallState.DIALLING, CallTrigger.BRIDGED): CallState.OUTSIDE,
    (CallState.OUTSIDE, CallTrigger.LEFT_LINE): CallState.IN_FLOW,
    (CallState.DIALLING, CallTrigger.DISMISSED): CallState.LEAVING,
    (CallState.OUTSIDE, CallTrigger.DISMISSED): CallState.LEAVING,
    # A call that an agent makes: the customer first, or the agent.
    (CallState.CALLING, CallTrigger.REACHED): CallState.IN_FLOW,
    (CallState.CALLING, CallTrigger.BRIDGED): CallState.TALKING,
    (CallState.CALLING, CallTrigger.DISMISSED): CallState.LEAVING,
    (CallState.TALKING, CallTrigger.TRANSFERRED): CallState.IN_FLOW,
    (CallState.TALKING, CallTrigger.HANDED_OUTSIDE): CallState.OUTSIDE,
}


@dataclass(frozen=True, slots=True)
class LiveOffer:
    """An offer that is under way: which agent, over which leg of ours.

    `rung` is False as long as the caller's music has to end before the phone can be rung, for `ring`.
    """

    leg: LegId
    agent: AgentId
    group: GroupId
    ring: Micros = NEVER
    rung: bool = True
    whisper: str | None = None
    """The prompt that the agent hears after taking the call up and before being joined."""
    first: LegId | None = None
    """The leg by which the attempt is called, where several phones ring in one; None where this is the only one."""
    must_accept: bool = False
    """An ordinary telephone rings: it has the caller when a key was pressed, for a voicemail answers as well."""

    @property
    def attempt(self) -> LegId:
        """Return the name of the attempt: the switch tells its end by it (`BridgeEnded`)."""
        return self.first or self.leg


@dataclass(frozen=True, slots=True)
class Dialled:
    """An outside number that rings, or talks, over this leg of ours; `cost` is that of a minute (`spending`).

    It is on the account of agent `by`; None is the enterprise's alone.
    """

    leg: LegId
    number: str
    cost: int = 0
    by: AgentId | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One customer's call now."""

    id: CallId
    leg: LegId
    number: str
    arrived_at: Micros = NEVER
    """By our clock; the record has the switch's."""
    state: CallState = CallState.IN_FLOW
    admitted: bool = True
    """False for a caller who is only told why the call is not taken."""
    op: OpId | None = None
    """The application whose end we are waiting for; completions of any other are ignored."""
    hushed: bool = False
    """The end of the music was ordered."""
    group: GroupId | None = None
    joined_at: Micros | None = None
    offer: LiveOffer | None = None
    away: bool = False
    """The caller's connection is gone: the dialplan has the leg, and hands it to us again (`CallReturned`)."""
    bridging: LegId | None = None
    """The attempt for which the caller's leg rings, or by which it talks: nothing else runs on it (`BridgeEnded`).

    Its name is that of an agent's leg (`LiveOffer.attempt`).
    """
    unguarded: bool = False
    """An agent has answered: if we die now, the dialplan does not get the caller before the agent leaves."""
    declined: Mapping[AgentId, Micros] = field(default_factory=dict)
    tried: Mapping[AgentId, int] = field(default_factory=dict)
    ended_by: EndedBy | None = None
    """Who ended the call, where it was not the caller's own hang-up."""
    verdict: Disposition | None = None
    """What the record says of the call where its segments alone do not tell."""
    legs_made: int = 0
    ops_made: int = 0
    crashes: int = 0
    priority: int = 0
    """A caller of a higher one goes first in every line (N8)."""
    also_in: Mapping[GroupId, Micros] = field(default_factory=dict)
    """The groups that help out, in whose lines the caller stands too, and since when; `group` stays their own."""
    exit_keys: tuple[str, ...] = ()
    """The keys by which the caller may leave the line (Q10)."""
    announced_at: Micros | None = None
    """When the caller was last told their place in this line (Q9); None before the first time."""
    announcement: OpId | None = None
    """The application that told it last, or still does."""
    told: str = ""
    """What it told, as the record has it."""
    others: tuple[LiveOffer, ...] = ()
    """The offers beside `offer`, while several phones ring at once; who answers becomes `offer`."""
    dialled: Dialled | None = None
    """The outside number, while it rings or talks."""
    early: bool = False
    """The call is not taken up yet: the caller hears us in early media, and pays nothing."""
    goes_first: bool = False
    """Goes before everybody in line: handed on in vain, and the agent is not there to go back to."""
    leaving: LiveOffer | None = None
    """The agent who hands the customer over: that leg ends when the others are joined, and not before."""
    talk: Talk = field(default_factory=Talk)
    """Where the talk with the agent stands, while the state is TALKING."""
    returns: bool = False
    """After the talk the caller's leg is handed to us on a new connection, for a phone's own key was at work."""
    sent_by: str = ""
    """The last transfer by a phone's key by which the leg came to us (`CallReturned.transfer`)."""
    direction: Direction = Direction.INBOUND

    @property
    def lines(self) -> tuple[GroupId, ...]:
        """Return the groups in whose lines a waiting caller stands, their own first."""
        return (self.group, *self.also_in) if self.group is not None else ()

    def in_line_since(self, group: GroupId) -> Micros:
        """Return since when the caller stands in the line of one of `lines`."""
        return self.also_in.get(group, self.joined_at or NEVER)

    @property
    def is_announcing(self) -> bool:
        """Whether the caller is just being told their place."""
        return self.announcement is not None and self.announcement == self.op

    @property
    def is_joined(self) -> bool:
        """Whether the caller talks, or is being joined: that goes on without a connection of ours."""
        taken_up = self.state is CallState.DIALLING and self.unguarded
        if self.state is CallState.TALKING and (self.talk.lets_customer_wait or self.talk.apart):
            return False
        return taken_up or self.state in (CallState.CONNECTING, CallState.TALKING, CallState.OUTSIDE)

    @property
    def hears_us(self) -> bool:
        """Whether something can be played to the caller now."""
        return not self.away and self.bridging is None

    @property
    def offers(self) -> tuple[LiveOffer, ...]:
        """Return all offers under way; after an answer, that of the one who answered is the first."""
        return (self.offer, *self.others) if self.offer is not None else ()

    def offer_on(self, leg: LegId) -> LiveOffer | None:
        """Return the offer whose leg this is, or None."""
        return next((offer for offer in self.offers if offer.leg == leg), None)

    def led_by(self, leg: LegId) -> Call:
        """Return the call with this offer as the first one."""
        first = [offer for offer in self.offers if offer.leg == leg]
        return self.with_offers(*first, *(offer for offer in self.offers if offer.leg != leg))

    def without_offer(self, leg: LegId) -> Call:
        """Return the call with one offer less; another takes the first place where that was the first."""
        return self.with_offers(*(offer for offer in self.offers if offer.leg != leg))

    def with_offers(self, *offers: LiveOffer) -> Call:
        """Return the call with these offers, the first one first."""
        return replace(self, offer=offers[0] if offers else None, others=offers[1:])

    def with_next_op(self) -> tuple[Call, OpId]:
        """Return the call waiting for a new application, and that application's name."""
        op = OpId(f"{self.id}.{self.ops_made + 1}")
        return replace(self, op=op, ops_made=self.ops_made + 1), op


def advance(call: Call, trigger: CallTrigger) -> Call:
    """Return the call after a trigger. BrokenInvariant where the table has no row."""
    target = _TABLE.get((call.state, trigger))
    if target is None:
        raise BrokenInvariant("call_transition", call=call.id, state=call.state, trigger=trigger)
    return replace(call, state=target)
