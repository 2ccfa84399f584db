"""What each order about a leg does in a dry run: one small function and one line in `ANSWERS` for each.

An order that is not in the table is a defect of ours and raises: a dry run that left an order out would tell another
story than the live call. Everything is answered as a switch does on which nothing goes wrong; what goes wrong in a
scene is done by people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from fs_control.calls import NORMAL
from fs_control.centre.rehearsal.people import digits_of
from fs_control.centre.rehearsal.scene import HANGS_UP, SILENCE, AgentIs
from fs_control.centre.rehearsal.stage import AgentLeg, Stage
from fs_control.commands import (
    BEEP_SUFFIX,
    AnswerCall,
    BridgeLegs,
    BringBack,
    CallCommand,
    CallOut,
    CallPhone,
    ChangeSupervision,
    CollectDigits,
    DialOut,
    EndWithCustomer,
    GuardCaller,
    HangUp,
    JoinColleague,
    LetWait,
    MuteLeg,
    ParkLeg,
    PlayHoldMusic,
    PlayPrompt,
    PlayRingback,
    PlaySentence,
    Prompt,
    RecordMessage,
    ReturnCaller,
    RingAgent,
    RingColleague,
    StopPlaying,
    StopWaiting,
    Supervise,
    TakeCallEarly,
    TellPhone,
    ThreeWay,
)
from fs_control.errors import BrokenInvariant
from fs_control.events import DigitsCollected, KeyPressed, LegAnswered, LegRinging, MessageRecorded, PromptFinished
from fs_control.ids import NEVER, LegId, Micros, OpId, seconds

THINKS: Final = seconds(1)
"""From the end of a question to the first key."""
HESITATES: Final = seconds(3)
"""From the beginning of the music to a key that leads out of the line."""
PICKS_UP: Final = seconds(3)
"""From the first ring to the agent's answer."""
REFUSES: Final = seconds(1)
"""From the order to ring until somebody who does not want the call, or talks, has said so."""
SKIPS: Final = seconds(1)
"""From the beginning of a prompt to the key by which it is skipped."""
TONE: Final = seconds(0.5)
"""How long the tone before a message takes."""
TALKS: Final = seconds(30)
"""From there until the agent hangs up."""


def answer(stage: Stage, command: CallCommand) -> None:
    """Do what is ordered about a leg; BrokenInvariant where nobody has said what that is."""
    how = ANSWERS.get(type(command))
    if how is None:
        raise BrokenInvariant("rehearsal_order_unknown", command=type(command).__name__)
    how(stage, command)


# --- the caller's leg ----------------------------------------------------------------------------------------------


def _answer_call(stage: Stage, command: AnswerCall) -> None:
    stage.caller_is_answered()


def _nothing(stage: Stage, command: CallCommand) -> None:
    """Nothing comes back, and nobody hears anything."""


def _play(stage: Stage, command: PlayPrompt) -> None:
    _say(stage, command.op, [command.prompt], skip=command.skip)


def _play_sentence(stage: Stage, command: PlaySentence) -> None:
    _say(stage, command.op, command.prompts, skip=command.skip)


def _say(stage: Stage, op: OpId, prompts: Sequence[Prompt], *, skip: bool) -> None:
    """Play prompts; the sentence in which a caller in line is asked something takes keys as well."""
    length = stage.length_of(prompts)
    key = stage.caller.skips(_heard(prompts)) if skip else None
    if key is not None:
        length = min(length, SKIPS)
        stage.tell(KeyPressed(leg=stage.leg, key=key), length, lambda: stage.is_heard(op))
    stage.play(op, length)
    if op == stage.question:
        _press_in_line(stage, stage.caller.answer(prompts[0].name), Micros(length + THINKS))


def _press_in_line(stage: Stage, pressed: str, after: Micros) -> None:
    """Press keys where nothing collects them: each is told by itself."""
    if pressed == HANGS_UP:
        stage.later(after, stage.caller_hangs_up)
    elif pressed != SILENCE:
        for key in pressed:
            stage.tell(KeyPressed(leg=stage.leg, key=key), after, lambda: not stage.is_over)


def _heard(prompts: Sequence[Prompt]) -> str:
    return " ".join(prompt.name for prompt in prompts)


def _collect(stage: Stage, command: CollectDigits) -> None:
    stage.op = command.op
    length = stage.length_of(command.prompts)
    pressed = stage.caller.answer(_heard(command.prompts), is_secret=bool(command.secret))
    digits = digits_of(pressed, command.max_digits, command.end_key)
    if command.secret:
        digits = DigitsCollected.HIDDEN if len(digits) >= command.min_digits else ""
    told = DigitsCollected(leg=command.leg, op=command.op, digits=digits)
    after = length + (command.timeout if pressed == SILENCE else THINKS)
    if pressed == HANGS_UP:
        stage.later(Micros(after), stage.caller_hangs_up)
    else:
        for key in () if command.secret or pressed == SILENCE else pressed:  # each is told by itself as well
            stage.tell(KeyPressed(leg=stage.leg, key=key), Micros(after), lambda: stage.is_heard(command.op))
        stage.tell(told, Micros(after), lambda: stage.is_heard(command.op))


