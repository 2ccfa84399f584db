"""What FreeSWITCH writes of a leg that is over (mod_json_cdr), read: bytes in, a leg or a named fault out.

Owns the reading of one file and knows no folder. The file is written by one `write` after the other and never renamed,
so half of one is no fault of anybody's: whoever reads it tries again. Easy to break: numbers are taken from the first
profile (the last one of `callflow`) and from `ani`, because joining two legs by name turns the caller's number into
the agent's in all that come later; the leg is named by that profile too, for a phone that sends it to another one that
rings (REFER with Replaces) leaves it the other's variable `uuid`; and names in it are bytes, UTF-8 or not.
Source: switch_ivr.c 1.10.12, `switch_ivr_generate_json_cdr`; tests/data/cdrs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from fs_control.errors import RemoteFault
from fs_control.ids import CallId, EnterpriseId, LegId, Micros
from fs_control.records import SwitchLeg
from fs_control.switch.names import CALL_VARIABLE, ENTERPRISE_VARIABLE

SUFFIX: Final = ".cdr.json"
"""Behind the leg's name: how mod_json_cdr calls its files (`my_on_reporting`, without prefix-a-leg)."""

LONGEST_NAME: Final = 256
"""Of a leg, a call, a number; what is longer is none of ours."""

_LATEST: Final = 253_402_300_799_000_000
"""The end of the year 9999, in microseconds: what is later cannot be kept."""


@dataclass(frozen=True, slots=True)
class Cdr:
    """One file: the leg, and the enterprise whose name we had put on it; None where it is no leg of ours."""

    leg: SwitchLeg
    enterprise: EnterpriseId | None


def decode_cdr(data: bytes) -> Cdr:
    """Read a file; RemoteFault `cdr_unreadable` where it is half of one, or something else."""
    try:
        found = json.loads(data.decode("utf-8", "replace"))
        return _read(found)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise RemoteFault("cdr_unreadable", why=type(error).__name__) from None


def _read(found: Mapping[str, Any]) -> Cdr:
    variables, profiles = found["variables"], found["callflow"]
    first, times = profiles[-1]["caller_profile"], profiles[0]["times"]  # the newest has all times but the bridges
    leg = SwitchLeg(
        leg=LegId(_name(first.get("uuid") or variables["uuid"])),
        call=CallId(_name(variables[CALL_VARIABLE])) if variables.get(CALL_VARIABLE) else None,
        core=_name(found["core-uuid"]),
        direction=_name(found["channel_data"]["direction"]),
        caller=_cleaned(first.get("ani") or first.get("caller_id_number", "")),
        number=_cleaned(first.get("destination_number", "")),
        created_at=_moment(times["created_time"]),
        answered_at=_moment(times["answered_time"]) if times["answered_time"] != "0" else None,
        ended_at=_moment(times["hangup_time"]),
        cause=_name(variables["hangup_cause"]),
        disposition=_text(variables.get("sip_hangup_disposition", "")),
        talked_to=LegId(_name(variables["last_bridge_to"])) if variables.get("last_bridge_to") else None,
    )
    enterprise = variables.get(ENTERPRISE_VARIABLE)
    return Cdr(leg, EnterpriseId(_name(enterprise)) if enterprise else None)


def _name(value: object) -> str:
    """Return a name, which may not be empty; ValueError for what is none."""
    text = _text(value)
    if not text:
        raise ValueError
    return text


def _text(value: object) -> str:
    """Return a short text of signs that can be shown; ValueError for anything else."""
    if not isinstance(value, str) or len(value) > LONGEST_NAME or not value.isprintable():
        raise ValueError
    return value


def _cleaned(value: str) -> str:
    """Return what can be shown of a number: whoever calls may have written anything."""
    return "".join(sign for sign in value if sign.isprintable())[:LONGEST_NAME]


def _moment(value: object) -> Micros:
    """Return a moment of the switch; ValueError for what is none, or has not been."""
    if not isinstance(value, str) or not (value.isascii() and value.isdigit()) or not 0 < int(value) <= _LATEST:
        raise ValueError
    return Micros(int(value))
