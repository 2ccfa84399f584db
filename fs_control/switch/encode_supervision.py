"""Orders about a leader on somebody's call, as what FreeSWITCH understands: `eavesdrop` on the CUSTOMER's leg (C7).

It is the customer's leg because only the party of the tapped one hears nothing when it begins (trace
supervise-customers-leg; the other hears a gap of 40 ms). Easy to break: of the keys of `eavesdrop`, 2 lets the customer
alone hear the leader, so the phone's own 2 is bound to 1, which is whispering to the agent, and 1 to 0, listening.
"""

from __future__ import annotations

from typing import Final

from fs_control.commands import ChangeSupervision, Supervise
from fs_control.esl import Api, BgApi
from fs_control.records import SuperviseMode
from fs_control.switch.dial_strings import dial_string_value, dialable, endpoint, pairs, whole_seconds
from fs_control.switch.dialect import Dialect, Via, WireOrder
from fs_control.switch.names import ENTERPRISE_VARIABLE

KEYS: Final = {SuperviseMode.LISTEN: "0", SuperviseMode.WHISPER: "1", SuperviseMode.JOIN: "3"}
"""What `eavesdrop` is given for each mode, and what is told when it has changed (switch_ivr_async.c 1.10.12)."""

BOUND: Final = {"1": "0", "2": "1"}
"""What a key of the leader's phone stands for; 3 joins and * ends it by themselves, and 4 is told and does nothing."""

AT_ONCE: Final = {
    SuperviseMode.LISTEN: {},
    SuperviseMode.WHISPER: {"eavesdrop_whisper_aleg": "true"},
    SuperviseMode.JOIN: {"eavesdrop_whisper_aleg": "true", "eavesdrop_whisper_bleg": "true"},
}
"""The mode in which it begins."""


def supervise(command: Supervise, dialect: Dialect) -> tuple[WireOrder, ...]:
    """Originate the leader's leg; the job has its name, for where no leg is made its end is all that is told."""
    variables = {
        "origination_uuid": command.leg,
        ENTERPRISE_VARIABLE: dialect.enterprise,
        "origination_caller_id_number": dialable(command.caller_number) or "anonymous",
        "origination_caller_id_name": dial_string_value(command.caller_name) or "unknown",
        "originate_timeout": str(whole_seconds(command.ring)),
        "ignore_early_media": "true",
        "hangup_after_bridge": "true",
        "send_silence_when_idle": "-1",  # before it is joined for the first time
        **AT_ONCE[command.mode],
    }
    press = f"api:uuid_recv_dtmf,{command.leg}"
    bound = "".join(f"bind_digit_action:supervise,{key},{press} {by}^" for key, by in BOUND.items())
    then = f"'m:^:{bound}eavesdrop:{command.customer_leg}' inline"
    dialled = f"{{{pairs(variables)}}}{endpoint(command.phone, dialect)} {then}"
    return (WireOrder(Via.SWITCH, BgApi("originate", dialled, job_uuid=command.leg)),)


def change(command: ChangeSupervision, _dialect: Dialect) -> tuple[WireOrder, ...]:
    """Press the key in the leader's place: it passes by what the phone's own keys stand for."""
    return (WireOrder(Via.SWITCH, Api("uuid_recv_dtmf", f"{command.leg} {KEYS[command.mode]}")),)
