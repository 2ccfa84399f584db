"""Orders, as what FreeSWITCH understands, and the link on which each one travels.

What must happen in order on a caller's leg travels on the caller's own link, one order behind the other without
waiting (each application starts at a tick of 20 ms anyway). Legs that we originate, joins and hang-ups travel on the
inbound link and act at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

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
from fs_control.errors import BrokenInvariant, UserMistake
from fs_control.esl import Api, BgApi, Command, Execute
from fs_control.ids import LegId, Micros, OpId
from fs_control.switch import accepting, encode_out, encode_supervision, encode_talk
from fs_control.switch.accepting import prompt_file
from fs_control.switch.dial_strings import (
    dial_string_value,
    dialable,
    endpoint,
    gateway_of,
    pairs,
    semicolons,
    whole_seconds,
)
from fs_control.switch.dialect import Dialect, Via, WireOrder
from fs_control.switch.names import (
    CALL_VARIABLE,
    DIGITS_VARIABLE,
    ENTERPRISE_VARIABLE,
    NUMBER_VARIABLE,
    RETURN_CONTEXT,
    SECRET_VARIABLE,
)

BEEP: Final = "tone_stream://%(400,100,850)"
"""What a caller hears before a message is recorded: milliseconds on and off, hertz."""

SILENCE_BELOW: Final = 200
"""Sound weaker than this, as the mean of its samples (of 32,767), is silence; mod_voicemail's own choice."""


def encode_command(command: CallCommand, dialect: Dialect) -> tuple[WireOrder, ...]:
    """Say an order in FreeSWITCH's words. UserMistake where a setting cannot be said (a folder with a quote)."""
    encoder = _ENCODERS.get(type(command))
    if encoder is None:
        raise BrokenInvariant("command_without_encoder", command=type(command).__name__)
    return encoder(command, dialect)


def _on_caller(leg: LegId, *commands: Command) -> tuple[WireOrder, ...]:
    return tuple(WireOrder(Via.CALLER, command, leg) for command in commands)


def _on_switch(command: Command) -> tuple[WireOrder, ...]:
    return (WireOrder(Via.SWITCH, command),)


def _answer(command: AnswerCall, dialect: Dialect) -> tuple[WireOrder, ...]:
    """Mark the leg as ours, say what it is to do when it rings for somebody and afterwards, then answer.

    By api, which is done at once; an application would wait for the session's next look at its queue, up to 20 ms.
    """
    return (*_marked(command, dialect), *_on_caller(command.leg, Api("uuid_answer", command.leg)))


def _take_early(command: TakeCallEarly, dialect: Dialect) -> tuple[WireOrder, ...]:
    """The same without the answer: a leg that is not answered hears `ringback` while it rings for somebody.

    `bridge` answers it with the join, after a whisper too (trace early-media-whisper).
    """
    music = Api("uuid_setvar", f"{command.leg} ringback {dialect.hold_music}")
    early = _on_caller(command.leg, music, Api("uuid_pre_answer", command.leg))
    return (*_marked(command, dialect), *early)


def _marked(command: AnswerCall | TakeCallEarly, dialect: Dialect) -> tuple[WireOrder, ...]:
    variables = {
        CALL_VARIABLE: command.call,
        ENTERPRISE_VARIABLE: dialect.enterprise,
        NUMBER_VARIABLE: dialable(command.number),
        "playback_terminators": "none",  # FreeSWITCH's own choice is `*`, which would end hold music
        "origination_cancel_key": "none",  # a key while a phone rings is told, and ends nothing by itself
        "continue_on_fail": "true",  # a busy phone must not end the caller's call
        "hangup_after_bridge": "false",
        "force_transfer_context": RETURN_CONTEXT,  # a transfer key sends the caller to us, by the caller's own variable
        "export_vars": "hold_music",  # whose phone holds, its own variable says what the other one hears
    }
    marked = Api("uuid_setvar_multi", f"{command.leg} {semicolons(variables)}")
    music = Api("uuid_setvar", f"{command.leg} transfer_ringback {dialect.hold_music}")  # may hold a `;`
    held = Api("uuid_setvar", f"{command.leg} hold_music {dialect.hold_music}")
    return _on_caller(command.leg, marked, music, held)


