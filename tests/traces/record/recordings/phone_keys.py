"""The keys of an agent's desk phone while it talks with a caller whom we treat as fs_control does.

Owns the recordings of hold (re-INVITE) and of transfers (REFER, with and without Replaces) where the caller stands in
the shipped dialplan and comes back to the controller. Easy to break: the variables are those that fs_control sets
(switch/encode.py); what a key does depends on them.
"""

from __future__ import annotations

from collections.abc import Callable
from queue import Queue
from threading import Thread
from time import sleep

from tests.traces.record.desk_phone import DeskPhone, PhoneCall
from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, MUSIC, SECOND_AGENT, hang_up_and_linger, ringing
from tests.traces.record.registry import recording
from tests.traces.record.switch import SwitchSettings
from tests.traces.record.wire import Wire

SHIPPED = SwitchSettings(context="fs_control", transfer_events=True)
RETURN = "fs_control:XML:fs_control_return"
EVENTS = (
    "CHANNEL_CREATE CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_PARK"
    " CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE"
    " CUSTOM sofia::transferor sofia::transferee sofia::replaced"
)
HELD = {"hold_music": f"'{MUSIC}'", "hold_hangup_xfer_exten": RETURN, "force_transfer_context": "fs_control_return"}
"""What the agent's leg is told of holding: what the other one hears, and where that one goes if the agent leaves."""


@recording(
    "key-hold",
    "The agent's phone holds the caller and takes the call back, then holds again and hangs up: with"
    " hold_hangup_xfer_exten on the agent's leg the caller comes on a second connection.",
    SHIPPED,
)
def key_hold(lab: Lab) -> None:
    phone = lab.desk_phone("1001")
    lab.inbound(EVENTS)
    wire, caller = taken(lab)
    talk = rung(wire, caller, phone)
    phone.hold(talk)
    sleep(1)
    phone.resume(talk)
    sleep(0.5)
    phone.hold(talk)
    sleep(0.5)
    phone.hang_up(talk)
    end(lab)


@recording(
    "key-transfer",
    "The agent's phone holds the caller and sends them to 8002 (REFER), and does not hang up by itself.",
    SHIPPED,
)
def key_transfer(lab: Lab) -> None:
    phone = lab.desk_phone("1001")
    lab.inbound(EVENTS)
    wire, caller = taken(lab)
    talk = rung(wire, caller, phone)
    phone.hold(talk)
    sleep(0.5)
    assert phone.send_on(talk, "8002") == 202
    end(lab)


@recording(
    "key-hold-joined",
    "The same where the pair was joined by uuid_bridge after the agent's leg had been parked"
    " (the controller's own hold).",
    SHIPPED,
)
def key_hold_joined(lab: Lab) -> None:
    phone = lab.desk_phone("1001")
    inbound = lab.inbound(EVENTS)
    wire, caller = taken(lab)
    talk = rung(wire, caller, phone)
    again(inbound, caller)
    phone.hold(talk)
    sleep(1)
    phone.resume(talk)
    sleep(0.5)
    phone.hold(talk)
    sleep(0.5)
    phone.hang_up(talk)
    end(lab)


@recording(
    "key-transfer-joined",
    "The agent's phone sends the caller to 002112345678 (REFER) without holding first, where the pair was joined by"
    " uuid_bridge; the phone does not hang up.",
    SHIPPED,
)
def key_transfer_joined(lab: Lab) -> None:
    phone = lab.desk_phone("1001")
    inbound = lab.inbound(EVENTS)
    wire, caller = taken(lab)
    talk = rung(wire, caller, phone)
    again(inbound, caller)
    assert phone.send_on(talk, "002112345678") == 202
    end(lab)


