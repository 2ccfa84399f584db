"""Special working time over holidays over regular hours, to the minute (H2, H3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fs_control.hours import hours_of_day, verdict_of
from fs_control.records import Calendar, Hours, HoursLayer, HoursVerdict

NINE_TO_SIX = (Hours(9 * 60, 12 * 60), Hours(13 * 60, 18 * 60))
TEN_TO_FOUR = (Hours(10 * 60, 16 * 60),)
NIGHT = (Hours(22 * 60, 30 * 60),)

FRIDAY, SATURDAY, SUNDAY = date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 3)
THURSDAY, MONDAY = date(2026, 4, 30), date(2026, 5, 4)

WEEK = Calendar("office", regular=dict.fromkeys(range(1, 6), NINE_TO_SIX))
MAY_DAY = replace(WEEK, holidays={FRIDAY: "劳动节"})
ON_DUTY = replace(MAY_DAY, special={FRIDAY: TEN_TO_FOUR})

SPECIAL, HOLIDAY = HoursLayer.SPECIAL, HoursLayer.HOLIDAY
REGULAR, NONE = HoursLayer.REGULAR, HoursLayer.NONE


def said(calendar: Calendar, day: date, clock: str) -> tuple[bool, HoursLayer]:
    hour, _, minute = clock.partition(":")
    verdict = verdict_of(calendar, day, int(hour) * 60 + int(minute))
    return verdict.is_open, verdict.layer


H2 = [
    # A day with regular hours alone: from the first minute up to and without the last.
    (WEEK, FRIDAY, "8:59", False, NONE),
    (WEEK, FRIDAY, "9:00", True, REGULAR),
    (WEEK, FRIDAY, "11:59", True, REGULAR),
    (WEEK, FRIDAY, "12:00", False, NONE),
    (WEEK, FRIDAY, "12:59", False, NONE),
    (WEEK, FRIDAY, "13:00", True, REGULAR),
    (WEEK, FRIDAY, "17:59", True, REGULAR),
    (WEEK, FRIDAY, "18:00", False, NONE),
    (WEEK, SATURDAY, "10:00", False, NONE),
    # Regular and holiday: closed, all day.
    (MAY_DAY, FRIDAY, "0:00", False, HOLIDAY),
    (MAY_DAY, FRIDAY, "9:00", False, HOLIDAY),
    (MAY_DAY, FRIDAY, "23:59", False, HOLIDAY),
    (MAY_DAY, THURSDAY, "9:00", True, REGULAR),
    # Regular, holiday and special: open during the special hours only.
    (ON_DUTY, FRIDAY, "9:00", False, SPECIAL),
    (ON_DUTY, FRIDAY, "9:59", False, SPECIAL),
    (ON_DUTY, FRIDAY, "10:00", True, SPECIAL),
    (ON_DUTY, FRIDAY, "12:30", True, SPECIAL),
    (ON_DUTY, FRIDAY, "15:59", True, SPECIAL),
    (ON_DUTY, FRIDAY, "16:00", False, SPECIAL),
    (ON_DUTY, FRIDAY, "17:00", False, SPECIAL),
    # Regular and special: special hours stand in the place of the regular ones.
    (replace(WEEK, special={FRIDAY: TEN_TO_FOUR}), FRIDAY, "9:30", False, SPECIAL),
    (replace(WEEK, special={FRIDAY: ()}), FRIDAY, "9:30", False, SPECIAL),
    (replace(WEEK, special={SATURDAY: TEN_TO_FOUR}), SATURDAY, "10:00", True, SPECIAL),
]


@pytest.mark.parametrize(("calendar", "day", "clock", "is_open", "layer"), H2)
def test_H2_special_time_wins_over_holidays_and_these_over_regular_hours(
    calendar: Calendar, day: date, clock: str, is_open: bool, layer: HoursLayer
) -> None:
    """Regular+holiday = closed; regular+holiday+special = open during the special hours only; boundary minutes."""
    assert said(calendar, day, clock) == (is_open, layer)


def test_the_verdict_names_the_hours_or_the_holiday() -> None:
    assert verdict_of(WEEK, FRIDAY, 9 * 60) == HoursVerdict(True, REGULAR, "09:00-12:00")
    assert verdict_of(MAY_DAY, FRIDAY, 9 * 60) == HoursVerdict(False, HOLIDAY, "劳动节")
    assert verdict_of(ON_DUTY, FRIDAY, 15 * 60) == HoursVerdict(True, SPECIAL, "10:00-16:00")
    assert verdict_of(WEEK, SATURDAY, 9 * 60) == HoursVerdict(False, NONE)


# --- past midnight -------------------------------------------------------------------------------------------------

NIGHTS = Calendar("night", regular={4: NIGHT, 5: NIGHT})
"""Thursday and Friday from 22:00 to 06:00 of the next day."""

PAST_MIDNIGHT = [
    (NIGHTS, THURSDAY, "5:59", False, NONE),
    (NIGHTS, THURSDAY, "21:59", False, NONE),
    (NIGHTS, THURSDAY, "23:59", True, REGULAR),
    (NIGHTS, FRIDAY, "0:00", True, REGULAR),
    (NIGHTS, FRIDAY, "5:59", True, REGULAR),
    (NIGHTS, FRIDAY, "6:00", False, NONE),
    (NIGHTS, SATURDAY, "5:59", True, REGULAR),
    (NIGHTS, SUNDAY, "0:00", False, NONE),
    # A regular night ends where a holiday begins; that of a holiday does not begin.
    (replace(NIGHTS, holidays={FRIDAY: "x"}), FRIDAY, "0:00", False, HOLIDAY),
    (replace(NIGHTS, holidays={FRIDAY: "x"}), SATURDAY, "0:00", False, NONE),
    # So with a special date; but special hours of their own go on into a holiday, and into a special date.
    (replace(NIGHTS, special={FRIDAY: TEN_TO_FOUR}), FRIDAY, "5:00", False, SPECIAL),
    (replace(NIGHTS, special={FRIDAY: TEN_TO_FOUR}), SATURDAY, "5:00", False, NONE),
    (replace(NIGHTS, special={THURSDAY: NIGHT}, holidays={FRIDAY: "x"}), FRIDAY, "5:59", True, SPECIAL),
    (replace(NIGHTS, special={THURSDAY: NIGHT}, holidays={FRIDAY: "x"}), FRIDAY, "6:00", False, HOLIDAY),
    (replace(NIGHTS, special={THURSDAY: NIGHT, FRIDAY: TEN_TO_FOUR}), FRIDAY, "5:59", True, SPECIAL),
    (replace(NIGHTS, special={THURSDAY: NIGHT, FRIDAY: TEN_TO_FOUR}), FRIDAY, "6:00", False, SPECIAL),
    # Closed the whole day is closed the whole day.
    (replace(NIGHTS, special={THURSDAY: NIGHT, FRIDAY: ()}), FRIDAY, "0:00", False, SPECIAL),
]


@pytest.mark.parametrize(("calendar", "day", "clock", "is_open", "layer"), PAST_MIDNIGHT)
def test_hours_past_midnight_belong_to_the_day_on_which_they_begin(
    calendar: Calendar, day: date, clock: str, is_open: bool, layer: HoursLayer
) -> None:
    assert said(calendar, day, clock) == (is_open, layer)


def test_the_whole_day_has_no_gap_at_midnight() -> None:
    always = Calendar("always", regular=dict.fromkeys(range(1, 8), (Hours(0, 24 * 60),)))
    assert said(always, FRIDAY, "23:59") == said(always, SATURDAY, "0:00") == (True, REGULAR)


# --- working days --------------------------------------------------------------------------------------------------


def test_a_make_up_day_has_the_hours_of_the_weekday_that_it_replaces() -> None:
    short_friday = replace(WEEK, regular={**WEEK.regular, 5: (Hours(9 * 60, 15 * 60),)}, working_days={SATURDAY: 5})
    assert said(short_friday, SATURDAY, "14:59") == (True, REGULAR)
    assert said(short_friday, SATURDAY, "15:00") == (False, NONE)
    assert said(short_friday, SUNDAY, "10:00") == (False, NONE)


def test_special_hours_win_over_a_working_day() -> None:
    calendar = replace(WEEK, working_days={SATURDAY: 5}, special={SATURDAY: ()})
    assert said(calendar, SATURDAY, "10:00") == (False, SPECIAL)
    assert hours_of_day(calendar, SATURDAY) == ()
    assert hours_of_day(replace(calendar, special={}), SATURDAY) == NINE_TO_SIX
