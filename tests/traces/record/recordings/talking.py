"""A joined pair taken apart and put together again: hold, consultation, swap, transfer, three-way, mute, and our death.

Owns those recordings; all of them under the shipped dialplan. The agent's leg and the colleague's get their orders on
the inbound connection. Easy to break: what becomes of a leg when its partner leaves is said by its variables, which are
set with every join (`_join_customer`, `_join_agents`), or somebody is hung up or left alone.
"""

from __future__ import annotations

from time import sleep

from tests.traces.record.lab import Lab
from tests.traces.record.recordings.common import AGENT, MUSIC, SECOND_AGENT, hang_up_and_linger, ringing, welcome
from tests.traces.record.registry import recording
from tests.traces.record.switch import SwitchSettings
from tests.traces.record.wire import Wire

SHIPPED = SwitchSettings(context="fs_control")
LEGS = (
    "CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_ANSWER CHANNEL_ORIGINATE CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_PARK"
    " CHANNEL_UNPARK CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE PLAYBACK_START"
    " PLAYBACK_STOP MEDIA_BUG_START MEDIA_BUG_STOP"
)
COLLEAGUE = SECOND_AGENT
THIRD = "99999999-0003-3333-4444-555555555555"
TONE = "tone_stream://v=-20;%(150,1350,425)"
BACK = "transfer_after_bridge=fs_control:XML:fs_control_return"


def _op(number: int) -> str:
    return f"cccc0000-0000-0000-0000-00000000000{number}"


