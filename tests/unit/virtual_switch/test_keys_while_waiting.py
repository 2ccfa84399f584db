"""Keys of a caller who waits: in hold music, and while somebody is rung (traces keys-*)."""

from __future__ import annotations

import pytest

from fs_control.virtual_switch.script import Phone, PhoneBehaviour, Reaction
from tests.unit.virtual_switch.box import Box, Line
from tests.unit.virtual_switch.calls import MUSIC, answered_call

RINGS = PhoneBehaviour(Reaction.NO_ANSWER)
DIAL = "{origination_uuid=a-1,originate_timeout=2}user/1001@127.0.0.1"


def ringing(box: Box, *settings: str) -> tuple[str, Line, Line]:
    """A caller for whom a phone rings that nobody answers: the uuid, its wire, and one that is told of keys."""
    box.phone(Phone("1001", (RINGS,)))
    inbound = box.inbound("CHANNEL_PROGRESS DTMF CHANNEL_HANGUP")
    uuid, line = answered_call(box)
    for each in ("continue_on_fail=true", f"transfer_ringback={MUSIC}", *settings):
        line.app("set", each)
    line.app("bridge", DIAL, wait=False)
    inbound.event("CHANNEL_PROGRESS", Unique_ID="a-1")
    return uuid, line, inbound


def told(line: Line) -> list[str]:
    """The order of what a wire was told: keys, and the end of the ringing."""
    words = {"DTMF": "DTMF-Digit", "CHANNEL_HANGUP": "Hangup-Cause"}
    return [event[words[event["Event-Name"]]] for event in line.events if event["Event-Name"] in words]


def test_a_key_in_hold_music_is_told_and_the_music_goes_on(box: Box) -> None:
    inbound = box.inbound("DTMF CHANNEL_EXECUTE_COMPLETE")
    assert inbound.ask("filter Event-Name DTMF").startswith("+OK")
    uuid, line = answered_call(box)
    line.app("set", "playback_terminators=none")
    line.app("playback", MUSIC, "loops: -1", wait=False)
    line.event("CHANNEL_EXECUTE", Application="playback")
    for key in "*1":
        inbound.ask(f"api uuid_recv_dtmf {uuid} {key}")
        assert inbound.event("DTMF", Unique_ID=uuid)["DTMF-Digit"] == key
    assert box.stage.journal(uuid).notes[-1].kind == "prompt_start"


def test_keys_pressed_while_a_phone_rings_are_told_when_it_is_over(box: Box) -> None:
    uuid, _, inbound = ringing(box)
    inbound.ask(f"api uuid_recv_dtmf {uuid} *1")
    inbound.event("CHANNEL_HANGUP", Unique_ID="a-1")
    inbound.event("DTMF", DTMF_Digit="1")
    assert told(inbound) == ["NO_ANSWER", "*", "1"]


def test_where_a_key_may_end_the_ringing_each_is_told_at_once(box: Box) -> None:
    uuid, line, inbound = ringing(box, "origination_cancel_key=none")
    inbound.ask(f"api uuid_recv_dtmf {uuid} *1")
    inbound.event("DTMF", DTMF_Digit="1")
    inbound.ask("api uuid_kill a-1 PICKED_OFF")
    assert line.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")["variable_DIALSTATUS"] == "PICKED_OFF"
    inbound.event("CHANNEL_HANGUP")
    assert told(inbound) == ["*", "1", "PICKED_OFF"]


@pytest.mark.parametrize(("phones", "cause"), [(1, "NO_ANSWER"), (2, "LOSE_RACE")])
def test_the_key_that_ends_the_ringing_ends_it(box: Box, phones: int, cause: str) -> None:
    for number in range(phones):
        box.phone(Phone(f"100{number + 1}", (RINGS,)))
    uuid, line = answered_call(box)
    for each in ("continue_on_fail=true", "origination_cancel_key=*"):
        line.app("set", each)
    line.app("bridge", ",".join(f"user/100{number + 1}@127.0.0.1" for number in range(phones)), wait=False)
    line.event("CHANNEL_EXECUTE", Application="bridge")
    line.ask(f"api uuid_recv_dtmf {uuid} 1*")
    done = line.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    assert done["variable_originate_disposition"] == cause
