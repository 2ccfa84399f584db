"""A caller who is not answered yet and hears us all the same (early media), up to the answer of whoever takes the call.

Owns those recordings. Easy to break: keys come from the controller (`uuid_recv_dtmf`), and nothing here answers the
caller but the bridge, or `uuid_answer` where the recording says so.
"""

from __future__ import annotations

from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, MUSIC, hang_up_and_linger, press, ringing
from tests.traces.record.registry import recording
from tests.traces.record.wire import Wire

LEGS = (
    "CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER CHANNEL_ORIGINATE CHANNEL_BRIDGE"
    " CHANNEL_UNBRIDGE CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE PLAYBACK_START"
    " PLAYBACK_STOP DTMF"
)
OP = "Event-UUID: cccc0000-0000-0000-0000-00000000000"
RING = "Event-UUID: bbbb0000-0000-0000-0000-000000000001"
SHORT = "tone_stream://%(600,0,440)"


@recording(
    "early-media-menu",
    "A caller who is not answered: prompt, a key in a menu, hold music, a key in that, a bridge to a phone that is"
    " busy, one to a phone that answers and with that answers the caller, and a prompt after the talk.",
)
def early_media_menu(lab: Lab) -> None:
    lab.phone("1001", "busy.xml")
    lab.phone("1002", "uas_bye.xml")
    inbound = lab.inbound(LEGS)
    wire, uuid = early_call(lab)
    wire.start("playback", SHORT, f"{OP}1")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    press(inbound, uuid, "1", after_s=0.5)
    wire.start("play_and_get_digits", f"1 1 1 3000 none {SHORT} silence_stream://10 choice .+ 3000", f"{OP}2")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="play_and_get_digits")
    wire.start("playback", MUSIC, f"{OP}3")
    sleep(0.5)
    inbound.api(f"uuid_recv_dtmf {uuid} 9")
    sleep(0.5)
    wire.api(f"uuid_break {uuid} all")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    wire.start("bridge", f"{ringing(uuid, origination_uuid=AGENT)}user/1001@127.0.0.1", RING)
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    wire.start("bridge", f"{ringing(uuid, origination_uuid=SECOND)}user/1002@127.0.0.1", f"{RING[:-1]}2")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    wire.start("playback", SHORT, f"{OP}4")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    hang_up_and_linger(wire)


@recording(
    "early-media-whisper",
    "A caller who is not answered is bridged to a phone whose agent hears a prompt first: the caller is answered with"
    " the join, and not with the agent.",
)
def early_media_whisper(lab: Lab) -> None:
    lab.phone("1001", "uas_bye5.xml")
    lab.inbound(LEGS)
    wire, uuid = early_call(lab)
    more = {"group_confirm_key": "exec", "group_confirm_file": "'playback whisper.wav'", "origination_uuid": AGENT}
    wire.start("bridge", f"{ringing(uuid, **more)}user/1001@127.0.0.1", RING)
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)


@recording(
    "early-media-taken-up",
    "A caller who is not answered hears a prompt, is answered (uuid_answer) while it plays, hears another, and is hung"
    " up.",
)
def early_media_taken_up(lab: Lab) -> None:
    lab.inbound(LEGS)
    wire, uuid = early_call(lab)
    wire.start("playback", SHORT, f"{OP}1")
    sleep(0.3)
    wire.api(f"uuid_answer {uuid}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    wire.start("playback", SHORT, f"{OP}2")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    hang_up_and_linger(wire)


@recording(
    "early-media-refused",
    "A caller who is not answered hears a goodbye, and is then refused with a cause: the call was never taken up.",
)
def early_media_refused(lab: Lab) -> None:
    inbound = lab.inbound(LEGS)
    wire, uuid = early_call(lab)
    wire.start("playback", SHORT, f"{OP}1")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    inbound.api(f"uuid_kill {uuid} NORMAL_CLEARING")
    wire.until_closed()


SECOND = "99999999-0002-3333-4444-555555555555"


def early_call(lab: Lab) -> tuple[Wire, str]:
    """A caller who hears us before the call is taken up: 183, and music of ours whenever somebody is rung."""
    wire = lab.call()
    uuid = wire.take_call()
    variables = "playback_terminators=none;origination_cancel_key=none;continue_on_fail=true;hangup_after_bridge=false"
    wire.api(f"uuid_setvar_multi {uuid} {variables}")
    wire.api(f"uuid_setvar {uuid} transfer_ringback {MUSIC}")
    wire.api(f"uuid_setvar {uuid} ringback {MUSIC}")
    wire.api(f"uuid_pre_answer {uuid}")
    return wire, uuid
