"""Every order, exactly as it goes over the wire."""

from __future__ import annotations

import pytest

from fs_control.commands import (
    AnswerCall,
    BridgeLegs,
    BringBack,
    CallCommand,
    CollectDigits,
    DialOut,
    GuardCaller,
    HangUp,
    OtherPhone,
    PlayHoldMusic,
    PlayPrompt,
    PlaySentence,
    Prompt,
    RecordMessage,
    RingAgent,
    StopPlaying,
    TakeCallEarly,
    TellPhone,
)
from fs_control.errors import BrokenInvariant, UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE, CallId, Extension, LegId, OpId, seconds
from fs_control.switch import Dialect, Via, encode_command

CALL, LEG, AGENT_LEG, OP = CallId("call-1"), LegId("leg-1"), LegId("leg-2"), OpId("call-1.3")
DIALECT = Dialect(DEFAULT_ENTERPRISE, "10.0.0.1", "/prompts", "local_stream://moh", "carrier", "/recordings")
SPACED = Dialect(DEFAULT_ENTERPRISE, "10.0.0.1", "/my prompts", "/music/hold.wav")
WELCOME = Prompt("welcome", "zh")


def wire(command: CallCommand, dialect: Dialect = DIALECT) -> list[tuple[Via, str]]:
    """The order as (link, text on the wire)."""
    return [(order.via, order.command.encode().decode()) for order in encode_command(command, dialect)]


def execute(*lines: str) -> str:
    return "\n".join(["sendmsg", "call-command: execute", *lines, "", ""])


