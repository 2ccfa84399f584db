"""Dialling an outside number through a gateway, by the caller's own leg: one who is there, busy, or does not answer.

Owns those recordings. The gateway (`carrier`) is in freeswitch-lab.xml; whoever is dialled plays a scenario at its
port. Easy to break: the gateway needs no registration, so that it is up from the start.
"""

from __future__ import annotations

from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, hang_up_and_linger, ringing, welcomed_call
from tests.traces.record.registry import recording

LEGS = (
    "CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER CHANNEL_ORIGINATE CHANNEL_BRIDGE"
    " CHANNEL_UNBRIDGE CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE"
)
DIAL = f"Event-UUID: {AGENT}"


def _dial(lab: Lab, scenario: str, timeout: str = "20", gateway: str = "carrier") -> None:
    if scenario:
        lab.party(scenario)
    lab.inbound(LEGS)
    wire, uuid = welcomed_call(lab)
    sleep(0.1)  # the caller's ACK comes first
    shown = {"origination_caller_id_number": "4001234567", "origination_caller_id_name": "4001234567"}
    variables = ringing(uuid, origination_uuid=AGENT, originate_timeout=timeout, **shown)
    wire.start("bridge", f"{variables}sofia/gateway/{gateway}/02112345678", DIAL)
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)


@recording("dial-served", "A caller is bridged to an outside number through a gateway; it answers and hangs up first.")
def dial_served(lab: Lab) -> None:
    _dial(lab, "uas_bye.xml")


@recording("dial-busy", "A caller is bridged to an outside number through a gateway; it is busy.")
def dial_busy(lab: Lab) -> None:
    _dial(lab, "busy.xml")


@recording("dial-no-answer", "A caller is bridged to an outside number through a gateway; nobody answers for 3 s.")
def dial_no_answer(lab: Lab) -> None:
    _dial(lab, "noans.xml", timeout="3")


@recording(
    "dial-no-gateway", "A caller is bridged to an outside number through a gateway that the switch does not know."
)
def dial_no_gateway(lab: Lab) -> None:
    _dial(lab, "", gateway="nowhere")
