"""What a whole day is like: its mark in the picture of a year, and when it is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fs_control.hours import Mark, mark_of, open_hours
from fs_control.records import Calendar, Hours

DAY, NIGHT = Hours(9 * 60, 18 * 60), Hours(22 * 60, 30 * 60)
FRIDAY, SATURDAY = date(2026, 5, 1), date(2026, 5, 2)
OFFICE = Calendar("office", regular=dict.fromkeys(range(1, 6), (DAY,)))


@pytest.mark.parametrize(
    ("calendar", "day", "mark"),
    [
        (OFFICE, FRIDAY, Mark.REGULAR),
        (OFFICE, SATURDAY, Mark.CLOSED),
        (replace(OFFICE, holidays={FRIDAY: "x"}), FRIDAY, Mark.HOLIDAY),
        (replace(OFFICE, working_days={SATURDAY: 1}), SATURDAY, Mark.WORKING_DAY),
        (replace(OFFICE, holidays={FRIDAY: "x"}, special={FRIDAY: (DAY,)}), FRIDAY, Mark.SPECIAL),
        (replace(OFFICE, holidays={FRIDAY: "x"}, special={FRIDAY: ()}), FRIDAY, Mark.SPECIAL_CLOSED),
    ],
)
def test_the_highest_layer_marks_a_day(calendar: Calendar, day: date, mark: Mark) -> None:
    assert mark_of(calendar, day) is mark


def test_a_day_is_open_in_what_is_left_of_the_night_before_and_in_its_own_hours() -> None:
    nights = Calendar("night", regular=dict.fromkeys(range(1, 8), (DAY, NIGHT)))
    assert open_hours(nights, FRIDAY) == (Hours(0, 360), DAY, Hours(22 * 60, 24 * 60))
    assert open_hours(replace(nights, holidays={FRIDAY: "x"}), FRIDAY) == ()
    assert open_hours(replace(nights, special={FRIDAY: (Hours(60, 120),)}), FRIDAY) == (Hours(60, 120),)


def test_hours_that_touch_are_one_span() -> None:
    halves = Calendar("halves", regular={5: (Hours(0, 720), Hours(720, 1440))})
    assert open_hours(halves, FRIDAY) == (Hours(0, 1440),)
