"""What happens when something ends that should not: the controller, a phone, a caller, the switch's own limits.

Owns those recordings. Easy to break: who vanishes is stopped, not killed (`Lab.vanish`), and the waits are those of
FreeSWITCH: some of these take minutes.
"""

from __future__ import annotations

from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, SECOND_AGENT, answered_call, hang_up_and_linger, music
from tests.traces.record.registry import recording
from tests.traces.record.switch import SwitchSettings

LEGS = (
    "BACKGROUND_JOB CHANNEL_CREATE CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_PARK CHANNEL_UNPARK"
    " CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE"
)
SILENCE = SwitchSettings(media_timeout_ms=3000)


@recording(
    "rtp-time-out-caller",
    "media_timeout=3000: an answered caller vanishes without BYE while music plays; the leg ends by itself.",
    SILENCE,
)
def rtp_time_out_caller(lab: Lab) -> None:
    lab.inbound(LEGS)
    caller = lab.caller()
    wire = lab.next_wire()
    wire.take_call()
    wire.run("answer")
    music(wire)
    lab.vanish("caller", caller)
    wire.event("text/disconnect-notice")
    wire.until_closed()


@recording(
    "rtp-time-out-agent",
    "The agent's leg has media_timeout=3000 and its phone vanishes during the bridge; hangup_after_bridge=false, so the"
    " caller stays.",
)
def rtp_time_out_agent(lab: Lab) -> None:
    phone = lab.phone("1001", "uas.xml")
    lab.inbound(LEGS)
    wire, _ = answered_call(lab)
    wire.run("set", "hangup_after_bridge=false")
    wire.start("bridge", f"{{origination_uuid={AGENT},media_timeout=3000}}user/1001@127.0.0.1")
    wire.event("CHANNEL_BRIDGE")
    lab.vanish("phone 1001", phone)
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    wire.run("playback", "tone_stream://%(300,0,440)")
    hang_up_and_linger(wire)


@recording(
    "session-timer",
    "The caller asks for Session-Expires: 120 with itself as refresher, refreshes once by re-INVITE after 1.5 s and"
    " never again: the switch ends the call.",
)
def session_timer(lab: Lab) -> None:
    lab.inbound(f"{LEGS} CHANNEL_CALLSTATE CHANNEL_STATE CALL_UPDATE MEDIA_BUG_START CODEC")
    wire, _ = answered_call(lab, scenario="uac_refreshes_once.xml")
    music(wire)
    wire.event("text/disconnect-notice", seconds=150)
    wire.until_closed()


@recording(
    "session-timer-switch",
    "session-timeout=120 in the profile: after 60 s the switch refreshes the call itself, and the caller agrees.",
    SwitchSettings(session_timeout_s=120),
)
def session_timer_switch(lab: Lab) -> None:
    inbound = lab.inbound(f"{LEGS} CHANNEL_CALLSTATE CHANNEL_STATE CALL_UPDATE CODEC")
    wire, uuid = answered_call(lab, scenario="uac_refreshed.xml")
    music(wire)
    sleep(65)
    inbound.api(f"uuid_exists {uuid}")
    inbound.api(f"uuid_kill {uuid}")
    wire.until_closed()


