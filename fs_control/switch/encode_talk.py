"""Orders about a talk under way, as what FreeSWITCH understands: hold, consult, swap, three-way, mute.

All travel on the inbound link: the legs are ours, or in nobody's hands. What each leg is to do when it is left alone
is said before every join, because what was said before the last one still stands (tried on 1.10.12): a leg joined with
a customer ends with them, so that nobody is left alone even when we are gone; agent and colleague each stay.
"""

from __future__ import annotations

from typing import Final

from fs_control.commands import (
    BridgeLegs,
    BringBack,
    EndWithCustomer,
    JoinColleague,
    LetWait,
    MuteLeg,
    ParkLeg,
    ReturnCaller,
    RingColleague,
    StopWaiting,
    ThreeWay,
)
from fs_control.esl import Api, Command, Execute
from fs_control.ids import LegId, OpId
from fs_control.switch.dial_strings import (
    dial_string_value,
    dialable,
    endpoint,
    gateway_of,
    pairs,
    semicolons,
    whole_seconds,
)
from fs_control.switch.dialect import Dialect, Via, WireOrder
from fs_control.switch.names import (
    CALL_VARIABLE,
    ENTERPRISE_VARIABLE,
    RETURN_CONTEXT,
    RETURN_EXTENSION,
    WAITED_VARIABLE,
)

HOLD_TONE: Final = "tone_stream://v=-20;%(150,1350,425)"
"""What an agent hears whose customer is on hold: that the line is there (volume in dB, milliseconds, hertz)."""

RINGBACK: Final = "tone_stream://%(1000,4000,450)"
"""What an agent hears while a colleague's phone rings."""

MAX_FORWARDS: Final = "70"
"""So often a leg may come back to the dialplan, the SIP default; every join of ours counts anew.

FreeSWITCH takes one away each time, and at none rings nobody for the leg and then ends it: without this a customer who
is often held would be cut (switch_ivr.c 1.10.12, switch_ivr_session_transfer; switch_core_session.c).
"""

LEFT_IN_HOLD: Final = {"hold_hangup_xfer_exten": f"{RETURN_EXTENSION}:XML:{RETURN_CONTEXT}"}
"""What becomes of a customer whom this leg's phone holds by its own key when it leaves: they are handed to us.

Otherwise FreeSWITCH would hang them up (switch_ivr_bridge.c 1.10.12, audio_bridge_thread; trace key-hold).
"""

STAYS: Final = {
    "park_after_bridge": "true",
    "hangup_after_bridge": "false",
    "hold_hangup_xfer_exten": "park:inline",  # whoever is held by this leg's phone when it leaves stays as well
}
"""What a leg does that stays when its partner goes; without a dialplan behind it, one that does not stay ends."""


def _on_switch(*commands: Command) -> tuple[WireOrder, ...]:
    return tuple(WireOrder(Via.SWITCH, command) for command in commands)


def _set(leg: LegId, variables: dict[str, str]) -> Api:
    return Api("uuid_setvar_multi", f"{leg} {semicolons(variables)}")


def bridge(command: BridgeLegs, _dialect: Dialect) -> tuple[WireOrder, ...]:
    """Join the customer's leg; of a pair that talks already it does no harm.

    After a join of this kind the caller is handed over again (trace controller-dies-while-talking-safe).
    """
    after = {
        "socket_resume": "false",
        "transfer_after_bridge": f"{RETURN_EXTENSION}:XML:{RETURN_CONTEXT}",
        "max_forwards": MAX_FORWARDS,
    }
    return _on_switch(
        _set(command.leg, after),
        _set(command.agent_leg, {"hangup_after_bridge": "false", **LEFT_IN_HOLD}),
        Api("uuid_bridge", f"{command.agent_leg} {command.leg}"),
    )


def end_with_customer(command: EndWithCustomer, _dialect: Dialect) -> tuple[WireOrder, ...]:
    """Let the leg end with its partner; said before the join it would end with the partner that it is taken from."""
    return _on_switch(_set(command.leg, {"park_after_bridge": "false"}))


