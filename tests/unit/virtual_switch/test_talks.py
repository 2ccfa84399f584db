"""A pair taken apart and put together again: hold, consultation, three who talk, and a leg that is muted."""

from __future__ import annotations

import pytest

from fs_control.virtual_switch.script import Phone, PhoneBehaviour
from tests.unit.virtual_switch.box import Box, Line
from tests.unit.virtual_switch.calls import MUSIC, agent_leg, answered_call

AGENT = "22222222-2222-3333-4444-555555555555"
COLLEAGUE = "33333333-2222-3333-4444-555555555555"
EVENTS = (
    "BACKGROUND_JOB CHANNEL_BRIDGE CHANNEL_PARK CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE"
    " CHANNEL_EXECUTE_COMPLETE MEDIA_BUG_START MEDIA_BUG_STOP"
)
BACK = "transfer_after_bridge=4001234568:XML:default"


def held(box: Box, variables: str = "continue_on_fail=true;hangup_after_bridge=false") -> tuple[str, Line]:
    """A caller with music and an agent who is parked, after a talk: the caller's uuid and the inbound wire."""
    box.phone(Phone("1001", (PhoneBehaviour(answer_after=0.1),)))
    box.phone(Phone("1002", (PhoneBehaviour(answer_after=0.1),)))
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box)
    line.app("set", "hangup_after_bridge=false")
    line.app("bridge", f"{{origination_uuid={AGENT},hangup_after_bridge=true}}user/1001@127.0.0.1", wait=False)
    line.event("CHANNEL_BRIDGE")
    inbound.ask(f"api uuid_setvar_multi {AGENT} {variables}")
    inbound.ask(f"api uuid_park {AGENT}")
    line.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    inbound.event("CHANNEL_PARK", Unique_ID=AGENT)
    line.app("playback", MUSIC, wait=False)
    return uuid, inbound


def consult(inbound: Line, leg: str = COLLEAGUE, phone: str = "1002") -> None:
    """Let the parked agent ring somebody."""
    dial = f"{{origination_uuid={leg}}}user/{phone}@127.0.0.1"
    lines = (f"sendmsg {AGENT}", "call-command: execute", "execute-app-name: bridge", f"execute-app-arg: {dial}")
    inbound.ask("\n".join((*lines, "Event-UUID: consultation")))


def join(inbound: Line, leg: str, caller: str) -> None:
    """Join a leg with the caller, who comes back afterwards."""
    inbound.ask(f"api uuid_setvar_multi {caller} {BACK}")
    inbound.ask(f"api uuid_bridge {leg} {caller}")
    inbound.event("CHANNEL_BRIDGE", Unique_ID=leg)


def three_talk(box: Box) -> tuple[str, Line]:
    """A caller, an agent and a colleague who hear one another."""
    uuid, inbound = held(box)
    consult(inbound)
    inbound.event("CHANNEL_BRIDGE", Unique_ID=AGENT)
    inbound.ask(f"api uuid_transfer {COLLEAGUE} three_way:{uuid} inline")
    inbound.event("CHANNEL_EXECUTE", Application="three_way")
    join(inbound, AGENT, uuid)
    return uuid, inbound


def test_a_parked_agent_rings_a_colleague_and_is_told_how_it_ended(box: Box) -> None:
    _, inbound = held(box)
    consult(inbound, phone="1003")
    failed = inbound.event("CHANNEL_EXECUTE_COMPLETE", Unique_ID=AGENT)
    assert (failed["Application-UUID"], failed["variable_originate_disposition"]) == (
        "consultation",
        "SUBSCRIBER_ABSENT",
    )
    consult(inbound)
    inbound.event("CHANNEL_BRIDGE", Unique_ID=AGENT)
    inbound.ask(f"api uuid_kill {COLLEAGUE}")
    over = inbound.event("CHANNEL_EXECUTE_COMPLETE", Unique_ID=AGENT)
    assert over["variable_originate_disposition"] == "SUCCESS"
    assert inbound.ask(f"api uuid_exists {AGENT}") == "true"


def test_a_colleague_whom_the_agent_leaves_for_the_caller_is_hung_up(box: Box) -> None:
    uuid, inbound = held(box)
    consult(inbound)
    inbound.event("CHANNEL_BRIDGE", Unique_ID=AGENT)
    inbound.ask(f"api uuid_bridge {AGENT} {uuid}")
    assert inbound.event("CHANNEL_HANGUP", Unique_ID=COLLEAGUE)["Hangup-Cause"] == "NORMAL_CLEARING"


def test_a_colleague_told_to_park_stays_when_the_agent_leaves(box: Box) -> None:
    uuid, inbound = held(box)
    consult(inbound)
    inbound.event("CHANNEL_BRIDGE", Unique_ID=AGENT)
    inbound.ask(f"api uuid_setvar_multi {COLLEAGUE} park_after_bridge=true;hangup_after_bridge=false")
    inbound.ask(f"api uuid_kill {AGENT}")
    inbound.event("CHANNEL_PARK", Unique_ID=COLLEAGUE)
    join(inbound, COLLEAGUE, uuid)