def _play(command: PlayPrompt, dialect: Dialect) -> tuple[WireOrder, ...]:
    file = prompt_file(dialect, command.prompt)
    return _on_caller(command.leg, Execute("playback", _skippable(file, command.skip), event_uuid=command.op))


def _skippable(sound: str, skip: bool) -> str:
    """Let any key end a sound, by a variable that holds for this application alone (switch_core_session_exec)."""
    return f"%[playback_terminators=any]{sound}" if skip else sound


def _sentence(command: PlaySentence, dialect: Dialect) -> tuple[WireOrder, ...]:
    """One playback of several files."""
    sentence = _skippable(_sentence_of(command.prompts, dialect), command.skip)
    return _on_caller(command.leg, Execute("playback", sentence, event_uuid=command.op))


def _sentence_of(prompts: tuple[Prompt, ...], dialect: Dialect) -> str:
    """Say several files as one; `!` parts them (trace sentence; mod_dptools.c 1.10.12, file_string_file_open)."""
    files = [prompt_file(dialect, prompt) for prompt in prompts]
    split = next((file for file in files if "!" in file), None)
    if split is not None:
        raise UserMistake("path_not_sayable", path=split)
    return f"file_string://{'!'.join(files)}"


def _collect(command: CollectDigits, dialect: Dialect) -> tuple[WireOrder, ...]:
    """One try: the flow counts tries itself, and tells a wrong key from none. `none` ends the input with no key.

    Whether there are enough digits is not for the switch to judge: what is too short is told as well. A secret input
    goes by a variable of its own, is in no event of keys, no log and no list of keys dialled (`sensitive_dtmf`; without
    a pattern to match, nothing is logged either), and is taken away by the application that follows at once; without
    `event_lock` that one would run inside it, and before it (trace collect-secret).
    """
    first = _milliseconds(command.timeout)
    between = first if command.between is None else _milliseconds(command.between)
    sound = _asked(command.prompts, dialect)
    ends, most = command.end_key or "none", command.max_digits
    if not command.secret:
        argument = f"1 {most} 1 {first} {ends} {sound} silence_stream://10 {DIGITS_VARIABLE} .+ {between}"
        return _on_caller(command.leg, Execute("play_and_get_digits", argument, event_uuid=command.op))
    argument = f"1 {most} 1 {first} {ends} {sound} silence_stream://10 {SECRET_VARIABLE} '' {between}"
    hidden = f"%[sensitive_dtmf=true]{argument}"
    collect = Execute("play_and_get_digits", hidden, event_uuid=command.op, event_lock=True)
    return _on_caller(command.leg, collect, Execute("unset", SECRET_VARIABLE))


def _asked(prompts: tuple[Prompt, ...], dialect: Dialect) -> str:
    """Return what is played before keys are taken; `silence` is nothing at all (switch_ivr_read)."""
    if not prompts:
        return "silence"
    return _quoted(_sentence_of(prompts, dialect) if len(prompts) > 1 else prompt_file(dialect, prompts[0]))


def _record(command: RecordMessage, dialect: Dialect) -> tuple[WireOrder, ...]:
    """A tone, and at once behind it (`event_lock`) the recording: what is said between the two would be lost.

    Easy to break: where the file cannot be made, `record` hangs the caller up (switch_ivr_record_file_event), and so it
    does where the end of our connection takes the leg away from it (mod_dptools.c, record_function); so for that time
    alone the leg is not to be taken, and the dialplan has it behind the recording.
    """
    file = _quoted(f"{dialect.recordings}/{command.file}")
    longest, silence = whole_seconds(command.longest), whole_seconds(command.silence)
    own = f"%[playback_terminators={command.end_key or 'none'},socket_resume=false]"
    record = Execute("record", f"{own}{file} {longest} {SILENCE_BELOW} {silence}", event_uuid=command.op)
    beep = Execute("playback", BEEP, event_uuid=OpId(command.op + BEEP_SUFFIX), event_lock=True)
    return _on_caller(command.leg, beep, record)


