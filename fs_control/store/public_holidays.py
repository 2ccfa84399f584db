"""Public holidays and make-up working days of countries, from the library `holidays`.

The one place that imports it, and only when somebody asks: it takes 40 ms and 27 MB. Easy to break: the library knows
statutory holidays for every year, but the make-up days of a year only once a government has announced them; until then
that year is not known, and whoever shows it has to say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from fs_control.errors import UserMistake
from fs_control.store.directory_check import nearest

if TYPE_CHECKING:
    from holidays import HolidayBase

_SUBSTITUTED: Final = re.compile(r"\(substituted from (\d\d)/(\d\d)/(\d{4})\)")
"""How the library says in English that a day off is made up for by another one, in every country that has such days."""
_BACK_TO_BACK: Final = frozenset({"CN"})
"""Where holidays are announced as unbroken periods: weekend days beside one belong to it (国务院办公厅 放假安排)."""
_LANGUAGES: Final = {"zh": "zh_CN", "en": "en_US"}
_DAY_OFF: Final = {"zh": "休息日", "en": "Day off"}
_FRIDAY, _SATURDAY = 5, 6
_LOOK_BACK: Final = 3
"""Years; a country that had make-up days within so many years is taken to have them still."""


@dataclass(frozen=True, slots=True)
class PublicDays:
    """The public holidays of one year with their names, and the make-up days with the weekday whose hours they have."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    working_days: Mapping[date, int] = field(default_factory=dict)


def read_region(text: str) -> str:
    """Read a country, or a country and its subdivision: `CN`, `DE-BY`; UserMistake where the library has none."""
    import holidays

    countries = holidays.list_supported_countries()
    country, hyphen, subdivision = text.strip().upper().partition("-")
    if country not in countries:
        raise UserMistake("public_holidays_unknown", text=text, nearest=nearest(country, countries))
    if hyphen and subdivision not in countries[country]:
        valid = countries[country]
        raise UserMistake("subdivision_unknown", text=text, country=country, nearest=nearest(subdivision, valid))
    return f"{country}{hyphen}{subdivision}"


@cache
def public_days(region: str, year: int, language: str) -> PublicDays:
    """Return the public days of a year, their names in `zh` or `en` where the library has them, else in its own."""
    named, english = _days(region, year, language), _days(region, year, "en")
    if named is None or english is None:
        return PublicDays()
    working_days = {day for day in english.weekend_workdays if day.year == year}
    names = {day: name for day, name in named.items() if day.year == year}
    off = _weekends_beside(set(named), named.weekend_workdays) if region.partition("-")[0] in _BACK_TO_BACK else set()
    days_off = {day: _DAY_OFF[language] for day in off if day.year == year}
    return PublicDays({**days_off, **names}, _weekdays_made_up_for(working_days, english))


def unknown_years(region: str | None, years: Iterable[int]) -> tuple[int, ...]:
    """Return those of the years whose public holidays, or make-up days, the library does not know (yet)."""
    wanted = tuple(sorted(years))
    return _unknown_years(region, wanted) if region is not None and wanted else ()


@cache
def _unknown_years(region: str, wanted: tuple[int, ...]) -> tuple[int, ...]:
    found = _library(region, range(wanted[0] - _LOOK_BACK, wanted[-1] + 1), "en")
    last_made_up = max((day.year for day in found.weekend_workdays if day.year >= wanted[0] - _LOOK_BACK), default=None)
    return tuple(
        year
        for year in wanted
        if not found.start_year <= year <= found.end_year or (last_made_up is not None and year > last_made_up)
    )


def _days(region: str, year: int, language: str) -> HolidayBase | None:
    """Return what the library knows of a year and its neighbours: days are made up for across New Year."""
    found = _library(region, (year - 1, year, year + 1), language)
    return found if found.start_year <= year <= found.end_year else None


def _library(region: str, years: Iterable[int], language: str) -> HolidayBase:
    import holidays

    country, _, subdivision = region.partition("-")
    known = holidays.country_holidays(country)
    wanted = _LANGUAGES[language]
    # Named always: without a language the library would take that of this process's locale.
    spoken = wanted if wanted in known.supported_languages else known.default_language
    return holidays.country_holidays(country, subdiv=subdivision or None, years=years, language=spoken)


def _weekdays_made_up_for(working_days: set[date], english: HolidayBase) -> dict[date, int]:
    """Return the weekday of the day off for which each make-up day stands; else that of the nearest weekday."""
    made_up = dict(_substitutions(english))
    return {
        day: made_up.get(day, _FRIDAY if day.isoweekday() == _SATURDAY else 1)  # a Sunday is nearest to Monday
        for day in sorted(working_days)
    }


def _substitutions(english: HolidayBase) -> Iterator[tuple[date, int]]:
    for day_off, name in english.items():
        if found := _SUBSTITUTED.search(name):
            month, day, year = (int(part) for part in found.groups())
            yield date(year, month, day), day_off.isoweekday()


def _weekends_beside(holidays: set[date], working_days: set[date]) -> set[date]:
    """Return the weekend days that lie beside a holiday, or beside such a one, and are no working days."""
    found: set[date] = set()
    waiting = list(holidays)
    while waiting:
        day = waiting.pop()
        for beside in (day - timedelta(days=1), day + timedelta(days=1)):
            is_free = beside.isoweekday() >= _SATURDAY and beside not in working_days
            if is_free and beside not in holidays and beside not in found:
                found.add(beside)
                waiting.append(beside)
    return found
