"""What the keys of a desk phone do, and how a phone comes and goes.

Owns the recordings of transfers by REFER, registrations and sound before the answer. Easy to break: a leg that we make
bears the uuid `AGENT` or `SECOND_AGENT`, by which a reader knows it in any trace of this folder.
"""

from __future__ import annotations

from threading import Thread
from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, SECOND_AGENT, answered_call, hang_up_and_linger, music
from tests.traces.record.registry import recording
from tests.traces.record.switch import SwitchSettings

LEGS = (
    "BACKGROUND_JOB CHANNEL_CREATE CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HOLD CHANNEL_UNHOLD"
    " CHANNEL_PARK CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE"
)
LEGS_AND_TRANSFERS = f"{LEGS} CUSTOM sofia::transferor sofia::transferee sofia::replaced"
"""What follows CUSTOM names events of that kind, so it comes last."""


@recording(
    "phone-refer-attended",
    "The agent's phone holds the caller, calls 91002 (the dialplan bridges that to phone 1002), talks, and joins both"
    " by REFER with Replaces.",
)
def phone_refer_attended(lab: Lab) -> None:
    phone = lab.desk_phone("1001")
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound(LEGS_AND_TRANSFERS)
    wire, _ = answered_call(lab)
    wire.start("bridge", f"{{origination_uuid={AGENT}}}user/1001@127.0.0.1")
    caller = phone.answered()
    wire.event("CHANNEL_BRIDGE")
    sleep(1)
    phone.hold(caller)
    colleague = phone.dial("91002")
    inbound.event("CHANNEL_BRIDGE", Caller_Destination_Number="91002")
    sleep(1)
    assert phone.transfer(caller, colleague) == 202
    sleep(2.5)
    inbound.api("show channels as json")
    inbound.api("hupall")
    wire.event("text/disconnect-notice")
    wire.until_closed()


@recording(
    "phone-refer-attended-to-controller",
    "As phone-refer-attended, but what the phone calls is the controller (4001234568), which plays to it; so the"
    " REFER with Replaces finds no bridge there, and the caller comes to extension 4001234568 on a third connection.",
)
def phone_refer_attended_to_controller(lab: Lab) -> None:
    phone = lab.desk_phone("1001")
    inbound = lab.inbound(LEGS_AND_TRANSFERS)
    wire, _ = answered_call(lab)
    wire.start("bridge", f"{{origination_uuid={AGENT}}}user/1001@127.0.0.1")
    caller = phone.answered()
    wire.event("CHANNEL_BRIDGE")
    sleep(1)
    phone.hold(caller)
    Thread(target=_take_next_call, args=(lab,), daemon=True).start()
    colleague = phone.dial("4001234568")
    sleep(1)
    assert phone.transfer(caller, colleague) == 202
    third = lab.next_wire()
    third.take_call()
    inbound.api("show channels as json")
    third.run("playback", "tone_stream://%(300,0,440)")
    hang_up_and_linger(third)
    wire.until_closed()


@recording(
    "phone-refer-blind-context-on-agent",
    "The transfer key (REFER to 1002), force_transfer_context=return on the AGENT's leg: it is not heeded, for the leg"
    " that is sent on is the caller's, which goes to extension 1002 of the context it came in by.",
)
def phone_refer_blind_context_on_agent(lab: Lab) -> None:
    lab.phone("1001", "uas_refer.xml")
    inbound = lab.inbound(LEGS_AND_TRANSFERS)
    wire, caller = answered_call(lab)
    wire.start("bridge", f"{{origination_uuid={AGENT},force_transfer_context=return}}user/1001@127.0.0.1")
    inbound.event("CHANNEL_EXECUTE", Application="park", Unique_ID=caller)
    sleep(1)
    inbound.api(f"uuid_dump {caller}")
    inbound.api("hupall")
    wire.until_closed()


@recording(
    "phone-refer-blind-context-on-caller",
    "The transfer key (REFER to 1002), force_transfer_context=return on the CALLER's leg: the caller comes to the"
    " controller on a second connection.",
)
def phone_refer_blind_context_on_caller(lab: Lab) -> None:
    lab.phone("1001", "uas_refer.xml")
    lab.inbound(LEGS_AND_TRANSFERS)
    wire, _ = answered_call(lab)
    wire.run("set", "force_transfer_context=return")
    wire.start("bridge", f"{{origination_uuid={AGENT}}}user/1001@127.0.0.1")
    second = lab.next_wire()
    second.take_call()
    second.run("playback", "tone_stream://%(300,0,440)")
    hang_up_and_linger(second)
    wire.until_closed()


@recording(
    "phone-dials",
    "The phone 1001 dials 8002 at a door like that of the shipped configuration: it is asked for its password, arrives"
    " in the context of phones, where the dialplan says which phone it is, and the controller dies and takes it again.",
    SwitchSettings(context="fs_control_phones", auth_calls=True),
)
def phone_dials(lab: Lab) -> None:
    phone = lab.desk_phone("1001")
    lab.inbound(LEGS)
    Thread(target=phone.dial, args=("8002",), daemon=True).start()
    wire = lab.next_wire()
    wire.take_call()
    wire.run("answer")
    wire.die()
    second = lab.next_wire()
    second.take_call()
    hang_up_and_linger(second)


