"""A call on hold: by `uuid_hold`, and by the hold key of a phone."""

from __future__ import annotations

import json

from fs_control.virtual_switch.dialplan import HOLD_MUSIC
from fs_control.virtual_switch.script import HangUp, Hold, Phone, PhoneBehaviour, Resume, Step, Wait
from tests.unit.virtual_switch.box import Box, Line
from tests.unit.virtual_switch.calls import answered_call

EVENTS = "CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_CALLSTATE CHANNEL_HANGUP_COMPLETE"
AGENT = "33333333-2222-3333-4444-555555555555"


def talking(box: Box, *steps: Step, variables: str = "") -> tuple[str, Line, Line]:
    """A caller bridged to phone 1001: the caller's uuid, its wire, the inbound wire."""
    box.phone(Phone("1001", (PhoneBehaviour(answer_after=0.1, steps=steps),)))
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box)
    line.app("bridge", f"{{origination_uuid={AGENT}{variables}}}user/1001@127.0.0.1", wait=False)
    line.event("CHANNEL_BRIDGE")
    return uuid, line, inbound


def test_uuid_hold_plays_music_to_the_other_leg_until_off(box: Box) -> None:
    _, line, inbound = talking(box)
    assert inbound.ask(f"api uuid_hold {AGENT}") == "+OK Success\n"
    assert inbound.event("CHANNEL_HOLD")["Unique-ID"] == AGENT
    assert line.event("CHANNEL_EXECUTE", Application="playback")["Application-Data"] == HOLD_MUSIC
    assert inbound.ask(f"api uuid_hold off {AGENT}") == "+OK Success\n"
    assert line.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")["Application-Response"] == "FILE PLAYED"
    assert inbound.event("CHANNEL_UNHOLD")["Channel-Call-State"] == "ACTIVE"


def test_holding_what_is_held_and_resuming_what_is_not_are_refused(box: Box) -> None:
    _, _, inbound = talking(box)
    assert inbound.ask(f"api uuid_hold off {AGENT}") == "-ERR Operation failed\n"
    inbound.ask(f"api uuid_hold {AGENT}")
    assert inbound.ask(f"api uuid_hold {AGENT}") == "-ERR Operation failed\n"


def test_toggle_holds_and_resumes(box: Box) -> None:
    _, _, inbound = talking(box)
    for name in ("CHANNEL_HOLD", "CHANNEL_UNHOLD"):
        assert inbound.ask(f"api uuid_hold toggle {AGENT}") == "+OK Success\n"
        inbound.event(name, Unique_ID=AGENT)


def test_a_uuid_that_nobody_has_is_no_mistake(box: Box) -> None:
    assert box.inbound().ask("api uuid_hold nobody") == "+OK Success\n"
    assert box.inbound().ask("api uuid_hold").startswith("-USAGE: [off|toggle] <uuid>")


def test_the_leg_may_have_music_of_its_own(box: Box) -> None:
    _, line, inbound = talking(box, variables=",hold_music=silence_stream://-1")
    inbound.ask(f"api uuid_hold {AGENT}")
    assert line.event("CHANNEL_EXECUTE", Application="playback")["Application-Data"] == "silence_stream://-1"


def test_the_hold_key_of_a_phone_holds_and_resumes(box: Box) -> None:
    _, line, inbound = talking(box, Wait(0.1), Hold(), Wait(0.5), Resume())
    held = inbound.event("CHANNEL_HOLD", Unique_ID=AGENT)
    assert (held["Channel-Call-State"], held["variable_remote_audio_media_flow"]) == ("HELD", "sendonly")
    line.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    resumed = inbound.event("CHANNEL_UNHOLD", Unique_ID=AGENT)
    assert (resumed["Channel-Call-State"], resumed["variable_sip_cseq"]) == ("UNHELD", "2")
    assert int(resumed["Caller-Channel-Hold-Accum"]) > 400_000


def test_the_report_tells_when_the_call_was_held(box: Box) -> None:
    _, _, inbound = talking(box, Wait(0.1), Hold(), Wait(0.3), Resume())
    inbound.event("CHANNEL_UNHOLD")
    inbound.ask(f"api uuid_kill {AGENT}")
    ended = inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID=AGENT)
    begun, resumed = json.loads(ended["variable_hold_events"].replace("{{", "[").replace("}}", "]"))
    assert resumed - begun == int(ended["variable_hold_accum_usec"])


def test_a_phone_that_hangs_up_while_it_holds_takes_the_caller_with_it(box: Box) -> None:
    uuid, line, inbound = talking(box, Wait(0.1), Hold(), Wait(0.3), HangUp())
    line.ask(f"api uuid_setvar_multi {uuid} park_after_bridge=true;transfer_after_bridge=4005550000:XML:default")
    inbound.event("CHANNEL_UNHOLD", Unique_ID=AGENT)
    assert box.stage.wait_for_end(uuid).cause == "NORMAL_CLEARING"


def test_the_phones_leg_may_say_where_the_caller_goes_then(box: Box) -> None:
    where = ",hold_hangup_xfer_exten=4005550000:XML:default"
    uuid, _, _ = talking(box, Wait(0.1), Hold(), Wait(0.3), HangUp(), variables=where)
    back = box.accept()
    back.ask("connect")
    assert (back.ask("getvar uuid"), back.ask("getvar destination_number")) == (uuid, "4005550000")
