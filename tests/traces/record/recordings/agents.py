"""A caller and one agent: what a bridge and an originate come to, and what an agent's simple phone does.

Owns those recordings. Easy to break: without `continue_on_fail` the caller's own leg ends with a bridge that fails.
"""

from __future__ import annotations

import socket
from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, MUSIC, answered_call, hang_up_and_linger
from tests.traces.record.registry import recording
from tests.traces.record.switch import EVENT_PORT, HOST, PASSWORD
from tests.traces.record.wire import Wire

LEGS = "CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE"
PHONE_1001 = f"{{origination_uuid={AGENT}}}user/1001@127.0.0.1"
ERRORS = (
    "api uuid_kill nope",
    "api uuid_bridge a b",
    "api nosuchcommand",
    "nosuchverb",
    "api",
    "bgapi",
    "api sofia_contact 1001@127.0.0.1",
    "api sofia_contact 1009@127.0.0.1",
    "api uuid_exists nope",
    "api show calls as json",
    "api show channels count",
    "api status",
    "event plain NOSUCH",
    "filter Unique-ID x",
    "filter delete all",
    "sendevent NOTIFY\nprofile: internal",
    "getvar x",
    "sendmsg nope\ncall-command: hangup",
    "noevents",
    "api reloadxml",
    "api version",
    "api hostname",
    "exit",
)