def _music(command: PlayHoldMusic, dialect: Dialect) -> tuple[WireOrder, ...]:
    """Loop by the wire's `loops`, which `uuid_break` ends; `endless_playback` it would not (mod_dptools.c 1.10.12)."""
    is_stream = "://" in dialect.hold_music  # plays until it is stopped by itself
    loops = 1 if is_stream else -1
    return _on_caller(command.leg, Execute("playback", dialect.hold_music, event_uuid=command.op, loops=loops))


def _stop(command: StopPlaying, dialect: Dialect) -> tuple[WireOrder, ...]:
    """On the caller's link, so that it stays before what is played next."""
    return _on_caller(command.leg, Api("uuid_break", f"{command.leg} all"))


def _ring(command: RingAgent, dialect: Dialect) -> tuple[WireOrder, ...]:
    """Let the caller's own leg ring the phone and join it: no other way is as fast, and none leaves fewer loose ends.

    The agent's leg has the name that we chose, and the application too, so that its end names the attempt. An answer
    takes `socket_resume` away inside the switch, before the join: with it, the end of our connection would cut the pair
    (trace controller-dies-while-talking-cut).
    """
    variables = {
        CALL_VARIABLE: command.call,
        ENTERPRISE_VARIABLE: dialect.enterprise,
        "origination_caller_id_number": dialable(command.caller_number) or "anonymous",
        "originate_timeout": str(accepting.longest(command)),
        "ignore_early_media": "true",
        "instant_ringback": "true",
        "hangup_after_bridge": "true",
        "send_silence_when_idle": "-1",  # before it is parked for the first time, or it gets no sound then
        "api_on_answer": f"uuid_setvar {command.caller_leg} socket_resume false",
        **encode_talk.LEFT_IN_HOLD,
        "force_transfer_context": RETURN_CONTEXT,  # where the phone calls, its key sends this leg
    }
    phones = _one_phone(command, variables, dialect) if not command.others else _phones(command, variables, dialect)
    return _on_caller(command.caller_leg, Execute("bridge", phones, event_uuid=OpId(command.leg)))


def _one_phone(command: RingAgent, variables: dict[str, str], dialect: Dialect) -> str:
    (phone,) = accepting.phones_of(command)
    own = {**_own_variables(command.leg, command.caller_name), **variables}
    return f"{{{pairs(own | accepting.asking(command, phone, dialect))}}}{accepting.end_of(command, phone, dialect)}"


def _phones(command: RingAgent, variables: dict[str, str], dialect: Dialect) -> str:
    """Ring all; what is each leg's own stands before its phone, and nowhere else: braces win (trace ring-all)."""
    asks = accepting.asks(command)
    if command.whisper is not None and not asks:
        variables = variables | accepting.whispering(command.ring, command.whisper, dialect)
    legs = []
    for each in accepting.phones_of(command):
        own = _own_variables(each.leg, each.caller_name)
        own |= accepting.asking(command, each, dialect) if asks else {}
        legs.append(f"[{pairs(own)}]{accepting.end_of(command, each, dialect)}")
    return f"{{{pairs(variables)}}}{','.join(legs)}"


def _own_variables(leg: LegId, caller_name: str) -> dict[str, str]:
    return {
        "origination_uuid": leg,
        "origination_caller_id_name": dial_string_value(caller_name) or "unknown",
    }


