"""What the agent hears between the answer and the caller: `group_confirm_key=exec`, with one phone and with two.

Owns those recordings. Easy to break: the phones answer after 0.6 s, and each whisper (`sounds.py`) is long enough for
what happens in the middle of it.
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
RING = "Event-UUID: bbbb0000-0000-0000-0000-00000000000"
ONE = f"[origination_uuid={AGENT}]user/1001@127.0.0.1"
OTHER = f"[origination_uuid={SECOND_AGENT}]user/1002@127.0.0.1"
LONG = "file_string://two.wav!one.wav"


def _whispering(caller: str, sound: str, **more: str) -> str:
    return ringing(caller, group_confirm_key="exec", group_confirm_file=f"'playback {sound}'", **more)


@recording(
    "whisper-one",
    "One phone, and the agent hears a prompt before being joined to the caller (group_confirm_key=exec); the variable"
    " that api_on_answer sets is asked for while it plays.",
)
def whisper_one(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound = lab.inbound(LEGS)
    wire, uuid = welcomed_call(lab)
    wire.api(f"uuid_setvar {uuid} socket_resume true")
    wire.start("bridge", f"{_whispering(uuid, 'whisper.wav', origination_uuid=AGENT)}user/1001@127.0.0.1", f"{RING}1")
    inbound.event("PLAYBACK_START")
    sleep(0.3)
    inbound.api(f"uuid_getvar {uuid} socket_resume")
    _talk_and_leave(inbound, wire, AGENT)


@recording(
    "whisper-all",
    "Two phones at once: the second answers and hears a prompt while the first rings on, until the prompt is over.",
)
def whisper_all(lab: Lab) -> None:
    lab.phone("1001", "noans.xml")
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound(LEGS)
    wire, uuid = welcomed_call(lab)
    wire.start("bridge", f"{_whispering(uuid, 'whisper.wav')}{ONE},{OTHER}", f"{RING}1")
    _talk_and_leave(inbound, wire, SECOND_AGENT)


@recording(
    "whisper-all-answer",
    "Two phones at once, each with a prompt of its own: both answer, the one with the shorter prompt gets the caller.",
)
def whisper_all_answer(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound(LEGS)
    wire, uuid = welcomed_call(lab)
    legs = [
        leg.replace("]", f",group_confirm_key=exec,group_confirm_file='playback {sound}.wav']", 1)
        for leg, sound in ((ONE, "two"), (OTHER, "three"))
    ]
    wire.start("bridge", f"{ringing(uuid)}{','.join(legs)}", f"{RING}1")
    _talk_and_leave(inbound, wire, SECOND_AGENT)


@recording(
    "whisper-agent-leaves",
    "The agent hangs up while the prompt plays: the phone by itself, then, rung again, killed by the controller.",
)
def whisper_agent_leaves(lab: Lab) -> None:
    lab.phone("1001", "uas_bye.xml")
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound(LEGS)
    wire, uuid = welcomed_call(lab)
    for number, (leg, phone) in enumerate(((AGENT, "1001"), (SECOND_AGENT, "1002")), 1):
        dialled = f"{_whispering(uuid, LONG, origination_uuid=leg)}user/{phone}@127.0.0.1"
        wire.start("bridge", dialled, f"{RING}{number}")
        if leg == SECOND_AGENT:
            inbound.event("PLAYBACK_START", Unique_ID=leg)
            sleep(0.5)
            inbound.api(f"uuid_kill {leg} PICKED_OFF")
        wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    wire.run("playback", "three.wav")
    hang_up_and_linger(wire)


@recording("whisper-all-agent-leaves", "Two phones at once: the one that answered hangs up while its prompt plays.")
def whisper_all_agent_leaves(lab: Lab) -> None:
    lab.phone("1001", "noans.xml")
    lab.phone("1002", "uas_bye.xml")
    lab.inbound(LEGS)
    wire, uuid = welcomed_call(lab)
    wire.start("bridge", f"{_whispering(uuid, LONG, originate_timeout='5')}{ONE},{OTHER}", f"{RING}1")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)


@recording("whisper-caller-leaves", "The caller hangs up while the agent hears the prompt.")
def whisper_caller_leaves(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    lab.inbound(LEGS)
    wire, uuid = welcomed_call(lab, "uac_hangs.xml")
    wire.start("bridge", f"{_whispering(uuid, LONG, origination_uuid=AGENT)}user/1001@127.0.0.1", f"{RING}1")
    wire.until_closed()


@recording(
    "whisper-time-out",
    "The time to ring ends while the agent hears the prompt: by originate_timeout=3 the agent is cut off. With"
    " leg_timeout=2 and group_confirm_timeout=10 beside originate_timeout=20 a phone that nobody answers rings 2 to"
    " 3 s, and an agent who does answer hears the prompt to its end.",
)
def whisper_time_out(lab: Lab) -> None:
    lab.phone("1001", "noans.xml")
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound(LEGS)
    wire, uuid = welcomed_call(lab)
    last = SECOND_AGENT.replace("0002", "0003", 1)
    both = {"leg_timeout": "2", "group_confirm_timeout": "10"}
    for number, (leg, phone, times) in enumerate(
        ((AGENT, "1002", {"originate_timeout": "3"}), (SECOND_AGENT, "1001", both), (last, "1002", both)), 1
    ):
        variables = _whispering(uuid, LONG, origination_uuid=leg, **times)
        wire.start("bridge", f"{variables}user/{phone}@127.0.0.1", f"{RING}{number}")
        if leg != last:
            wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    _talk_and_leave(inbound, wire, last)


def _talk_and_leave(inbound: Wire, wire: Wire, leg: str) -> None:
    """Joined, a second of talk, the agent's leg is killed, and the caller stays."""
    wire.event("CHANNEL_BRIDGE")
    sleep(1)
    inbound.api(f"uuid_kill {leg}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)