def _record(stage: Stage, command: RecordMessage) -> None:
    """A tone, then what the caller has to say; silence ends it."""
    stage.op = command.op
    tone = PromptFinished(leg=stage.leg, op=OpId(command.op + BEEP_SUFFIX), completed=True)
    stage.tell(tone, TONE, lambda: stage.is_heard(command.op))
    spoken = min(stage.scene.message, command.longest)
    told = MessageRecorded(leg=stage.leg, op=command.op, length=spoken, went_silent=True)
    stage.tell(told, Micros(TONE + spoken + command.silence), lambda: stage.is_heard(command.op))


def _hold_music(stage: Stage, command: PlayHoldMusic) -> None:
    """Music in a line that may be left by a key is a question like any other."""
    stage.op = command.op
    if stage.asks_in_line():
        _press_in_line(stage, stage.caller.answer("hold"), HESITATES)


def _stop_playing(stage: Stage, command: StopPlaying) -> None:
    stage.stop_playing()


def _hang_up(stage: Stage, command: HangUp) -> None:
    if command.leg == stage.leg:
        stage.caller_hangs_up(command.cause)
    else:
        stage.end_phone(command.leg, command.cause)


# --- agents --------------------------------------------------------------------------------------------------------


def _ring(stage: Stage, command: RingAgent) -> None:
    phones = [(command.leg, command.phone), *((other.leg, other.phone) for other in command.others)]
    stage.op = None
    for leg, _ in phones:
        stage.phones[leg] = AgentLeg(leg, command.leg)
    for leg, phone in phones:
        _ring_one(stage, leg, stage.how_is_phone(phone), command)


def _ring_one(stage: Stage, leg: LegId, agent: AgentIs, command: RingAgent) -> None:
    match agent:
        case AgentIs.NO_PHONE:  # there is no leg of a phone that is not registered
            stage.end_phone(leg, "SUBSCRIBER_ABSENT", was_there=False)
        case AgentIs.DECLINES:
            stage.later(REFUSES, lambda: stage.end_phone(leg, "CALL_REJECTED"))
        case AgentIs.NO_ANSWER:
            _rings_in_vain(stage, leg, command.ring)
        case _:
            whisper = stage.length_of([command.whisper]) if command.whisper is not None else Micros(0)
            _is_taken_up(stage, leg, command.ring, whisper)


def _dial(stage: Stage, command: DialOut) -> None:
    stage.op = None
    stage.phones[command.leg] = AgentLeg(command.leg, command.leg)
    match stage.scene.dialled:
        case "busy":
            stage.later(REFUSES, lambda: stage.end_phone(command.leg, "USER_BUSY"))
        case "failed":
            stage.later(REFUSES, lambda: stage.end_phone(command.leg, "INVALID_GATEWAY", was_there=False))
        case "no_answer":
            _rings_in_vain(stage, command.leg, command.ring)
        case _:
            _is_taken_up(stage, command.leg, command.ring)


def _rings_in_vain(stage: Stage, leg: LegId, ring: Micros) -> None:
    stage.tell(LegRinging(leg=leg))
    stage.later(ring, lambda: stage.end_phone(leg, "NO_ANSWER"))


def _is_taken_up(stage: Stage, leg: LegId, ring: Micros, whisper: Micros = NEVER) -> None:
    """Let somebody take a phone up after a while, or not, where it does not ring for so long."""
    if ring <= PICKS_UP:
        _rings_in_vain(stage, leg, ring)
        return
    stage.tell(LegRinging(leg=leg))
    stage.later(PICKS_UP, lambda: _take_up(stage, leg, whisper))


def _take_up(stage: Stage, leg: LegId, whisper: Micros) -> None:
    """Join whoever took the phone up, unless somebody was quicker or nobody is there any more."""
    phone = stage.phones[leg]
    if phone.over or stage.is_over:
        return
    stage.tell(LegAnswered(leg=leg))
    for other in stage.phones.values():
        if other.attempt == phone.attempt and other is not phone:
            stage.end_phone(other.leg, "LOSE_RACE")
    stage.later(whisper, lambda: stage.join(leg))
    stage.later(Micros(whisper + TALKS), lambda: stage.end_phone(leg, NORMAL))


def _bridge(stage: Stage, command: BridgeLegs) -> None:
    stage.join(command.agent_leg)


ANSWERS: Final[Mapping[type[CallCommand], Callable[[Stage, Any], None]]] = {
    AnswerCall: _answer_call,
    TakeCallEarly: _nothing,
    GuardCaller: _nothing,
    PlayPrompt: _play,
    PlaySentence: _play_sentence,
    CollectDigits: _collect,
    PlayHoldMusic: _hold_music,
    StopPlaying: _stop_playing,
    HangUp: _hang_up,
    RingAgent: _ring,
    DialOut: _dial,
    BridgeLegs: _bridge,
    RecordMessage: _record,
    # Calls that agents make; a caller whose way is tried out makes none.
    CallOut: _nothing,
    CallPhone: _nothing,
    PlayRingback: _nothing,
    ParkLeg: _nothing,
    LetWait: _nothing,
    StopWaiting: _nothing,
    RingColleague: _nothing,
    JoinColleague: _nothing,
    ThreeWay: _nothing,
    MuteLeg: _nothing,
    ReturnCaller: _nothing,
    BringBack: _nothing,
    EndWithCustomer: _nothing,
    TellPhone: _nothing,
    Supervise: _nothing,
    ChangeSupervision: _nothing,
}
"""Every order about a leg, and what it does."""