def _dial(command: DialOut, dialect: Dialect) -> tuple[WireOrder, ...]:
    """As `_ring`, through the gateway; the endpoint `error` fails with its cause (mod_dptools.c 1.10.12).

    Sound before the answer is not passed on: it would be joined as if it were an answer (trace early-media-bridge).
    """
    where = gateway_of(dialect, command.number, command.gateway)
    shown = dialable(command.shown) or "anonymous"
    variables = {
        "origination_uuid": command.leg,
        "origination_caller_id_name": shown,
        CALL_VARIABLE: command.call,
        ENTERPRISE_VARIABLE: dialect.enterprise,
        "origination_caller_id_number": shown,
        "originate_timeout": str(whole_seconds(command.ring)),
        "ignore_early_media": "true",
        "instant_ringback": "true",
        "hangup_after_bridge": "true",
        "api_on_answer": f"uuid_setvar {command.caller_leg} socket_resume false",
        **encode_talk.LEFT_IN_HOLD,
        "force_transfer_context": RETURN_CONTEXT,  # where the phone calls, its key sends this leg
    }
    dial = Execute("bridge", f"{{{pairs(variables)}}}{where}", event_uuid=OpId(command.leg))
    return _on_caller(command.caller_leg, dial)


def _tell_phone(command: TellPhone, dialect: Dialect) -> tuple[WireOrder, ...]:
    """Originate a leg that plays a sentence to whoever takes it up, and ends with it; nobody waits for any of that."""
    sound = prompt_file(dialect, command.prompt)
    if set(sound) & set("'\\()"):  # the application's argument ends at a bracket (mod_commands.c, originate_function)
        raise UserMistake("path_not_sayable", path=sound)
    shown = dialable(command.shown)
    variables = {
        "origination_uuid": command.leg,
        ENTERPRISE_VARIABLE: dialect.enterprise,
        "origination_caller_id_number": shown,
        "origination_caller_id_name": shown,
        "originate_timeout": str(whole_seconds(command.ring)),
        "ignore_early_media": "true",
    }
    then = f"&playback({sound})"
    then = f"'{then}'" if " " in then else then
    where = f"{{{pairs(variables)}}}{endpoint(command.phone, dialect)}"
    return _on_switch(BgApi("originate", f"{where} {then}", job_uuid=command.leg))


def _guard(command: GuardCaller, dialect: Dialect) -> tuple[WireOrder, ...]:
    return _on_switch(Api("uuid_setvar", f"{command.leg} socket_resume true"))


def _hang_up(command: HangUp, dialect: Dialect) -> tuple[WireOrder, ...]:
    return _on_switch(Api("uuid_kill", f"{command.leg} {command.cause}"))


_ENCODERS: Final[dict[type[CallCommand], Callable[[Any, Dialect], tuple[WireOrder, ...]]]] = {
    AnswerCall: _answer,
    PlayPrompt: _play,
    CollectDigits: _collect,
    PlayHoldMusic: _music,
    StopPlaying: _stop,
    RingAgent: _ring,
    BridgeLegs: encode_talk.bridge,
    GuardCaller: _guard,
    HangUp: _hang_up,
    PlaySentence: _sentence,
    TakeCallEarly: _take_early,
    DialOut: _dial,
    RecordMessage: _record,
    ParkLeg: encode_talk.park,
    LetWait: encode_talk.let_wait,
    StopWaiting: encode_talk.stop_waiting,
    RingColleague: encode_talk.ring_colleague,
    JoinColleague: encode_talk.join_colleague,
    ThreeWay: encode_talk.three_way,
    MuteLeg: encode_talk.mute,
    ReturnCaller: encode_talk.return_caller,
    BringBack: encode_talk.bring_back,
    EndWithCustomer: encode_talk.end_with_customer,
    TellPhone: _tell_phone,
    Supervise: encode_supervision.supervise,
    ChangeSupervision: encode_supervision.change,
    CallOut: encode_out.call_out,
    CallPhone: encode_out.call_phone,
    PlayRingback: encode_out.ringback,
}
"""How each order is said: one line for each command about a leg."""


def _quoted(path: str) -> str:
    """Quote a path for an argument that FreeSWITCH splits at blanks."""
    if "'" in path or "\\" in path:
        raise UserMistake("path_not_sayable", path=path)
    return f"'{path}'" if " " in path else path


def _milliseconds(length: Micros) -> int:
    return max(1, round(length / 1000))
