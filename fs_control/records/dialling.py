"""Vocabulary: by which gateways outside numbers are called, which numbers may be, and how much of it.

Toll fraud is how call centres lose money, so whatever is not allowed here is not dialled. Money is counted in
thousandths of the enterprise's currency, because sums of a journal must be exact; what a call costs is an estimate by
the rule that allowed it. Easy to break: no password is here, for a directory is written to the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NumberForm(StrEnum):
    """How a carrier wants numbers to be dialled (O12)."""

    DIALLED = "dialled"
    """As people of the enterprise's country dial: 13800138000, 02161234567, 00442079460000."""
    MOBILE_ZERO = "mobile_zero"
    """The same with a 0 before mobile numbers of the country: 013800138000."""
    PLUS = "plus"
    """+8613800138000."""
    DIGITS = "digits"
    """8613800138000."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """A way out to a carrier, by the name that the switch knows it by; who may log in there is the switch's business.

    A limit of None is none: `max_calls` at once, `calls_per_second` begun.
    """

    name: str
    form: NumberForm = NumberForm.DIALLED
    max_calls: int | None = None
    calls_per_second: int | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class DialRule:
    """Whether the numbers of a target may be called; the longest that fits a number decides.

    A target is the beginning of an international number (`+8690`), a short number as it is dialled (`10086`), or a
    country by its two letters (`CN`). `cost` is for a minute that has begun; without a `gateway` the first one is taken
    that can be.
    """

    target: str
    allowed: bool
    cost: int = 0
    gateway: str | None = None


@dataclass(frozen=True, slots=True)
class DialLimits:
    """How many calls may be begun in a minute, an hour and a day, and how much a day's may cost; None is no limit."""

    per_minute: int | None = None
    per_hour: int | None = None
    per_day: int | None = None
    spend_per_day: int | None = None


AGENT_LIMITS = DialLimits(per_minute=10, per_hour=120, per_day=600)
"""For each agent of a new installation: more than anybody dials by hand, and far less than a thief would."""

NO_LIMITS = DialLimits()
"""For the whole of a new installation: how big it is, nobody knows but its operator."""
