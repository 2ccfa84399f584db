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
    ACCEPT_AT_MOST,
    BEEP_SUFFIX,
    AnswerCall,
    BridgeLegs,
    BringBack,
    CallCommand,
    CallOut,
    CallPhone,
    ChangeSupervision,
    CollectDigits,
    Command,
    DialOut,
    HangUp,
    PlayHoldMusic,
    PlayPrompt,
    PlaySentence,
    RecordMessage,
    RingAgent,
    StopPlaying,
    Supervise,
    TakeCallEarly,
    TellPhone,
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
    MessageRecorded,
    Outcome,
    PromptFinished,
    RingFailed,
    SwitchEvent,
)
from fs_control.ids import NEVER, CallId, LegId, Micros, OpId, seconds
from fs_control.records import SuperviseMode

PROMPT_LENGTH: Final = seconds(3)
"""How long every prompt takes."""

TONE_LENGTH: Final = seconds(0.5)
"""How long the tone before a message takes."""

WHISPER_LENGTH: Final = seconds(2)
"""How long a word to the agent takes before the join."""


MODE_KEYS: Final = {SuperviseMode.LISTEN: "0", SuperviseMode.WHISPER: "1", SuperviseMode.JOIN: "3"}
"""What is told of a leader's leg when its mode has changed."""


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
    collects: CollectDigits | None = None
    """What it takes keys for."""
    is_skippable: bool = False
    """Any key ends what it plays."""
    records: RecordMessage | None = None
    """The message that it takes."""
    has_spoken: bool = False
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
    attempt: LegId | None = None
    """The name of the attempt to which an agent's leg belongs; a caller's has none."""
    whispers: bool = False
    """Whoever takes this leg up hears a word before being joined."""
    asks: bool = False
    """Whoever takes this leg up has to press 1 before being joined."""
    listens_to: LegId | None = None
    """The customer's leg that a leader listens to."""
    is_customer: bool = False
    """The phone is that of a customer whom an agent calls, and a caller's once it is taken up."""


