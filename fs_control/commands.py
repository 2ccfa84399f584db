"""Vocabulary: what may be ordered. A command is imperative and frozen; who carries it out is not its business.

Commands on a leg name the call they belong to, so that a failure ends that call and no other. `PlayPrompt`,
`CollectDigits` and `PlayHoldMusic` carry an `op`: the switch hands it back when the application completes, and
that, never the application's name, tells whose completion it was (trace dtmf-events).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from fs_control.ids import CallId, Extension, LegId, Micros, OpId, PhoneNumber, RequestId, TimerId, seconds
from fs_control.records import CallRecord, Ghost, SuperviseMode, SupervisionEntry


@dataclass(frozen=True, slots=True)
class Command:
    """Base of every order."""


@dataclass(frozen=True, slots=True)
class CallCommand(Command):
    """An order about one leg of one call."""

    call: CallId
    leg: LegId


@dataclass(frozen=True, slots=True)
class Prompt:
    """A recorded sentence by name, in the language of the caller (`zh`, `en`)."""

    name: str
    language: str


@dataclass(frozen=True, slots=True)
class AnswerCall(CallCommand):
    """Mark the caller's leg as ours, with the number that was called, and answer it if that is not done yet."""

    number: str


@dataclass(frozen=True, slots=True)
class TakeCallEarly(CallCommand):
    """Mark the caller's leg as ours, as AnswerCall does, and let the caller hear us without answering (183).

    Whoever takes the call up answers it, or AnswerCall does.
    """

    number: str


@dataclass(frozen=True, slots=True)
class GuardCaller(CallCommand):
    """From now on the dialplan is to have the caller if we die. An agent's answer ends that: it would cut the pair."""


@dataclass(frozen=True, slots=True)
class PlayPrompt(CallCommand):
    """Play a prompt once; answered by `PromptFinished`. With `skip` any key ends it."""

    op: OpId
    prompt: Prompt
    skip: bool = False


@dataclass(frozen=True, slots=True)
class PlaySentence(CallCommand):
    """Play prompts one behind the other, as one sentence; answered by one `PromptFinished`, at its end.

    With `skip` any key ends it.
    """

    op: OpId
    prompts: tuple[Prompt, ...]
    skip: bool = False


@dataclass(frozen=True, slots=True)
class CollectDigits(CallCommand):
    """Play prompts, if any, and take up to `max_digits` keys; answered by `DigitsCollected`, with "" for none.

    `timeout` runs from the end of the prompts to the first key, `between` from key to key (None: as long as `timeout`);
    a key pressed during the prompts ends them. `end_key` ends the input and is no part of it. Where `secret` is a word
    the keys are kept under it and told to nobody: the answer says no more than whether they were `min_digits`.
    """

    op: OpId
    prompts: tuple[Prompt, ...]
    max_digits: int
    timeout: Micros
    min_digits: int = 1
    end_key: str = ""
    between: Micros | None = None
    secret: str = ""


@dataclass(frozen=True, slots=True)
class PlayHoldMusic(CallCommand):
    """Play music until something else is done with the leg."""

    op: OpId


@dataclass(frozen=True, slots=True)
class StopPlaying(CallCommand):
    """Cut short whatever is playing on the leg."""


WHISPER_AT_MOST: Final = seconds(20)
"""Longer than any word that is whispered to an agent; one that is not over by then is cut off."""


ACCEPT_AT_MOST: Final = seconds(20)
"""How long somebody on an ordinary telephone is asked to press a key; a voicemail never does."""


@dataclass(frozen=True, slots=True)
class OtherPhone:
    """A phone that rings at the same time, on a new leg of its own; its display has a line of its own.

    `accept` as in RingAgent.
    """

    leg: LegId
    phone: Extension
    caller_name: str
    accept: Prompt | None = None


@dataclass(frozen=True, slots=True)
class RingAgent(CallCommand):
    """Ring a phone on a new `leg`, and join it with `caller_leg` as soon as it is taken up.

    Answered by `LegRinging`, `LegAnswered` and `LegsBridged`, and in any case by `BridgeEnded` when the attempt or the
    talk is over; until then nothing else may be played on the caller's leg. The caller hears the hold music while it
    rings; the agent's display shows `caller_number`, and `caller_name` as `centre.display` makes it.

    With a `whisper` the agent hears that after `LegAnswered`, while the caller hears music on, and `LegsBridged`
    follows when it is over.

    The `others` ring at the same time: the first to be taken up is joined, and the rest end with LOSE_RACE; in a
    whisper they ring on until it is over, or are ended. `leg` is the name of the whole attempt for `BridgeEnded`.

    With `accept` the phone is none of ours: `phone` is an outside number, rung through the gateway. Whoever answers
    there hears the prompt, and is joined after pressing 1 within `ACCEPT_AT_MOST`; else the leg ends.
    """

    caller_leg: LegId
    phone: Extension
    ring: Micros
    caller_number: str
    caller_name: str
    whisper: Prompt | None = None
    others: tuple[OtherPhone, ...] = ()
    accept: Prompt | None = None
    gateway: str = ""
    """By which outside numbers are rung; "" is the one that the settings name."""