WIRE = {
    "answer": (
        AnswerCall(CALL, LEG, "4001"),
        [
            (
                Via.CALLER,
                "api uuid_setvar_multi leg-1 fsc_call_id=call-1;fsc_enterprise=default;fsc_number=4001;"
                "playback_terminators=none;origination_cancel_key=none;continue_on_fail=true;"
                "hangup_after_bridge=false;force_transfer_context=fs_control_return;export_vars=hold_music\n\n",
            ),
            (Via.CALLER, "api uuid_setvar leg-1 transfer_ringback local_stream://moh\n\n"),
            (Via.CALLER, "api uuid_setvar leg-1 hold_music local_stream://moh\n\n"),
            (Via.CALLER, "api uuid_answer leg-1\n\n"),
        ],
    ),
    "prompt": (
        PlayPrompt(CALL, LEG, OP, WELCOME),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: playback",
                    "Event-UUID: call-1.3",
                    "execute-app-arg: /prompts/zh/welcome.wav",
                ),
            )
        ],
    ),
    "prompt that any key ends": (
        PlayPrompt(CALL, LEG, OP, WELCOME, skip=True),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: playback",
                    "Event-UUID: call-1.3",
                    "execute-app-arg: %[playback_terminators=any]/prompts/zh/welcome.wav",
                ),
            )
        ],
    ),
    "sentence that any key ends": (
        PlaySentence(CALL, LEG, OP, (WELCOME, Prompt("part-place", "zh")), skip=True),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: playback",
                    "Event-UUID: call-1.3",
                    "execute-app-arg: %[playback_terminators=any]"
                    "file_string:///prompts/zh/welcome.wav!/prompts/zh/part-place.wav",
                ),
            )
        ],
    ),
    "input after a sentence, ended by a key": (
        CollectDigits(
            CALL, LEG, OP, (WELCOME, Prompt("part-place", "zh")), 18, seconds(5), end_key="#", between=seconds(2.5)
        ),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: play_and_get_digits",
                    "Event-UUID: call-1.3",
                    "execute-app-arg: 1 18 1 5000 # file_string:///prompts/zh/welcome.wav!/prompts/zh/part-place.wav"
                    " silence_stream://10 fsc_digits .+ 2500",
                ),
            )
        ],
    ),
    "input without a prompt": (
        CollectDigits(CALL, LEG, OP, (), 2, seconds(3)),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: play_and_get_digits",
                    "Event-UUID: call-1.3",
                    "execute-app-arg: 1 2 1 3000 none silence silence_stream://10 fsc_digits .+ 3000",
                ),
            )
        ],
    ),
    "secret input": (
        CollectDigits(CALL, LEG, OP, (WELCOME,), 6, seconds(5), min_digits=6, secret="secret:pin"),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: play_and_get_digits",
                    "Event-UUID: call-1.3",
                    "event-lock: true",
                    "execute-app-arg: %[sensitive_dtmf=true]"
                    "1 6 1 5000 none /prompts/zh/welcome.wav silence_stream://10 fsc_secret '' 5000",
                ),
            ),
            (Via.CALLER, execute("execute-app-name: unset", "execute-app-arg: fsc_secret")),
        ],
    ),
    "message": (
        RecordMessage(CALL, LEG, OP, "message-call-1.3.wav", seconds(120), seconds(4), "#"),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: playback",
                    "Event-UUID: call-1.3.beep",
                    "event-lock: true",
                    "execute-app-arg: tone_stream://%(400,100,850)",
                ),
            ),
            (
                Via.CALLER,
                execute(
                    "execute-app-name: record",
                    "Event-UUID: call-1.3",
                    "execute-app-arg: %[playback_terminators=#,socket_resume=false]"
                    "/recordings/message-call-1.3.wav 120 200 4",
                ),
            ),
        ],
    ),
    "sentence": (
        PlaySentence(CALL, LEG, OP, (Prompt("part-place", "zh"), Prompt("part-number-3", "zh"))),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: playback",
                    "Event-UUID: call-1.3",
                    "execute-app-arg: file_string:///prompts/zh/part-place.wav!/prompts/zh/part-number-3.wav",
                ),
            )
        ],
    ),
    "collect": (
        CollectDigits(CALL, LEG, OP, (WELCOME,), 1, seconds(5)),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: play_and_get_digits",
                    "Event-UUID: call-1.3",
                    "execute-app-arg: 1 1 1 5000 none /prompts/zh/welcome.wav silence_stream://10 fsc_digits .+ 5000",
                ),
            )
        ],
    ),
    "music": (
        PlayHoldMusic(CALL, LEG, OP),
        [
            (
                Via.CALLER,
                execute("execute-app-name: playback", "Event-UUID: call-1.3", "execute-app-arg: local_stream://moh"),
            )
        ],
    ),
    "stop": (StopPlaying(CALL, LEG), [(Via.CALLER, "api uuid_break leg-1 all\n\n")]),
    "ring": (
        RingAgent(CALL, AGENT_LEG, LEG, Extension("1001"), seconds(20), "13800138000", "Zhang San"),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: bridge",
                    "Event-UUID: leg-2",
                    "execute-app-arg: {origination_uuid=leg-2,origination_caller_id_name='Zhang San',"
                    "fsc_call_id=call-1,fsc_enterprise=default,origination_caller_id_number=13800138000,"
                    "originate_timeout=20,ignore_early_media=true,instant_ringback=true,hangup_after_bridge=true,send_silence_when_idle=-1,"
                    "api_on_answer='uuid_setvar leg-1 socket_resume false',"
                    "hold_hangup_xfer_exten=fs_control:XML:fs_control_return,force_transfer_context=fs_control_return}user/1001@10.0.0.1",
                ),
            )
        ],
    ),
    "ring and whisper": (
        RingAgent(CALL, AGENT_LEG, LEG, Extension("1001"), seconds(20), "13800138000", "Zhang San", WELCOME),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: bridge",
                    "Event-UUID: leg-2",
                    "execute-app-arg: {origination_uuid=leg-2,origination_caller_id_name='Zhang San',"
                    "fsc_call_id=call-1,fsc_enterprise=default,origination_caller_id_number=13800138000,"
                    "originate_timeout=45,ignore_early_media=true,instant_ringback=true,hangup_after_bridge=true,send_silence_when_idle=-1,"
                    "api_on_answer='uuid_setvar leg-1 socket_resume false',"
                    "hold_hangup_xfer_exten=fs_control:XML:fs_control_return,force_transfer_context=fs_control_return,leg_timeout=20,group_confirm_timeout=20,"
                    "group_confirm_key=exec,group_confirm_file='playback /prompts/zh/welcome.wav'}user/1001@10.0.0.1",
                ),
            )
        ],
    ),
    "ring all": (
        RingAgent(
            *(CALL, AGENT_LEG, LEG, Extension("1001"), seconds(20), "13800138000", "OWN Zhang San"),
            others=(OtherPhone(LegId("leg-3"), Extension("1002"), "Zhang San"),),
        ),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: bridge",
                    "Event-UUID: leg-2",
                    "execute-app-arg: {fsc_call_id=call-1,fsc_enterprise=default,"
                    "origination_caller_id_number=13800138000,"
                    "originate_timeout=20,ignore_early_media=true,instant_ringback=true,hangup_after_bridge=true,send_silence_when_idle=-1,"
                    "api_on_answer='uuid_setvar leg-1 socket_resume false',"
                    "hold_hangup_xfer_exten=fs_control:XML:fs_control_return,force_transfer_context=fs_control_return}"
                    "[origination_uuid=leg-2,origination_caller_id_name='OWN Zhang San']user/1001@10.0.0.1,"
                    "[origination_uuid=leg-3,origination_caller_id_name='Zhang San']user/1002@10.0.0.1",
                ),
            )
        ],
    ),
    "bridge": (
        BridgeLegs(CALL, LEG, AGENT_LEG),
        [
            (
                Via.SWITCH,
                "api uuid_setvar_multi leg-1 socket_resume=false;"
                "transfer_after_bridge=fs_control:XML:fs_control_return;max_forwards=70\n\n",
            ),
            (
                Via.SWITCH,
                "api uuid_setvar_multi leg-2 hangup_after_bridge=false;"
                "hold_hangup_xfer_exten=fs_control:XML:fs_control_return\n\n",
            ),
            (Via.SWITCH, "api uuid_bridge leg-2 leg-1\n\n"),
        ],
    ),
    "guard the caller": (GuardCaller(CALL, LEG), [(Via.SWITCH, "api uuid_setvar leg-1 socket_resume true\n\n")]),
    "take a call early": (
        TakeCallEarly(CALL, LEG, "4001"),
        [
            (
                Via.CALLER,
                "api uuid_setvar_multi leg-1 fsc_call_id=call-1;fsc_enterprise=default;fsc_number=4001;"
                "playback_terminators=none;origination_cancel_key=none;continue_on_fail=true;"
                "hangup_after_bridge=false;force_transfer_context=fs_control_return;export_vars=hold_music\n\n",
            ),
            (Via.CALLER, "api uuid_setvar leg-1 transfer_ringback local_stream://moh\n\n"),
            (Via.CALLER, "api uuid_setvar leg-1 hold_music local_stream://moh\n\n"),
            (Via.CALLER, "api uuid_setvar leg-1 ringback local_stream://moh\n\n"),
            (Via.CALLER, "api uuid_pre_answer leg-1\n\n"),
        ],
    ),
    "dial out": (
        DialOut(CALL, AGENT_LEG, LEG, "+862112345678", seconds(30), "4001"),
        [
            (
                Via.CALLER,
                execute(
                    "execute-app-name: bridge",
                    "Event-UUID: leg-2",
                    "execute-app-arg: {origination_uuid=leg-2,origination_caller_id_name=4001,fsc_call_id=call-1,"
                    "fsc_enterprise=default,origination_caller_id_number=4001,originate_timeout=30,"
                    "ignore_early_media=true,instant_ringback=true,hangup_after_bridge=true,"
                    "api_on_answer='uuid_setvar leg-1 socket_resume false',"
                    "hold_hangup_xfer_exten=fs_control:XML:fs_control_return,force_transfer_context=fs_control_return}sofia/gateway/carrier/+862112345678",
                ),
            )
        ],
    ),
    "hang up": (HangUp(CALL, LEG, "NORMAL_CLEARING"), [(Via.SWITCH, "api uuid_kill leg-1 NORMAL_CLEARING\n\n")]),
}


