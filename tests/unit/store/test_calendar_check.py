"""A calendar that reads well and cannot be meant."""

from __future__ import annotations

import pytest

from fs_control.store import calendar_fields as read
from fs_control.store.calendar_check import mistakes_of
from fs_control.store.calendar_entries import CalendarEntry


def found(
    hours: str = "mon-fri 09:00-18:00", special: str = "", holidays: str = "", working_days: str = ""
) -> list[tuple[str, ...]]:
    entry = CalendarEntry(
        "office",
        hours=read.week_hours(hours),
        special=read.special_days(special),
        holidays=read.own_holidays(holidays),
        working_days=read.working_days(working_days),
    )
    return [(mistake.field, mistake.code, *map(str, mistake.values.values())) for mistake in mistakes_of(entry)]


@pytest.mark.parametrize(
    ("hours", "first", "second"),
    [
        ("mon 09:00-12:00 11:59-13:00", "mon 09:00-12:00", "mon 11:59-13:00"),
        ("mon 22:00-06:00, tue 05:00-09:00", "mon 22:00-06:00", "tue 05:00-09:00"),
        ("sun 22:00-06:00, mon 05:00-09:00", "sun 22:00-06:00", "mon 05:00-09:00"),
    ],
)
def test_hours_that_overlap_are_named(hours: str, first: str, second: str) -> None:
    assert found(hours) == [("hours", "hours_overlap", first, second)]


def test_hours_that_touch_do_not_overlap() -> None:
    assert found("daily 22:00-06:00 06:00-22:00") == []
    assert found("daily 00:00-24:00", special="2026-05-01 22:00-06:00, 2026-05-02 06:00-07:00") == []


def test_special_hours_may_not_overlap_across_midnight() -> None:
    special = "2026-05-01 22:00-06:00, 2026-05-02 05:00-07:00"
    assert found(special=special) == [("special", "hours_overlap", "2026-05-01 22:00-06:00", "2026-05-02 05:00-07:00")]


def test_a_date_is_a_holiday_or_a_working_day() -> None:
    assert found(holidays="2026-05-01 x", working_days="2026-05-01") == [
        ("working_days", "date_holiday_and_working_day", "2026-05-01")
    ]


def test_a_working_day_needs_a_weekday_that_has_hours() -> None:
    assert found(working_days="2026-02-14") == [("working_days", "working_day_without_hours", "2026-02-14", "sat")]
    assert found(working_days="2026-02-14 fri") == []
