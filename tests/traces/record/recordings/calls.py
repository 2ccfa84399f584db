"""Whole calls beside what mod_json_cdr writes of them: two records of the same facts.

Owns those recordings. Easy to break: an agent's leg has a file only where mod_json_cdr is told so (`log-b-leg`).
"""

from __future__ import annotations

from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, answered_call, hang_up_and_linger
from tests.traces.record.registry import recording
from tests.traces.record.switch import SwitchSettings

LEGS = (
    "CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_ANSWER CHANNEL_ORIGINATE CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HANGUP"
    " CHANNEL_HANGUP_COMPLETE CHANNEL_DESTROY"
)
BOTH_LEGS = SwitchSettings(cdr_of_agents=True)


@recording("json-cdr-answered", "An answered and bridged call, with its call records.", BOTH_LEGS, call_records=True)
def json_cdr_answered(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound = lab.inbound(LEGS)
    wire, _ = answered_call(lab)
    wire.run("set", "hangup_after_bridge=false")
    wire.start("bridge", f"{{origination_uuid={AGENT}}}user/1001@127.0.0.1")
    wire.event("CHANNEL_BRIDGE")
    sleep(1.5)
    inbound.api(f"uuid_kill {AGENT}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    wire.run("playback", "tone_stream://%(300,0,440)")
    hang_up_and_linger(wire)


@recording(
    "json-cdr-abandoned",
    "The caller hangs up while the agent's phone rings, with the call records.",
    BOTH_LEGS,
    call_records=True,
)
def json_cdr_abandoned(lab: Lab) -> None:
    lab.phone("1001", "noans.xml")
    lab.inbound(LEGS)
    wire, _ = answered_call(lab, scenario="uac_hangs.xml")
    wire.start("bridge", f"{{origination_uuid={AGENT},leg_timeout=20}}user/1001@127.0.0.1")
    wire.until_closed()


@recording(
    "json-cdr-declined",
    "The agent's phone answers 603, the caller hears a prompt and is hung up, with the call records.",
    BOTH_LEGS,
    call_records=True,
)
def json_cdr_declined(lab: Lab) -> None:
    lab.phone("1001", "decline.xml")
    lab.inbound(LEGS)
    wire, _ = answered_call(lab)
    wire.run("multiset", "^^;continue_on_fail=true;hangup_after_bridge=false")
    wire.run("bridge", f"{{origination_uuid={AGENT}}}user/1001@127.0.0.1")
    wire.run("playback", "tone_stream://%(200,0,440)")
    hang_up_and_linger(wire)
