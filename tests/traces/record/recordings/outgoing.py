"""A customer whom we dial: `bgapi originate` through the gateway, into our own dialplan when they answer (O1).

Owns those recordings: one who answers, and each way in which that fails. Easy to break: a leg that answers runs the
dialplan as any caller's, so it comes on a connection to the controller.
"""

from __future__ import annotations

from collections.abc import Callable
from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import hang_up_and_linger
from tests.traces.record.registry import recording
from tests.traces.record.wire import Wire

CUSTOMER = "cccc0000-0001-3333-4444-555555555555"
JOB = "dddd0000-0001-3333-4444-555555555555"
EVENTS = (
    "CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER CHANNEL_ORIGINATE CHANNEL_BRIDGE"
    " CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE BACKGROUND_JOB"
)


def _dial(lab: Lab, scenario: str, timeout: str = "20", gateway: str = "carrier") -> Wire:
    if scenario:
        lab.party(scenario)
    inbound = lab.inbound(EVENTS)
    variables = (
        f"{{origination_uuid={CUSTOMER},fs_control_call=call-1,origination_caller_id_number=4001234567,"
        f"origination_caller_id_name=4001234567,originate_timeout={timeout},ignore_early_media=true}}"
    )
    where = f"sofia/gateway/{gateway}/02112345678 fs_control XML fs_control_return"
    inbound.command(f"bgapi originate {variables}{where}\nJob-UUID: {JOB}")
    return inbound


@recording("call-out-answered", "A customer is called, answers, and comes to the controller by the dialplan.")
def call_out_answered(lab: Lab) -> None:
    _dial(lab, "uas.xml")
    wire = lab.next_wire()
    uuid = wire.take_call()
    wire.api(f"uuid_setvar_multi {uuid} playback_terminators=none;continue_on_fail=true;hangup_after_bridge=false")
    wire.api(f"uuid_answer {uuid}")
    wire.run("playback", "three.wav")
    hang_up_and_linger(wire)


@recording("call-out-leaves", "A customer is called, answers, and hangs up after a second.")
def call_out_leaves(lab: Lab) -> None:
    _dial(lab, "uas_bye.xml")
    wire = lab.next_wire()
    wire.take_call()
    wire.until_closed()


@recording("call-out-early-media", "A customer's network is heard before the customer answers; that is not passed on.")
def call_out_early_media(lab: Lab) -> None:
    _dial(lab, "uas_early.xml")
    wire = lab.next_wire()
    wire.take_call()
    sleep(0.5)
    hang_up_and_linger(wire)


def _fails(name: str, about: str, scenario: str, timeout: str = "20", gateway: str = "carrier") -> None:
    """Enter a recording of a call that comes to nothing."""

    def act(lab: Lab) -> None:
        _dial(lab, scenario, timeout, gateway).event("BACKGROUND_JOB", 45.0)

    named: Callable[[Lab], None] = act
    recording(name, about)(named)


_fails("call-out-busy", "A customer is called, and is busy.", "busy.xml")
_fails("call-out-declined", "A customer is called, and declines.", "decline.xml")
_fails("call-out-no-answer", "A customer is called, and does not answer within 3 s.", "noans.xml", timeout="3")
_fails("call-out-no-gateway", "A customer is called by a gateway that the switch does not know.", "", gateway="nowhere")
_fails("call-out-no-reply", "A customer is called, and nobody is there behind the gateway, for 5 s.", "", timeout="5")


@recording("call-out-cancelled", "A customer is called, and the controller gives it up while it rings.")
def call_out_cancelled(lab: Lab) -> None:
    inbound = _dial(lab, "noans.xml")
    inbound.event("CHANNEL_PROGRESS")
    sleep(0.5)
    inbound.api(f"uuid_kill {CUSTOMER} ORIGINATOR_CANCEL")
    inbound.event("BACKGROUND_JOB")
