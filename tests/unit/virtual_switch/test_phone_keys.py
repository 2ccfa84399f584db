"""What else a phone can do in a call: send it on (REFER), press keys, be gone without a word."""

from __future__ import annotations

from fs_control.virtual_switch.dialplan import HOLD_MUSIC, Action, Extension
from fs_control.virtual_switch.process import start_virtual_switch
from fs_control.virtual_switch.script import (
    CallerScript,
    Phone,
    PhoneBehaviour,
    Press,
    Refer,
    ReferWithReplaces,
    Step,
    Vanish,
    Wait,
    WaitForAnswer,
)
from tests.unit.virtual_switch.box import PASSWORD, Box, Line
from tests.unit.virtual_switch.calls import CALLER, NUMBER, agent_leg, answered_call

EVENTS = "BACKGROUND_JOB CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_PARK CHANNEL_HANGUP_COMPLETE DTMF"


def phone(box: Box, number: str, *steps: Step) -> None:
    box.phone(Phone(number, (PhoneBehaviour(answer_after=0.1, steps=steps),)))


def talking(box: Box, *variables: str) -> tuple[str, Line, Line]:
    """A caller bridged to phone 1001: the caller's uuid, its wire, the inbound wire."""
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box)
    for each in variables:
        line.app("set", each)
    line.app("bridge", "{origination_uuid=a-1}user/1001@127.0.0.1", wait=False)
    line.event("CHANNEL_BRIDGE")
    return uuid, line, inbound


def test_refer_sends_the_caller_where_its_own_leg_says(box: Box) -> None:
    phone(box, "1001", Wait(0.2), Refer("4005550000"))
    uuid, line, inbound = talking(box, "force_transfer_context=default")
    back = box.accept()
    back.ask("connect")
    assert (back.ask("getvar uuid"), back.ask("getvar destination_number")) == (uuid, "4005550000")
    assert back.ask("getvar sip_refer_to") == "<sip:4005550000@127.0.0.1>"
    left = inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="a-1")
    assert (left["Hangup-Cause"], left["variable_endpoint_disposition"]) == ("NORMAL_CLEARING", "BLIND_TRANSFER")
    assert line.event("CHANNEL_UNBRIDGE")["Caller-Destination-Number"] == "4005550000"


def test_refer_in_a_call_with_nobody_else_is_refused(box: Box) -> None:
    phone(box, "1001", Wait(0.1), Refer("1002"))
    inbound = box.inbound(EVENTS)
    agent_leg(box, inbound, "a-1")
    box.until(lambda: inbound.ask("api uuid_getvar a-1 transfer_destination") == "blind:1002")
    assert inbound.ask("api uuid_getvar a-1 endpoint_disposition") == "ATTENDED_TRANSFER_ERROR"


def test_refer_with_replaces_joins_the_others_of_two_calls(box: Box) -> None:
    joins = PhoneBehaviour(answer_after=0.1, steps=(Wait(0.6), ReferWithReplaces()))
    box.phone(Phone("1001", (PhoneBehaviour(answer_after=0.1), joins)))
    phone(box, "1002")
    uuid, _, inbound = talking(box)
    agent_leg(box, inbound, "a-2")
    agent_leg(box, inbound, "colleague", "user/1002@127.0.0.1")
    inbound.ask("api uuid_bridge a-2 colleague")
    gone = {inbound.event("CHANNEL_HANGUP_COMPLETE")["Unique-ID"] for _ in range(2)}
    assert gone == {"a-1", "a-2"}
    assert inbound.ask(f"api uuid_getvar {uuid} bridge_to") == "colleague"


def test_keys_of_a_phone_are_events_of_its_leg(box: Box) -> None:
    phone(box, "1001", Wait(0.2), Press("4#", 0.1))
    _, _, inbound = talking(box)
    keys = [inbound.event("DTMF", Unique_ID="a-1") for _ in range(2)]
    assert [(key["DTMF-Digit"], key["DTMF-Source"]) for key in keys] == [("4", "RTP"), ("#", "RTP")]


def test_a_phone_that_vanishes_is_hung_up_by_the_media_timeout(box: Box) -> None:
    phone(box, "1001", Vanish())
    inbound = box.inbound(EVENTS)
    inbound.ask("bgapi originate {origination_uuid=a-1,media_timeout=300}user/1001@127.0.0.1 &park()")
    ended = inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="a-1")
    assert (ended["Hangup-Cause"], ended["variable_sip_hangup_disposition"]) == ("MEDIA_TIMEOUT", "send_bye")


def test_the_switch_has_a_media_timeout_for_callers_too() -> None:
    switch = start_virtual_switch("127.0.0.1:1", PASSWORD, media_timeout=0.2)
    try:
        with switch.stage() as stage:
            stage.set_dialplan([Extension("music", "", (Action("answer"), Action("playback", HOLD_MUSIC)))])
            lived = stage.wait_for_end(stage.place_call(CallerScript(NUMBER, CALLER, b"", (WaitForAnswer(), Vanish()))))
    finally:
        switch.stop()
    assert lived.cause == "MEDIA_TIMEOUT"
    assert [note.kind for note in lived.notes if note.kind in ("answered", "vanishes")] == ["answered", "vanishes"]