@dataclass(frozen=True, slots=True)
class DialOut(CallCommand):
    """Ring an outside `number` through the gateway on a new `leg`, and join it with `caller_leg` when it is taken up.

    Answered as RingAgent is. The far end is shown `shown`, a number of ours, and nothing of the caller. Without a
    gateway it fails at once.
    """

    caller_leg: LegId
    number: str
    ring: Micros
    shown: str
    gateway: str = ""
    """By which it goes; "" is the one that the settings name."""


@dataclass(frozen=True, slots=True)
class BridgeLegs(CallCommand):
    """Join the caller's `leg` with the answered `agent_leg`, where we could not hear whether they are joined."""

    agent_leg: LegId


@dataclass(frozen=True, slots=True)
class HangUp(CallCommand):
    """End a leg with a cause in FreeSWITCH's words (`NORMAL_CLEARING`)."""

    cause: str


@dataclass(frozen=True, slots=True)
class StartTimer(Command):
    """Ask for a `TimerFired` after a time; a timer of the same name is replaced."""

    timer: TimerId
    after: Micros


@dataclass(frozen=True, slots=True)
class CancelTimer(Command):
    """Forget a timer; one that has fired or never was is no mistake."""

    timer: TimerId


@dataclass(frozen=True, slots=True)
class LookUpDay(Command):
    """Ask which day it is at a moment in a time zone, and when it ends; answered by `DayBegan`."""

    time_zone: str
    at: Micros


@dataclass(frozen=True, slots=True)
class StoreRecord(Command):
    """Write an ended call to the database; answered by `RecordStored`, however long that takes."""

    record: CallRecord


@dataclass(frozen=True, slots=True)
class FindLegEnds(Command):
    """Find out how legs ended that the switch has no more; answered by `LegEndsFound` within about two seconds."""

    legs: tuple[LegId, ...]


@dataclass(frozen=True, slots=True)
class Reply(Command):
    """Answer somebody's request: done (`refusal` is None), or refused with the code and values of a sentence."""

    request: RequestId
    refusal: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LookUpCaller(Command):
    """Ask the database who calls a service number; answered by `CallerLookedUp`, or too late to matter.

    `at` is the moment for which a call memory is to count (M2).
    """

    call: CallId
    caller: PhoneNumber
    number: str
    at: Micros


BEEP_SUFFIX: Final = ".beep"
"""Behind the name of a `RecordMessage`: the name of the tone before it, whose end is told by `PromptFinished`."""


@dataclass(frozen=True, slots=True)
class RecordMessage(CallCommand):
    """Beep, then record what the caller says into a new `file` of the recordings; answered by `MessageRecorded` (N7).

    It ends after `longest`, after so much `silence`, by `end_key` ("" is none), or when the caller hangs up; then the
    answer comes after the end of the leg, or not at all.
    """

    op: OpId
    file: str
    longest: Micros
    silence: Micros
    end_key: str


@dataclass(frozen=True, slots=True)
class FetchUrl(Command):
    """Ask somebody else's server for a call; answered by `UrlFetched` within the `deadline`, whatever happens.

    `body` is JSON text or "". `want` names variables and where in the JSON that comes their values are. A word in
    braces in `url` and `body` stands for a secret input (`CollectDigits.secret`). Without an `op` nobody waits.
    """

    call: CallId
    op: OpId | None
    method: str
    url: str
    body: str
    deadline: Micros
    want: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ParkLeg(CallCommand):
    """Take a leg of ours away from whomever it is joined with; it stays, and a customer comes back into our hands."""


@dataclass(frozen=True, slots=True)
class LetWait(CallCommand):
    """Let a leg of ours that is with nobody hear something until it is joined: a soft tone, or with `music` that.

    `StopWaiting` ends it, answered by `PromptFinished`.
    """

    op: OpId
    music: bool = False


@dataclass(frozen=True, slots=True)
class StopWaiting(CallCommand):
    """Cut short what a leg of ours hears that is with nobody."""


