"""Hours, weekdays and dates as people write them: read as they are meant, refused where they cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from fs_control.errors import UserMistake
from fs_control.records import Hours
from fs_control.store import calendar_fields as read
from fs_control.store.calendar_entries import OwnHoliday, SpecialDay, WeekdayHours, WorkingDay, week_text

MORNING, AFTERNOON = Hours(9 * 60, 12 * 60), Hours(13 * 60 + 30, 18 * 60)


def refusal(reader, text: str) -> UserMistake:
    with pytest.raises(UserMistake) as refused:
        reader(text)
    return refused.value


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("09:00-17:30", 540, 1050),
        ("9:00-17:30", 540, 1050),
        ("9：00－17：30", 540, 1050),
        ("9:00～17:30", 540, 1050),
        ("9:00至17:30", 540, 1050),
        ("00:00-24:00", 0, 1440),
        ("22:00-06:00", 1320, 1800),
        ("22:00-00:00", 1320, 1440),
        ("23:59-00:01", 1439, 1441),
    ],
)
def test_a_span_of_time(text: str, begin: int, end: int) -> None:
    assert read.hours(text) == Hours(begin, end)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9-18", "not_hours"),
        ("09:00", "not_hours"),
        ("nine to five", "not_hours"),
        ("09:00-09:00", "hours_empty"),
        ("24:00-06:00", "hours_empty"),
        ("09:60-18:00", "clock_time_impossible"),
        ("09:00-24:01", "clock_time_impossible"),
        ("25:00-26:00", "clock_time_impossible"),
    ],
)
def test_a_span_that_no_clock_shows_is_refused(text: str, code: str) -> None:
    assert refusal(read.hours, text).code == code


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("mon", (1,)),
        ("Monday", (1,)),
        ("mon-fri", (1, 2, 3, 4, 5)),
        ("sat-sun", (6, 7)),
        ("fri-mon", (5, 6, 7, 1)),
        ("周一至周五", (1, 2, 3, 4, 5)),
        ("星期日", (7,)),
        ("周天", (7,)),
        ("周六-周日", (6, 7)),
        ("daily", (1, 2, 3, 4, 5, 6, 7)),
        ("每天", (1, 2, 3, 4, 5, 6, 7)),
    ],
)
def test_weekdays(text: str, weekdays: tuple[int, ...]) -> None:
    assert read.weekdays(text) == weekdays


def test_what_is_no_weekday_is_refused_with_the_nearest() -> None:
    assert refusal(read.weekdays, "mnday").values["nearest"] == "monday"
    assert refusal(read.weekdays, "mon-frl").code == "not_a_weekday"
    assert refusal(read.weekdays, "mon-").code == "not_a_weekday"
    assert refusal(read.weekdays, "周八").code == "not_a_weekday"
    assert refusal(read.week_hours, "1-5 09:00-18:00").code == "hours_without_day"


@pytest.mark.parametrize(
    "text",
    [
        "mon 09:00-12:00 13:30-18:00, tue 09:00-12:00 13:30-18:00, sat 09:00-12:00",
        "mon-tue 13:30-18:00 09:00-12:00; sat 09:00-12:00",
        "mon tue 09:00-12:00, 13:30-18:00, sat 09:00-12:00",
        "mon-tue,sat 09:00-12:00; mon,tue 13:30-18:00",
        "周一、周二 9：00－12：00 13：30－18：00；周六 9：00至12：00",
    ],
)
def test_a_week_may_be_written_in_many_ways(text: str) -> None:
    assert read.week_hours(text) == (
        WeekdayHours(1, (MORNING, AFTERNOON)),
        WeekdayHours(2, (MORNING, AFTERNOON)),
        WeekdayHours(6, (MORNING,)),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("09:00-18:00", "hours_without_day"),
        ("mon-fri", "day_without_hours"),
        ("mon-fri 09:00-18:00, sat", "day_without_hours"),
        ("mon-fri closed", "not_a_weekday"),
    ],
)
def test_a_week_that_cannot_be_meant_is_refused(text: str, code: str) -> None:
    assert refusal(read.week_hours, text).code == code


def test_a_week_is_written_as_it_is_read() -> None:
    week = read.week_hours("mon-wed 09:00-12:00 13:30-18:00, fri 09:00-12:00, sat-sun 22:00-06:00")
    assert week_text(week) == "mon-wed 09:00-12:00 13:30-18:00, fri 09:00-12:00, sat-sun 22:00-06:00"
    assert read.week_hours(week_text(week)) == week


# --- dates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-30", "date_does_not_exist"),
        ("2027-02-29", "date_does_not_exist"),
        ("2026-13-01", "date_does_not_exist"),
        ("02-30", "not_a_date"),
        ("tomorrow", "not_a_date"),
        ("1926-05-01", "year_not_served"),
        ("2026-10-07..2026-10-01", "dates_backwards"),
        ("2026-10-01..2028-10-01", "dates_too_many"),
    ],
)
def test_a_date_that_there_is_not_is_refused(text: str, code: str) -> None:
    assert refusal(read.days, text).code == code


def test_dates_and_ranges_of_dates() -> None:
    assert read.days("2028-02-29") == (date(2028, 2, 29),)
    assert read.days("2026-12-31..2027-01-01") == (date(2026, 12, 31), date(2027, 1, 1))


def test_special_hours_of_dates() -> None:
    text = "2026-05-02..2026-05-03 closed, 2026-05-01 10:00-12:00 14:00-16:00"
    assert read.special_days(text) == (
        SpecialDay(date(2026, 5, 1), (Hours(600, 720), Hours(840, 960))),
        SpecialDay(date(2026, 5, 2), ()),
        SpecialDay(date(2026, 5, 3), ()),
    )
    assert read.special_days("2026-05-02 休息") == read.special_days("2026-05-02 closed")
    assert read.special_days(read.listed_text(read.special_days(text))) == read.special_days(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-05-01 closed 10:00-12:00", "closed_with_hours"),
        ("2026-05-01 10:00-12:00, 2026-05-01 13:00-14:00", "date_twice"),
        ("2026-05-01..2026-05-03 closed, 2026-05-02 10:00-12:00", "date_twice"),
        ("2026-05-01", "day_without_hours"),
        ("mon 10:00-12:00", "hours_without_day"),
        ("2026-02-30 10:00-12:00", "date_does_not_exist"),
    ],
)
def test_special_hours_that_cannot_be_meant_are_refused(text: str, code: str) -> None:
    assert refusal(read.special_days, text).code == code


def test_holidays_and_working_days_of_the_operators_own() -> None:
    holidays = read.own_holidays("2026-12-31 年会 下午, 2026-12-30")
    assert holidays == (OwnHoliday(date(2026, 12, 30), ""), OwnHoliday(date(2026, 12, 31), "年会 下午"))
    assert read.own_holidays(read.listed_text(holidays)) == holidays
    days = read.working_days("2026-02-14 fri, 2026-10-01")
    assert days == (WorkingDay(date(2026, 2, 14), 5), WorkingDay(date(2026, 10, 1), 4))
    assert read.working_days(read.listed_text(days)) == days
    assert refusal(read.own_holidays, "2026-12-31 a, 2026-12-31 b").code == "date_twice"


def test_a_time_on_the_wall() -> None:
    assert read.local_time("2026-10-01 10:05") == (date(2026, 10, 1), 605)
    assert read.local_time("2026-10-01T00:00") == (date(2026, 10, 1), 0)
    for text in ("2026-10-01", "10:00", "2026-10-01 10", "noon"):
        assert refusal(read.local_time, text).code == "not_a_local_time"
    assert refusal(read.local_time, "2026-10-01 24:00").code == "clock_time_impossible"
