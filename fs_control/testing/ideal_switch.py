"""A switch as one would wish it: it does what is ordered, at once, and tells everything exactly once.

Takes commands of the centre and gives events; knows no wire. Prompts take their time, phones ring until somebody
does something or the ring time is over. What it cannot show (duplicates, late events, orders that fail) is what the
property tests are for.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import count
from typing import Final

from fs_control.commands import (
    AnswerCall,
    BridgeLegs,
    CallCommand,
    CollectDigits,
    Command,
    HangUp,
    PlayHoldMusic,
    PlayPrompt,
    RingAgent,
    StopPlaying,
)
from fs_control.events import (
    BridgeEnded,
    CallReturned,
    CommandFailed,
    DigitsCollected,
    KeyPressed,
    LegAnswered,
    LegHungUp,
    LegRinging,
    LegsBridged,
    Outcome,
    PromptFinished,
    SwitchEvent,
)
from fs_control.ids import NEVER, CallId, LegId, Micros, OpId, seconds

PROMPT_LENGTH: Final = seconds(3)
"""How long every prompt takes."""


class Manner(Enum):
    """What a phone does when it is rung; the value is the cause with which the attempt ends at once, if it does."""

    RINGS = None
    BUSY = "USER_BUSY"
    DECLINES = "CALL_REJECTED"
    UNREGISTERED = "SUBSCRIBER_ABSENT"
    UNREACHABLE = "NORMAL_TEMPORARY_FAILURE"


@dataclass(slots=True)
class Leg:
    """One channel: what it plays or collects, and whether it was answered; `phone` is None for a caller."""

    id: LegId
    phone: str | None = None
    answered: bool = False
    over: bool = False
    """Somebody ended it; the end is about to be told."""
    op: OpId | None = None
    begins_at: Micros = NEVER
    """When what it is to play begins; stopped before that, it is forgotten and nobody is told."""
    keys_wanted: int = 0
    call: CallId | None = None
    """Whose leg it is, once somebody has said so."""
    wanted_by: LegId | None = None
    """The caller with whom an agent's leg is to be joined when it is answered."""
    partner: LegId | None = None
    """The caller with whom an agent's leg was joined."""
    connected: bool = True
    """Whether a caller's connection to us stands; without one the dialplan hands the leg over again."""
    bridging: LegId | None = None
    """For which agent's leg a caller's rings, or with which it talks."""


