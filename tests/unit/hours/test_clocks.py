"""Time zones, hours that a clock skips, hours that it shows twice; against the zone files themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from fs_control.hours import (
    LocalMinute,
    boundaries,
    clock_changes,
    decide,
    local_minute,
    moments_of,
    next_change,
    odd_times,
)
from fs_control.ids import SECOND, Micros
from fs_control.records import Calendar, Hours
from fs_control.store.time_zones import zone_offsets

DAILY = dict.fromkeys(range(1, 8), (Hours(9 * 60, 18 * 60),))


def of_zone(zone: str, regular: Mapping[int, tuple[Hours, ...]] | None = None) -> Calendar:
    return Calendar("office", zone, zone_offsets(zone, 2025, 2028), DAILY if regular is None else regular)


def at(zone: str, year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> Micros:
    shown = datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone))
    return Micros(int(shown.timestamp()) * SECOND)


def is_open(calendar: Calendar, moment: int) -> bool:
    return decide(calendar, Micros(moment)).is_open


ZONES = ["Asia/Shanghai", "Asia/Kathmandu", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("month", [1, 3, 6, 11])
def test_the_first_and_the_last_moment_of_an_office_day(zone: str, month: int) -> None:
    calendar, opens, closes = of_zone(zone), at(zone, 2026, month, 10, 9), at(zone, 2026, month, 10, 18)
    assert [is_open(calendar, moment) for moment in (opens - 1, opens, closes - 1, closes)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_zone_of_five_hours_and_three_quarters() -> None:
    assert local_minute(of_zone("Asia/Kathmandu"), at("UTC", 2026, 5, 1, 3, 15)) == (date(2026, 5, 1), 9 * 60)
    assert is_open(of_zone("Asia/Kathmandu"), at("UTC", 2026, 5, 1, 3, 15))
    assert not is_open(of_zone("Asia/Kathmandu"), at("UTC", 2026, 5, 1, 3, 15) - 1)


@pytest.mark.parametrize("zone", ZONES)
def test_every_hour_of_a_year_is_shown_as_the_zone_files_say(zone: str) -> None:
    calendar, begin = of_zone(zone), at("UTC", 2026, 1, 1)
    for moment in range(begin, begin + 365 * 86_400 * SECOND, 3600 * SECOND):
        shown = datetime.fromtimestamp(moment / SECOND, UTC).astimezone(ZoneInfo(zone))
        assert local_minute(calendar, Micros(moment)) == (shown.date(), shown.hour * 60 + shown.minute)


# --- Berlin: 2026-03-29 02:00 becomes 03:00, 2026-10-25 03:00 becomes 02:00 ----------------------------------------

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
AT_NIGHT = dict.fromkeys(range(1, 8), (Hours(2 * 60 + 15, 2 * 60 + 45),))


def test_a_time_that_is_skipped_never_comes_and_one_shown_twice_comes_twice() -> None:
    berlin = of_zone("Europe/Berlin")
    assert moments_of(berlin, SPRING, 2 * 60 + 30) == ()
    assert moments_of(berlin, SPRING, 3 * 60) == (at("UTC", 2026, 3, 29, 1),)
    twice = (at("UTC", 2026, 10, 25, 0, 30), at("UTC", 2026, 10, 25, 1, 30))
    assert moments_of(berlin, AUTUMN, 2 * 60 + 30) == twice
    assert moments_of(berlin, date(2026, 10, 24), 26 * 60 + 30) == twice


def test_hours_inside_the_skipped_hour_do_not_open_that_day() -> None:
    calendar = of_zone("Europe/Berlin", AT_NIGHT)
    jump = at("UTC", 2026, 3, 29, 1)
    assert not any(is_open(calendar, jump + minute * 60 * SECOND) for minute in range(-60, 120))
    assert next_change(calendar, Micros(jump - 1)) == at("Europe/Berlin", 2026, 3, 30, 2, 15)


def test_hours_that_begin_in_the_skipped_hour_begin_at_the_jump() -> None:
    calendar = of_zone("Europe/Berlin", dict.fromkeys(range(1, 8), (Hours(2 * 60 + 30, 6 * 60),)))
    jump = at("UTC", 2026, 3, 29, 1)
    assert [is_open(calendar, moment) for moment in (jump - 1, jump)] == [False, True]
    assert next_change(calendar, Micros(jump - 1)) == jump


def test_hours_inside_the_hour_shown_twice_open_twice() -> None:
    calendar = of_zone("Europe/Berlin", AT_NIGHT)
    begin = at("UTC", 2026, 10, 25)
    opened = [minute for minute in range(120) if is_open(calendar, begin + minute * 60 * SECOND)]
    assert opened == [*range(15, 45), *range(75, 105)]


@pytest.mark.parametrize(("day", "length"), [(SPRING, 7), (AUTUMN, 9), (date(2026, 6, 1), 8)])
def test_a_night_over_the_change_is_an_hour_shorter_or_longer(day: date, length: int) -> None:
    calendar = of_zone("Europe/Berlin", dict.fromkeys(range(1, 8), (Hours(22 * 60, 30 * 60),)))
    begin = moments_of(calendar, date.fromordinal(day.toordinal() - 1), 22 * 60)[0]
    end = next_change(calendar, begin)
    assert end is not None
    assert end - begin == length * 3600 * SECOND


def test_new_york_changes_its_clock_on_other_days() -> None:
    calendar = of_zone("America/New_York")
    changes = list(clock_changes(calendar, at("UTC", 2026, 1, 1), at("UTC", 2027, 1, 1)))
    assert [(change.before, change.after) for change in changes] == [
        (LocalMinute(date(2026, 3, 8), 120), LocalMinute(date(2026, 3, 8), 180)),
        (LocalMinute(date(2026, 11, 1), 120), LocalMinute(date(2026, 11, 1), 60)),
    ]


def test_hours_that_begin_or_end_in_a_changed_hour_are_named() -> None:
    year = at("UTC", 2026, 1, 1), at("UTC", 2027, 1, 1)
    assert list(odd_times(of_zone("Europe/Berlin", AT_NIGHT), *year)) == [
        (LocalMinute(SPRING, 135), 0),
        (LocalMinute(SPRING, 165), 0),
        (LocalMinute(AUTUMN, 135), 2),
        (LocalMinute(AUTUMN, 165), 2),
    ]
    assert list(odd_times(of_zone("Europe/Berlin"), *year)) == []
    assert list(odd_times(of_zone("Asia/Shanghai", AT_NIGHT), *year)) == []


def test_a_calendar_that_never_closes_has_no_next_change() -> None:
    always = of_zone("UTC", dict.fromkeys(range(1, 8), (Hours(0, 24 * 60),)))
    assert next_change(always, at("UTC", 2026, 1, 1)) is None
    assert next_change(of_zone("UTC", {}), at("UTC", 2026, 1, 1)) is None


def test_boundaries_come_in_order_and_once_from_the_first_moment_up_to_the_last() -> None:
    calendar = of_zone("UTC")
    found = list(boundaries(calendar, at("UTC", 2026, 5, 1, 9), at("UTC", 2026, 5, 2, 9)))
    hours = [(1, 9), (1, 18), (2, 0)]
    assert found == [at("UTC", 2026, 5, day, hour) for day, hour in hours]
