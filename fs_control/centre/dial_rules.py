"""Which outside number somebody means, whether it may be called, and how it is said to a carrier.

Owns the reading of what people type, which may be a thief's: what is judged is the number in international form, and
what is dialled is made of that and never of the text. Easy to break: the rule is for the number that is called, so
nothing may be taken off or put before it after it was judged but by `said_to`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumberType

from fs_control.centre.refusals import Refusal
from fs_control.ids import NumberKind, PhoneNumber, dialled_form, parse_phone_number
from fs_control.records import DialRule, Directory, NumberForm

_WRITTEN: Final = re.compile(r"\+?[0-9(][0-9 ().-]{0,38}")
"""Signs of ASCII alone: digits of other scripts, letters, `;ext=` and `;phone-context=` are no number."""

MOST_DIGITS: Final = 20

_ORDINARY: Final = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.VOIP,
        PhoneNumberType.UAN,
    }
)
"""What costs what a call costs. Numbers of any other kind share what the caller pays with whoever is called."""

BUILT_IN: Final = "built_in"
"""What stands in place of a rule's target where no rule fits: ordinary numbers of the own country."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A number that may be called: as all its forms share it (`key`), and by which rule; `BUILT_IN` costs nothing."""

    number: PhoneNumber
    rule: DialRule

    @property
    def key(self) -> str:
        """Return the international form, or a short number's digits."""
        return self.number.key or ""


def destination_of(directory: Directory, text: str) -> Destination | Refusal:
    """Read and judge a number that somebody wants to call."""
    text = text.strip(" ")
    digits = re.sub(r"[^0-9]", "", text)
    if not _WRITTEN.fullmatch(text) or not 2 <= len(digits) <= MOST_DIGITS:
        return Refusal("dial_number_bad", {"number": text[:40]})
    number = parse_phone_number(text, directory.region)
    named = _rule_named(directory, digits) if number.e164 is None and not text.startswith("+") else None
    if named is not None:
        return _judged(PhoneNumber(text, number.kind, None), named)
    if number.e164 is None and phonenumbers.connects_to_emergency_number(digits, directory.region):
        return Refusal("dial_emergency", {"number": digits})
    if number.kind is NumberKind.SHORT:
        return Refusal("dial_short_number", {"number": digits})
    if number.e164 is None:
        return Refusal("dial_number_unknown", {"number": text})
    return _regular(directory, number, number.e164)


def _rule_named(directory: Directory, digits: str) -> DialRule | None:
    return next((rule for rule in directory.dial_rules if rule.target == digits), None)


def _judged(number: PhoneNumber, rule: DialRule) -> Destination | Refusal:
    if rule.allowed:
        return Destination(number, rule)
    return Refusal("dial_denied", {"number": number.key or number.raw, "rule": rule.target})


def _regular(directory: Directory, number: PhoneNumber, e164: str) -> Destination | Refusal:
    parsed = phonenumbers.parse(e164, None)
    code = f"+{parsed.country_code}"
    region = phonenumbers.region_code_for_number(parsed) or ""
    rule = _longest(directory, e164, region, len(code))
    if rule is not None and not rule.allowed:
        return _judged(number, rule)
    is_ordinary = phonenumbers.number_type(parsed) in _ORDINARY
    is_named = rule is not None and rule.target.startswith("+") and len(rule.target) > len(code)
    if not is_ordinary and not is_named:
        return Refusal("dial_premium", {"number": e164})
    if rule is not None:
        return Destination(number, rule)
    if region == directory.region:
        return Destination(number, DialRule(BUILT_IN, allowed=True))
    return Refusal("dial_abroad", {"number": e164, "country": region or code})


def _longest(directory: Directory, e164: str, region: str, code_length: int) -> DialRule | None:
    """Return the rule that fits best: the longest beginning; a country counts as its calling code, and goes behind it.

    North America shares one calling code among countries that cost very different money: there the country tells.
    """
    fitting = [(len(rule.target), 1, rule) for rule in directory.dial_rules if _begins(e164, rule.target)]
    fitting += [(code_length, 0, rule) for rule in directory.dial_rules if rule.target == region]
    return max(fitting, key=lambda each: each[:2], default=(0, 0, None))[2]


def _begins(e164: str, target: str) -> bool:
    return target.startswith("+") and e164.startswith(target)


def said_to(form: NumberForm, number: PhoneNumber, region: str) -> str:
    """Return a number as a carrier wants it; a short one is said as it is."""
    e164 = number.e164
    if e164 is None or form is NumberForm.DIALLED:
        return dialled_form(number, region)
    match form:
        case NumberForm.PLUS:
            return e164
        case NumberForm.DIGITS:
            return e164.removeprefix("+")
        case NumberForm.MOBILE_ZERO:
            parsed = phonenumbers.parse(e164, None)
            is_at_home = phonenumbers.region_code_for_number(parsed) == region
            is_mobile = is_at_home and phonenumbers.number_type(parsed) == PhoneNumberType.MOBILE
            return f"0{dialled_form(number, region)}" if is_mobile else dialled_form(number, region)