@dataclass(slots=True)
class IdealSwitch:
    """All channels of a switch, and what it is going to tell. Its clock is `ahead` of ours."""

    ahead: Micros = NEVER
    legs: dict[LegId, Leg] = field(default_factory=dict)
    told: list[TellPhone] = field(default_factory=list)
    """The phones to which something was said."""
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
                for listener in [each for each in self.legs.values() if each.listens_to == event.leg and each.answered]:
                    self.hang_up(listener.id)
                self._free_caller(self.legs.pop(event.leg, None), event.cause)
            case LegAnswered() if leg is not None:
                leg.answered = True
            case LegsBridged(other=other):
                self.legs[other].partner = event.leg
                self.legs[other].whispers = False
                self._lose_race(self.legs[other])
            case PromptFinished(op=op) | DigitsCollected(op=op) | MessageRecorded(op=op) if (
                leg is not None and leg.op == op
            ):
                leg.op = None

    def _free_caller(self, gone: Leg | None, cause: str) -> None:
        """The last of the agents' legs is over: the caller's is free again, unless nobody is there who ordered it."""
        if gone is not None and gone.wanted_by is None and gone.partner in self.legs:
            self.return_leg(gone.partner)  # joined by `BridgeLegs`: what is to be done after that was said before
        caller = self.legs.get(gone.wanted_by) if gone is not None and gone.wanted_by is not None else None
        if gone is None or caller is None or caller.over or gone.attempt is None:
            return
        if caller.bridging == gone.attempt and not self._beside(gone):
            joined = gone.answered and not gone.whispers and not gone.asks
            self._bridge_ends(caller, gone.attempt, BridgeEnded.SUCCESS if joined else cause)

    def _lose_race(self, winner: Leg) -> None:
        for loser in self._beside(winner):
            self.hang_up(loser.id, "LOSE_RACE")

    def _beside(self, leg: Leg) -> list[Leg]:
        """Return the other legs of the same attempt to ring."""
        return [each for each in self.legs.values() if each.attempt == leg.attempt and each is not leg]

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
            rung = [each for each in self.legs.values() if leg.bridging is not None and each.attempt == leg.bridging]
            if rung and not any(each.answered for each in rung):
                leg.bridging = None
                for each in rung:
                    del self.legs[each.id]

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
        if leg.listens_to is not None:
            if leg.listens_to not in self.legs:
                self.hang_up(leg.id)
            return
        if leg.wanted_by is None:
            if leg.is_customer:  # the dialplan hands them to us
                leg.phone = None
                self.return_leg(leg.id)
            return
        caller = self.legs.get(leg.wanted_by)
        if caller is None or caller.over:
            self.hang_up(leg.id)
        elif leg.asks:
            given_up = LegHungUp(leg=leg.id, cause="NO_ANSWER")
            self._tell(given_up, ACCEPT_AT_MOST, lambda: leg.asks and not leg.over)
        else:
            self._join(caller, leg, WHISPER_LENGTH if leg.whispers else NEVER)

    def accept(self, phone: str) -> None:
        """Press 1 on an ordinary telephone that was taken up."""
        leg = self.legs[self.talking_leg(phone)]
        assert leg.wanted_by is not None  # it was rung for somebody
        leg.asks = False
        self._join(self.legs[leg.wanted_by], leg, WHISPER_LENGTH if leg.whispers else NEVER)

    def press(self, leg: LegId, keys: str) -> None:
        """Press keys: each is told, also while a phone rings; where keys are wanted they are input as well."""
        caller = self.legs[leg]
        collects = caller.collects if caller.op is not None else None
        if collects is not None and collects.secret:
            typed = self._input(keys, collects)
            digits = DigitsCollected.HIDDEN if len(typed) >= collects.min_digits else ""
            self._tell(DigitsCollected(leg=leg, op=collects.op, digits=digits))
            return
        for key in keys:
            self._tell(KeyPressed(leg=leg, key=key), if_still=lambda: not caller.over)
        if collects is not None:
            self._tell(DigitsCollected(leg=leg, op=collects.op, digits=self._input(keys, collects)))
        elif caller.op is not None and caller.is_skippable:
            self._tell(PromptFinished(leg=leg, op=caller.op, completed=True))

    @staticmethod
    def _input(keys: str, collects: CollectDigits) -> str:
        before_end = keys.partition(collects.end_key)[0] if collects.end_key else keys
        return before_end[: collects.max_digits]

    def speak(self, leg: LegId, length: Micros) -> None:
        """Say something into the message that is being recorded, then be silent."""
        records = self.legs[leg].records
        assert records is not None  # nobody listens
        self.legs[leg].has_spoken = True
        recorded = MessageRecorded(leg=leg, op=records.op, length=length, went_silent=True)
        self._tell(recorded, Micros(length + records.silence), lambda: self.legs[leg].op == records.op)

    # --- orders ---

    def obey(self, command: Command) -> None:
        """Do what is ordered; what is no order to a switch is nobody's business here."""
        if self.dead:
            return
        match command:
            case RingAgent() if command.caller_leg in self.legs:
                self._ring(command, self.legs[command.caller_leg])
            case DialOut() if command.caller_leg in self.legs:
                self._dial(command, self.legs[command.caller_leg])
            case TellPhone():
                self.told.append(command)
            case Supervise():
                self._supervise(command)
            case CallOut(leg=leg, number=number, ring=ring):
                self._originate(Leg(leg, number, attempt=leg, call=command.call, is_customer=True), number, ring)
            case CallPhone(leg=leg, phone=phone, ring=ring):
                self._originate(Leg(leg, phone, attempt=leg, call=command.call), phone, ring)
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
        phones = [(command.leg, command.phone), *((other.leg, other.phone) for other in command.others)]
        others = [(other.leg, other.accept) for other in command.others]
        asking = {leg for leg, question in [(command.leg, command.accept), *others] if question is not None}
        there = [(leg, phone) for leg, phone in phones if self.manner(phone) is not Manner.UNREGISTERED]
        for leg, phone in there:  # for the others there never is a leg (traces bridge-unregistered, ring-all)
            self.legs[leg] = Leg(leg, phone, wanted_by=command.caller_leg, attempt=command.leg)
            self.legs[leg].whispers = command.whisper is not None
            self.legs[leg].asks = leg in asking
        for leg, phone in there:
            self._ring_one(self.legs[leg], self.manner(phone), command.ring)
        if not there:
            self._bridge_ends(caller, command.leg, str(Manner.UNREGISTERED.value))

    def _supervise(self, command: Supervise) -> None:
        """Ring a leader, who listens to the customer's leg as long as it lives."""
        if self.manner(command.phone) is Manner.UNREGISTERED:
            self._tell(RingFailed(leg=command.leg, cause=str(Manner.UNREGISTERED.value)))
            return
        leader = Leg(command.leg, command.phone, attempt=command.leg, listens_to=command.customer_leg)
        self.legs[command.leg] = leader
        self._ring_one(leader, self.manner(command.phone), command.ring)

    def _dial(self, command: DialOut, caller: Leg) -> None:
        """Ring an outside number: whoever is there is a phone with that number."""
        assert caller.op is None  # it would wait for the end of what plays
        assert caller.bridging is None  # it would ring twice
        caller.bridging = command.leg
        if self.manner(command.number) is Manner.UNREGISTERED:
            self._bridge_ends(caller, command.leg, "INVALID_GATEWAY")
            return
        self.legs[command.leg] = Leg(command.leg, command.number, wanted_by=command.caller_leg, attempt=command.leg)
        self._ring_one(self.legs[command.leg], self.manner(command.number), command.ring)

    def _originate(self, leg: Leg, phone: str, ring: Micros) -> None:
        """Ring somebody for nobody's leg; whoever has no phone makes no leg, and only that is told."""
        if self.manner(phone) is Manner.UNREGISTERED:
            self._tell(RingFailed(leg=leg.id, cause=str(Manner.UNREGISTERED.value)))
            return
        self.legs[leg.id] = leg
        self._ring_one(leg, self.manner(phone), ring)

    def _ring_one(self, leg: Leg, manner: Manner, ring: Micros) -> None:
        if manner.value is not None:
            self.hang_up(leg.id, manner.value)
        else:
            self._tell(LegRinging(leg=leg.id))
            no_answer = LegHungUp(leg=leg.id, cause="NO_ANSWER")
            self._tell(no_answer, ring, lambda: not leg.answered and not leg.over)

    def manner(self, phone: str) -> Manner:
        """Return what a phone does when it is rung."""
        return self.manners.get(phone, Manner.RINGS)

    def _on_leg(self, leg: Leg, command: CallCommand) -> None:
        leg.begins_at = leg.begins_at if isinstance(command, StopPlaying) else Micros(self.now + self.sound_after)
        match command:
            case AnswerCall():
                leg.call = command.call
                self._tell(LegAnswered(leg=leg.id))
            case TakeCallEarly():
                leg.call = command.call
            case PlayPrompt(op=op) | PlaySentence(op=op):
                leg.op, leg.collects, leg.is_skippable = op, None, command.skip
                self._tell(PromptFinished(leg=leg.id, op=op, completed=True), PROMPT_LENGTH, lambda: leg.op == op)
            case CollectDigits(op=op, prompts=prompts):
                leg.op, leg.collects = op, command
                nothing = DigitsCollected(leg=leg.id, op=op, digits="")
                sound = PROMPT_LENGTH if prompts else NEVER
                self._tell(nothing, Micros(sound + command.timeout), lambda: leg.op == op)
            case RecordMessage(op=op):
                self._record(leg, command)
            case PlayHoldMusic(op=op):
                leg.op, leg.collects, leg.is_skippable = op, None, False
            case BringBack():
                leg.op, leg.bridging = None, None
                self.return_leg(leg.id)
            case StopPlaying():
                self._cut_short(leg)
            case BridgeLegs(agent_leg=other) if other in self.legs:
                taken = self.legs[other]
                if taken.listens_to is not None:  # a leader who has the customer from now on
                    taken.listens_to, taken.wanted_by, leg.bridging = None, leg.id, taken.attempt
                self._join(leg, taken)
            case ChangeSupervision(mode=mode):
                self._tell(KeyPressed(leg=leg.id, key=MODE_KEYS[mode]), if_still=lambda: not leg.over)
            case HangUp(cause=cause):
                self.hang_up(leg.id, cause)

    def _record(self, leg: Leg, command: RecordMessage) -> None:
        leg.op, leg.collects, leg.is_skippable, leg.records = command.op, None, False, command
        leg.has_spoken = False
        tone = PromptFinished(leg=leg.id, op=OpId(command.op + BEEP_SUFFIX), completed=True)
        self._tell(tone, TONE_LENGTH, lambda: leg.op == command.op)
        nothing = MessageRecorded(leg=leg.id, op=command.op, length=NEVER, went_silent=True)
        after = Micros(TONE_LENGTH + command.silence)
        self._tell(nothing, after, lambda: leg.op == command.op and not leg.has_spoken)

    def _join(self, caller: Leg, agent: Leg, after: Micros = NEVER) -> None:
        self._cut_short(caller)
        if not after:  # who is whispered to does not win yet
            self._lose_race(agent)
        if not caller.answered:  # with the join, after a whisper too (trace early-media-whisper)
            self._tell(LegAnswered(leg=caller.id), after, lambda: not agent.over and not caller.over)
        joined = LegsBridged(leg=caller.id, other=agent.id)
        self._tell(joined, after, lambda: not agent.over and not caller.over)

    def _cut_short(self, leg: Leg) -> None:
        if leg.op is not None and self.now >= leg.begins_at:
            self._tell(PromptFinished(leg=leg.id, op=leg.op, completed=False))
        leg.op = None