@pytest.mark.parametrize("order", WIRE)
def test_an_order_goes_over_the_wire_as(order: str) -> None:
    command, expected = WIRE[order]
    assert wire(command) == expected


def test_a_file_for_music_is_played_again_and_again() -> None:
    [(_, text)] = wire(PlayHoldMusic(CALL, LEG, OP), SPACED)
    assert "loops: -1\nexecute-app-arg: /music/hold.wav" in text


def test_a_folder_with_a_blank_is_quoted_where_blanks_part() -> None:
    [(_, collect)] = wire(CollectDigits(CALL, LEG, OP, (WELCOME,), 1, seconds(5)), SPACED)
    [(_, play)] = wire(PlayPrompt(CALL, LEG, OP, WELCOME), SPACED)
    assert "none '/my prompts/zh/welcome.wav' silence" in collect
    assert "execute-app-arg: /my prompts/zh/welcome.wav" in play


def test_a_folder_with_a_quote_cannot_be_said() -> None:
    with pytest.raises(UserMistake, match="path_not_sayable"):
        wire(CollectDigits(CALL, LEG, OP, (WELCOME,), 1, seconds(5)), Dialect(DEFAULT_ENTERPRISE, "d", "/it's", "m"))


@pytest.mark.parametrize("folder", ["/it's", "/a,b", "/a{b", "/a]b", "/a$b", "/a\\b"])
def test_a_folder_that_a_dial_string_would_not_carry_cannot_be_said(folder: str) -> None:
    ring = RingAgent(CALL, AGENT_LEG, LEG, Extension("1001"), seconds(20), "1", "", WELCOME)
    with pytest.raises(UserMistake, match="path_not_sayable"):
        wire(ring, Dialect(DEFAULT_ENTERPRISE, "d", folder, "m"))


