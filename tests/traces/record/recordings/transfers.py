"""A caller between several parties, moved by the controller: hold, consultation, conference, listening in, transfer.

Owns those recordings, and what a controller that has restarted can ask. Easy to break: what happens to a leg after a
bridge is said by its variables (`park_after_bridge`, `hangup_after_bridge`), on each leg for itself.
"""

from __future__ import annotations

from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, MUSIC, SECOND_AGENT, answered_call, hang_up_and_linger, music
from tests.traces.record.registry import recording

BRIDGES = "CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_PARK CHANNEL_HANGUP_COMPLETE"
STAY = "hangup_after_bridge=false;park_after_bridge=true"
PHONE_1001 = f"{{origination_uuid={AGENT}}}user/1001@127.0.0.1"
QUESTIONS = (
    "show channels as json",
    "show calls as json",
    "show bridged_calls as json",
    "show registrations as json",
    "uuid_dump {caller}",
    "uuid_dump {caller} json",
    "uuid_getvar {caller} fsc_call_id",
    "uuid_getvar {caller} nosuch",
    "sofia status",
    "sofia xmlstatus profile internal",
    "show channels like fsc as json",
    "uuid_exists {caller}",
    "uptime",
    "strepoch",
    "switchname",
    "list_users",
)


@recording(
    "hold-resume",
    "A bridged call put on hold and resumed three ways: uuid_hold / uuid_hold off on the agent leg, uuid_broadcast of"
    " music to the caller, and park both legs then uuid_bridge again.",
)
def hold_resume(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound = lab.inbound(
        "CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_PARK PLAYBACK_START PLAYBACK_STOP"
        " CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_CALLSTATE"
    )
    wire, caller = answered_call(lab)
    wire.start("bridge", PHONE_1001)
    wire.event("CHANNEL_BRIDGE")
    for seconds, command in (
        (0.5, f"uuid_hold {AGENT}"),
        (1.0, f"uuid_hold off {AGENT}"),
        (0.7, f"uuid_broadcast {caller} tone_stream://%(300,0,440) aleg"),
        (1.0, f"uuid_setvar_multi {caller} {STAY}"),
        (0.0, f"uuid_setvar_multi {AGENT} {STAY}"),
        (0.0, f"uuid_park {AGENT}"),
        (0.5, f"uuid_broadcast {caller} tone_stream://%(3000,0,440) aleg"),
        (0.8, f"uuid_bridge {caller} {AGENT}"),
        (1.0, f"uuid_dump {caller}"),
        (0.0, "hupall"),
    ):
        sleep(seconds)
        inbound.api(command)
    wire.until_closed()


@recording(
    "consult-transfer",
    "Consultation: caller talks to agent 1001; the caller is parked with music, agent 1001 is bridged to agent 1002"
    " (consult); first the consult is cancelled and the caller is resumed; then consulted again and completed as a"
    " transfer (caller bridged to 1002, 1001 leaves).",
)
def consult_transfer(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound(f"BACKGROUND_JOB {BRIDGES} CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_ANSWER")
    wire, caller = answered_call(lab)
    wire.run("set", "park_after_bridge=true")
    wire.run("set", "hangup_after_bridge=false")

    def ring(leg: str, phone: str) -> None:
        variables = f"origination_uuid={leg},park_after_bridge=true,hangup_after_bridge=false"
        inbound.command(f"bgapi originate {{{variables}}}user/{phone}@127.0.0.1 &park()")
        inbound.event("BACKGROUND_JOB")

    def consult(colleague: str) -> None:
        inbound.api(f"uuid_park {AGENT}")
        sleep(0.3)
        inbound.api(f"uuid_broadcast {caller} {MUSIC} aleg")
        ring(colleague, "1002")
        inbound.api(f"uuid_bridge {AGENT} {colleague}")
        sleep(1)

    first, second = SECOND_AGENT, SECOND_AGENT.replace("0002", "0003", 1)
    ring(AGENT, "1001")
    inbound.api(f"uuid_bridge {caller} {AGENT}")
    wire.event("CHANNEL_BRIDGE")
    sleep(0.5)
    consult(first)
    inbound.api(f"uuid_kill {first}")
    sleep(0.4)
    inbound.api(f"uuid_bridge {caller} {AGENT}")
    sleep(0.8)
    consult(second)
    inbound.api(f"uuid_bridge {caller} {second}")
    sleep(0.8)
    inbound.api(f"uuid_kill {AGENT}")
    sleep(0.5)
    inbound.api(f"uuid_kill {second}")
    sleep(0.6)
    inbound.api("hupall")
    wire.until_closed()


@recording(
    "three-way-conference",
    "Three-way: a bridged pair is moved into a conference with uuid_transfer -both, the third party originated into it;"
    " one leaves, two remain.",
)
def three_way_conference(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound("BACKGROUND_JOB CHANNEL_BRIDGE CHANNEL_UNBRIDGE CUSTOM conference::maintenance")
    wire, caller = answered_call(lab)
    wire.start("bridge", PHONE_1001)
    wire.event("CHANNEL_BRIDGE")
    sleep(0.5)
    inbound.api(f"uuid_transfer {caller} -both 'conference:room1@default' inline")
    sleep(0.8)
    room = "&conference(room1@default)"
    inbound.command(f"bgapi originate {{origination_uuid={SECOND_AGENT}}}user/1002@127.0.0.1 {room}")
    inbound.event("BACKGROUND_JOB")
    sleep(0.6)
    inbound.api("conference room1 json_list")
    inbound.api(f"uuid_kill {AGENT}")
    sleep(0.6)
    inbound.api("hupall")
    wire.until_closed()


@recording(
    "supervise-eavesdrop",
    "A supervisor listens in on a bridged call (eavesdrop), whispers to the agent (DTMF 2), joins both (DTMF 3), then"
    " leaves.",
)
def supervise_eavesdrop(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound(
        "BACKGROUND_JOB CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE DTMF MEDIA_BUG_START"
        " MEDIA_BUG_STOP"
    )
    wire, _ = answered_call(lab)
    wire.start("bridge", PHONE_1001)
    wire.event("CHANNEL_BRIDGE")
    sleep(0.4)
    variables = f"origination_uuid={SECOND_AGENT},eavesdrop_enable_dtmf=true"
    inbound.command(f"bgapi originate {{{variables}}}user/1002@127.0.0.1 &eavesdrop({AGENT})")
    inbound.event("BACKGROUND_JOB")
    sleep(0.5)
    for key in "230":
        inbound.api(f"uuid_recv_dtmf {SECOND_AGENT} {key}")
        sleep(0.5)
    inbound.api(f"uuid_kill {SECOND_AGENT}")
    sleep(0.5)
    inbound.api("hupall")
    wire.until_closed()


@recording(
    "uuid-transfer",
    "Blind transfer by the control plane: the agent leg leaves, uuid_transfer sends the caller to another dialplan"
    " extension (a second outbound socket connection), and to an unknown one.",
)
def uuid_transfer(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound = lab.inbound()
    wire, caller = answered_call(lab)
    wire.start("bridge", PHONE_1001)
    wire.event("CHANNEL_BRIDGE")
    sleep(0.5)
    inbound.api(f"uuid_transfer {caller} 4009999999 XML default")
    second = lab.next_wire()
    second.take_call()
    second.run("playback", "tone_stream://%(300,0,440)")
    inbound.api(f"uuid_transfer {caller} nosuchext XML default")
    sleep(1.5)
    inbound.api("hupall")


@recording(
    "transfer-after-bridge",
    "transfer_after_bridge on the caller leg: when the agent leaves, the caller comes back to the controller on a new"
    " outbound connection, the old one ends.",
)
def transfer_after_bridge(lab: Lab) -> None:
    lab.phone("1001", "uas_bye.xml")
    inbound = lab.inbound(BRIDGES)
    wire, caller = answered_call(lab)
    wire.run("multiset", "^^;hangup_after_bridge=false;transfer_after_bridge=4001234568:XML:default")
    inbound.command(f"bgapi originate {{origination_uuid={AGENT},hangup_after_bridge=true}}user/1001@127.0.0.1 &park()")
    music(wire)
    sleep(1)
    inbound.api(f"uuid_bridge {caller} {AGENT}")
    second = lab.next_wire()
    second.take_call()
    second.run("playback", "tone_stream://%(300,0,440)")
    hang_up_and_linger(second)


@recording(
    "live-state",
    "What a restarted controller can ask: show channels, show calls and show registrations as json, uuid_dump,"
    " uuid_getvar, sofia status, with one bridged call, one caller on hold music, one ringing agent.",
)
def live_state(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    lab.phone("1002", "noans.xml")
    inbound = lab.inbound("HEARTBEAT")
    wire, caller = answered_call(lab)
    wire.run("set", "fsc_call_id=c-1")
    wire.start("bridge", f"{{origination_uuid={AGENT},fsc_call_id=c-1}}user/1001@127.0.0.1")
    wire.event("CHANNEL_BRIDGE")
    lab.caller(port=5098)
    waiting = lab.next_wire()
    waiting.command("connect")
    waiting.command("linger 5")
    waiting.start("answer")
    waiting.start("playback", MUSIC)
    inbound.command(f"bgapi originate {{origination_uuid={SECOND_AGENT}}}user/1002@127.0.0.1 &park()")
    sleep(0.6)
    for question in QUESTIONS:
        inbound.api(question.format(caller=caller))
    inbound.api("hupall")
