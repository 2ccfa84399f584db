"""Ground: the typed names of things, the unit of time, and how a phone number is read.

An id is data handed in from outside or derived from other ids; nothing here draws a random one. A phone number is
normalised at the edges only, by `parse_phone_number`, and its raw form is always kept beside it: what the switch
said is a fact, what we make of it is a reading. All times are whole microseconds since 1970 UTC, because that is
what FreeSWITCH counts in and because segments of a call must add up exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID, uuid5

import phonenumbers

Micros = NewType("Micros", int)
"""A moment (microseconds since 1970 UTC) or a length of time (microseconds)."""

SECOND: Final = Micros(1_000_000)

NEVER: Final = Micros(0)
"""Before anything happened: the moment of things that have not been given one."""

EnterpriseId = NewType("EnterpriseId", str)
CallId = NewType("CallId", str)
"""Our own name of one customer's call, carried by every leg as the variable `fsc_call_id`."""
LegId = NewType("LegId", str)
"""One channel: the switch's Unique-ID, chosen by us for the legs that we originate."""
AgentId = NewType("AgentId", int)
GroupId = NewType("GroupId", int)
NO_GROUP: Final = GroupId(0)
"""For nobody's line: an agent is rung whom the flow names. Groups are numbered from 1."""
CustomerId = NewType("CustomerId", int)
Extension = NewType("Extension", str)
"""The SIP number under which a phone registers, such as 1001."""
FlowKey = NewType("FlowKey", str)
"""One version of a flow: `name@digest`."""
OpId = NewType("OpId", str)
"""One application that we ordered on a leg; the switch echoes it as Application-UUID (trace dtmf-events)."""
TimerId = NewType("TimerId", str)
RequestId = NewType("RequestId", str)
ScheduleId = NewType("ScheduleId", int)

DEFAULT_ENTERPRISE: Final = EnterpriseId("default")

_LEGS: Final = UUID("5f2c1a52-6d7e-4b0e-9a53-2f6f0c8b7d11")
"""The name space of the legs that we originate."""


def seconds(value: float) -> Micros:
    """Turn a length in seconds into microseconds."""
    return Micros(round(value * SECOND))


def derived_leg_id(call: CallId, count: int) -> LegId:
    """Name the `count`-th leg that we originate for a call.

    Derived and not drawn, so that folding the journal names the same legs again. Any text may be a call's name.
    """
    return LegId(str(uuid5(_LEGS, f"{call}/{count}")))


def derived_call_id(agent: AgentId, at: Micros) -> CallId:
    """Name a call that an agent makes at a moment; nobody makes two at once. Derived for the same reason."""
    return CallId(str(uuid5(_LEGS, f"dial/{agent}/{at}")))


class NumberKind(StrEnum):
    """What a caller's number turned out to be."""

    REGULAR = "regular"
    """A valid number of some country's plan; `e164` is set."""
    SHORT = "short"
    """A service number such as 10086 or 12315; it has no international form."""
    INTERNAL = "internal"
    """Digits that no numbering plan knows: an extension, a test, a spoofed number."""
    ANONYMOUS = "anonymous"
    """The caller or the carrier withheld the number."""
    MISSING = "missing"
    """The switch gave no number at all."""


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number as it came (`raw`) and as we read it (`e164`, with the plus, or None)."""

    raw: str
    kind: NumberKind
    e164: str | None = None

    @property
    def key(self) -> str | None:
        """Return what all written forms of this number share, or None when there is no number to compare."""
        if self.e164 is not None:
            return self.e164
        return _digits_of(self.raw) if self.kind in (NumberKind.SHORT, NumberKind.INTERNAL) else None


def dialled_form(number: PhoneNumber, region: str = "CN") -> str:
    """Return a number as people of a region dial it, in digits alone; "" where there is none.

    13800138000, 02161234567, 10086; abroad with 00 before the country: 00442079460000.
    """
    if number.e164 is None:
        return number.key or ""
    parsed = phonenumbers.parse(number.e164, None)
    if parsed.country_code != phonenumbers.country_code_for_region(region):
        return "00" + number.e164.removeprefix("+")
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return "".join(sign for sign in national if sign.isdigit())


_WITHHELD: Final = frozenset({"anonymous", "unknown", "private", "restricted", "unavailable", "withheld"})
_NOISE: Final = str.maketrans("", "", " -().\t\u00a0")


def parse_phone_number(raw: str, region: str = "CN") -> PhoneNumber:
    """Read a number in any form that carriers and people write it (O12).

    `region` (ISO 3166) decides what a number without a country code means. Knows `+86`, `0086`, `86`, the extra 0
    that some trunks put before a mobile, withheld numbers and none at all. Never fails: what cannot be read is
    INTERNAL with its raw form.
    """
    text = raw.strip()
    if text in ("", "_undef_"):
        return PhoneNumber(raw, NumberKind.MISSING)
    if text.lower() in _WITHHELD:
        return PhoneNumber(raw, NumberKind.ANONYMOUS)
    digits = _digits_of(raw)
    for form in _readings(digits):
        e164 = _valid_e164(form, region)
        if e164 is not None:
            return PhoneNumber(raw, NumberKind.REGULAR, e164)
    return PhoneNumber(raw, NumberKind.SHORT if _is_short(digits, region) else NumberKind.INTERNAL)


def _digits_of(raw: str) -> str:
    """Return a number without what people and carriers write between its digits."""
    return raw.strip().translate(_NOISE)


def _readings(digits: str) -> tuple[str, ...]:
    """List the ways a string of digits may be meant, most literal first."""
    without_zero = digits[1:] if digits.startswith("0") else digits
    with_plus = f"+{digits[2:]}" if digits.startswith("00") else f"+{digits}"
    return (digits, without_zero, with_plus)


def _valid_e164(text: str, region: str) -> str | None:
    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _is_short(digits: str, region: str) -> bool:
    try:
        parsed = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_short_number_for_region(parsed, region))
