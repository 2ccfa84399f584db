"""Days, times and terminals of schedules as people write them (G1, G3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fs_control.errors import UserMistake
from fs_control.store import calendar_fields
from fs_control.store import schedule_fields as read
from fs_control.store.schedule_fields import PlannedDays, ScheduleEntry

DUTY = ScheduleEntry("duty", ("8001",), sign_in=1080, weekdays=(1,))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", PlannedDays((1, 2, 3, 4, 5))),
        ("sat, mon", PlannedDays((1, 6))),
        ("daily", PlannedDays((1, 2, 3, 4, 5, 6, 7))),
        ("周一至周三", PlannedDays((1, 2, 3))),
        (
            "2026-12-24..2026-12-25 2026-10-01",
            PlannedDays((), (date(2026, 10, 1), date(2026, 12, 24), date(2026, 12, 25))),
        ),
        ("sun 2026-10-01", PlannedDays((7,), (date(2026, 10, 1),))),
    ],
)
def test_days_are_weekdays_and_dates(text: str, days: PlannedDays) -> None:
    assert read.planned_days(text) == days


@pytest.mark.parametrize("text", ["mon-fri, sun", "fri", "mon-sun", "tue, 2026-10-01, 2026-12-24..2026-12-26"])
def test_days_are_written_as_they_are_read(text: str) -> None:
    days = read.planned_days(text)
    assert read.days_text(replace(DUTY, weekdays=days.weekdays, dates=days.dates)) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("someday", "not_a_weekday"),
        ("2026-02-30", "date_does_not_exist"),
        ("mon 2026-02-01..2026-01-01", "dates_backwards"),
    ],
)
def test_days_that_there_are_not_are_refused(text: str, code: str) -> None:
    with pytest.raises(UserMistake, match=code):
        read.planned_days(text)


@pytest.mark.parametrize(("text", "minute"), [("09:00", 540), ("9:30", 570), ("00:00", 0), ("23：59", 1439)])
def test_a_time_of_the_day(text: str, minute: int) -> None:
    assert calendar_fields.clock_time(text) == minute


@pytest.mark.parametrize(
    ("text", "code"), [("24:00", "clock_time_impossible"), ("9", "not_a_clock_time"), ("9:61", "clock_time_impossible")]
)
def test_a_time_that_no_clock_shows_is_refused(text: str, code: str) -> None:
    with pytest.raises(UserMistake, match=code):
        calendar_fields.clock_time(text)


def test_G3_a_terminal_is_named_by_its_kind() -> None:
    assert read.terminal("Phone") == "phone"
    with pytest.raises(UserMistake, match="terminal_unknown"):
        read.terminal("fax")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (replace(DUTY, sign_in=None), "schedule_without_time"),
        (replace(DUTY, agents=()), "schedule_without_agents"),
        (replace(DUTY, weekdays=()), "schedule_without_days"),
    ],
)
def test_a_schedule_that_could_never_do_anything_is_refused(entry: ScheduleEntry, code: str) -> None:
    read.refuse_idle(DUTY)
    with pytest.raises(UserMistake, match=code):
        read.refuse_idle(entry)