def test_a_caller_comes_back_from_a_join_as_who_they_are(box: Box) -> None:
    uuid, inbound = held(box)
    join(inbound, AGENT, uuid)
    inbound.ask(f"api uuid_park {AGENT}")
    back = box.accept()
    back.send("connect")
    channel = back.reply()
    assert channel.header(b"Caller-Caller-ID-Number") == b"13800138000"
    assert channel.header(b"Caller-Callee-ID-Number") == b"1001"


def test_of_three_the_caller_leaving_ends_the_others(box: Box) -> None:
    uuid, inbound = three_talk(box)
    inbound.ask(f"api uuid_kill {uuid}")
    ended = {inbound.event("CHANNEL_HANGUP", Unique_ID=leg)["Hangup-Cause"] for leg in (COLLEAGUE, AGENT)}
    assert ended == {"NORMAL_CLEARING"}


def test_of_three_the_colleague_leaving_disturbs_nobody(box: Box) -> None:
    uuid, inbound = three_talk(box)
    inbound.ask(f"api uuid_kill {COLLEAGUE}")
    inbound.event("MEDIA_BUG_STOP", Unique_ID=uuid)
    assert inbound.ask(f"api uuid_getvar {uuid} bridge_to") == AGENT


def test_of_three_the_colleague_takes_the_caller_over(box: Box) -> None:
    uuid, inbound = three_talk(box)
    join(inbound, COLLEAGUE, uuid)
    assert inbound.ask(f"api uuid_exists {AGENT}") == "false"


def test_a_listener_waits_for_a_call_that_is_on_its_way_to_another(box: Box) -> None:
    uuid, inbound = held(box)
    box.phone(Phone("1003", (PhoneBehaviour(answer_after=0.1),)))
    agent_leg(box, inbound, "third", "user/1003@127.0.0.1")
    inbound.ask(f"api uuid_bridge {AGENT} {uuid}")
    inbound.ask(f"sendmsg third\ncall-command: execute\nexecute-app-name: three_way\nexecute-app-arg: {uuid}")
    heard = inbound.event("MEDIA_BUG_START", Unique_ID=uuid)
    assert heard["Channel-State"] != "CS_EXECUTE"


def test_a_muted_leg_is_muted_once_and_until_it_is_stopped(box: Box) -> None:
    uuid, inbound = held(box)
    for _ in range(2):
        assert inbound.ask(f"api uuid_audio {AGENT} start read mute 1") == "+OK\n"
    join(inbound, AGENT, uuid)
    for _ in range(2):
        assert inbound.ask(f"api uuid_audio {AGENT} stop") == "+OK\n"
    inbound.event("MEDIA_BUG_STOP", Unique_ID=AGENT)
    told = [event["Event-Name"] for event in inbound.events if event.get("Media-Bug-Function") == "audio"]
    assert told == ["MEDIA_BUG_START", "MEDIA_BUG_STOP"]


def test_a_mute_ends_with_its_leg(box: Box) -> None:
    _, inbound = held(box)
    inbound.ask(f"api uuid_audio {AGENT} start read mute 1")
    inbound.ask(f"api uuid_kill {AGENT}")
    assert inbound.event("MEDIA_BUG_STOP", Unique_ID=AGENT)["Media-Bug-Target"] == "mute"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("nobody stop", "-ERR No such channel!\n"),
        ("UUID", "-USAGE: <uuid> [start [read|write] [mute|level <level>]|stop]\n"),
        ("UUID start read mute", "-USAGE: <uuid> [start [read|write] [mute|level <level>]|stop]\n"),
        ("UUID start both mute 1", "-USAGE: <uuid> [start [read|write] [mute|level <level>]|stop]\n"),
    ],
)
def test_uuid_audio_refuses(box: Box, words: str, answer: str) -> None:
    uuid, line = answered_call(box)
    assert line.ask(f"api uuid_audio {words.replace('UUID', uuid)}") == answer


def test_a_phone_is_told_whom_it_talks_with(box: Box) -> None:
    _, inbound = held(box)
    assert inbound.ask(f"api uuid_display {AGENT} Zhang San|13800138000") == "+OK Success\n"
    assert inbound.ask(f"api uuid_getvar {AGENT} last_sent_callee_id_name") == "Zhang San"
    assert inbound.ask(f"api uuid_getvar {AGENT} last_sent_callee_id_number") == "13800138000"


@pytest.mark.parametrize(
    ("words", "answer"),
    [("nobody Zhang", "-ERR Operation failed\n"), ("UUID", "-USAGE: <uuid> <display>\n")],
)
def test_uuid_display_refuses(box: Box, words: str, answer: str) -> None:
    uuid, line = answered_call(box)
    assert line.ask(f"api uuid_display {words.replace('UUID', uuid)}") == answer


@pytest.mark.parametrize(("silence", "sent"), [("-1", True), ("400", True), ("0", False), ("", False)])
def test_a_parked_leg_gets_packets_only_if_it_is_told(box: Box, silence: str, sent: bool) -> None:
    _, inbound = held(box, f"hangup_after_bridge=false;send_silence_when_idle={silence}")
    inbound.ask(f"sendmsg {AGENT}\ncall-command: execute\nexecute-app-name: sleep\nexecute-app-arg: 200")
    inbound.event("CHANNEL_EXECUTE_COMPLETE", Application="sleep")
    inbound.ask(f"api uuid_kill {AGENT}")
    over = inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID=AGENT)
    assert (over["variable_rtp_audio_out_media_packet_count"] != "0") is sent
