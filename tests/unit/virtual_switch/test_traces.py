"""The recorded traffic of FreeSWITCH 1.10.12, played again: the same commands bring the same events on each wire.

Compared are name, application, its response, hang-up cause and answer state, in the order of Event-Sequence and for
each channel by itself, because two sessions run beside each other; for queue-uuid-bridge also the names of all headers,
in their order. The first CHANNEL_PARK may come before `myevents` or after it (the traces have both): it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from fs_control.virtual_switch.dialplan import Action, Extension
from fs_control.virtual_switch.script import HangUp, Phone, PhoneBehaviour, Reaction, Wait, WaitForAnswer, WaitForPrompt
from tests.unit.virtual_switch.box import Box, Fact, Headers, Line, fact, trace_events
from tests.unit.virtual_switch.calls import MUSIC, answered_call, call

FIRST_PARK = ("CHANNEL_PARK", "", "", "", "ringing")


def in_order(events: Iterable[Headers]) -> list[Headers]:
    """Events by their number; notices, which have none, come last."""
    return sorted(events, key=lambda event: int(event.get("Event-Sequence", 10**12)))


def facts(events: Iterable[Headers]) -> list[Fact]:
    found = [fact(event) for event in in_order(events)]
    return [each for each in found if each != FIRST_PARK]


def by_leg(events: Iterable[Headers]) -> dict[str, list[Headers]]:
    """Events of the caller's leg, of the agent's, and of neither, each in order."""
    legs: dict[str, list[Headers]] = {"inbound": [], "outbound": [], "": []}
    for event in in_order(events):
        legs[event.get("Call-Direction", "")].append(event)
    return legs


def assert_same(line: Line, trace: str, wire: str) -> None:
    ours, theirs = by_leg(line.events), by_leg(trace_events(trace, wire))
    for leg in ours:
        assert facts(ours[leg]) == facts(theirs[leg])


def assert_same_headers(line: Line, trace: str, wire: str) -> None:
    """Header for header, in their order; what a phone's ACK adds may come a moment earlier or later."""
    late = {"variable_sip_to_tag", "variable_sip_cseq"}
    legs, recorded = by_leg(line.events), by_leg(trace_events(trace, wire))
    for ours, theirs in (pair for leg in legs for pair in zip(legs[leg], recorded[leg], strict=True)):
        names = [name for name in ours if name != "body" and name not in late]
        if ours["Event-Name"] == "CHANNEL_EXECUTE_COMPLETE" and ours["Application"] == "answer":
            assert set(names) == set(theirs) - late
        else:
            assert names == [name for name in theirs if name not in late], ours["Event-Name"]


def hung_up_at_the_end(line: Line) -> None:
    line.app("hangup", wait=False)
    line.until_closed()


def test_queue_uuid_bridge(box: Box) -> None:
    box.phone(Phone("1001"))
    inbound = box.inbound(
        "BACKGROUND_JOB CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_ANSWER CHANNEL_PARK CHANNEL_UNPARK CHANNEL_BRIDGE"
        " CHANNEL_UNBRIDGE CHANNEL_HANGUP_COMPLETE CHANNEL_STATE"
    )
    agent = "22222222-2222-3333-4444-555555555555"
    uuid, line = answered_call(box)
    line.app("set", "park_after_bridge=true")
    line.app("set", "hangup_after_bridge=false")
    line.app("playback", MUSIC, "event-lock: false", wait=False)
    line.event("CHANNEL_EXECUTE", Application="playback")
    variables = "origination_caller_id_number=13800138000,originate_timeout=10,ignore_early_media=true"
    inbound.ask(
        f"bgapi originate {{origination_uuid={agent},{variables},hangup_after_bridge=true}}user/1001@127.0.0.1 &park()"
    )
    inbound.event("CHANNEL_PARK", Unique_ID=agent)
    inbound.ask(f"api uuid_bridge {uuid} {agent}")
    line.event("CHANNEL_BRIDGE")
    line.settle()
    inbound.ask(f"api uuid_kill {agent}")
    line.event("CHANNEL_PARK", Channel_State="CS_PARK")
    line.app("playback", "tone_stream://%(300,0,440)")
    hung_up_at_the_end(line)
    inbound.event("CHANNEL_STATE", Channel_State="CS_DESTROY", Unique_ID=uuid)
    assert_same(line, "queue-uuid-bridge", "outbound-1")
    assert_same(inbound, "queue-uuid-bridge", "inbound")
    assert_same_headers(inbound, "queue-uuid-bridge", "inbound")


