"""Two phones rung at once for one caller, and what the agent hears before the two are joined.

Owns those recordings. Easy to break: what is common to all legs stands in `{}`, what is a leg's own in `[]`, and a
variable in `{}` wins over the same one in `[]`.
"""

from __future__ import annotations

from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, SECOND_AGENT, hang_up_and_linger, ringing, welcomed_call
from tests.traces.record.registry import recording
from tests.traces.record.wire import Wire

LEGS = (
    "CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_ANSWER CHANNEL_ORIGINATE CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HANGUP"
    " CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE PLAYBACK_START PLAYBACK_STOP"
)
RING = "Event-UUID: bbbb0000-0000-0000-0000-000000000001"
BOTH = f"[origination_uuid={AGENT}]user/1001@127.0.0.1,[origination_uuid={SECOND_AGENT}]user/1002@127.0.0.1"


@recording(
    "ring-all-answered",
    "One bridge rings two phones at once, each leg with a uuid of its own; the second answers, talks and is killed.",
)
def ring_all_answered(lab: Lab) -> None:
    inbound = _two_phones(lab, "noans.xml", "uas.xml")
    wire, uuid = welcomed_call(lab)
    wire.start("bridge", f"{ringing(uuid)}{BOTH}", RING)
    _talk_and_leave(inbound, wire, SECOND_AGENT)


@recording(
    "ring-all-one-busy",
    "One bridge rings two phones at once: the first is busy at once, the second answers.",
)
def ring_all_one_busy(lab: Lab) -> None:
    inbound = _two_phones(lab, "busy.xml", "uas.xml")
    wire, uuid = welcomed_call(lab)
    wire.start("bridge", f"{ringing(uuid)}{BOTH}", RING)
    _talk_and_leave(inbound, wire, SECOND_AGENT)


@recording(
    "ring-all-one-unregistered",
    "One bridge rings a phone that is not registered and one that answers.",
)
def ring_all_one_unregistered(lab: Lab) -> None:
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound(LEGS)
    wire, uuid = welcomed_call(lab)
    wire.start("bridge", f"{ringing(uuid)}{BOTH}", RING)
    _talk_and_leave(inbound, wire, SECOND_AGENT)


@recording("ring-all-declined", "One bridge rings two phones at once; one is busy and one declines.")
def ring_all_declined(lab: Lab) -> None:
    _two_phones(lab, "busy.xml", "decline.xml")
    wire, uuid = welcomed_call(lab)
    wire.start("bridge", f"{ringing(uuid)}{BOTH}", RING)
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)


@recording(
    "ring-all-time-out",
    "Two phones ring at once and nobody answers: the first has leg_timeout=2, both have originate_timeout=5.",
)
def ring_all_time_out(lab: Lab) -> None:
    _two_phones(lab, "noans.xml", "noans.xml")
    wire, uuid = welcomed_call(lab)
    legs = BOTH.replace("[", "[leg_timeout=2,", 1)
    wire.start("bridge", f"{ringing(uuid, originate_timeout='5')}{legs}", RING)
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)


@recording("ring-all-caller-leaves", "The caller hangs up while two phones ring at once.")
def ring_all_caller_leaves(lab: Lab) -> None:
    _two_phones(lab, "noans.xml", "noans.xml")
    wire, uuid = welcomed_call(lab, "uac_hangs.xml")
    wire.start("bridge", f"{ringing(uuid)}{BOTH}", RING)
    wire.until_closed()


@recording(
    "ring-all-one-killed",
    "Two phones ring at once and neither answers; the controller kills the first leg, the other rings on, then it kills"
    " that one too.",
)
def ring_all_one_killed(lab: Lab) -> None:
    inbound = _two_phones(lab, "noans.xml", "noans.xml")
    wire, uuid = welcomed_call(lab)
    wire.start("bridge", f"{ringing(uuid)}{BOTH}", RING)
    for leg, cause in ((AGENT, "ORIGINATOR_CANCEL"), (SECOND_AGENT, "PICKED_OFF")):
        sleep(1)
        inbound.api(f"uuid_kill {leg} {cause}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)


def _two_phones(lab: Lab, first: str, second: str) -> Wire:
    lab.phone("1001", first)
    lab.phone("1002", second)
    return lab.inbound(LEGS)


def _talk_and_leave(inbound: Wire, wire: Wire, leg: str) -> None:
    """Joined, a second of talk, the agent's leg is killed, and the caller stays."""
    wire.event("CHANNEL_BRIDGE")
    sleep(1)
    inbound.api(f"uuid_kill {leg}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)
