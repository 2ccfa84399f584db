"""The ideal switch with what a talk needs: legs are parked, joined, swapped, made three of, and left.

What becomes of a leg whose partner goes is what FreeSWITCH 1.10.12 does (traces talk-*): whoever executes the join has
its end, a customer who was joined by `uuid_bridge` is handed over again, an agent's leg ends or stays as was said
before the join. Orders may take their time (`slowness`), as those on a wire do, and people do not wait for that. Easy
to break: orders stay in their order, and what is told is what was so when they were carried out.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from fs_control.commands import (
    BridgeLegs,
    CallCommand,
    Command,
    EndWithCustomer,
    HangUp,
    JoinColleague,
    LetWait,
    MuteLeg,
    ParkLeg,
    PlayHoldMusic,
    ReturnCaller,
    RingColleague,
    StopWaiting,
    ThreeWay,
)
from fs_control.events import (
    BridgeEnded,
    CommandFailed,
    LegHeld,
    LegHungUp,
    LegsBridged,
    LegUnheld,
    Outcome,
    SwitchEvent,
)
from fs_control.ids import NEVER, LegId, Micros
from fs_control.testing.ideal_switch import IdealSwitch, Leg, Manner

ON_SWITCH: Final = (
    *(ParkLeg, LetWait, StopWaiting, RingColleague, JoinColleague, ThreeWay, MuteLeg),
    *(BridgeLegs, HangUp, EndWithCustomer),
)
"""Orders that travel on the link to the switch, and not on a caller's own connection."""


@dataclass(frozen=True, slots=True)
class Join:
    """Two legs that hear each other; `by` executes the join as an application, or nobody does (`uuid_bridge`)."""

    one: LegId
    other: LegId
    by: LegId | None = None

    def partner_of(self, leg: LegId) -> LegId:
        """Return the other one of the two."""
        return self.other if leg == self.one else self.one