def test_ivr_digits(box: Box) -> None:
    uuid, line = answered_call(box)
    line.app("playback", "tone_stream://%(500,0,440)")
    collect = "1 1 3 5000 # tone_stream://%(800,0,500) silence_stream://250 menu_choice [12] 3000"
    line.app("play_and_get_digits", collect, wait=False)
    line.event("CHANNEL_EXECUTE", Application="play_and_get_digits")
    box.inbound().ask(f"api uuid_recv_dtmf {uuid} 1")
    line.event("CHANNEL_EXECUTE_COMPLETE", Application="play_and_get_digits")
    line.app("set", "menu=sales")
    line.app("say", "en number iterated 42")
    line.app("sleep", "200")
    line.app("hangup", "NORMAL_CLEARING", wait=False)
    line.until_closed()
    assert_same(line, "ivr-digits", "outbound-1")


def test_ivr_digits_timeout(box: Box) -> None:
    uuid, line = answered_call(box)
    inbound = box.inbound()
    prompts = "tone_stream://%(200,0,500) silence_stream://100"
    line.app("play_and_get_digits", f"1 1 2 800 # {prompts} menu_choice [12] 500")
    for keys, argument in (
        (("520123#",), r"1 18 1 5000 # tone_stream://%(1500,0,500) silence_stream://100 id_number \d+ 2000"),
        (("9", "2"), f"1 1 3 1500 # {prompts} menu_choice [12] 1500"),
    ):
        line.app("play_and_get_digits", argument, wait=False)
        line.event("CHANNEL_EXECUTE", Application="play_and_get_digits")
        for each in keys:
            inbound.ask(f"api uuid_recv_dtmf {uuid} {each}")
            line.event("DTMF", DTMF_Digit=each[-1])
        line.event("CHANNEL_EXECUTE_COMPLETE", Application="play_and_get_digits")
    hung_up_at_the_end(line)
    assert_same(line, "ivr-digits-timeout", "outbound-1")


def test_dtmf_events(box: Box) -> None:
    uuid, line = answered_call(box)
    line.app("playback", MUSIC, "Event-UUID: aaaa0000-0000-0000-0000-000000000001", wait=False)
    line.event("CHANNEL_EXECUTE", Application="playback")
    box.inbound().ask(f"api uuid_recv_dtmf {uuid} 9")
    line.event("DTMF")
    line.ask(f"api uuid_break {uuid} all")
    line.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    for number in range(3):
        line.app("playback", "tone_stream://%(100,0,440)", "event-lock: true", f"Event-UUID: a{number}", wait=False)
    for number in range(3):
        line.event("CHANNEL_EXECUTE_COMPLETE", Application_UUID=f"a{number}")
    line.app("hangup", "USER_BUSY", wait=False)
    line.until_closed()
    assert_same(line, "dtmf-events", "outbound-1")


@pytest.mark.parametrize(
    ("trace", "linger"), [("caller-hangs-up-in-playback", "linger"), ("caller-hangs-up-no-linger", "")]
)
def test_caller_hangs_up(box: Box, trace: str, linger: str) -> None:
    _, line = call(box, WaitForAnswer(), WaitForPrompt("tone_stream"), Wait(0.1), HangUp(), linger=linger)
    line.app("answer")
    line.app("playback", "tone_stream://%(20000,0,440)")
    if linger:
        line.event("notice linger")
        late = "call-command: execute\nexecute-app-name: playback\nexecute-app-arg: tone_stream://%(100,0,440)"
        assert line.ask(f"sendmsg\n{late}") == "+OK"
        assert line.ask("getvar hangup_cause") == "NORMAL_CLEARING"
        assert line.ask("exit") == "+OK bye"
    line.until_closed()
    assert_same(line, trace, "outbound-1")


