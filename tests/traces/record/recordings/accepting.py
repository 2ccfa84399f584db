"""Somebody who must press 1 to accept: a key that group_confirm_key names, asked for by a sentence (A14).

Owns those recordings. Outside numbers are reached through the gateway `carrier`. Easy to break: a party that answers
and presses nothing is what a voicemail is.
"""

from __future__ import annotations

from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, hang_up_and_linger, ringing, welcomed_call
from tests.traces.record.registry import recording
from tests.traces.record.wire import Wire

LEGS = (
    "CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_ANSWER CHANNEL_ORIGINATE CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HANGUP"
    " CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE PLAYBACK_START PLAYBACK_STOP DTMF"
)
ASKED = (
    "leg_timeout=20,group_confirm_key=1,group_confirm_file=file_string://whisper.wav!three.wav,group_confirm_timeout="
)
NUMBER = "sofia/gateway/carrier/02112345678"
RING = "Event-UUID: bbbb0000-0000-0000-0000-00000000000"


def _ring(lab: Lab, seconds: int = 10) -> tuple[Wire, Wire]:
    lab.party("uas.xml")
    inbound = lab.inbound(LEGS)
    wire, uuid = welcomed_call(lab)
    sleep(0.1)  # the caller's ACK comes first
    leg = f"[origination_uuid={AGENT},{ASKED}{seconds}]{NUMBER}"
    wire.start("bridge", f"{ringing(uuid, originate_timeout='40')}{leg}", f"{RING}1")
    return inbound, wire


@recording("accept-by-key", "An outside number answers, presses 5, which means nothing, then 1, and is joined.")
def accept_by_key(lab: Lab) -> None:
    inbound, wire = _ring(lab)
    inbound.event("PLAYBACK_START")
    sleep(0.7)
    inbound.api(f"uuid_recv_dtmf {AGENT} 5")
    sleep(0.7)
    inbound.api(f"uuid_recv_dtmf {AGENT} 1")
    wire.event("CHANNEL_BRIDGE")
    sleep(0.5)
    inbound.api(f"uuid_kill {AGENT}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)


@recording(
    "accept-voicemail", "An outside number answers and presses nothing: the sentence is said until time is over."
)
def accept_voicemail(lab: Lab) -> None:
    _, wire = _ring(lab, 5)
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)


@recording(
    "accept-declined",
    "An outside number answers and presses 2, upon which the sentence begins anew and the controller ends the leg.",
)
def accept_declined(lab: Lab) -> None:
    inbound, wire = _ring(lab)
    inbound.event("PLAYBACK_START")
    sleep(0.5)
    inbound.api(f"uuid_recv_dtmf {AGENT} 2")
    inbound.event("DTMF")
    sleep(0.4)
    inbound.api(f"uuid_kill {AGENT} CALL_REJECTED")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)
