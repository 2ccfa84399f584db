"""Joining two legs, and what each does when the other leaves."""

from __future__ import annotations

import json

import pytest

from fs_control.virtual_switch.script import HangUp, Phone, PhoneBehaviour, Wait, WaitForPrompt
from tests.unit.virtual_switch.box import Box, Line
from tests.unit.virtual_switch.calls import MUSIC, agent_leg, answered_call

AGENT = "22222222-2222-3333-4444-555555555555"
EVENTS = "BACKGROUND_JOB CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_PARK CHANNEL_HANGUP_COMPLETE"


def talking(box: Box, variables: str = "", talk: float | None = None, *steps: object) -> tuple[str, Line, Line]:
    """A caller and an agent who talk: the caller's uuid, its wire, the inbound wire."""
    box.phone(Phone("1001", (PhoneBehaviour(answer_after=0.1, talk=talk),)))
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box, *steps)  # type: ignore[arg-type]
    if variables:
        line.app("multiset", f"^^;{variables}")
    line.app("playback", MUSIC, wait=False)
    assert agent_leg(box, inbound, AGENT) == f"+OK {AGENT}\n"
    assert inbound.ask(f"api uuid_bridge {uuid} {AGENT}") == f"+OK {AGENT}\n"
    line.event("CHANNEL_BRIDGE")
    return uuid, line, inbound


def test_both_legs_know_whom_they_talk_to(box: Box) -> None:
    uuid, line, inbound = talking(box)
    bridged = inbound.event("CHANNEL_BRIDGE")
    assert (bridged["Bridge-A-Unique-ID"], bridged["Bridge-B-Unique-ID"]) == (uuid, AGENT)
    assert bridged["Other-Leg-Destination-Number"] == "1001"
    assert inbound.ask(f"api uuid_getvar {AGENT} bridge_uuid") == uuid
    assert inbound.ask(f"api uuid_getvar {AGENT} nosuch") == "_undef_"
    assert line.events[-1]["Caller-Channel-Bridged-Time"] != "0"


def test_music_cut_short_by_the_bridge_ends_with_playback_error(box: Box) -> None:
    _, line, _ = talking(box)
    done = [event for event in line.events if event.get("Application-Response")]
    assert [(event["Application"], event["Application-Response"]) for event in done[-2:]] == [
        ("playback", "PLAYBACK ERROR"),
        ("socket", "PLAYBACK ERROR"),
    ]


def test_the_wire_stays_and_takes_commands_after_the_bridge(box: Box) -> None:
    _, line, _ = talking(box)
    assert line.ask("getvar last_bridge_to") == AGENT


def test_park_after_bridge_keeps_the_caller(box: Box) -> None:
    _, line, inbound = talking(box, "park_after_bridge=true;hangup_after_bridge=false")
    inbound.ask(f"api uuid_kill {AGENT}")
    assert line.event("CHANNEL_UNBRIDGE")["variable_bridge_hangup_cause"] == "NORMAL_CLEARING"
    assert line.event("CHANNEL_PARK")["Channel-State"] == "CS_PARK"
    assert line.app("playback", "silence_stream://20")["Application-Response"] == "FILE PLAYED"


def test_hangup_after_bridge_ends_the_caller_too(box: Box) -> None:
    uuid, _, _ = talking(box, "hangup_after_bridge=true", talk=0.2)
    assert box.stage.wait_for_end(uuid).cause == "NORMAL_CLEARING"


def test_transfer_after_bridge_brings_the_caller_back(box: Box) -> None:
    uuid, _, _ = talking(box, "hangup_after_bridge=false;transfer_after_bridge=4001234568:XML:default", talk=0.2)
    back = box.accept()
    back.send("connect")
    channel = back.reply()
    assert channel.header(b"Unique-ID") == uuid.encode()
    assert channel.header(b"Channel-Destination-Number") == b"4001234568"
    assert channel.header(b"Answer-State") == b"answered"


def test_without_a_rule_the_dialplan_goes_on(box: Box) -> None:
    uuid, _, _ = talking(box, talk=0.2)
    journal = box.stage.wait_for_end(uuid)
    assert journal.cause == "NORMAL_CLEARING"
    assert [note.kind for note in journal.notes][-3:] == ["talk_start", "talk_end", "ended"]


def test_the_caller_leaving_ends_the_agents_leg(box: Box) -> None:
    steps = (WaitForPrompt("tone_stream"), Wait(1.0), HangUp())
    uuid, _, inbound = talking(box, "", None, *steps)
    assert box.stage.wait_for_end(uuid).cause == "NORMAL_CLEARING"
    ended = inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID=AGENT)
    assert ended["Hangup-Cause"] == "NORMAL_CLEARING"


def test_uuid_park_parts_the_two_and_uuid_bridge_joins_them_again(box: Box) -> None:
    uuid, line, inbound = talking(box, "park_after_bridge=true;hangup_after_bridge=false")
    inbound.ask(f"api uuid_setvar_multi {AGENT} hangup_after_bridge=false;park_after_bridge=true")
    assert inbound.ask(f"api uuid_park {AGENT}") == "+OK\n"
    line.event("CHANNEL_PARK", Channel_State="CS_PARK")
    inbound.event("CHANNEL_PARK", Unique_ID=AGENT, Channel_State="CS_PARK")
    assert inbound.ask(f"api uuid_bridge {uuid} {AGENT}").startswith("+OK")
    line.event("CHANNEL_BRIDGE")


def test_a_third_leg_takes_the_place_of_the_second(box: Box) -> None:
    uuid, line, inbound = talking(box, "park_after_bridge=true;hangup_after_bridge=false")
    inbound.ask(f"api uuid_setvar {AGENT} park_after_bridge true")
    agent_leg(box, inbound, "third")
    assert inbound.ask(f"api uuid_bridge {uuid} third").startswith("+OK")
    assert line.event("CHANNEL_BRIDGE", Bridge_B_Unique_ID="third")
    inbound.event("CHANNEL_PARK", Unique_ID=AGENT, Channel_State="CS_PARK")


def test_keys_pressed_in_a_bridge_are_events(box: Box) -> None:
    uuid, line, inbound = talking(box)
    inbound.ask(f"api uuid_recv_dtmf {uuid} 3")
    assert line.event("DTMF")["DTMF-Source"] == "APP"


def test_listings_show_two_channels_and_one_call(box: Box) -> None:
    uuid, _, inbound = talking(box)
    channels = json.loads(inbound.ask("api show channels as json"))
    calls = json.loads(inbound.ask("api show calls as json"))
    mine = [row for row in channels["rows"] if row["uuid"] in (uuid, AGENT)]
    assert {row["state"] for row in mine} == {"CS_SOFT_EXECUTE", "CS_EXCHANGE_MEDIA"}
    call = next(row for row in calls["rows"] if row["uuid"] == uuid)
    assert (call["b_uuid"], call["b_dest"]) == (AGENT, "1001")


@pytest.mark.parametrize("word", ["plain", "json"])
def test_uuid_dump_tells_everything(box: Box, word: str) -> None:
    uuid, _, inbound = talking(box)
    dump = inbound.ask(f"api uuid_dump {uuid}{' json' if word == 'json' else ''}")
    if word == "json":
        assert json.loads(dump)["Unique-ID"] == uuid
    else:
        assert f"Unique-ID: {uuid}\n" in dump


def test_a_leg_that_rings_cannot_be_bridged_before_either_has_sound(box: Box) -> None:
    inbound = box.inbound(EVENTS)
    assert inbound.ask("api uuid_bridge nobody nobody") == "-ERR Invalid uuid\n"
