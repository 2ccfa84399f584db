"""Calendars of every kind: each minute has one verdict, and it is the one that a painted year shows (H2, H3).

The slow definition paints a wall of minutes, layer over layer, and knows nothing of how `hours` looks things up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.hours import boundaries, decide, next_change, open_hours, verdict_of
from fs_control.ids import SECOND, Micros
from fs_control.records import Calendar, Hours, HoursLayer
from fs_control.store.time_zones import zone_offsets

MINUTE: Final = 60 * SECOND
ZONES: Final = ("Asia/Shanghai", "Asia/Kathmandu", "Europe/Berlin", "America/New_York", "Pacific/Apia")
BEGINS: Final = (date(2026, 3, 1), date(2026, 3, 22), date(2026, 10, 20), date(2026, 12, 25))
DAYS: Final = 7

SPANS: Final = st.builds(
    lambda begin, length: Hours(begin * 15, begin * 15 + length * 15), st.integers(0, 95), st.integers(1, 96)
)
HOURS: Final = st.lists(SPANS, max_size=3).map(tuple)
SOME_DAYS: Final = st.integers(-1, DAYS)
Wall = dict[tuple[date, int], tuple[bool, HoursLayer]]


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Calendar, date]:
    """Draw a calendar and the day at which a week begins in which something is said of single dates."""
    begin = draw(st.sampled_from(BEGINS))
    days = SOME_DAYS.map(lambda step: begin + timedelta(days=step))
    holidays = draw(st.dictionaries(days, st.just("x"), max_size=4))
    zone = draw(st.sampled_from(ZONES))
    calendar = Calendar(
        "drawn",
        zone,
        zone_offsets(zone, 2025, 2027),
        regular=draw(st.dictionaries(st.integers(1, 7), HOURS, max_size=7)),
        special=draw(st.dictionaries(days, HOURS, max_size=4)),
        holidays=holidays,
        working_days=draw(st.dictionaries(days.filter(lambda day: day not in holidays), st.integers(1, 7), max_size=3)),
    )
    return calendar, begin


def painted(calendar: Calendar, begin: date, days: int) -> Wall:
    """Paint a wall of minutes: closed, then regular hours, holidays over them, and special dates over everything."""
    shown = [begin + timedelta(days=step) for step in range(-1, days)]
    wall: Wall = {(day, minute): (False, HoursLayer.NONE) for day in shown for minute in range(1440)}
    for day in shown:
        if day not in calendar.special and day not in calendar.holidays:
            weekday = calendar.working_days.get(day, day.isoweekday())
            paint(wall, day, calendar.regular.get(weekday, ()), (True, HoursLayer.REGULAR))
    for day in calendar.holidays:
        paint(wall, day, (Hours(0, 1440),), (False, HoursLayer.HOLIDAY))
    for day in calendar.special:
        paint(wall, day, (Hours(0, 1440),), (False, HoursLayer.SPECIAL))
    for day, hours in calendar.special.items():
        paint(wall, day, hours, (True, HoursLayer.SPECIAL))
    for day, hours in calendar.special.items():
        if not hours:
            paint(wall, day, (Hours(0, 1440),), (False, HoursLayer.SPECIAL))
    return wall


def paint(wall: Wall, day: date, hours: tuple[Hours, ...], colour: tuple[bool, HoursLayer]) -> None:
    for each in hours:
        for minute in range(each.begin, each.end):
            place = (day + timedelta(days=minute // 1440), minute % 1440)
            if place in wall:
                wall[place] = colour


def moment(calendar: Calendar, day: date) -> Micros:
    return Micros(int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(calendar.zone)).timestamp()) * SECOND)


@given(calendars())
def test_a_verdict_is_what_a_painted_wall_shows(drawn: tuple[Calendar, date]) -> None:
    calendar, begin = drawn
    wall = painted(calendar, begin, DAYS)
    for at in range(moment(calendar, begin), moment(calendar, begin + timedelta(days=DAYS)), 15 * MINUTE):
        shown = datetime.fromtimestamp(at // SECOND, UTC).astimezone(ZoneInfo(calendar.zone))
        verdict = decide(calendar, Micros(at))
        assert (verdict.is_open, verdict.layer) == wall[shown.date(), shown.hour * 60 + shown.minute], shown


@given(calendars())
def test_nothing_changes_between_two_boundaries(drawn: tuple[Calendar, date]) -> None:
    calendar, begin = drawn
    first, last = moment(calendar, begin), moment(calendar, begin + timedelta(days=4))
    cuts = [first, *boundaries(calendar, first, last), last]
    assert cuts == sorted(cuts)
    for since, until in pairwise(cuts):
        verdicts = [decide(calendar, Micros(at)) for at in (*range(since, until, 15 * MINUTE), until - 1)]
        assert until == since or len({(each.is_open, each.layer) for each in verdicts}) == 1


@given(calendars())
def test_the_next_change_is_the_first_one(drawn: tuple[Calendar, date]) -> None:
    calendar, begin = drawn
    at = moment(calendar, begin)
    now = decide(calendar, at).is_open
    change = next_change(calendar, at)
    horizon = change if change is not None else at + 20 * 86_400 * SECOND
    assert all(decide(calendar, Micros(each)).is_open == now for each in range(at, horizon, 15 * MINUTE))
    assert change is None or decide(calendar, change).is_open != now


@given(calendars())
def test_the_spans_of_a_day_are_its_open_minutes(drawn: tuple[Calendar, date]) -> None:
    calendar, day = drawn
    spans = open_hours(calendar, day)
    opened = {minute for hours in spans for minute in range(hours.begin, hours.end)}
    assert opened == {minute for minute in range(1440) if verdict_of(calendar, day, minute).is_open}
    assert all(later.begin > earlier.end for earlier, later in pairwise(spans))


YEAR: Final[Mapping[str, Calendar]] = {
    zone: Calendar(
        "year",
        zone,
        zone_offsets(zone, 2025, 2027),
        regular={**dict.fromkeys(range(1, 6), (Hours(540, 720), Hours(810, 1080))), 6: (Hours(1320, 1800),)},
        special={date(2026, 5, 1): (Hours(600, 960),), date(2026, 12, 24): (), date(2026, 3, 28): (Hours(1200, 1620),)},
        holidays={date(2026, 1, 1): "x", date(2026, 5, 1): "y", date(2026, 5, 3): "z", date(2026, 10, 25): "w"},
        working_days={date(2026, 1, 4): 5},
    )
    for zone in ("Europe/Berlin", "America/New_York", "Asia/Kathmandu")
}


@pytest.mark.parametrize("zone", YEAR)
def test_H3_every_minute_of_a_year_has_exactly_one_verdict(zone: str) -> None:
    """For any minute of a year exactly one of open/closed is returned with the layer that decided it."""
    calendar, begin = YEAR[zone], date(2026, 1, 1)
    wall = painted(calendar, begin, 366)
    first, last = moment(calendar, begin), moment(calendar, date(2027, 1, 1))
    assert (last - first) // MINUTE == 365 * 1440
    cuts = {*boundaries(calendar, first, last)}
    before = None
    for at in range(first, last, MINUTE):
        verdict = decide(calendar, Micros(at))
        if before is not None and (verdict.is_open, verdict.layer) != before:
            assert at in cuts
        before = (verdict.is_open, verdict.layer)
        shown = datetime.fromtimestamp(at // SECOND, ZoneInfo(zone))
        assert before == wall[shown.date(), shown.hour * 60 + shown.minute]