@recording(
    "bridge-answered",
    "Bridge to a registered agent phone; it answers after 600 ms; talk 1.5 s; the agent leg is killed;"
    " hangup_after_bridge=false so the caller stays and hears a survey prompt.",
)
def bridge_answered(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound = lab.inbound(
        f"{LEGS} CHANNEL_ANSWER CHANNEL_ORIGINATE CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_DESTROY",
    )
    wire, _ = answered_call(lab)
    wire.run("set", "hangup_after_bridge=false")
    wire.run("set", "park_after_bridge=false")
    variables = f"origination_uuid={AGENT},leg_timeout=10,ignore_early_media=true"
    wire.start("bridge", f"{{{variables}}}user/1001@127.0.0.1")
    wire.event("CHANNEL_BRIDGE")
    sleep(1.5)
    inbound.api(f"uuid_kill {AGENT}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    wire.run("playback", "tone_stream://%(300,0,440)")
    hang_up_and_linger(wire)


@recording("bridge-busy", "The agent phone answers 486; continue_on_fail lets the call go on.")
def bridge_busy(lab: Lab) -> None:
    lab.phone("1001", "busy.xml")
    _failing_bridge(lab, "{leg_timeout=5}user/1001@127.0.0.1")


@recording("bridge-declined", "The agent phone answers 603 Decline.")
def bridge_declined(lab: Lab) -> None:
    lab.phone("1001", "decline.xml")
    _failing_bridge(lab, "{leg_timeout=5}user/1001@127.0.0.1")


@recording("bridge-no-answer", "The agent phone rings and never answers; leg_timeout=3.")
def bridge_no_answer(lab: Lab) -> None:
    lab.phone("1001", "noans.xml")
    _failing_bridge(lab, "{leg_timeout=3}user/1001@127.0.0.1")


@recording("bridge-unregistered", "An extension that has no registration.")
def bridge_unregistered(lab: Lab) -> None:
    _failing_bridge(lab, "{leg_timeout=5}user/1009@127.0.0.1")


@recording("bridge-unreachable", "A contact where nothing listens.")
def bridge_unreachable(lab: Lab) -> None:
    _failing_bridge(lab, "{originate_timeout=4}sofia/internal/x@127.0.0.1:6999")


@recording("bridge-second-agent", "Sequential dial string: the first agent is busy, the second answers.")
def bridge_second_agent(lab: Lab) -> None:
    lab.phone("1001", "busy.xml")
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound()
    wire, _ = answered_call(lab)
    wire.run("set", "hangup_after_bridge=true")
    wire.run("set", "continue_on_fail=true")
    wire.start("bridge", "{leg_timeout=5}user/1001@127.0.0.1|user/1002@127.0.0.1")
    wire.event("CHANNEL_BRIDGE")
    sleep(1)
    inbound.api("hupall")
    wire.until_closed()


@recording("bridge-agent-bye", "The agent hangs up first with BYE; hangup_after_bridge=true ends the caller leg too.")
def bridge_agent_bye(lab: Lab) -> None:
    lab.phone("1001", "uas_bye.xml")
    lab.inbound("CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE")
    wire, _ = answered_call(lab)
    wire.run("set", "hangup_after_bridge=true")
    wire.start("bridge", PHONE_1001)
    wire.until_closed()


@recording(
    "caller-abandons-while-agent-rings",
    "The caller hangs up while the agent phone rings: ORIGINATOR_CANCEL on the agent leg.",
)
def caller_abandons_while_agent_rings(lab: Lab) -> None:
    lab.phone("1001", "noans.xml")
    lab.inbound(LEGS)
    wire, _ = answered_call(lab, scenario="uac_hangs.xml")
    wire.start("bridge", "{leg_timeout=20}user/1001@127.0.0.1")
    wire.until_closed()


@recording(
    "queue-uuid-bridge",
    "How an ACD connects two legs: the caller waits in a looped prompt (hold music); the control plane originates the"
    " agent leg by bgapi on the inbound socket, parks it, then uuid_bridge joins both; the agent leg hangs up and the"
    " caller is parked again (park_after_bridge).",
)
def queue_uuid_bridge(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound = lab.inbound(
        "BACKGROUND_JOB CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_ANSWER CHANNEL_PARK CHANNEL_UNPARK CHANNEL_BRIDGE"
        " CHANNEL_UNBRIDGE CHANNEL_HANGUP_COMPLETE CHANNEL_STATE"
    )
    wire, caller = answered_call(lab)
    wire.run("set", "park_after_bridge=true")
    wire.run("set", "hangup_after_bridge=false")
    wire.start("playback", MUSIC, "event-lock: false")
    variables = f"origination_uuid={AGENT},origination_caller_id_number=13800138000,originate_timeout=10"
    more = "ignore_early_media=true,hangup_after_bridge=true"
    job = "Job-UUID: 7f4de4bc-17d7-11dd-b7a0-db4edd065621"
    inbound.command(f"bgapi originate {{{variables},{more}}}user/1001@127.0.0.1 &park()\n{job}")
    inbound.event("BACKGROUND_JOB")
    inbound.api(f"uuid_bridge {caller} {AGENT}")
    wire.event("CHANNEL_BRIDGE")
    sleep(1.5)
    inbound.api(f"uuid_kill {AGENT}")
    sleep(1)
    wire.run("playback", "tone_stream://%(300,0,440)")
    hang_up_and_linger(wire)


@recording(
    "originate-results",
    "bgapi originate: answered, busy, no answer, unregistered; api and bgapi errors; unknown commands.",
)
def originate_results(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    lab.phone("1002", "busy.xml")
    inbound = lab.inbound("BACKGROUND_JOB CHANNEL_HANGUP_COMPLETE")
    silent = "{originate_timeout=2}sofia/internal/x@127.0.0.1:6998"
    users = (f"user/{number}@127.0.0.1" for number in (1001, 1002, 1009))
    for dialled in (*users, silent, "bogus/1"):
        inbound.command(f"bgapi originate {dialled} &park()")
        inbound.event("BACKGROUND_JOB")
    for command in ERRORS:
        inbound.command(command)
    sleep(0.5)
    second = Wire("inbound-2", socket.create_connection((HOST, EVENT_PORT)), lab.trace)
    second.greeting()
    second.api("status")
    second.command("auth wrong")
    sleep(0.5)
    third = Wire("inbound-3", socket.create_connection((HOST, EVENT_PORT)), lab.trace)
    third.log_in(PASSWORD)
    third.api("hupall")


@recording(
    "phone-hold-reinvite",
    "The agent presses hold on the SIP phone (re-INVITE sendonly), then resumes (sendrecv).",
)
def phone_hold_reinvite(lab: Lab) -> None:
    lab.phone("1001", "uas_hold.xml")
    inbound = lab.inbound(
        "CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_CALLSTATE PLAYBACK_START PLAYBACK_STOP CHANNEL_BRIDGE"
        " CHANNEL_HANGUP_COMPLETE"
    )
    wire, _ = answered_call(lab)
    wire.start("bridge", PHONE_1001)
    wire.event("CHANNEL_BRIDGE")
    sleep(5)
    inbound.api("hupall")
    wire.until_closed()


@recording(
    "phone-refer-blind",
    "The agent transfers the caller with the transfer key of the SIP phone (REFER to 1002): FreeSWITCH sends the caller"
    " leg to the dialplan extension 1002 of the context.",
)
def phone_refer_blind(lab: Lab) -> None:
    lab.phone("1001", "uas_refer.xml")
    inbound = lab.inbound(
        "CHANNEL_CREATE CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE"
        " CUSTOM sofia::transferor sofia::transferee"
    )
    wire, _ = answered_call(lab)
    wire.start("bridge", f"{{origination_uuid={AGENT},force_transfer_context=default}}user/1001@127.0.0.1")
    wire.event("CHANNEL_BRIDGE")
    sleep(4)
    inbound.api("hupall")
    wire.until_closed()


@recording(
    "registrations",
    "Agent phones register, re-register and unregister: the sofia:: custom events, sofia_contact before and after.",
)
def registrations(lab: Lab) -> None:
    inbound = lab.inbound(
        "CUSTOM sofia::register sofia::unregister sofia::expire sofia::pre_register sofia::register_attempt"
        " sofia::register_failure"
    )
    for expires_s in (3600, 0, 3600):
        lab.register("1001", 6001, expires_s)
        sleep(0.3)
        inbound.api("sofia_contact 1001@127.0.0.1")


def _failing_bridge(lab: Lab, dialled: str) -> None:
    lab.inbound(LEGS)
    wire, _ = answered_call(lab)
    wire.run("set", "continue_on_fail=true")
    wire.run("set", "hangup_after_bridge=false")
    wire.run("bridge", dialled)
    wire.run("playback", "tone_stream://%(200,0,440)")
    hang_up_and_linger(wire)