@recording(
    "registration-expiry",
    "A phone registers for 60 s and is not heard of again; before that it moved to another port and unregistered once.",
    SwitchSettings(late_margin_s=5),
)
def registration_expiry(lab: Lab) -> None:
    inbound = lab.inbound(
        "CUSTOM sofia::register sofia::unregister sofia::expire sofia::pre_register sofia::register_attempt"
    )

    def look() -> None:
        """At once, and when FreeSWITCH has written its tables."""
        inbound.api("sofia_contact 1001@127.0.0.1")
        sleep(1)
        inbound.api("sofia_contact 1001@127.0.0.1")
        inbound.api("show registrations as json")

    for port, expires_s in ((6001, 3600), (6003, 3600), (6003, 0), (6001, 60)):
        lab.register("1001", port, expires_s)
        inbound.event("CUSTOM", Event_Subclass="sofia::register" if expires_s else "sofia::unregister")
        look()
    inbound.event("CUSTOM", seconds=120, Event_Subclass="sofia::expire")
    look()


@recording(
    "early-media-bridge",
    "The agent's phone sends 183 with sound and answers 1.2 s later: bridged first as it comes, then with"
    " ignore_early_media=true.",
)
def early_media_bridge(lab: Lab) -> None:
    lab.phone("1001", "uas_early.xml")
    inbound = lab.inbound(f"{LEGS} CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ORIGINATE")
    wire, _ = answered_call(lab)
    wire.run("set", "hangup_after_bridge=false")
    for uuid, ignore in ((AGENT, ""), (SECOND_AGENT, ",ignore_early_media=true")):
        wire.start("bridge", f"{{origination_uuid={uuid}{ignore}}}user/1001@127.0.0.1")
        inbound.event("CHANNEL_ANSWER", Unique_ID=uuid)
        sleep(1)
        inbound.api(f"uuid_kill {uuid}")
        wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(wire)


@recording(
    "early-media-originate",
    "bgapi originate to a phone that sends 183 with sound and answers 1.2 s later, without and with"
    " ignore_early_media=true: when the job is done.",
)
def early_media_originate(lab: Lab) -> None:
    lab.phone("1001", "uas_early.xml")
    inbound = lab.inbound(f"{LEGS} CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ORIGINATE")
    for uuid, ignore in ((AGENT, ""), (SECOND_AGENT, ",ignore_early_media=true")):
        inbound.command(f"bgapi originate {{origination_uuid={uuid}{ignore}}}user/1001@127.0.0.1 &park()")
        inbound.event("CHANNEL_PARK", Unique_ID=uuid)
        sleep(2)
        inbound.api(f"uuid_kill {uuid}")
        inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID=uuid)


@recording(
    "early-media-pre-answer",
    "pre_answer, a prompt that the caller hears unanswered, then answer; and bridging a caller who is not answered to a"
    " phone with early sound.",
)
def early_media_pre_answer(lab: Lab) -> None:
    lab.phone("1001", "uas_early.xml")
    lab.inbound(f"{LEGS} CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA")
    wire = lab.call()
    wire.take_call()
    wire.run("pre_answer")
    wire.run("playback", "tone_stream://%(500,0,440)")
    wire.run("answer")
    wire.run("playback", "tone_stream://%(300,0,440)")
    hang_up_and_linger(wire)
    wire = lab.call()
    wire.take_call()
    wire.run("ring_ready")
    wire.run("set", "hangup_after_bridge=false")
    wire.start("bridge", f"{{origination_uuid={AGENT}}}user/1001@127.0.0.1")
    wire.event("CHANNEL_ANSWER")
    sleep(1)
    hang_up_and_linger(wire)


@recording(
    "three-way-application",
    "A bridged pair, and a third party originated to &three_way(uuid of the agent): who hears whom is a matter of media"
    " bugs, no bridge changes; then the third party leaves.",
)
def three_way_application(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound(f"{LEGS} CHANNEL_EXECUTE_COMPLETE MEDIA_BUG_START MEDIA_BUG_STOP")
    wire, _ = answered_call(lab)
    wire.start("bridge", f"{{origination_uuid={AGENT}}}user/1001@127.0.0.1")
    wire.event("CHANNEL_BRIDGE")
    inbound.command(f"bgapi originate {{origination_uuid={SECOND_AGENT}}}user/1002@127.0.0.1 &three_way({AGENT})")
    inbound.event("BACKGROUND_JOB")
    sleep(1)
    inbound.api(f"uuid_kill {SECOND_AGENT}")
    sleep(0.5)
    inbound.api("hupall")
    wire.event("text/disconnect-notice")
    wire.until_closed()


@recording(
    "originate-intercept",
    "The agent's leg takes the waiting caller by &intercept(uuid): once a caller who is there, once one who has gone.",
)
def originate_intercept(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound = lab.inbound(f"{LEGS} CHANNEL_EXECUTE_COMPLETE CHANNEL_UNPARK")
    wire, caller = answered_call(lab)
    wire.run("multiset", "^^;hangup_after_bridge=false;park_after_bridge=true")
    music(wire)
    inbound.command(f"bgapi originate {{origination_uuid={AGENT}}}user/1001@127.0.0.1 &intercept({caller})")
    inbound.event("CHANNEL_BRIDGE")
    sleep(1)
    inbound.api(f"uuid_kill {AGENT}")
    sleep(0.5)
    inbound.api(f"uuid_kill {caller}")
    wire.until_closed()
    inbound.command(f"bgapi originate {{origination_uuid={SECOND_AGENT}}}user/1001@127.0.0.1 &intercept({caller})")
    inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID=SECOND_AGENT)


def _take_next_call(lab: Lab) -> None:
    """What a controller does with a call, while the phone that makes it waits for the answer."""
    wire = lab.next_wire()
    wire.take_call()
    wire.run("answer")
    music(wire)
