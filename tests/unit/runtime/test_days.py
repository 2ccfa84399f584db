"""Which day it is where the enterprise is, and when it ends."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from fs_control.events import DayBegan
from fs_control.ids import SECOND, Micros
from fs_control.runtime.days import day_at


def moment(text: str) -> Micros:
    """A moment as people of some place with an offset write it."""
    return Micros(int(datetime.fromisoformat(text).timestamp()) * SECOND)


@pytest.mark.parametrize(
    ("zone", "at", "day", "ends_at"),
    [
        ("Asia/Shanghai", "2026-12-31T10:00+08:00", "2026-12-31", "2027-01-01T00:00+08:00"),
        ("Asia/Shanghai", "2026-12-31T23:59:59+08:00", "2026-12-31", "2027-01-01T00:00+08:00"),
        ("Asia/Shanghai", "2027-01-01T00:00+08:00", "2027-01-01", "2027-01-02T00:00+08:00"),
        ("America/New_York", "2026-12-31T10:00+08:00", "2026-12-30", "2026-12-31T00:00-05:00"),
        ("Europe/Berlin", "2026-03-29T01:00+01:00", "2026-03-29", "2026-03-30T00:00+02:00"),
        # Beirut has no midnight on the day on which summer time begins, and Havana two on the day on which it ends.
        ("Asia/Beirut", "2026-03-28T12:00+02:00", "2026-03-28", "2026-03-29T01:00+03:00"),
        ("America/Havana", "2026-10-31T12:00-04:00", "2026-10-31", "2026-11-01T00:00-04:00"),
    ],
)
def test_Q4_a_day_is_from_midnight_to_midnight_where_the_enterprise_is(
    zone: str, at: str, day: str, ends_at: str
) -> None:
    assert day_at(moment(at), zone) == DayBegan(day=day, ends_at=moment(ends_at))


@pytest.mark.parametrize("zone", ["America/Havana", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia"])
def test_a_day_always_ends_later_than_the_moment_that_was_asked_about(zone: str) -> None:
    at = moment("2026-01-01T00:00+00:00")
    for _ in range(24 * 366):
        at = Micros(at + 3600 * SECOND)
        assert day_at(at, zone).ends_at > at


def test_the_end_of_a_day_is_the_beginning_of_the_next() -> None:
    at = moment("2026-01-01T12:00+08:00")
    days = [day_at(at, "Asia/Shanghai")]
    for _ in range(365):
        days.append(day_at(days[-1].ends_at, "Asia/Shanghai"))
    assert len({each.day for each in days}) == 366
    assert datetime.fromtimestamp(days[-1].ends_at / SECOND, ZoneInfo("Asia/Shanghai")).hour == 0


def test_a_zone_that_is_none_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        day_at(Micros(0), "Moon/Tycho")