@dataclass(frozen=True, slots=True)
class RingColleague(CallCommand):
    """Ring somebody on a new `leg` for the agent on `agent_leg`, who is with nobody, and join the two.

    Answered as RingAgent is, and by `BridgeEnded` of the agent's leg. `phone` is one of ours; without it `number` is
    called outside. The display shows `caller_number` and `caller_name`; somebody outside sees `shown`.
    """

    agent_leg: LegId
    phone: Extension | None
    number: str
    ring: Micros
    caller_number: str
    caller_name: str
    shown: str
    gateway: str = ""


@dataclass(frozen=True, slots=True)
class JoinColleague(CallCommand):
    """Join the agent's `leg` with that of the colleague, out of whatever it is joined with (swap)."""

    colleague_leg: LegId


@dataclass(frozen=True, slots=True)
class ThreeWay(CallCommand):
    """Take the colleague's `leg` out of whatever it is in, to speak with both of a joined pair: this customer's.

    The pair notices nothing of the colleague's leaving; when the customer leaves, all are gone.
    """

    customer_leg: LegId


@dataclass(frozen=True, slots=True)
class MuteLeg(CallCommand):
    """Let nobody hear the person on this leg, or (`muted` is False) hear them again."""

    muted: bool


@dataclass(frozen=True, slots=True)
class ReturnCaller(CallCommand):
    """After the talk in which the caller's leg is now it is handed to us again, whoever it is joined with by then."""


@dataclass(frozen=True, slots=True)
class BringBack(CallCommand):
    """Have the caller's leg handed to us again, out of whatever it is in; answered by `CallReturned`."""


@dataclass(frozen=True, slots=True)
class EndWithCustomer(CallCommand):
    """The leg, which is joined with the customer now, is to end when the customer leaves, also when we are gone."""


@dataclass(frozen=True, slots=True)
class VerifyPin(Command):
    """Compare a secret input (`CollectDigits.secret`, kept under `word`) with the PIN of the agent with a number.

    Answered by `PinChecked`, whatever happens.
    """

    call: CallId
    number: str
    phone: str
    word: str


@dataclass(frozen=True, slots=True)
class TellPhone(CallCommand):
    """Ring one of our phones on a new `leg`, say something to whoever takes it up, and hang up.

    Nothing is answered: nobody waits for it. The display shows `shown`.
    """

    phone: Extension
    prompt: Prompt
    ring: Micros
    shown: str


@dataclass(frozen=True, slots=True)
class Supervise(CallCommand):
    """Ring a leader's `phone` on a new `leg`, to listen to the customer's leg from the answer on (C7).

    Answered by `LegRinging`, `LegAnswered`, `LegHungUp`, or by `RingFailed` where no leg was made; and by `KeyPressed`
    of the leader's leg, with 0, 1 or 3, each time that the mode has changed, and with 4 for a leader who wants the
    customer. The customer hears nothing of it. The display shows `caller_number` and `caller_name`.
    """

    customer_leg: LegId
    phone: Extension
    mode: SuperviseMode
    ring: Micros
    caller_number: str
    caller_name: str


@dataclass(frozen=True, slots=True)
class CallOut(CallCommand):
    """Ring a customer's `number` through a gateway on a new `leg`, which nobody else's leg waits for.

    Answered by `LegRinging`, `LegAnswered` and then `CallReturned`, because the dialplan hands the customer to us; or
    by `LegHungUp` or `RingFailed`, or both. The far end is shown `shown`. Without a gateway it fails at once.
    """

    number: str
    ring: Micros
    shown: str
    gateway: str = ""


@dataclass(frozen=True, slots=True)
class CallPhone(CallCommand):
    """Ring an agent's phone on a new `leg`; whoever takes it up hears what is played there (`PlayRingback`).

    Answered by `LegRinging` and `LegAnswered`, or as `CallOut` is where nobody does. The display shows the customer who
    is to be called.
    """

    phone: Extension
    ring: Micros
    caller_number: str
    caller_name: str


@dataclass(frozen=True, slots=True)
class ChangeSupervision(CallCommand):
    """Let a leader on this leg be heard by others than before; answered by `KeyPressed`."""

    mode: SuperviseMode


@dataclass(frozen=True, slots=True)
class StoreSupervision(Command):
    """Keep in the database who was on whose call; answered by `SupervisionStored`, however long that takes."""

    entry: SupervisionEntry


@dataclass(frozen=True, slots=True)
class PlayRingback(CallCommand):
    """Let an agent, whose leg is with nobody, hear that somebody is being called, until the leg is joined or over."""


@dataclass(frozen=True, slots=True)
class RaiseAlarm(Command):
    """Tell whoever runs the centre; the code and the values of a sentence, without anybody's telephone number."""

    code: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KeepGhost(Command):
    """Keep on disk what was found and healed, with what the journal has of its call; nothing is answered."""

    ghost: Ghost
