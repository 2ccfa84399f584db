"""How one cell of a directory file is read: text in, value out.

Each function refuses what it cannot read with a UserMistake whose code and values become the problem at that place.
Easy to break: extensions and numbers end up in commands to the switch, so nothing but the named characters passes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import phonenumbers

from fs_control.errors import UserMistake
from fs_control.ids import NumberKind, parse_phone_number
from fs_control.records import FIRST_LEVEL, Strategy
from fs_control.store.directory_check import nearest
from fs_control.store.directory_plan import MemberEntry

LONGEST_NAME: Final = 100
"""Characters; a name has to fit into a table on a screen."""
LONGEST_RING_S: Final = 300.0
MOST_CALLS: Final = 100_000
LONGEST_MEMORY_S: Final = 10 * 365 * 24 * 3600

LANGUAGES: Final = ("zh", "en")

_AGENT_NUMBER: Final = re.compile(r"[0-9]{1,20}")
_SERVICE_NUMBER: Final = re.compile(r"\+?[0-9]{1,20}")
_EXTENSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,31}")
_SECONDS: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_COUNT: Final = re.compile(r"[0-9]{1,9}")
_LEVEL: Final = re.compile(r"[1-9][0-9]?")
_LENGTH: Final = re.compile(r"([0-9]{1,9}) ?([smhd])")
_UNITS: Final = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_YES_OR_NO: Final = {"yes": True, "no": False}


def agent_number(text: str) -> str:
    """Read an agent's number: digits, because it is keyed in on telephones too."""
    if not _AGENT_NUMBER.fullmatch(text):
        raise UserMistake("not_an_agent_number", text=text)
    return text


def service_number(text: str) -> str:
    """Read a service number as the switch reports it: digits, with a plus before them or not."""
    if not _SERVICE_NUMBER.fullmatch(text):
        raise UserMistake("not_a_service_number", text=text)
    return text


def extension(text: str) -> str:
    """Read a phone's extension: letters, digits, dot, hyphen, underscore."""
    if not _EXTENSION.fullmatch(text):
        raise UserMistake("not_an_extension", text=text)
    return text


def name(text: str) -> str:
    """Read a name in any script; control characters are refused."""
    if len(text) > LONGEST_NAME or any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise UserMistake("not_a_name", text=text, longest=LONGEST_NAME)
    return text


def strategy(text: str) -> Strategy:
    """Read the name of a group's strategy."""
    return Strategy(one_of(text, tuple(Strategy), "strategy_unknown"))


def language(text: str) -> str:
    """Read the code of a language that prompts and texts exist in."""
    return one_of(text, LANGUAGES, "language_unknown")


def region(text: str) -> str:
    """Read an ISO 3166 country code whose numbering plan is known."""
    if text not in phonenumbers.SUPPORTED_REGIONS:
        raise UserMistake("region_unknown", text=text)
    return text


def ring_seconds(text: str) -> float:
    """Read how long one agent is rung."""
    if not _SECONDS.fullmatch(text) or not 1 <= float(text) <= LONGEST_RING_S:
        raise UserMistake("not_seconds_to_ring", text=text, least=1, most=LONGEST_RING_S)
    return float(text)


def call_count(text: str) -> int:
    """Read how many calls at once a number takes."""
    if not _COUNT.fullmatch(text) or not 1 <= int(text) <= MOST_CALLS:
        raise UserMistake("not_a_count_of_calls", text=text, least=1, most=MOST_CALLS)
    return int(text)


def member(text: str) -> MemberEntry:
    """Read a member of a group: an agent's number, and a level behind a colon where it is not the first."""
    number, colon, level = text.partition(":")
    if colon and not _LEVEL.fullmatch(level):
        raise UserMistake("not_a_level", text=level, number=number)
    return MemberEntry(agent_number(number), int(level) if colon else FIRST_LEVEL)


def yes_or_no(text: str) -> bool:
    """Read `yes` or `no`."""
    return _YES_OR_NO[one_of(text.lower(), tuple(_YES_OR_NO), "not_yes_or_no")]


def yes_or_no_text(value: bool) -> str:
    """Write what `yes_or_no` reads."""
    return "yes" if value else "no"


def memory_seconds(text: str) -> int:
    """Read how long a memory counts, with its unit: 30d, 12h, 90m, 45s."""
    found = _LENGTH.fullmatch(text.lower())
    length = int(found[1]) * _UNITS[found[2]] if found else 0
    if not 1 <= length <= LONGEST_MEMORY_S:
        raise UserMistake("not_a_length", text=text)
    return length


def length_text(length_s: int) -> str:
    """Write what `memory_seconds` reads, in the largest unit that fits."""
    unit = next(unit for unit, size in _UNITS.items() if length_s % size == 0)
    return f"{length_s // _UNITS[unit]}{unit}"


def customer_number(text: str, region: str) -> str:
    """Read a customer's number in any form that people write it: international form, or a short number as it is.

    `region` is the country in which a number without a country code is read.
    """
    number = parse_phone_number(text, region)
    if number.kind not in (NumberKind.REGULAR, NumberKind.SHORT) or number.key is None:
        raise UserMistake("not_a_customer_number", text=text)
    return number.key


def one_of(text: str, valid: tuple[str, ...], code: str) -> str:
    """Read one of some words; UserMistake `code` with the nearest of them."""
    if text not in valid:
        raise UserMistake(code, text=text, nearest=nearest(text, valid), valid=tuple(str(one) for one in valid))
    return text
