"""How hours, weekdays and dates of a calendar are read, as an option or a cell of a file: text in, value out.

A list is words behind one another: `mon-fri 09:00-12:00 13:00-18:00, sat 09:00-12:00`; the same with dates for special
hours. Chinese words and signs mean the same (周一至周五 9：00－18：00). Easy to break: what is impossible is refused
here and never made to fit, for a range that is silently never true closes a company.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Final, TypeVar

from fs_control.errors import UserMistake
from fs_control.records import DAY_MINUTES, Hours
from fs_control.store.calendar_entries import CLOSED, WEEKDAYS, OwnHoliday, SpecialDay, WeekdayHours, WorkingDay
from fs_control.store.directory_check import nearest
from fs_control.store.directory_fields import name as read_name

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
LONGEST_RANGE: Final = 366
"""Days; more in one range is a slip of the hand."""

_SAME: Final = str.maketrans("：－–—～~〜至", ":-------", "")
_BETWEEN: Final = re.compile(r"[\s,;，、；]+")
_BETWEEN_ITEMS: Final = re.compile(r"[,;，、；]")
_HOURS: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_LOOKS_LIKE_HOURS: Final = re.compile(r"[0-9]{1,2}([:.][0-9]*)?(-.*)?")
_DATE: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_LOOKS_LIKE_DATE: Final = re.compile(r"[0-9]{3,}.*")
_ALL_WEEK: Final = ("daily", "每天")
_NO_HOURS: Final = (CLOSED, "休息", "关闭", "不营业")
_CHINESE_DAYS: Final = {sign: index for index, sign in enumerate("一二三四五六日", 1)} | {"天": 7}
_ENGLISH_DAYS: Final = {
    spelling: index
    for index, spellings in enumerate(
        (
            *("mon monday", "tue tues tuesday", "wed wednesday", "thu thur thurs thursday", "fri friday"),
            *("sat saturday", "sun sunday"),
        ),
        1,
    )
    for spelling in spellings.split()
}

_Key = TypeVar("_Key", int, date)


# --- lists ---------------------------------------------------------------------------------------------------------


def week_hours(text: str) -> tuple[WeekdayHours, ...]:
    """Read regular hours: `mon-fri 09:00-12:00 13:00-18:00, sat 09:00-12:00`; a weekday that is not named has none."""
    found = _keyed_hours(text, _weekdays_or_none, are_dates=False)
    return tuple(WeekdayHours(weekday, tuple(sorted(hours))) for weekday, hours in sorted(found.items()))


def special_days(text: str) -> tuple[SpecialDay, ...]:
    """Read special hours: `2026-05-01 10:00-16:00, 2026-05-02..2026-05-04 closed`."""
    found = _keyed_hours(text, _dates_or_none, are_dates=True)
    return tuple(SpecialDay(day, tuple(sorted(hours))) for day, hours in sorted(found.items()))


def own_holidays(text: str) -> tuple[OwnHoliday, ...]:
    """Read holidays: `2026-12-31 Stocktaking, 2027-02-05..2027-02-11 春节`."""
    found: dict[date, str] = {}
    for first, rest in _items(text):
        found.update(dict.fromkeys(_new_days(first, found), read_name(rest)))
    return tuple(OwnHoliday(day, found[day]) for day in sorted(found))


def working_days(text: str) -> tuple[WorkingDay, ...]:
    """Read working days, each with the weekday whose hours it has, else its own: `2026-02-14 fri, 2026-10-01`."""
    found: dict[date, int] = {}
    for first, rest in _items(text):
        for day in _new_days(first, found):
            found[day] = weekday(rest) if rest else day.isoweekday()
    return tuple(WorkingDay(day, found[day]) for day in sorted(found))


def _items(text: str) -> list[tuple[str, str]]:
    """Cut a list at its commas, and each item into its first word and what follows."""
    items = [item.split(None, 1) for item in _BETWEEN_ITEMS.split(text) if item.strip()]
    return [(item[0], item[1].strip() if len(item) > 1 else "") for item in items]


def _new_days(text: str, found: dict[date, str] | dict[date, int]) -> Sequence[date]:
    new = days(text)
    for day in new:
        if day in found:
            raise UserMistake("date_twice", day=day)
    return new


def _keyed_hours(
    text: str, read_keys: Callable[[str], Sequence[_Key] | None], *, are_dates: bool
) -> dict[_Key, list[Hours]]:
    """Read keys (weekdays or dates), each followed by its hours; several keys behind one another share them."""
    found: dict[_Key, list[Hours]] = {}
    keys: list[_Key] = []
    words: list[str] = []
    for word in filter(None, _BETWEEN.split(text.strip().lower().translate(_SAME))):
        new = read_keys(word)
        if new is None:
            if not keys:
                raise UserMistake("hours_without_day", text=word)
            words.append(word)
            continue
        if words:
            _give(found, keys, words, are_dates=are_dates)
            keys, words = [], []
        keys += new
    if keys:
        _give(found, keys, words, are_dates=are_dates)
    return found


def _give(found: dict[_Key, list[Hours]], keys: Sequence[_Key], words: Sequence[str], *, are_dates: bool) -> None:
    """Give these keys the hours of these words; a date has all of its hours in one place, and may have none."""
    if not words:
        raise UserMistake("day_without_hours", text=_key_text(keys[-1]))
    is_closed = are_dates and words[0] in _NO_HOURS
    if is_closed and len(words) > 1:
        raise UserMistake("closed_with_hours", text=_key_text(keys[0]))
    read = [] if is_closed else [hours(word) for word in words]
    for key in keys:
        if are_dates and key in found:
            raise UserMistake("date_twice", day=key)
        found.setdefault(key, []).extend(read)


def _key_text(key: int | date) -> str:
    return WEEKDAYS[key - 1] if isinstance(key, int) else str(key)


def _weekdays_or_none(word: str) -> Sequence[int] | None:
    return None if _LOOKS_LIKE_HOURS.fullmatch(word) else weekdays(word)


def _dates_or_none(word: str) -> Sequence[date] | None:
    return days(word) if _LOOKS_LIKE_DATE.fullmatch(word) else None


# --- one word ------------------------------------------------------------------------------------------------------


def hours(text: str) -> Hours:
    """Read `09:00-17:30`; `22:00-06:00` ends on the next day, `00:00-24:00` is the whole day."""
    found = _HOURS.fullmatch(text.strip().translate(_SAME))
    if found is None:
        raise UserMistake("not_hours", text=text)
    begin, end = _minute(text, found[1], found[2]), _minute(text, found[3], found[4])
    if begin in (end, DAY_MINUTES):
        raise UserMistake("hours_empty", text=text)
    return Hours(begin, end if end > begin else end + DAY_MINUTES)


def _minute(text: str, hour: str, minute: str) -> int:
    found = int(hour) * 60 + int(minute)
    if int(minute) > 59 or found > DAY_MINUTES:
        raise UserMistake("clock_time_impossible", text=text, time=f"{hour}:{minute}")
    return found


def weekdays(text: str) -> tuple[int, ...]:
    """Read `mon`, `mon-fri`, `daily`, 周一, 周一至周五: ISO weekdays. `fri-mon` goes over the weekend."""
    word = text.strip().lower().translate(_SAME)
    if word in _ALL_WEEK:
        return tuple(range(1, 8))
    first, dash, last = word.partition("-")
    if not dash:
        return (weekday(word),)
    begin, end = weekday(first), weekday(last)
    return tuple((begin - 1 + step) % 7 + 1 for step in range((end - begin) % 7 + 1))


def weekday(text: str) -> int:
    """Read one weekday: `mon`, `monday`, 周一, 星期一, 礼拜一."""
    word = text.strip().lower()
    sign = re.fullmatch("(?:周|星期|礼拜)?([一二三四五六日天])", word)
    if sign is not None:
        return _CHINESE_DAYS[sign[1]]
    if word not in _ENGLISH_DAYS:
        raise UserMistake("not_a_weekday", text=text, nearest=nearest(word, _ENGLISH_DAYS), valid=WEEKDAYS)
    return _ENGLISH_DAYS[word]


def days(text: str) -> tuple[date, ...]:
    """Read `2026-10-01`, or all dates of `2026-10-01..2026-10-07`."""
    first, dots, last = text.strip().partition("..")
    begin = day(first)
    end = day(last) if dots else begin
    if end < begin:
        raise UserMistake("dates_backwards", text=text)
    if (end - begin).days >= LONGEST_RANGE:
        raise UserMistake("dates_too_many", text=text, most=LONGEST_RANGE)
    return tuple(begin + timedelta(days=step) for step in range((end - begin).days + 1))


def day(text: str) -> date:
    """Read a date that there is: `2026-10-01`."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise UserMistake("not_a_date", text=text)
    year, month, number = (int(part) for part in found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserMistake("year_not_served", year=year, first=FIRST_YEAR, last=LAST_YEAR)
    try:
        return date(year, month, number)
    except ValueError as error:
        raise UserMistake("date_does_not_exist", text=text) from error


def local_time(text: str) -> tuple[date, int]:
    """Read a time as the clock on the wall shows it, `2026-10-01 10:00`: the date and the minute of the day."""
    first, _, last = text.strip().replace("T", " ", 1).partition(" ")
    found = _CLOCK.fullmatch(last.strip().translate(_SAME))
    if found is None:
        raise UserMistake("not_a_local_time", text=text)
    return day(first), _minute_shown(text, found)


def clock_time(text: str) -> int:
    """Read a time of the day, `09:00`: the minute; what is 24:00 for the end of hours is 00:00 here."""
    found = _CLOCK.fullmatch(text.strip().translate(_SAME))
    if found is None:
        raise UserMistake("not_a_clock_time", text=text)
    return _minute_shown(text, found)


def _minute_shown(text: str, found: re.Match[str]) -> int:
    minute = _minute(text, found[1], found[2])
    if minute == DAY_MINUTES:
        raise UserMistake("clock_time_impossible", text=text, time=found[0])
    return minute


# --- what was read, written again ----------------------------------------------------------------------------------


def listed_text(items: Iterable[object]) -> str:
    """Return a list as a cell of a sheet holds it, and as the readers above take it."""
    return ", ".join(map(str, items))