def test_A17_a_phone_is_told_something_by_a_call_that_ends_with_it() -> None:
    tell = TellPhone(CALL, AGENT_LEG, Extension("1001"), WELCOME, seconds(20), "0000")
    [(via, text)] = wire(tell)
    assert via is Via.SWITCH
    assert text.startswith(f"bgapi originate {{origination_uuid={AGENT_LEG},")
    assert "origination_caller_id_number=0000," in text
    assert text.partition("}")[2].startswith(
        f"user/1001@{DIALECT.domain} &playback({DIALECT.prompts}/zh/welcome.wav)\n"
    )
    [(_, spaced)] = wire(tell, SPACED)
    assert " '&playback(" in spaced


@pytest.mark.parametrize("folder", ["/it's", "/a(b", "/a)b", "/a\\b"])
def test_A17_a_folder_that_an_application_would_not_carry_cannot_be_said(folder: str) -> None:
    tell = TellPhone(CALL, AGENT_LEG, Extension("1001"), WELCOME, seconds(20), "0000")
    with pytest.raises(UserMistake, match="path_not_sayable"):
        wire(tell, Dialect(DEFAULT_ENTERPRISE, "d", folder, "m"))


def test_without_a_gateway_dialling_fails_with_its_cause() -> None:
    dial = DialOut(CALL, AGENT_LEG, LEG, "02112345678", seconds(30), "4001")
    [(_, text)] = wire(dial, SPACED)
    assert text.endswith("}error/INVALID_GATEWAY\n\n")


@pytest.mark.parametrize(
    "number",
    [
        "",
        "1",
        "0211234567a",
        "021 1234",
        "021,user/1001",
        "0211234&sofia",
        "++8621",
        "021|9",
        "1" * 21,
        "021\n",
        "٠٢١١٢٣",
    ],
)
def test_nothing_but_a_number_is_ever_dialled(number: str) -> None:
    with pytest.raises(UserMistake, match="number_not_dialable"):
        wire(DialOut(CALL, AGENT_LEG, LEG, number, seconds(30), "4001"))


def test_who_is_handed_over_anew_has_all_tries_of_the_dialplan_again() -> None:
    assert wire(BringBack(CallId("call-1"), LegId("leg-1"))) == [
        (Via.SWITCH, "api uuid_setvar_multi leg-1 fsc_waited=no\n\n"),
        (Via.SWITCH, "api uuid_transfer leg-1 fs_control XML fs_control_return\n\n"),
    ]


def test_an_order_without_words_is_a_defect() -> None:
    with pytest.raises(BrokenInvariant, match="command_without_encoder"):
        encode_command(CallCommand(CALL, LEG), DIALECT)
