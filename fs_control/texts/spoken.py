"""What a flow says of a value: names of recorded parts for the caller, and a written form for the record (N5).

Pure. `spoken_parts` and `spoken_text` take one of the words of `SpeakAs` and refuse the same values with the same
codes, so that what a dry run shows is what a call says. Easy to break: the parts are recorded in both languages under
the same names, but not every language uses each; and a caller never hears half a value, so all of it is judged first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from fs_control.errors import UserMistake
from fs_control.texts.numerals import Figure, count_parts, decimal_of, digits_parts, number_parts
from fs_control.texts.sentences import LANGUAGES

DEFAULT_CURRENCY: Final = "CNY"
"""Of an amount that names none, in either language: an English caller of a Chinese company owes yuan, too."""

_UNITS: Final[Mapping[str, tuple[str, str]]] = {
    "CNY": ("part-yuan", "part-yuan"),
    "USD": ("part-dollar", "part-dollars"),
    "EUR": ("part-euro", "part-euros"),
}
"""What one of a currency is called, and several."""
_AMOUNT: Final = re.compile(r"(?P<first>[A-Za-z]{3})?\s*(?P<figure>[+-]?[0-9.]{1,40})\s*(?P<last>[A-Za-z]{3})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = re.compile(r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})")
_AGENT: Final = re.compile(r"[0-9]{1,20}")
_MONEY_PLACES: Final = 2


class SpeakAs(StrEnum):
    """How a value is said; the words of a flow's `{value:how}`."""

    DIGITS = "digits"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    AGENT = "agent"


def spoken_parts(how: str, value: Figure, language: str) -> tuple[str, ...]:
    """Return the names of the prompts that say a value.

    Raises UserMistake: `spoken_not_...` for a value that cannot be said so, `spoken_how_unknown`.
    """
    _check_language(language)
    if how not in _PARTS:
        raise UserMistake("spoken_how_unknown", how=how)
    return _PARTS[SpeakAs(how)](value, language)


def spoken_text(how: str, value: Figure, language: str) -> str:
    """Return a value as a person would write it in a record; what cannot be said is refused as by `spoken_parts`."""
    spoken_parts(how, value, language)
    return _WRITTEN[SpeakAs(how)](value, language)


# --- money -----------------------------------------------------------------------------------------------------------


def money_parts(amount: Figure, language: str, currency: str = "") -> tuple[str, ...]:
    """Return an amount, rounded half up to hundredths; it may name its currency itself (`12.50 USD`).

    Yuan in Chinese are said with jiao and fen, dollars and euros in English with cents, everything else as a number.
    UserMistake `spoken_not_money`, `spoken_currency_unknown`, or a number's.
    """
    value, code = _money(amount, currency)
    sign = ("part-minus",) if value < 0 else ()
    major, minor = divmod(int(abs(value) * 100), 100)
    if (code, language) == ("CNY", "zh"):
        return (*sign, *_yuan(major, minor))
    if code != "CNY" and language == "en":
        return (*sign, *_with_cents(major, minor, code))
    unit = _UNITS[code][0 if abs(value) == 1 else 1]
    return (*sign, *(count_parts(major, language) if not minor else number_parts(abs(value), language)), unit)


def _money(amount: Figure, currency: str) -> tuple[Decimal, str]:
    written = str(amount) if isinstance(amount, str) else ""
    found = _AMOUNT.fullmatch(written.strip())
    if written and (found is None or (found["first"] and found["last"])):
        raise UserMistake("spoken_not_money", value=written[:40])
    named = (found["first"] or found["last"] or "") if found else ""
    code = (named or currency or DEFAULT_CURRENCY).upper()
    if code not in _UNITS:
        raise UserMistake("spoken_currency_unknown", currency=code, valid=tuple(_UNITS))
    return decimal_of(found["figure"] if found else amount, _MONEY_PLACES), code


def _yuan(major: int, minor: int) -> tuple[str, ...]:
    """Say yuan, jiao and fen, each as far as there are any; 零 stands for jiao that are passed over."""
    jiao, fen = divmod(minor, 10)
    said: tuple[str, ...] = ()
    if major or not minor:
        said = (*count_parts(major, "zh"), "part-yuan")
    if jiao:
        said += (*(number_parts(jiao, "zh") if said else count_parts(jiao, "zh")), "part-jiao")
    elif fen and said:
        said += ("part-number-0",)
    if fen:
        said += (*(number_parts(fen, "zh") if said else count_parts(fen, "zh")), "part-fen")
    return said


def _with_cents(major: int, minor: int, code: str) -> tuple[str, ...]:
    said: tuple[str, ...] = ()
    if major or not minor:
        said = (*number_parts(major, "en"), _UNITS[code][0 if major == 1 else 1])
    if minor:
        joined = ("part-and",) if said else ()
        said += (*joined, *number_parts(minor, "en"), "part-cent" if minor == 1 else "part-cents")
    return said