def test_originate_results(box: Box) -> None:
    box.phone(Phone("1001"))
    box.phone(Phone("1002", (PhoneBehaviour(Reaction.BUSY),)))
    line = box.inbound("BACKGROUND_JOB CHANNEL_HANGUP_COMPLETE")
    dials = ("user/1001@127.0.0.1", "user/1002@127.0.0.1", "user/1009@127.0.0.1")
    for dial in (*dials, "{originate_timeout=2}sofia/internal/x@127.0.0.1:6998", "bogus/1"):
        line.ask(f"bgapi originate {dial} &park()")
        line.event("BACKGROUND_JOB")
    line.settle()
    recorded = trace_events("originate-results", "inbound")
    for name in ("BACKGROUND_JOB", "CHANNEL_HANGUP_COMPLETE"):
        # The end of a leg and the end of its job are told in either order.
        assert [fact(each) for each in line.events if each["Event-Name"] == name] == [
            fact(each) for each in recorded if each["Event-Name"] == name
        ]
    assert [body.removesuffix("\n") for body in line.bodies if body][1:] == [
        "-ERR USER_BUSY",
        "-ERR SUBSCRIBER_ABSENT",
        "-ERR NORMAL_TEMPORARY_FAILURE",
        "-ERR CHAN_NOT_IMPLEMENTED",
    ]


def resuming(box: Box) -> None:
    """The dialplan of the traces with socket_resume."""
    hand_over = box.hand_over()
    actions = (Action("set", "socket_resume=true"), hand_over[0], Action("sleep", "1000"), *hand_over)
    box.stage.set_dialplan([Extension("resume-rec", r"^(600\d+)$", actions)])


def test_socket_resume(box: Box) -> None:
    resuming(box)
    inbound = box.inbound(
        "CHANNEL_PARK CHANNEL_UNPARK CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE"
    )
    _, line = answered_call(box, number="6001234")
    line.app("playback", MUSIC, wait=False)
    line.event("CHANNEL_EXECUTE", Application="playback")
    line.close()
    comes_back(box)
    inbound.event("CHANNEL_HANGUP_COMPLETE")
    assert_same(line, "socket-resume", "outbound-1")
    assert_same(inbound, "socket-resume", "inbound")


def comes_back(box: Box) -> Line:
    """The caller on a second connection hears a tone and is hung up."""
    second = box.accept()
    for command in ("connect", "linger 1", "myevents"):
        second.ask(command)
    second.app("playback", "tone_stream://%(300,0,440)")
    hung_up_at_the_end(second)
    return second


def test_transfer_after_bridge(box: Box) -> None:
    box.phone(Phone("1001", (PhoneBehaviour(talk=1.0),)))
    inbound = box.inbound("CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HANGUP_COMPLETE CHANNEL_PARK")
    uuid, line = answered_call(box)
    line.app("multiset", "^^;hangup_after_bridge=false;transfer_after_bridge=4001234568:XML:default")
    line.app("playback", MUSIC, wait=False)
    join(inbound, uuid, "99999999-0005-3333-4444-555555555555", line)
    second = comes_back(box)
    line.until_closed()
    assert_same(line, "transfer-after-bridge", "outbound-1")
    assert facts(second.events)[1:] == facts(trace_events("transfer-after-bridge", "outbound-2"))[1:]
    inbound.settle()
    assert_same(inbound, "transfer-after-bridge", "inbound")


def join(inbound: Line, uuid: str, agent: str, line: Line, before: str = "") -> None:
    """Dial the agent, perhaps set the caller's variables, and bridge."""
    inbound.ask(f"bgapi originate {{origination_uuid={agent},hangup_after_bridge=true}}user/1001@127.0.0.1 &park()")
    inbound.event("CHANNEL_PARK", Unique_ID=agent)
    if before:
        assert inbound.ask(f"api uuid_setvar_multi {uuid} {before}") == "+OK\n"
    inbound.ask(f"api uuid_bridge {uuid} {agent}")
    line.event("CHANNEL_BRIDGE")


@pytest.mark.parametrize(
    ("trace", "variables"),
    [
        ("controller-dies-while-talking-cut", ""),
        (
            "controller-dies-while-talking-safe",
            "socket_resume=false;hangup_after_bridge=false;transfer_after_bridge=6001234:XML:default",
        ),
    ],
)
def test_controller_dies_while_talking(box: Box, trace: str, variables: str) -> None:
    resuming(box)
    box.phone(Phone("1001", (PhoneBehaviour(talk=2.0),)))
    inbound = box.inbound("CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HANGUP_COMPLETE CHANNEL_PARK CHANNEL_EXECUTE")
    uuid, line = answered_call(box, number="6001234")
    line.app("playback", MUSIC, wait=False)
    line.event("CHANNEL_EXECUTE", Application="playback")
    join(inbound, uuid, "99999999-0008-3333-4444-555555555555", line, variables)
    line.close()
    comes_back(box)
    inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID=uuid)
    assert_same(line, trace, "outbound-1")
    assert_same(inbound, trace, "inbound")
