"""Orders to call somebody for nobody's leg, as what FreeSWITCH understands: calls that agents make.

All travel on the inbound link and in the background, with the name of the leg for the job: where no leg is made, the
end of the job is all that is told (trace originate-results). Easy to break: whatever stands in a dial string came from
people, so nothing gets in that has not been through `dial_strings`.
"""

from __future__ import annotations

from fs_control.commands import CallCommand, CallOut, CallPhone, PlayRingback
from fs_control.esl import Api, BgApi, Command, Execute
from fs_control.ids import Micros
from fs_control.switch.dial_strings import dial_string_value, dialable, endpoint, gateway_of, pairs, whole_seconds
from fs_control.switch.dialect import Dialect, Via, WireOrder
from fs_control.switch.encode_talk import RINGBACK
from fs_control.switch.names import CALL_VARIABLE, ENTERPRISE_VARIABLE, RETURN_CONTEXT, RETURN_EXTENSION


def call_out(command: CallOut, dialect: Dialect) -> tuple[WireOrder, ...]:
    """Originate the customer's leg; its answer sends it into the dialplan, which hands it to us as a returning one."""
    shown = dialable(command.shown) or "anonymous"
    variables = _variables(command, command.ring, shown, shown, dialect)
    where = gateway_of(dialect, command.number, command.gateway)
    return _originate(command, variables, where, f"{RETURN_EXTENSION} XML {RETURN_CONTEXT}")


def call_phone(command: CallPhone, dialect: Dialect) -> tuple[WireOrder, ...]:
    """Originate an agent's leg, which waits with nobody until it is joined."""
    number, name = dialable(command.caller_number) or "anonymous", dial_string_value(command.caller_name) or "unknown"
    variables = {
        **_variables(command, command.ring, number, name, dialect),
        "force_transfer_context": RETURN_CONTEXT,
        "playback_terminators": "none",
    }
    return _originate(command, variables, endpoint(command.phone, dialect), "&park()")


def ringback(command: PlayRingback, _dialect: Dialect) -> tuple[WireOrder, ...]:
    """By the wire: an argument of `originate` would end at the tone's own bracket (mod_commands.c 1.10.12).

    A phone that dialled by itself is in the dialplan: the end of our connection would take it out of the talk to come
    (trace controller-dies-while-talking-cut).
    """
    stays = Api("uuid_setvar", f"{command.leg} socket_resume false")
    return (*_on_switch(stays), *_on_switch(Execute("playback", RINGBACK, leg=command.leg, loops=-1)))


def _originate(command: CallCommand, variables: dict[str, str], where: str, then: str) -> tuple[WireOrder, ...]:
    return _on_switch(BgApi("originate", f"{{{pairs(variables)}}}{where} {then}", job_uuid=command.leg))


def _variables(command: CallCommand, ring: Micros, number: str, name: str, dialect: Dialect) -> dict[str, str]:
    return {
        "origination_uuid": command.leg,
        CALL_VARIABLE: command.call,
        ENTERPRISE_VARIABLE: dialect.enterprise,
        "origination_caller_id_number": number,
        "origination_caller_id_name": name,
        "originate_timeout": str(whole_seconds(ring)),
        "ignore_early_media": "true",
    }


def _on_switch(command: Command) -> tuple[WireOrder, ...]:
    return (WireOrder(Via.SWITCH, command),)