@recording(
    "talk-hold",
    "A pair joined by bridge is held (uuid_park of the agent's leg), resumed (uuid_bridge), held again, resumed and"
    " ended by the agent: the customer comes back on a new connection from everything but the first join.",
    SHIPPED,
)
def talk_hold(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound, wire, caller = _held(lab)
    _join_customer(inbound, AGENT, caller)
    sleep(0.7)
    inbound.api(f"uuid_park {AGENT}")
    second = _back_with_music(lab, _op(2))
    sleep(0.7)
    _join_customer(inbound, AGENT, caller)
    sleep(0.7)
    inbound.api(f"uuid_kill {AGENT}")
    third = _back(lab)
    sleep(0.3)
    hang_up_and_linger(third)
    second.until_closed()
    wire.until_closed()


@recording(
    "talk-hold-abandoned",
    "The customer hangs up while on hold: the agent's leg stays parked, hears a prompt, and is hung up by the"
    " controller.",
    SHIPPED,
)
def talk_hold_abandoned(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound, wire, caller = _held(lab)
    inbound.api(f"uuid_kill {caller}")
    wire.until_closed()
    _order(inbound, AGENT, "playback", "one.wav", _op(3))
    inbound.event("CHANNEL_EXECUTE_COMPLETE", Application="playback", Unique_ID=AGENT)
    sleep(0.3)
    inbound.api(f"uuid_kill {AGENT}")


@recording(
    "talk-consult",
    "The customer is held, the agent's leg rings a colleague by bridge, ordered on the inbound connection: killed while"
    " it rings, then nobody answers, then the agent hangs up while it rings.",
    SHIPPED,
)
def talk_consult(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    lab.phone("1002", "noans.xml")
    inbound, wire, _ = _held(lab)
    _consult(inbound, COLLEAGUE, _op(3))
    sleep(1)
    inbound.api(f"uuid_kill {COLLEAGUE} ORIGINATOR_CANCEL")
    _consult_over(inbound)
    sleep(0.3)
    _consult(inbound, THIRD, _op(4), originate_timeout="2")
    _consult_over(inbound)
    sleep(0.3)
    _consult(inbound, THIRD.replace("0003", "0004", 1), _op(5))
    sleep(1)
    inbound.api(f"uuid_kill {AGENT}")
    sleep(0.5)
    hang_up_and_linger(wire)


@recording(
    "talk-consult-declined",
    "A colleague declines a consultation, and one whose phone is not registered is rung: the agent stays parked, and is"
    " joined with the customer again.",
    SHIPPED,
)
def talk_consult_declined(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    lab.phone("1002", "decline.xml")
    inbound, wire, caller = _held(lab)
    _consult(inbound, COLLEAGUE, _op(3))
    _consult_over(inbound)
    lab.register("1002", 6002, 0)
    _consult(inbound, THIRD, _op(4))
    _consult_over(inbound)
    sleep(0.3)
    _join_customer(inbound, AGENT, caller)
    sleep(0.5)
    inbound.api(f"uuid_kill {caller}")
    wire.until_closed()


@recording(
    "talk-consult-ends",
    "A colleague leaves a consultation, is rung again, and the agent leaves that one: the colleague's leg ends with the"
    " agent's.",
    SHIPPED,
)
def talk_consult_ends(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, _ = _held(lab)
    _consulting(inbound, COLLEAGUE, _op(3))
    inbound.api(f"uuid_kill {COLLEAGUE}")
    _consult_over(inbound)
    sleep(0.4)
    _consulting(inbound, THIRD, _op(4))
    inbound.api(f"uuid_kill {AGENT}")
    sleep(0.5)
    hang_up_and_linger(wire)


@recording(
    "talk-complete",
    "A consultation is completed: uuid_bridge of the colleague with the customer, then the agent is hung up; the"
    " colleague's phone is told who it talks to (uuid_display), then the colleague leaves.",
    SHIPPED,
)
def talk_complete(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    _consulting(inbound, COLLEAGUE, _op(3))
    _join_customer(inbound, COLLEAGUE, caller)
    inbound.api(f"uuid_kill {AGENT}")
    inbound.api(f"uuid_display {COLLEAGUE} Zhang San|13800138000")
    sleep(1)
    inbound.api(f"uuid_kill {COLLEAGUE}")
    second = _back(lab)
    sleep(0.3)
    hang_up_and_linger(second)
    wire.until_closed()


@recording(
    "talk-complete-at-once",
    "A consultation is completed and the agent hung up in one go, before the colleague has the customer; then the"
    " customer hangs up.",
    SHIPPED,
)
def talk_complete_at_once(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    _consulting(inbound, COLLEAGUE, _op(3))
    _send_join(inbound, COLLEAGUE, caller)
    inbound.api(f"uuid_kill {AGENT}")
    inbound.event("CHANNEL_BRIDGE", Unique_ID=COLLEAGUE)
    sleep(0.7)
    inbound.api(f"uuid_kill {caller}")
    wire.until_closed()


@recording(
    "talk-consult-given-up",
    "The agent goes back to the customer out of the talk with a colleague by one uuid_bridge: the switch hangs the"
    " colleague up.",
    SHIPPED,
)
def talk_consult_given_up(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    _consulting(inbound, COLLEAGUE, _op(3))
    _join_customer(inbound, AGENT, caller)
    sleep(0.7)
    inbound.api(f"uuid_kill {caller}")
    wire.until_closed()


@recording(
    "talk-swap",
    "The agent talks with a colleague, then with the customer while the colleague hears music, then with the colleague,"
    " who leaves: the agent is parked (park_after_bridge), and talks with the customer again.",
    SHIPPED,
)
def talk_swap(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    _consulting(inbound, COLLEAGUE, _op(3))
    inbound.api(f"uuid_park {COLLEAGUE}")
    _join_customer(inbound, AGENT, caller)
    _order(inbound, COLLEAGUE, "playback", MUSIC, _op(4))
    sleep(0.8)
    _join_agents(inbound)
    second = _back_with_music(lab, _op(5))
    sleep(0.8)
    inbound.api(f"uuid_kill {COLLEAGUE}")
    inbound.event("CHANNEL_PARK", Unique_ID=AGENT)
    sleep(0.4)
    _join_customer(inbound, AGENT, caller)
    sleep(0.5)
    inbound.api(f"uuid_kill {caller}")
    wire.until_closed()
    second.until_closed()


@recording(
    "talk-swap-trap",
    "Two agents joined by uuid_bridge without park_after_bridge: when one of them is parked, the other is hung up.",
    SHIPPED,
)
def talk_swap_trap(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, _ = _held(lab)
    _consulting(inbound, COLLEAGUE, _op(3))
    inbound.api(f"uuid_park {COLLEAGUE}")
    inbound.event("CHANNEL_PARK", Unique_ID=COLLEAGUE)
    sleep(0.3)
    inbound.api(f"uuid_bridge {AGENT} {COLLEAGUE}")
    inbound.event("CHANNEL_BRIDGE", Unique_ID=AGENT)
    sleep(0.5)
    inbound.api(f"uuid_park {COLLEAGUE}")
    sleep(0.5)
    inbound.api(f"uuid_kill {COLLEAGUE}")
    hang_up_and_linger(wire)


@recording(
    "talk-three-way",
    "Out of a consultation all three talk (the colleague executes three_way on the customer's leg by uuid_transfer"
    " inline, the pair is joined by uuid_bridge); the colleague leaves, then the agent.",
    SHIPPED,
)
def talk_three_way(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    _three_way(inbound, caller)
    inbound.api(f"uuid_kill {COLLEAGUE}")
    sleep(0.7)
    inbound.api(f"uuid_kill {AGENT}")
    second = _back(lab)
    sleep(0.3)
    hang_up_and_linger(second)
    wire.until_closed()


@recording(
    "talk-three-way-agent-leaves",
    "Of three who talk the agent leaves: the customer comes back on a new connection with the colleague still there,"
    " and the two are joined.",
    SHIPPED,
)
def talk_three_way_agent_leaves(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    _three_way(inbound, caller)
    inbound.api(f"uuid_kill {AGENT}")
    second = _back(lab)
    sleep(0.4)
    _join_customer(inbound, COLLEAGUE, caller)
    sleep(0.7)
    inbound.api(f"uuid_kill {caller}")
    wire.until_closed()
    second.until_closed()


@recording(
    "talk-three-way-completed",
    "Three talk, and the customer is joined with the colleague by one uuid_bridge: the switch hangs the agent up.",
    SHIPPED,
)
def talk_three_way_completed(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    _three_way(inbound, caller)
    _join_customer(inbound, COLLEAGUE, caller)
    sleep(0.7)
    inbound.api(f"uuid_kill {COLLEAGUE}")
    second = _back(lab)
    sleep(0.3)
    hang_up_and_linger(second)
    wire.until_closed()


@recording(
    "talk-three-way-customer-leaves",
    "Of three who talk the customer hangs up: the switch hangs up both others.",
    SHIPPED,
)
def talk_three_way_customer_leaves(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    _three_way(inbound, caller)
    inbound.api(f"uuid_kill {caller}")
    wire.until_closed()


@recording(
    "talk-three-way-parted",
    "Of three who talk the agent's leg is parked: the customer is back in the controller's hands, and the agent and the"
    " colleague are joined by uuid_bridge.",
    SHIPPED,
)
def talk_three_way_parted(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    _three_way(inbound, caller)
    inbound.api(f"uuid_park {AGENT}")
    second = _back_with_music(lab, _op(5))
    sleep(0.6)
    _join_agents(inbound)
    sleep(0.6)
    inbound.api(f"uuid_kill {COLLEAGUE}")
    inbound.event("CHANNEL_PARK", Unique_ID=AGENT)
    sleep(0.3)
    inbound.api(f"uuid_kill {AGENT}")
    sleep(0.3)
    hang_up_and_linger(second)
    wire.until_closed()


@recording(
    "talk-mute",
    "The agent is muted (uuid_audio start read mute 1) and unmuted; muted again, held and resumed; stopped twice.",
    SHIPPED,
)
def talk_mute(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound, wire, caller = _joined(lab)
    sleep(0.5)
    inbound.api(f"uuid_audio {AGENT} start read mute 1")
    sleep(0.7)
    inbound.api(f"uuid_audio {AGENT} stop")
    sleep(0.5)
    inbound.api(f"uuid_audio {AGENT} start read mute 1")
    sleep(0.5)
    _hold(inbound, wire, caller)
    _join_customer(inbound, AGENT, caller)
    sleep(0.7)
    inbound.api(f"uuid_audio {AGENT} stop")
    inbound.api(f"uuid_audio {AGENT} stop")
    sleep(0.3)
    inbound.api(f"uuid_kill {caller}")
    wire.until_closed()


@recording(
    "talk-controller-dies-on-hold",
    "The controller dies while the customer is on hold and the agent's leg is parked: the customer hears the dialplan's"
    " music and comes back, and the two are joined again.",
    SHIPPED,
)
def talk_controller_dies_on_hold(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    inbound, wire, caller = _held(lab)
    wire.die()
    second = _back_with_music(lab, _op(5))
    sleep(0.5)
    _join_customer(inbound, AGENT, caller)
    sleep(0.6)
    inbound.api(f"uuid_kill {caller}")
    second.until_closed()


@recording(
    "talk-controller-dies-in-consult",
    "The controller dies while the agent talks with a colleague: they talk on, the customer comes back, and the"
    " consultation is completed.",
    SHIPPED,
)
def talk_controller_dies_in_consult(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    _consulting(inbound, COLLEAGUE, _op(3))
    wire.die()
    second = _back_with_music(lab, _op(5))
    sleep(0.5)
    _join_customer(inbound, COLLEAGUE, caller)
    inbound.api(f"uuid_kill {AGENT}")
    sleep(0.6)
    inbound.api(f"uuid_kill {caller}")
    second.until_closed()


@recording(
    "talk-controller-dies-three-way",
    "The controller dies while three talk: they talk on; the agent leaves, and the customer comes back.",
    SHIPPED,
)
def talk_controller_dies_three_way(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    _three_way(inbound, caller)
    wire.die()
    sleep(1)
    inbound.api(f"uuid_kill {AGENT}")
    second = _back(lab)
    sleep(0.4)
    inbound.api(f"uuid_kill {caller}")
    second.until_closed()


@recording(
    "talk-consult-left",
    "The agent leaves a consultation whose colleague has park_after_bridge=true: the colleague stays, parked, and is"
    " joined with the customer.",
    SHIPPED,
)
def talk_consult_left(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    stays = {"park_after_bridge": "true", "hangup_after_bridge": "false", "send_silence_when_idle": "-1"}
    _consult(inbound, COLLEAGUE, _op(3), **stays)
    inbound.event("CHANNEL_BRIDGE", Unique_ID=AGENT)
    sleep(0.7)
    inbound.api(f"uuid_kill {AGENT}")
    inbound.event("CHANNEL_PARK", Unique_ID=COLLEAGUE)
    sleep(0.5)
    _join_customer(inbound, COLLEAGUE, caller)
    sleep(0.6)
    inbound.api(f"uuid_kill {caller}")
    wire.until_closed()


@recording(
    "talk-hold-tone",
    "A parked agent hears a tone that the controller loops; it is ended (uuid_break) and a colleague rung in one go;"
    " then a colleague is rung inside the tone, which goes on afterwards, and the customer's join ends it.",
    SHIPPED,
)
def talk_hold_tone(lab: Lab) -> None:
    _two_phones(lab)
    inbound, wire, caller = _held(lab)
    _order(inbound, AGENT, "playback", TONE, _op(4), "loops: -1")
    sleep(2)
    inbound.api(f"uuid_break {AGENT} all")
    _consulting(inbound, COLLEAGUE, _op(5))
    inbound.api(f"uuid_kill {COLLEAGUE}")
    _consult_over(inbound)
    _order(inbound, AGENT, "playback", TONE, _op(6), "loops: -1")
    sleep(0.7)
    _consulting(inbound, THIRD, _op(7))
    inbound.api(f"uuid_kill {THIRD}")
    _consult_over(inbound)
    sleep(0.8)
    _join_customer(inbound, AGENT, caller)
    sleep(0.6)
    inbound.api(f"uuid_kill {caller}")
    wire.until_closed()


# --- what they are made of -------------------------------------------------------------------------------------------


def _two_phones(lab: Lab) -> None:
    lab.phone("1001", "uas.xml")
    lab.phone("1002", "uas.xml")


def _joined(lab: Lab) -> tuple[Wire, Wire, str]:
    """A customer and an agent joined by `bridge`; each step waits until the one before can be seen everywhere."""
    inbound = lab.inbound(LEGS)
    wire = lab.call()
    caller = wire.take_call()
    sleep(0.1)
    welcome(wire, caller)
    sleep(0.2)
    wire.start("bridge", f"{ringing(caller, origination_uuid=AGENT)}user/1001@127.0.0.1", f"Event-UUID: {_op(9)}")
    wire.event("CHANNEL_BRIDGE")
    return inbound, wire, caller


def _held(lab: Lab) -> tuple[Wire, Wire, str]:
    """A customer with music, whose agent is parked."""
    inbound, wire, caller = _joined(lab)
    sleep(0.7)
    _hold(inbound, wire, caller)
    return inbound, wire, caller


def _hold(inbound: Wire, wire: Wire, caller: str) -> None:
    """Out of the first join: the agent waits in silence and hears ringing, the customer has music."""
    inbound.api(f"uuid_setvar_multi {AGENT} continue_on_fail=true;hangup_after_bridge=false;send_silence_when_idle=-1")
    inbound.api(f"uuid_setvar {AGENT} transfer_ringback {MUSIC}")
    inbound.api(f"uuid_park {AGENT}")
    wire.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    inbound.event("CHANNEL_PARK", Unique_ID=AGENT)
    inbound.api(f"uuid_setvar {caller} socket_resume true")
    wire.start("playback", MUSIC, f"Event-UUID: {_op(1)}")
    sleep(0.6)


def _back(lab: Lab) -> Wire:
    """Take the customer, who came back, when all that went before has been told."""
    wire = lab.next_wire()
    sleep(0.1)
    wire.take_call()
    return wire


def _back_with_music(lab: Lab, op: str) -> Wire:
    """Take the customer, who came back, and let them wait."""
    wire = _back(lab)
    wire.start("playback", MUSIC, f"Event-UUID: {op}")
    return wire


def _send_join(inbound: Wire, leg: str, caller: str) -> None:
    inbound.api(f"uuid_setvar_multi {caller} socket_resume=false;{BACK}")
    inbound.api(f"uuid_setvar_multi {leg} park_after_bridge=false;hangup_after_bridge=false")
    inbound.api(f"uuid_bridge {leg} {caller}")


def _join_customer(inbound: Wire, leg: str, caller: str) -> None:
    """The customer comes back when this join ends; with the customer, the leg is hung up."""
    _send_join(inbound, leg, caller)
    inbound.event("CHANNEL_BRIDGE", Unique_ID=leg)


def _join_agents(inbound: Wire) -> None:
    """Whoever of the two is left by the other is parked."""
    for leg in (AGENT, COLLEAGUE):
        inbound.api(f"uuid_setvar_multi {leg} park_after_bridge=true;hangup_after_bridge=false")
    inbound.api(f"uuid_bridge {AGENT} {COLLEAGUE}")
    inbound.event("CHANNEL_BRIDGE", Unique_ID=AGENT)


def _order(inbound: Wire, leg: str, application: str, argument: str, op: str, *more: str) -> None:
    """Order an application, with further headers, on a leg that has no connection of its own."""
    lines = (f"sendmsg {leg}", "call-command: execute", f"execute-app-name: {application}")
    inbound.command("\n".join((*lines, f"execute-app-arg: {argument}", f"Event-UUID: {op}", *more)))


def _consult(inbound: Wire, leg: str, op: str, **more: str) -> None:
    """Let the agent's leg ring a colleague."""
    variables = {
        "origination_uuid": leg,
        "originate_timeout": "20",
        "ignore_early_media": "true",
        "instant_ringback": "true",
        "hangup_after_bridge": "true",
    }
    pairs = ",".join(f"{name}={value}" for name, value in (variables | more).items())
    _order(inbound, AGENT, "bridge", f"{{{pairs}}}user/1002@127.0.0.1", op)


def _consult_over(inbound: Wire) -> None:
    inbound.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge", Unique_ID=AGENT)


def _consulting(inbound: Wire, leg: str, op: str) -> None:
    """The agent talks with a colleague."""
    _consult(inbound, leg, op)
    inbound.event("CHANNEL_BRIDGE", Unique_ID=AGENT)
    sleep(0.7)


def _three_way(inbound: Wire, caller: str) -> None:
    _consulting(inbound, COLLEAGUE, _op(3))
    inbound.api(f"uuid_transfer {COLLEAGUE} three_way:{caller} inline")
    _consult_over(inbound)
    _join_customer(inbound, AGENT, caller)
    sleep(1)