@recording(
    "sessions-per-second",
    "sessions-per-second=2 lets one session begin in a second: of four originates at once three fail, of four callers"
    " at once three are refused with 503 (Retry-After: 300) and leave no event.",
    SwitchSettings(sessions_per_second=2),
)
def sessions_per_second(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound = lab.inbound(LEGS)
    sleep(1.5)
    for _ in range(4):
        inbound.command("bgapi originate user/1001@127.0.0.1 &park()")
    for _ in range(4):
        inbound.event("BACKGROUND_JOB")
    inbound.api("hupall")
    sleep(2)
    for port in range(5090, 5094):
        lab.caller(number="1005", port=port)
    sleep(2)
    inbound.api("show channels as json")
    inbound.api("hupall")


@recording(
    "controller-dies-in-music",
    "The shipped dialplan: the controller takes the call, plays music and is killed; what the caller lives through"
    " until the second connection, and the music that FreeSWITCH plays meanwhile.",
    SwitchSettings(context="fs_control"),
)
def controller_dies_in_music(lab: Lab) -> None:
    lab.inbound(LEGS)
    wire, _ = answered_call(lab)
    music(wire)
    sleep(1)
    wire.die()
    _take_back(lab)


@recording(
    "controller-dies-before-answer",
    "The shipped dialplan: the controller takes the call and is killed before it answers; again on a second connection;"
    " the third answers.",
    SwitchSettings(context="fs_control"),
)
def controller_dies_before_answer(lab: Lab) -> None:
    lab.inbound(LEGS)
    wire = lab.call()
    wire.take_call()
    wire.die()
    second = lab.next_wire()
    second.command("connect")
    second.die()
    third = lab.next_wire()
    third.take_call()
    third.run("answer")
    hang_up_and_linger(third)


@recording(
    "transfer-after-bridge-caller-first",
    "transfer_after_bridge on the caller's leg, and the CALLER hangs up first: no second connection, though the"
    " last event of the leg already names the other extension.",
)
def transfer_after_bridge_caller_first(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound = lab.inbound(LEGS)
    wire, caller = answered_call(lab, scenario="uac_hangs.xml")
    wire.run("multiset", "^^;hangup_after_bridge=false;transfer_after_bridge=4001234568:XML:default")
    music(wire)
    inbound.command(f"bgapi originate {{origination_uuid={AGENT},hangup_after_bridge=true}}user/1001@127.0.0.1 &park()")
    inbound.event("BACKGROUND_JOB")
    inbound.api(f"uuid_bridge {caller} {AGENT}")
    wire.event("text/disconnect-notice")
    wire.until_closed()


@recording(
    "transfer-after-bridge-old-wire",
    "transfer_after_bridge, the agent hangs up first: what the first connection still says and does once the second is"
    " there; and a second bridge, from the second connection, after which nothing is transferred any more.",
)
def transfer_after_bridge_old_wire(lab: Lab) -> None:
    lab.phone("1001", "uas_bye.xml")
    lab.phone("1002", "uas.xml")
    inbound = lab.inbound(LEGS)
    wire, caller = answered_call(lab)
    wire.run("multiset", "^^;hangup_after_bridge=false;transfer_after_bridge=4001234568:XML:default")
    music(wire)
    inbound.command(f"bgapi originate {{origination_uuid={AGENT},hangup_after_bridge=true}}user/1001@127.0.0.1 &park()")
    inbound.event("BACKGROUND_JOB")
    inbound.api(f"uuid_bridge {caller} {AGENT}")
    second = lab.next_wire()
    wire.command("getvar transfer_after_bridge")
    second.take_call()
    second.run("playback", "tone_stream://%(300,0,440)")
    second.start("bridge", f"{{origination_uuid={SECOND_AGENT}}}user/1002@127.0.0.1")
    second.event("CHANNEL_BRIDGE")
    sleep(0.5)
    inbound.api(f"uuid_kill {SECOND_AGENT}")
    second.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    hang_up_and_linger(second)
    wire.until_closed()


@recording(
    "socket-resume",
    "The controller is killed while a caller hears hold music. The dialplan has socket_resume=true, socket, sleep 1000,"
    " socket: FreeSWITCH offers the same channel, still answered, on a new connection.",
)
def socket_resume(lab: Lab) -> None:
    lab.inbound("CHANNEL_PARK CHANNEL_UNPARK CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE")
    wire, _ = answered_call(lab, "6001234")
    music(wire)
    sleep(1.2)
    wire.die()
    _take_back(lab)


@recording(
    "controller-dies-while-talking-cut",
    "socket_resume=true is still set when uuid_bridge joins caller and agent, and the controller dies: the pair is CUT"
    " at once and the caller is back in the dialplan.",
)
def controller_dies_while_talking_cut(lab: Lab) -> None:
    _die_while_talking(lab, "")


@recording(
    "controller-dies-while-talking-safe",
    "Before uuid_bridge: socket_resume=false, hangup_after_bridge=false, transfer_after_bridge to our extension. The"
    " controller dies: the pair keeps talking; when the agent leaves, the caller comes back on a new connection.",
)
def controller_dies_while_talking_safe(lab: Lab) -> None:
    after = "socket_resume=false;hangup_after_bridge=false;transfer_after_bridge=6001234:XML:default"
    _die_while_talking(lab, after)


def _die_while_talking(lab: Lab, variables: str) -> None:
    lab.phone("1001", "uas_bye5.xml")
    inbound = lab.inbound("CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HANGUP_COMPLETE CHANNEL_PARK CHANNEL_EXECUTE")
    wire, caller = answered_call(lab, "6001234")
    music(wire)
    inbound.command(f"bgapi originate {{origination_uuid={AGENT},hangup_after_bridge=true}}user/1001@127.0.0.1 &park()")
    sleep(1)
    if variables:
        inbound.api(f"uuid_setvar_multi {caller} {variables}")
    inbound.api(f"uuid_bridge {caller} {AGENT}")
    wire.event("CHANNEL_BRIDGE")
    sleep(0.8)
    wire.die()
    _take_back(lab)


def _take_back(lab: Lab) -> None:
    second = lab.next_wire()
    second.take_call()
    second.run("playback", "tone_stream://%(300,0,440)")
    hang_up_and_linger(second)