@dataclass(slots=True)
class TalkSwitch(IdealSwitch):
    """An ideal switch in which talks go on."""

    slowness: Micros = NEVER
    """How long after the order it is carried out."""
    deaf: bool = False
    """We are not linked: what happens is told to nobody, and no order arrives."""
    joins: list[Join] = field(default_factory=list)
    stays: set[LegId] = field(default_factory=set)
    """The agents' legs that stay when their partner goes; others end."""
    listening: dict[LegId, LegId] = field(default_factory=dict)
    """Who speaks into the talk of which customer (three-way)."""
    returning: set[LegId] = field(default_factory=set)
    """The customers who are handed over anew when their talk ends, because the agent's phone has held them."""
    holding: set[LegId] = field(default_factory=set)
    """The agents' legs whose phones hold the customer by their own key."""
    _orders: list[tuple[Micros, int, Command]] = field(default_factory=list)

    # --- time ---

    @property
    def next_due(self) -> Micros | None:
        """Return when there is next something to do or to tell."""
        dues = [*(due for due, *_ in self._due[:1]), *(due for due, *_ in self._orders[:1])]
        return min(dues, default=None)

    def take(self) -> SwitchEvent | None:
        """Carry out what was ordered by now, and return what is to be told, the oldest first, or None."""
        while self._orders and self._orders[0][0] <= self.now:
            if self._due and self._due[0][:2] < self._orders[0][:2]:
                break
            self._carry_out(heapq.heappop(self._orders)[2])
        event = super(TalkSwitch, self).take()  # a slotted dataclass is another class than the one `super` sees
        return event if not self.deaf or isinstance(event, CommandFailed) else None

    def lose_link(self) -> None:
        """From now on we hear nothing, and what we order of the switch itself does not arrive."""
        self.deaf = True

    def find_link(self) -> None:
        """We hear again; callers whom the dialplan could not hand over meanwhile come now."""
        self.deaf = False
        for leg in list(self.legs.values()):
            if leg.phone is None and not leg.connected and self._join_of(leg.id) is None and leg.bridging is None:
                self.return_leg(leg.id)

    def lose_controller(self) -> None:
        """We are gone, and with us what we had just ordered on callers' own connections."""
        self._orders = [each for each in self._orders if isinstance(each[2], ON_SWITCH)]
        heapq.heapify(self._orders)
        super(TalkSwitch, self).lose_controller()

    def return_leg(self, leg: LegId) -> None:
        """The dialplan hands a caller's leg to us again, as soon as we can hear of it."""
        if self.deaf:
            self.legs[leg].connected = False
        else:
            super(TalkSwitch, self).return_leg(leg)

    def obey(self, command: Command) -> None:
        """Do what is ordered, in its time; what is ordered while there is no link fails."""
        if not isinstance(command, CallCommand) or self.dead:
            return
        if self.deaf and isinstance(command, ON_SWITCH):
            name = type(command).__name__
            self._tell(CommandFailed(leg=command.leg, command=name, outcome=Outcome.NO_REPLY))
        elif self.slowness:
            heapq.heappush(self._orders, (Micros(self.now + self.slowness), next(self._numbers), command))
        else:
            self._carry_out(command)

    def _carry_out(self, command: Command) -> None:
        match command:
            case RingColleague():
                self._ring_colleague(command)
            case JoinColleague(leg=leg, colleague_leg=colleague):
                self._join_colleague(command, leg, colleague)
            case BridgeLegs(leg=leg, agent_leg=agent):
                self._join_customer(command, leg, agent)
            case ThreeWay(leg=leg, customer_leg=customer):
                self._three_way(command, leg, customer)
            case ParkLeg(leg=leg) if self._is_there(leg):
                self._take_out(leg)
                self.listening.pop(leg, None)
                self.stays.add(leg)
            case LetWait(leg=leg, op=op) if self._is_there(leg):
                assert self._join_of(leg) is None  # it would be heard by nobody, or by the wrong one
                self.legs[leg].op, self.legs[leg].begins_at = op, Micros(self.now + self.sound_after)
            case EndWithCustomer(leg=leg):
                self.stays.discard(leg)
            case StopWaiting(leg=leg) if self._is_there(leg):
                self._cut_short(self.legs[leg])
            case ReturnCaller(leg=leg) if self._is_there(leg):
                self.returning.add(leg)
            case PlayHoldMusic(leg=leg) if self._is_there(leg):
                assert self._join_of(leg) is None  # the agent would hear it too
                super(TalkSwitch, self).obey(command)
            case _:
                super(TalkSwitch, self).obey(command)

    # --- people ---

    def press_hold(self, leg: LegId) -> None:
        """An agent's phone holds the one with whom it talks, or takes them back: its key was pressed."""
        if self._join_of(leg) is None:
            return
        if leg in self.holding:
            self.holding.discard(leg)
            self._tell(LegUnheld(leg=leg))
        else:
            self.holding.add(leg)
            self._tell(LegHeld(leg=leg))

    # --- orders ---

    def _ring_colleague(self, command: RingColleague) -> None:
        agent = self.legs.get(command.agent_leg)
        if agent is None or agent.over:
            self._failed(command)
            return
        assert agent.op is None  # a phone would ring inside what plays
        assert agent.bridging is None  # two would ring
        assert self._join_of(agent.id) is None  # the customer would be left
        agent.bridging = command.leg
        self.stays |= {agent.id, command.leg}
        phone = command.phone or command.number
        if self.manner(phone) is Manner.UNREGISTERED:
            self._bridge_ends(agent, command.leg, str(Manner.UNREGISTERED.value))
            return
        self.legs[command.leg] = Leg(command.leg, phone, wanted_by=agent.id, attempt=command.leg)
        self._ring_one(self.legs[command.leg], self.manner(phone), command.ring)

    def _join_customer(self, command: CallCommand, customer: LegId, agent: LegId) -> None:
        known = self._join_of(customer)
        if not (self._is_there(customer) and self._is_there(agent)):
            self._failed(command)
        elif known is not None and known.partner_of(customer) == agent:
            self._tell(LegsBridged(leg=customer, other=agent))  # does no harm
        else:
            self._join_two(customer, agent)

    def _join_colleague(self, command: CallCommand, agent: LegId, colleague: LegId) -> None:
        if not (self._is_there(agent) and self._is_there(colleague)):
            self._failed(command)
        else:
            self.stays |= {agent, colleague}
            self._join_two(agent, colleague)

    def _join_two(self, one: LegId, other: LegId) -> None:
        for leg in (one, other):
            self._take_out(leg)
            self.listening.pop(leg, None)
            self._cut_short(self.legs[leg])
        self.joins.append(Join(one, other))
        self._tell(LegsBridged(leg=one, other=other), if_still=lambda: self._are_joined(one, other))

    def _three_way(self, command: CallCommand, leg: LegId, customer: LegId) -> None:
        if not (self._is_there(leg) and self._is_there(customer)):
            self._failed(command)
            return
        self._take_out(leg)
        self._cut_short(self.legs[leg])
        self.stays.discard(leg)
        self.listening[leg] = customer

    def _failed(self, command: CallCommand) -> None:
        name = type(command).__name__
        self._tell(CommandFailed(leg=command.leg, command=name, outcome=Outcome.REFUSED))

    # --- what becomes of legs ---

    def _happen(self, event: SwitchEvent) -> None:
        match event:
            case LegHungUp(leg=leg):
                self._gone(leg)
            case LegsBridged(leg=leg, other=other) if not self._are_joined(leg, other):
                self.joins.append(Join(leg, other, by=leg))
        super(TalkSwitch, self)._happen(event)

    def _gone(self, leg: LegId) -> None:
        """A leg is over: what was joined with it has its own end, and what rang for it rings no more."""
        join = self._join_of(leg)
        if join is not None:
            self.joins.remove(join)
            self._left(join.partner_of(leg), join)
        gone = self.legs.get(leg)
        if gone is not None and gone.phone is not None and gone.bridging is not None:
            self._cancel(gone.bridging)
        self.listening.pop(leg, None)
        self.holding.discard(leg)
        for listener in [each for each, customer in self.listening.items() if customer == leg]:
            self.hang_up(listener)

    def _cancel(self, attempt: LegId) -> None:
        for ringing in [each for each in self.legs.values() if each.attempt == attempt and not each.answered]:
            self.hang_up(ringing.id, "ORIGINATOR_CANCEL")

    def _take_out(self, leg: LegId) -> None:
        """Take a leg out of whatever it is joined with; it stays itself, and the other one goes its own way."""
        join = self._join_of(leg)
        if join is None:
            return
        self.joins.remove(join)
        if join.by == leg:  # its own application ends, too
            executing = self.legs[leg]
            if executing.bridging is not None:
                self._bridge_ends(executing, executing.bridging, BridgeEnded.SUCCESS)
        self._left(join.partner_of(leg), join)

    def _left(self, leg: LegId, join: Join) -> None:
        """The partner of a leg is gone, or was taken elsewhere."""
        left = self.legs.get(leg)
        if left is None or left.over:
            return
        if leg in self.returning:
            self.returning.discard(leg)
            left.connected = False
        if join.by == leg and left.bridging is not None:
            self._bridge_ends(left, left.bridging, BridgeEnded.SUCCESS)
        elif left.phone is None:
            self.return_leg(leg)
        elif leg not in self.stays and leg not in self.listening:
            self.hang_up(leg)

    # --- what there is to see ---

    def _is_there(self, leg: LegId) -> bool:
        known = self.legs.get(leg)
        return known is not None and not known.over

    def _join_of(self, leg: LegId) -> Join | None:
        return next((join for join in self.joins if leg in (join.one, join.other)), None)

    def _are_joined(self, one: LegId, other: LegId) -> bool:
        join = self._join_of(one)
        return join is not None and join.partner_of(one) == other

    def hears(self, leg: LegId) -> str:
        """Return what somebody hears who is on the phone: a voice, a sound, ringing, or "" for nothing at all."""
        known = self.legs[leg]
        if self._join_of(leg) is not None or leg in self.listening or leg in self.listening.values():
            return "voice"
        if known.op is not None:
            return "sound"
        if known.bridging is not None:
            return "ringing"
        return "" if known.connected else "dialplan"

    def in_silence(self) -> Iterator[LegId]:
        """Yield the legs of those who are on the phone and hear nothing."""
        for leg in self.legs.values():
            if leg.answered and not leg.over and not self.hears(leg.id):
                yield leg.id

    def once_silent(self, so_far: dict[LegId, Micros]) -> dict[LegId, Micros]:
        """Return since when each of those hears nothing, from what was so when somebody last looked."""
        return {leg: so_far.get(leg, self.now) for leg in self.in_silence()}