# --- dates, times, agents --------------------------------------------------------------------------------------------


def date_parts(text: str, language: str) -> tuple[str, ...]:
    """Return a day written as 2026-10-01; UserMistake `spoken_not_a_date` where there is no such day."""
    day = _date(text)
    month = f"part-month-{day.month}"
    if language == "zh":
        year = (f"part-number-{digit}" for digit in f"{day.year:04}")
        return (*year, "part-year", month, *number_parts(day.day, "zh"), "part-day")
    return (month, *_ordinal(day.day), *_english_year(day.year))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError:
        raise UserMistake("spoken_not_a_date", value=text[:40]) from None


def _ordinal(number: int) -> tuple[str, ...]:
    if number <= 20 or number % 10 == 0:
        return (f"part-ordinal-{number}",)
    return (f"part-number-{number - number % 10}", f"part-ordinal-{number % 10}")


def _english_year(year: int) -> tuple[str, ...]:
    """Say twenty twenty-six and nineteen ninety-nine, but two thousand five and nineteen hundred five."""
    century, rest = divmod(year, 100)
    if century >= 10 and rest >= 10:
        return (*number_parts(century, "en"), *number_parts(rest, "en"))
    if century % 10 == 0 or century < 10:
        return number_parts(year, "en")
    return (*number_parts(century, "en"), "part-hundred", *(number_parts(rest, "en") if rest else ()))


def time_parts(text: str, language: str) -> tuple[str, ...]:
    """Return a time of day written as 09:05: in Chinese of 24 hours, in English of twelve.

    UserMistake `spoken_not_a_time` where there is no such time.
    """
    hour, minute = _time(text)
    if language == "zh":
        return (*count_parts(hour, "zh"), *_chinese_minutes(minute))
    if minute == 0 and hour in (0, 12):
        return ("part-noon" if hour else "part-midnight",)
    return (*number_parts(hour % 12 or 12, "en"), *_english_minutes(minute), "part-am" if hour < 12 else "part-pm")


def _time(text: str) -> tuple[int, int]:
    found = _TIME.fullmatch(text)
    if found is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        raise UserMistake("spoken_not_a_time", value=text[:40])
    return int(found["hour"]), int(found["minute"])


def _chinese_minutes(minute: int) -> tuple[str, ...]:
    if minute == 0:
        return ("part-oclock",)
    nought = ("part-number-0",) if minute < 10 else ()
    return ("part-hour", *nought, *number_parts(minute, "zh"), "part-minutes-past")


def _english_minutes(minute: int) -> tuple[str, ...]:
    return () if minute == 0 else (*(("part-oh",) if minute < 10 else ()), *number_parts(minute, "en"))


def agent_parts(number: str, language: str) -> tuple[str, ...]:
    """Return an agent by number, digit by digit; UserMistake `spoken_not_an_agent` where it is no agent's number."""
    if not _AGENT.fullmatch(number):
        raise UserMistake("spoken_not_an_agent", value=number[:40])
    return ("part-agent", *digits_parts(number, language))


# --- what is written -------------------------------------------------------------------------------------------------


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise UserMistake("spoken_language_unknown", language=language, valid=LANGUAGES)


def _written_money(amount: Figure, language: str) -> str:
    value, code = _money(amount, "")
    unit = {"CNY": ("yuan", "元"), "USD": ("dollars", "美元"), "EUR": ("euros", "欧元")}[code][language == "zh"]
    return f"{value:.2f} {unit}" if value % 1 else f"{value} {unit}"


def _written_date(text: Figure, language: str) -> str:
    day = _date(str(text))
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else day.isoformat()


def _written_agent(number: Figure, language: str) -> str:
    return f"工号 {number}" if language == "zh" else f"agent {number}"


_PARTS: Final[Mapping[SpeakAs, Callable[[Figure, str], tuple[str, ...]]]] = {
    SpeakAs.DIGITS: digits_parts,
    SpeakAs.NUMBER: number_parts,
    SpeakAs.MONEY: money_parts,
    SpeakAs.DATE: lambda value, language: date_parts(str(value), language),
    SpeakAs.TIME: lambda value, language: time_parts(str(value), language),
    SpeakAs.AGENT: lambda value, language: agent_parts(str(value), language),
}

_WRITTEN: Final[Mapping[SpeakAs, Callable[[Figure, str], str]]] = {
    SpeakAs.DIGITS: lambda value, _: str(value),
    SpeakAs.NUMBER: lambda value, _: f"{decimal_of(value):f}",
    SpeakAs.MONEY: _written_money,
    SpeakAs.DATE: _written_date,
    SpeakAs.TIME: lambda value, _: str(value),
    SpeakAs.AGENT: _written_agent,
}