def bring_back(command: BringBack, _dialect: Dialect) -> tuple[WireOrder, ...]:
    """Send the leg to the place in the dialplan that hands it to us, where all tries are before it again."""
    anew = _set(command.leg, {WAITED_VARIABLE: "no"})
    return _on_switch(anew, Api("uuid_transfer", f"{command.leg} {RETURN_EXTENSION} XML {RETURN_CONTEXT}"))


def return_caller(command: ReturnCaller, _dialect: Dialect) -> tuple[WireOrder, ...]:
    """Say where the leg goes after whatever join it is in; it holds once (trace key-transfer-attended)."""
    return _on_switch(_set(command.leg, {"transfer_after_bridge": f"{RETURN_EXTENSION}:XML:{RETURN_CONTEXT}"}))


def park(command: ParkLeg, _dialect: Dialect) -> tuple[WireOrder, ...]:
    """Take a leg away; `continue_on_fail` and the rest are for what it may ring afterwards."""
    variables = {"continue_on_fail": "true", "playback_terminators": "none", "hangup_after_bridge": "false"}
    return _on_switch(_set(command.leg, variables), Api("uuid_park", command.leg))


def let_wait(command: LetWait, dialect: Dialect) -> tuple[WireOrder, ...]:
    """Play on a leg that is parked; any join ends it."""
    sound = dialect.hold_music if command.music else HOLD_TONE
    return _on_switch(Execute("playback", sound, event_uuid=command.op, loops=-1, leg=command.leg))


def stop_waiting(command: StopWaiting, _dialect: Dialect) -> tuple[WireOrder, ...]:
    """End it."""
    return _on_switch(Api("uuid_break", f"{command.leg} all"))


def ring_colleague(command: RingColleague, dialect: Dialect) -> tuple[WireOrder, ...]:
    """Let the agent's own leg ring somebody and join them; the colleague stays when the agent leaves."""
    is_outside = command.phone is None
    shown = (command.shown, command.shown) if is_outside else (command.caller_number, command.caller_name)
    variables = {
        "origination_uuid": command.leg,
        "origination_caller_id_number": dialable(shown[0]) or "anonymous",
        "origination_caller_id_name": dial_string_value(shown[1]) or "unknown",
        CALL_VARIABLE: command.call,
        ENTERPRISE_VARIABLE: dialect.enterprise,
        "originate_timeout": str(whole_seconds(command.ring)),
        "ignore_early_media": "true",
        "instant_ringback": "true",
        "send_silence_when_idle": "-1",
        "force_transfer_context": RETURN_CONTEXT,
        **STAYS,
    }
    where = (
        gateway_of(dialect, command.number, command.gateway)
        if command.phone is None
        else endpoint(command.phone, dialect)
    )
    return _on_switch(
        _set(command.agent_leg, {**STAYS, "continue_on_fail": "true"}),
        Api("uuid_setvar", f"{command.agent_leg} transfer_ringback {RINGBACK}"),
        Execute("bridge", f"{{{pairs(variables)}}}{where}", event_uuid=OpId(command.leg), leg=command.agent_leg),
    )


def join_colleague(command: JoinColleague, _dialect: Dialect) -> tuple[WireOrder, ...]:
    """Join agent and colleague, out of the talk with the customer, who comes back to us by that."""
    return _on_switch(
        _set(command.leg, STAYS),
        _set(command.colleague_leg, STAYS),
        Api("uuid_bridge", f"{command.leg} {command.colleague_leg}"),
    )


def three_way(command: ThreeWay, _dialect: Dialect) -> tuple[WireOrder, ...]:
    """Let a leg speak with both of a pair; transferred into that and not parked, so that it ends with the pair."""
    return _on_switch(Api("uuid_transfer", f"{command.leg} three_way:{command.customer_leg} inline"))


def mute(command: MuteLeg, _dialect: Dialect) -> tuple[WireOrder, ...]:
    """Take the person's voice away; level 1 is silence, and higher ones are noise (tried on 1.10.12)."""
    return _on_switch(Api("uuid_audio", f"{command.leg} start read mute 1" if command.muted else f"{command.leg} stop"))
