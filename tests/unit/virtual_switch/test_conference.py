"""Rooms, and listening in: more than two legs in one conversation."""

from __future__ import annotations

import json

from fs_control.virtual_switch.script import Phone, PhoneBehaviour
from tests.unit.virtual_switch.box import Box, Line
from tests.unit.virtual_switch.calls import agent_leg, answered_call

EVENTS = (
    "BACKGROUND_JOB CHANNEL_BRIDGE CHANNEL_HANGUP_COMPLETE DTMF MEDIA_BUG_START MEDIA_BUG_STOP CHANNEL_EXECUTE_COMPLETE"
    " CUSTOM conference::maintenance"
)


def talking(box: Box) -> tuple[str, Line, Line]:
    """A caller bridged to phone 1001: the caller's uuid, its wire, the inbound wire."""
    for number in ("1001", "1002"):
        box.phone(Phone(number, (PhoneBehaviour(answer_after=0.1),)))
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box)
    line.app("bridge", "{origination_uuid=a-1}user/1001@127.0.0.1", wait=False)
    line.event("CHANNEL_BRIDGE")
    return uuid, line, inbound


def three(box: Box) -> tuple[str, Line]:
    """Caller, agent and a third in room1: the caller's uuid and the inbound wire."""
    uuid, _, inbound = talking(box)
    assert inbound.ask(f"api uuid_transfer {uuid} -both 'conference:room1@default' inline") == "+OK\n"
    for each in ("a-1", uuid):
        inbound.event("CUSTOM", Action="add-member", Unique_ID=each)
    inbound.ask("bgapi originate {origination_uuid=a-2}user/1002@127.0.0.1 &conference(room1@default)")
    inbound.event("CUSTOM", Action="add-member", Unique_ID="a-2")
    return uuid, inbound


def test_a_pair_moves_into_a_room_and_a_third_joins(box: Box) -> None:
    uuid, inbound = three(box)
    room = json.loads(inbound.ask("api conference room1 json_list"))[0]
    assert (room["conference_name"], room["member_count"]) == ("room1", 3)
    assert [member["uuid"] for member in room["members"]] == ["a-2", uuid, "a-1"]
    assert inbound.ask(f"api uuid_getvar {uuid} conference_name") == "room1"


def test_the_room_is_made_by_the_first_and_closed_by_the_last(box: Box) -> None:
    _, inbound = three(box)
    inbound.ask("api hupall")
    inbound.event("CUSTOM", Action="conference-destroy")
    actions = [event["Action"] for event in inbound.events if event["Event-Name"] == "CUSTOM"]
    assert actions[0] == "conference-create"
    assert actions.count("add-member") == actions.count("del-member") == 3
    assert "floor-change" in actions
    assert inbound.ask("api conference list") == "+OK No active conferences.\n"


def test_who_leaves_is_told_and_the_others_stay(box: Box) -> None:
    uuid, inbound = three(box)
    inbound.ask("api uuid_kill a-1")
    assert inbound.event("CUSTOM", Action="del-member")["Conference-Size"] == "2"
    listing = inbound.ask("api conference room1 list")
    assert listing.startswith("+OK Conference room1 (2 members rate: 8000 flags: ")
    assert [line.split(";")[2] for line in listing.splitlines()[1:]] == ["a-2", uuid]


def test_a_member_can_be_sent_out_and_muted(box: Box) -> None:
    _, inbound = three(box)
    joined = [event for event in inbound.events if event.get("Action") == "add-member"]
    number = next(event["Member-ID"] for event in joined if event["Unique-ID"] == "a-2")
    assert inbound.ask(f"api conference room1 mute {number}") == f"+OK mute {number}\n"
    assert inbound.ask(f"api conference room1 kick {number}") == f"+OK kicked {number}\n"
    assert inbound.event("CUSTOM", Action="del-member")["Speak"] == "false"
    inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="a-2")


def test_a_room_that_is_not_there_is_an_error(box: Box) -> None:
    assert box.inbound().ask("api conference nowhere list") == "-ERR Conference nowhere not found\n"


def test_a_supervisor_listens_until_the_call_ends(box: Box) -> None:
    _, _, inbound = talking(box)
    inbound.ask("bgapi originate {origination_uuid=boss}user/1002@127.0.0.1 &eavesdrop(a-1)")
    assert inbound.event("MEDIA_BUG_START", Unique_ID="a-1")["Media-Bug-Function"] == "eavesdrop"
    inbound.ask("api uuid_recv_dtmf boss 2")
    inbound.event("DTMF", Unique_ID="boss")
    inbound.ask("api uuid_kill a-1")
    inbound.event("MEDIA_BUG_STOP", Unique_ID="a-1")
    assert inbound.event("CHANNEL_EXECUTE_COMPLETE", Unique_ID="boss")["Application"] == "eavesdrop"
    inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="boss")


def test_listening_to_nobody_ends_at_once(box: Box) -> None:
    box.phone(Phone("1001", (PhoneBehaviour(answer_after=0.1),)))
    inbound = box.inbound(EVENTS)
    inbound.ask("bgapi originate {origination_uuid=boss}user/1001@127.0.0.1 &eavesdrop(nobody)")
    assert inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="boss")["variable_last_app"] == "eavesdrop"


def test_loopback_calls_the_own_dialplan(box: Box) -> None:
    inbound = box.inbound(f"CHANNEL_PARK {EVENTS}")
    inbound.ask("bgapi originate {origination_uuid=far,case=7}loopback/4001234567/default &park()")
    line = box.accept()
    line.ask("connect")
    assert (line.ask("getvar loopback_leg"), line.ask("getvar case")) == ("B", "7")
    line.ask("myevents")
    line.app("answer")
    inbound.event("CHANNEL_PARK", Unique_ID="far")
    line.app("hangup", "USER_BUSY", wait=False)
    assert inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="far")["Hangup-Cause"] == "USER_BUSY"


def test_agents_in_a_room_may_be_dialled_there_directly(box: Box) -> None:
    box.phone(Phone("1001", (PhoneBehaviour(answer_after=0.1),)))
    inbound = box.inbound(EVENTS)
    assert agent_leg(box, inbound, "a-1") == "+OK a-1\n"
    assert inbound.ask("api uuid_transfer a-1 conference:room2 inline") == "+OK\n"
    assert inbound.event("CUSTOM", Action="add-member")["Conference-Name"] == "room2"
