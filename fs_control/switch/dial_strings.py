"""Dial strings: whom to ring, and the values that may stand in them.

Owns what keeps a number or a name that somebody else chose from becoming a command of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from fs_control.errors import UserMistake
from fs_control.ids import Micros
from fs_control.switch.dialect import Dialect

OUTSIDE_NUMBER: Final = re.compile(r"\+?[0-9]{2,20}")
"""All that is ever dialled outside, so that nothing that came from a caller or a file can make a call of its own."""

NO_GATEWAY: Final = "INVALID_GATEWAY"
"""The cause where there is no gateway, as FreeSWITCH has it for one that it does not know (trace dial-no-gateway)."""


def endpoint(phone: str, dialect: Dialect) -> str:
    """Return the end of a dial string for a phone of ours."""
    return f"user/{dialable(phone)}@{dialect.domain}"


def gateway_of(dialect: Dialect, number: str, gateway: str = "") -> str:
    """Return the end of a dial string for a number outside; the endpoint `error` fails with its cause.

    Without a `gateway` it is the one of the settings. UserMistake for what is no number.
    """
    if not OUTSIDE_NUMBER.fullmatch(number):
        raise UserMistake("number_not_dialable", number=number)
    name = _sayable(gateway or dialect.gateway)
    return f"sofia/gateway/{name}/{number}" if name else f"error/{NO_GATEWAY}"


def whole_seconds(length: Micros) -> int:
    """Return a length of time as FreeSWITCH counts ringing."""
    return max(1, round(length / 1_000_000))


_NOT_IN_A_VALUE: Final = re.compile(r"[\x00-\x1f\x7f{}\[\]<>()|,;:'\"\\^$&=`/@]+")


def dial_string_value(text: str) -> str:
    """Return text that may stand as a value in a dial string: what FreeSWITCH gives a meaning becomes a blank.

    Variables are parted by commas, quoted by quotes, expanded after a dollar sign; a caller's name may hold all of
    that. What is no text at all (a lone surrogate) is left out. The record keeps the name as it came.
    """
    text = text.encode(errors="ignore").decode()
    return " ".join(_NOT_IN_A_VALUE.sub(" ", text).split())[:80].rstrip()


def dialable(number: str) -> str:
    """Return what of a number may stand in a command."""
    return _sayable(number)[:40]


def _sayable(name: str) -> str:
    """Return a name without signs that mean something in a dial string; one that was cut would be another gateway."""
    return re.sub(r"[^0-9A-Za-z+*#_.-]", "", name)


def semicolons(variables: Mapping[str, str]) -> str:
    """Return variables as `uuid_setvar_multi` wants them."""
    return ";".join(f"{name}={value}" for name, value in variables.items())


def pairs(variables: Mapping[str, str]) -> str:
    """Return variables as they stand in the braces of a dial string."""
    return ",".join(f"{name}='{value}'" if " " in value else f"{name}={value}" for name, value in variables.items())