@recording(
    "key-transfer-attended",
    "The agent's phone holds the caller, calls 8002, which the controller rings at phone 1002, talks, and joins both"
    " (REFER with Replaces); then the colleague hangs up, and the caller comes on a further connection.",
    SHIPPED,
)
def key_transfer_attended(lab: Lab) -> None:
    phone = lab.desk_phone("1001")
    colleague = lab.desk_phone("1002")
    inbound = lab.inbound(EVENTS)
    wire, caller = taken(lab)
    talk = rung(wire, caller, phone)
    phone.hold(talk)
    inbound.api(f"uuid_setvar_multi {caller} transfer_after_bridge={RETURN}")
    consultation = consult(lab, inbound, phone)
    assert phone.transfer(talk, consultation) == 202
    inbound.event("CHANNEL_BRIDGE", Bridge_B_Unique_ID=SECOND_AGENT)
    sleep(2.5)
    colleague.hang_up(colleague.answered())
    end(lab)


def call_colleague(lab: Lab, phone: DeskPhone, **more: str) -> Callable[[], PhoneCall]:
    """The agent's phone calls 8002, and the controller rings phone 1002; the phone's call, when it is up."""
    calls: Queue[PhoneCall] = Queue()
    Thread(target=lambda: calls.put(phone.dial("8002")), daemon=True).start()
    wire = lab.next_wire()
    ring(wire, prepared(wire), SECOND_AGENT, "1002", **more)
    return calls.get


def consult(lab: Lab, inbound: Wire, phone: DeskPhone) -> PhoneCall:
    """The agent's phone calls 8002, and the two talk for a second."""
    call = call_colleague(lab, phone)
    inbound.event("CHANNEL_BRIDGE", Bridge_B_Unique_ID=SECOND_AGENT)
    sleep(1)
    return call()


def again(inbound: Wire, caller: str) -> None:
    """Hold the caller and take the call back as the controller does: park the agent's leg, and join the two."""
    inbound.api(f"uuid_park {AGENT}")
    inbound.event("CHANNEL_PARK", Unique_ID=AGENT)
    sleep(0.3)
    inbound.api(f"uuid_setvar_multi {caller} socket_resume=false;transfer_after_bridge={RETURN}")
    inbound.api(f"uuid_setvar_multi {AGENT} park_after_bridge=false;hangup_after_bridge=false")
    inbound.api(f"uuid_bridge {AGENT} {caller}")
    inbound.event("CHANNEL_BRIDGE")
    sleep(0.5)


def taken(lab: Lab) -> tuple[Wire, str]:
    """A caller, taken and answered as fs_control does it."""
    wire = lab.call()
    return wire, prepared(wire)


def prepared(wire: Wire) -> str:
    """What fs_control sets on a caller's leg before it answers; the uuid."""
    uuid = wire.take_call()
    sleep(0.1)  # it has parked: that races with what follows, and is another story
    variables = (
        "playback_terminators=none;origination_cancel_key=none;continue_on_fail=true;hangup_after_bridge=false"
        ";force_transfer_context=fs_control_return"
    )
    wire.api(f"uuid_setvar_multi {uuid} {variables}")
    wire.api(f"uuid_setvar {uuid} transfer_ringback {MUSIC}")
    wire.api(f"uuid_answer {uuid}")
    return uuid


def ring(wire: Wire, caller: str, leg: str = AGENT, phone: str = "1001", **more: str) -> None:
    """Let a leg ring a phone and join it."""
    variables = ringing(caller, **({"origination_uuid": leg} | HELD | more))
    wire.start("bridge", f"{variables}user/{phone}@127.0.0.1", f"Event-UUID: {leg}")


def rung(wire: Wire, caller: str, phone: DeskPhone) -> PhoneCall:
    """Ring the agent's desk phone, and let them talk a second."""
    ring(wire, caller)
    talk = phone.answered()
    wire.event("CHANNEL_BRIDGE")
    sleep(1)
    return talk


def end(lab: Lab) -> None:
    """The caller comes again, hears something, and is hung up."""
    again = lab.next_wire()
    again.take_call()
    again.run("playback", "tone_stream://%(300,0,440)")
    hang_up_and_linger(again)