@dataclass(slots=True)
class IdealSwitch:
    """All channels of a switch, and what it is going to tell. Its clock is `ahead` of ours."""

    ahead: Micros = NEVER
    legs: dict[LegId, Leg] = field(default_factory=dict)
    dead: bool = False
    """Obeys nothing and tells nothing any more."""
    now: Micros = NEVER
    """Our clock, set by whoever lets time pass."""
    sound_after: Micros = NEVER
    """How long after the order a sound begins."""
    manners: dict[str, Manner] = field(default_factory=dict)
    """What each phone does; one without an entry rings."""
    _due: list[tuple[Micros, int, Callable[[], bool], SwitchEvent]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    # --- time ---

    @property
    def next_due(self) -> Micros | None:
        """Return when there is next something to tell."""
        return self._due[0][0] if self._due else None

    def take(self) -> SwitchEvent | None:
        """Return what is to be told by now, the oldest first, or None."""
        while self._due and self._due[0][0] <= self.now:
            due, _, still_so, event = heapq.heappop(self._due)
            if still_so() and not self.dead:
                self._happen(event)
                return replace(event, switch_at=Micros(due + self.ahead))
        return None

    def _happen(self, event: SwitchEvent) -> None:
        leg = self.legs.get(event.leg)
        match event:
            case LegHungUp():
                self._free_caller(self.legs.pop(event.leg, None), event.cause)
            case LegAnswered() if leg is not None:
                leg.answered = True
            case LegsBridged(other=other):
                self.legs[other].partner = event.leg
            case PromptFinished(op=op) | DigitsCollected(op=op) if leg is not None and leg.op == op:
                leg.op = None

    def _free_caller(self, gone: Leg | None, cause: str) -> None:
        """The agent's leg is over: the caller's is free again, unless nobody is there any more who ordered it."""
        caller = self.legs.get(gone.wanted_by) if gone is not None and gone.wanted_by is not None else None
        if gone is not None and caller is not None and not caller.over and caller.bridging == gone.id:
            self._bridge_ends(caller, gone.id, BridgeEnded.SUCCESS if gone.answered else cause)

    def _bridge_ends(self, caller: Leg, other: LegId, cause: str) -> None:
        caller.bridging = None
        self._tell(BridgeEnded(leg=caller.id, other=other, cause=cause), if_still=lambda: not caller.over)
        if not caller.connected:
            self.return_leg(caller.id)

    def _tell(self, event: SwitchEvent, after: Micros = NEVER, if_still: Callable[[], bool] = lambda: True) -> None:
        heapq.heappush(self._due, (Micros(self.now + after), next(self._numbers), if_still, event))

    # --- people ---

    def offer_leg(self, leg: LegId) -> None:
        """A caller arrives."""
        self.legs[leg] = Leg(leg)

    def return_leg(self, leg: LegId) -> None:
        """The dialplan hands a caller's leg to us again."""
        caller = self.legs[leg]
        assert caller.call is not None  # it was answered once
        caller.connected = True
        self._tell(CallReturned(leg=leg, call=caller.call), if_still=lambda: not caller.over)

    def lose_controller(self) -> None:
        """We are gone: callers fall back to the dialplan, phones that ring for them stop, and pairs talk on."""
        for leg in [leg for leg in self.legs.values() if leg.phone is None]:
            leg.op, leg.connected = None, False
            agent = self.legs.get(leg.bridging) if leg.bridging is not None else None
            if agent is not None and not agent.answered:
                leg.bridging = None
                del self.legs[agent.id]

    def hang_up(self, leg: LegId, cause: str = "NORMAL_CLEARING") -> None:
        """Somebody puts the phone down, or the network does it for them."""
        known = self.legs.get(leg)
        if known is None or known.over:
            return
        known.over = True
        self._tell(LegHungUp(leg=leg, cause=cause))
        if known.op is not None:
            self._tell(PromptFinished(leg=leg, op=known.op, completed=False))

    def ringing_leg(self, phone: str) -> LegId:
        """Return the leg on which a phone rings."""
        return next(leg.id for leg in self.legs.values() if leg.phone == phone and not leg.answered)

    def talking_leg(self, phone: str) -> LegId:
        """Return the leg on which a phone was answered."""
        return next(leg.id for leg in self.legs.values() if leg.phone == phone and leg.answered)

    def answer(self, phone: str) -> None:
        """Take a ringing phone up."""
        leg = self.legs[self.ringing_leg(phone)]
        self._tell(LegAnswered(leg=leg.id))
        assert leg.wanted_by is not None  # it was rung for somebody
        caller = self.legs.get(leg.wanted_by)
        if caller is None or caller.over:
            self.hang_up(leg.id)
        else:
            self._join(caller, leg)

    def press(self, leg: LegId, keys: str) -> None:
        """Press keys: they are input where keys are wanted; otherwise each is told, also while a phone rings."""
        caller = self.legs[leg]
        if caller.op is None or not caller.keys_wanted:
            for key in keys:
                self._tell(KeyPressed(leg=leg, key=key), if_still=lambda: not caller.over)
            return
        self._tell(DigitsCollected(leg=leg, op=caller.op, digits=keys[: caller.keys_wanted]))

    # --- orders ---

    def obey(self, command: Command) -> None:
        """Do what is ordered; what is no order to a switch is nobody's business here."""
        if self.dead:
            return
        match command:
            case RingAgent() if command.caller_leg in self.legs:
                self._ring(command, self.legs[command.caller_leg])
            case CallCommand() if command.leg in self.legs:
                self._on_leg(self.legs[command.leg], command)
            case CallCommand():
                op = getattr(command, "op", None)
                name = type(command).__name__
                self._tell(CommandFailed(leg=command.leg, command=name, outcome=Outcome.GONE, op=op))

    def _ring(self, command: RingAgent, caller: Leg) -> None:
        assert caller.op is None  # it would wait for the end of what plays, and music has none
        assert caller.bridging is None  # it would ring both phones
        caller.bridging = command.leg
        manner = self.manners.get(command.phone, Manner.RINGS)
        if manner is Manner.UNREGISTERED:  # there never is a leg (trace bridge-unregistered)
            self._bridge_ends(caller, command.leg, manner.value)
            return
        self.legs[command.leg] = leg = Leg(command.leg, command.phone, wanted_by=command.caller_leg)
        if manner.value is not None:
            self.hang_up(command.leg, manner.value)
        else:
            self._tell(LegRinging(leg=command.leg))
            no_answer = LegHungUp(leg=command.leg, cause="NO_ANSWER")
            self._tell(no_answer, command.ring, lambda: not leg.answered and not leg.over)

    def _on_leg(self, leg: Leg, command: CallCommand) -> None:
        leg.begins_at = leg.begins_at if isinstance(command, StopPlaying) else Micros(self.now + self.sound_after)
        match command:
            case AnswerCall():
                leg.call = command.call
                self._tell(LegAnswered(leg=leg.id))
            case PlayPrompt(op=op):
                leg.op, leg.keys_wanted = op, 0
                self._tell(PromptFinished(leg=leg.id, op=op, completed=True), PROMPT_LENGTH, lambda: leg.op == op)
            case CollectDigits(op=op):
                leg.op, leg.keys_wanted = op, command.max_digits
                nothing = DigitsCollected(leg=leg.id, op=op, digits="")
                self._tell(nothing, Micros(PROMPT_LENGTH + command.timeout), lambda: leg.op == op)
            case PlayHoldMusic(op=op):
                leg.op, leg.keys_wanted = op, 0
            case StopPlaying():
                self._cut_short(leg)
            case BridgeLegs(agent_leg=other) if other in self.legs:
                self._join(leg, self.legs[other])
            case HangUp(cause=cause):
                self.hang_up(leg.id, cause)

    def _join(self, caller: Leg, agent: Leg) -> None:
        self._cut_short(caller)
        self._tell(LegsBridged(leg=caller.id, other=agent.id), if_still=lambda: not agent.over and not caller.over)

    def _cut_short(self, leg: Leg) -> None:
        if leg.op is not None and self.now >= leg.begins_at:
            self._tell(PromptFinished(leg=leg.id, op=leg.op, completed=False))
        leg.op = None
