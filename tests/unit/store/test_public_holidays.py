"""Public holidays and make-up days from the library, and what the operator's own table does to them."""

from __future__ import annotations

from datetime import date

import pytest

from fs_control.errors import UserMistake
from fs_control.hours import Mark, decide, mark_of, moments_of
from fs_control.records import Calendar, HoursLayer
from fs_control.store import calendar_fields as read
from fs_control.store.calendar_entries import CalendarEntry
from fs_control.store.calendars import calendar_from, years_around
from fs_control.store.public_holidays import public_days, read_region, unknown_years

MAKE_UP_2026 = {
    date(2026, 1, 4): 5,
    date(2026, 2, 14): 5,
    date(2026, 2, 28): 1,
    date(2026, 5, 9): 2,
    date(2026, 9, 20): 2,
    date(2026, 10, 10): 3,
}
"""Each with the weekday of the day off for which it stands."""

OFF_2026 = (
    *("2026-01-01..2026-01-03", "2026-02-15..2026-02-23", "2026-04-04..2026-04-06", "2026-05-01..2026-05-05"),
    *("2026-06-19..2026-06-21", "2026-09-25..2026-09-27", "2026-10-01..2026-10-07"),
)
"""国务院办公厅关于2026年部分节假日安排的通知."""


def office(country: str | None = "CN", **own: str) -> Calendar:
    entry = CalendarEntry(
        "office",
        public_holidays=country,
        hours=read.week_hours("mon-fri 09:00-18:00"),
        special=read.special_days(own.get("special", "")),
        holidays=read.own_holidays(own.get("holidays", "")),
        working_days=read.working_days(own.get("working_days", "")),
    )
    return calendar_from(entry, "Asia/Shanghai", "zh", years_around(date(2026, 6, 1)))


def at_ten(calendar: Calendar, day: date) -> tuple[bool, HoursLayer]:
    verdict = decide(calendar, moments_of(calendar, day, 600)[0])
    return verdict.is_open, verdict.layer


def test_the_make_up_days_of_china_in_2026_are_working_days() -> None:
    assert public_days("CN", 2026, "zh").working_days == MAKE_UP_2026
    calendar = office()
    assert {day for day in MAKE_UP_2026 if at_ten(calendar, day) == (True, HoursLayer.REGULAR)} == set(MAKE_UP_2026)


def test_the_holidays_of_china_in_2026_are_the_announced_periods() -> None:
    assert set(public_days("CN", 2026, "zh").holidays) == {day for text in OFF_2026 for day in read.days(text)}
    assert at_ten(office(), date(2026, 10, 5)) == (False, HoursLayer.HOLIDAY)


def test_the_year_before_and_three_years_ahead_are_loaded() -> None:
    assert {day.year for day in office().holidays} == {2025, 2026, 2027, 2028, 2029}


def test_years_without_announced_make_up_days_are_not_known() -> None:
    assert unknown_years("CN", range(2025, 2030)) == (2027, 2028, 2029)
    assert office().unknown_years == (2027, 2028, 2029)
    assert unknown_years("DE", range(2025, 2030)) == ()
    assert unknown_years("DE", (2100, 2101)) == (2101,)
    assert unknown_years(None, range(2025, 2030)) == ()


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    corpus_christi = date(2026, 6, 4)
    assert corpus_christi in public_days("DE-BY", 2026, "en").holidays
    assert corpus_christi not in public_days("DE", 2026, "en").holidays


def test_the_operators_own_table_stands_over_the_public_one() -> None:
    own = office(
        holidays="2026-12-31 年会, 2026-02-14 休息",
        working_days="2026-10-05, 2026-10-03 fri",
        special="2026-05-01 09:30-11:00",
    )
    assert own.holidays[date(2026, 12, 31)] == "年会"
    assert at_ten(own, date(2026, 2, 14)) == (False, HoursLayer.HOLIDAY)
    assert at_ten(own, date(2026, 10, 5)) == (True, HoursLayer.REGULAR)
    assert at_ten(own, date(2026, 10, 3)) == (True, HoursLayer.REGULAR)
    assert at_ten(own, date(2026, 5, 1)) == (True, HoursLayer.SPECIAL)
    assert not own.holidays.keys() & own.working_days.keys()
    assert mark_of(own, date(2026, 10, 5)) is Mark.WORKING_DAY


def test_without_a_country_there_are_no_public_holidays() -> None:
    assert (office(None).holidays, office(None).working_days) == ({}, {})


def test_names_are_in_the_language_of_the_enterprise_where_the_library_has_it() -> None:
    assert public_days("CN", 2026, "zh").holidays[date(2026, 10, 1)] == "国庆节"
    assert public_days("CN", 2026, "en").holidays[date(2026, 10, 1)] == "National Day"
    assert public_days("DE", 2026, "zh").holidays[date(2026, 10, 3)] == "Tag der Deutschen Einheit"


@pytest.mark.parametrize(
    ("text", "code"),
    [("XX", "public_holidays_unknown"), ("DE-XX", "subdivision_unknown"), ("", "public_holidays_unknown")],
)
def test_a_country_that_the_library_has_not_is_refused(text: str, code: str) -> None:
    with pytest.raises(UserMistake, match=code):
        read_region(text)


def test_a_country_may_be_written_in_small_letters() -> None:
    assert (read_region("cn"), read_region("de-by")) == ("CN", "DE-BY")
