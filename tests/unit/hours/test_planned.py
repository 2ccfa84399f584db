"""When schedules sign agents in and out: days, nights, calendars, and clocks that are put forward and back (G1, G2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from fs_control.hours import PlannedAct, planned_acts, what_counts
from fs_control.ids import SECOND, AgentId, Micros, ScheduleId
from fs_control.records import Calendar, Directory, Hours, Participation, Schedule
from fs_control.store.time_zones import zone_offsets

IN, OUT = Participation.SIGN_IN, Participation.SIGN_OUT
DUTY = Schedule(ScheduleId(1), "duty", (AgentId(1),), 18 * 60, 8 * 60, weekdays=(1, 2, 3, 4, 5))
"""Nights: from Monday evening to Saturday morning."""


def directory(*schedules: Schedule, zone: str = "Europe/Berlin", calendar: Calendar | None = None) -> Directory:
    calendars = {} if calendar is None else {calendar.name: calendar}
    return Directory(time_zone=zone, offsets=zone_offsets(zone, 2025, 2028), schedules=schedules, calendars=calendars)


def shown(found: list[PlannedAct], zone: str = "Europe/Berlin") -> list[tuple[str, Participation]]:
    return [(f"{datetime.fromtimestamp(act.at / SECOND, ZoneInfo(zone)):%m-%d %H:%M %z}", act.act) for act in found]


def between(place: Directory, begin: str, end: str) -> list[tuple[str, Participation]]:
    """What is due from one time on the clock up to another."""
    zone = place.time_zone
    return shown(planned_acts(place, moment(begin, zone), moment(end, zone)), zone)


def moment(text: str, zone: str = "Europe/Berlin") -> Micros:
    return Micros(int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()) * SECOND)


DAYS = {
    "a week of nights": (
        DUTY,
        ("2026-06-05T12:00", "2026-06-09T12:00"),
        ["06-05 18:00 in", "06-06 08:00 out", "06-08 18:00 in", "06-09 08:00 out"],
    ),
    "by day": (
        replace(DUTY, sign_in=540, sign_out=1080, weekdays=(1,)),
        ("2026-06-07T00:00", "2026-06-10T00:00"),
        ["06-08 09:00 in", "06-08 18:00 out"],
    ),
    "a date and a weekday": (
        replace(DUTY, sign_in=540, sign_out=None, weekdays=(6,), dates=(date(2026, 6, 8),)),
        ("2026-06-06T00:00", "2026-06-12T00:00"),
        ["06-06 09:00 in", "06-08 09:00 in"],
    ),
    "midnight to midnight": (
        replace(DUTY, sign_in=0, sign_out=0, weekdays=(1,)),
        ("2026-06-07T12:00", "2026-06-10T00:00"),
        ["06-08 00:00 in", "06-09 00:00 out"],
    ),
    "only out": (
        replace(DUTY, sign_in=None, weekdays=(5,)),
        ("2026-06-04T00:00", "2026-06-12T00:00"),
        ["06-05 08:00 out"],
    ),
    "not enabled": (replace(DUTY, enabled=False), ("2026-06-01T00:00", "2026-06-12T00:00"), []),
    "no day at all": (replace(DUTY, weekdays=()), ("2026-06-01T00:00", "2026-06-12T00:00"), []),
    "a calendar that is gone": (
        replace(DUTY, weekdays=(), calendar="office"),
        ("2026-06-01T00:00", "2026-06-12T00:00"),
        [],
    ),
}


@pytest.mark.parametrize(("schedule", "span", "expected"), DAYS.values(), ids=DAYS)
def test_G1_a_schedule_is_due_on_its_days(schedule: Schedule, span: tuple[str, str], expected: list[str]) -> None:
    words = {IN: "in", OUT: "out"}
    found = [f"{when[:11]} {words[act]}" for when, act in between(directory(schedule), *span)]
    assert found == expected


def test_G1_a_calendar_says_on_which_days_there_is_duty() -> None:
    """Days on which hours begin count: not a holiday, but a Saturday that makes up for it."""
    office = Calendar(
        "office",
        regular=dict.fromkeys(range(1, 6), (Hours(540, 1080),)),
        holidays={date(2026, 6, 4): "Fronleichnam"},
        working_days={date(2026, 6, 6): 5},
    )
    duty = replace(DUTY, weekdays=(), calendar="office", sign_out=None)
    found = between(directory(duty, calendar=office), "2026-06-03T00:00", "2026-06-09T00:00")
    assert [when[:5] for when, _ in found] == ["06-03", "06-05", "06-06", "06-08"]


def test_what_is_due_at_the_end_counts_and_what_was_due_at_the_beginning_does_not() -> None:
    place = directory(DUTY)
    assert between(place, "2026-06-08T18:00", "2026-06-09T08:00") == [("06-09 08:00 +0200", OUT)]
    assert between(place, "2026-06-09T08:00", "2026-06-09T17:59") == []


# --- Berlin: 2026-03-29 02:00 becomes 03:00, 2026-10-25 03:00 becomes 02:00 ----------------------------------------


def on_sundays(sign_in: int | None, sign_out: int | None) -> Directory:
    return directory(replace(DUTY, sign_in=sign_in, sign_out=sign_out, weekdays=(7,)))


def test_G1_a_time_that_the_clock_skips_is_the_next_that_it_shows() -> None:
    found = between(on_sundays(2 * 60 + 30, 5 * 60), "2026-03-28T12:00", "2026-03-29T12:00")
    assert found == [("03-29 03:00 +0200", IN), ("03-29 05:00 +0200", OUT)]


def test_G1_a_duty_within_a_skipped_hour_does_not_come() -> None:
    assert between(on_sundays(2 * 60 + 15, 2 * 60 + 45), "2026-03-28T12:00", "2026-03-29T12:00") == []


def test_G1_a_time_that_the_clock_shows_twice_happens_once_the_first_time() -> None:
    found = between(on_sundays(2 * 60 + 30, 4 * 60), "2026-10-24T12:00", "2026-10-25T12:00")
    assert found == [("10-25 02:30 +0200", IN), ("10-25 04:00 +0100", OUT)]


def test_G1_a_night_over_a_change_of_the_clock_ends_by_the_clock_on_the_wall() -> None:
    night = directory(replace(DUTY, weekdays=(6,)))
    assert between(night, "2026-10-24T12:00", "2026-10-25T12:00") == [
        ("10-24 18:00 +0200", IN),
        ("10-25 08:00 +0100", OUT),
    ]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Australia/Lord_Howe", "America/New_York", "UTC", "Asia/Kathmandu"])
def test_every_day_of_a_year_has_one_sign_in_and_one_sign_out(zone: str) -> None:
    place = directory(replace(DUTY, weekdays=tuple(range(1, 8)), sign_in=150, sign_out=120), zone=zone)
    begin, end = (moment(f"{year}-01-01T12:00", zone) for year in (2026, 2027))
    acts = planned_acts(place, begin, end)
    assert [act.act for act in acts] == [OUT, IN] * 365

    assert [act.at for act in acts] == sorted(act.at for act in acts)


def test_a_year_in_pieces_is_the_year_as_a_whole() -> None:
    """Whoever asks often, and whoever asks seldom, is told of every act once."""
    place = directory(DUTY, replace(DUTY, id=ScheduleId(2), sign_in=0, sign_out=150, weekdays=(7,)))
    begin, end = moment("2026-01-01T00:00"), moment("2027-01-01T00:00")
    cuts = [*range(begin, end, 7 * 3600 * SECOND), end]
    pieces = [act for since, until in pairwise(cuts) for act in planned_acts(place, Micros(since), Micros(until))]
    assert pieces == planned_acts(place, begin, end)


# --- what counts of several ----------------------------------------------------------------------------------------


def test_of_the_same_moment_the_sign_out_comes_first() -> None:
    """Whoever goes from day to night duty is signed in, with the terminal of the night."""
    day = replace(DUTY, sign_in=480, sign_out=1080)
    night = replace(DUTY, id=ScheduleId(2), terminal="phone")
    found = between(directory(night, day), "2026-06-08T12:00", "2026-06-08T19:00")
    assert found == [("06-08 18:00 +0200", OUT), ("06-08 18:00 +0200", IN)]


@pytest.mark.parametrize(
    ("acts", "counted"),
    [
        ("", ""),
        ("i", "i"),
        ("o", "o"),
        ("io", "o"),
        ("oi", "oi"),
        ("ii", "i"),
        ("ioii", "oi"),
        ("oioio", "o"),
    ],
)
def test_G2_of_what_was_missed_the_last_sign_out_and_the_first_sign_in_after_it_count(acts: str, counted: str) -> None:
    words = {"i": IN, "o": OUT}
    missed = [PlannedAct(Micros(index), DUTY, words[sign]) for index, sign in enumerate(acts)]
    found = what_counts(missed)
    assert "".join("i" if act.act is IN else "o" for act in found) == counted
    if acts == "ioii":
        assert [act.at for act in found] == [1, 2]
