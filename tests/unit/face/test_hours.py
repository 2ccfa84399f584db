"""Calendars at the command line: hours, special dates, holidays, why it is open, and a year as a picture (H1 to H4)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from rich.cells import cell_len
from sqlalchemy import create_engine

from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.records import FlowText
from fs_control.store.directory import PostgresDirectoryStore

ASKING = FlowText(
    "main",
    """
flow: main
language: zh
start: look
steps:
  look: {do: hours, calendar: office, open: end, closed: end}
  end: {do: hangup}
""",
)


@pytest.fixture
def office_hours(run):
    """An office with a lunch break and the holidays of China."""
    run('hours add office --hours "mon-fri 09:00-12:00 13:30-18:00" --public-holidays CN')
    return run


@pytest.fixture
def flow(office):
    """The active flow `main` asks the calendar `office`."""
    engine = create_engine(office.environment["DATABASE_URL"])
    PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).activate_flow(ASKING.name, ASKING.text, "test")
    engine.dispose()


def explained(run, when: str, name: str = "office") -> tuple[bool, str, str | None]:
    """Return the verdict, the layer, and when it changes next."""
    (one,) = run.json(f'hours explain {name} "{when}"')["moments"]
    return one["is_open"], one["layer"], one["next_change_shown"]


# --- calendars -----------------------------------------------------------------------------------------------------


def test_H1_different_service_times_are_set_as_needed(office_hours):
    run = office_hours
    run('hours add night --hours "daily 22:00-06:00" --time-zone Europe/Berlin')
    assert [one["name"] for one in run.json("hours list")["calendars"]] == ["night", "office"]
    assert [one["name"] for one in run.json("hours list NIG")["calendars"]] == ["night"]
    shown = run.json("hours show office")
    assert shown["hours"]["fri"] == ["09:00-12:00", "13:30-18:00"]
    assert (shown["time_zone"], shown["public_holidays"]) == ("Asia/Shanghai", "CN")
    assert "22:00-06:00" in run("hours list")


def test_a_week_is_shown_as_bars(office_hours):
    lines = office_hours("hours show office").splitlines()
    monday = next(line for line in lines if line.startswith("Monday"))
    assert monday.split()[1] == "|" + 18 * "." + 6 * "#" + "|" + 3 * "." + 9 * "#" + 12 * "." + "|"


def test_hours_that_are_given_are_all_hours(office_hours):
    run = office_hours
    said = run('hours set office --hours "sat 10:00-12:00" --public-holidays - --time-zone Asia/Kathmandu')
    assert "hours was mon 09:00-12:00 13:30-18:00" in said
    assert run.json("hours show office")["hours"] == {"sat": ["10:00-12:00"]}
    assert run.json("hours show office")["public_holidays"] is None
    assert "is so already" in run('hours set office --hours "sat 10:00-12:00"')


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("mon-fri 09:00-25:00", "No clock shows 25:00"),
        ("mon-fri 9-18", "“9-18” is no span of time"),
        ("mnday 09:00-18:00", "Did you mean “monday”?"),
        ("mon 09:00-09:00", "ends where it begins"),
        ("mon 09:00-12:00 11:00-13:00", "overlap: mon 09:00-12:00 and mon 11:00-13:00"),
        ("mon-fri", "No hours stand behind “fri”"),
        ("09:00-18:00", "stands before any day"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_a_sentence(run, hours, said):
    assert said in run.refused(f'hours add office --hours "{hours}"')
    assert run.json("hours list") == {"calendars": []}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--time-zone Asia/Shangai", "Did you mean “Asia/Shanghai”?"),
        ("--public-holidays XX", "No public holidays are known of “XX”"),
        ("--public-holidays DE-B", "no part of its own holidays in “DE-B”"),
    ],
)
def test_a_zone_or_a_country_that_there_is_not_is_refused(run, options, said):
    assert said in run.refused(f'hours add office --hours "mon 09:00-12:00" {options}')


def test_a_calendar_that_is_there_or_not_there_is_named(office_hours):
    assert "There is a calendar “office” already" in office_hours.refused('hours add office --hours "mon 09:00-12:00"')
    assert "Did you mean “office”?" in office_hours.refused("hours show ofice")


def test_an_unknown_year_is_warned_of_where_a_calendar_is_saved_and_shown(office, office_hours):
    saved = office.type("hours", "set", "office", "--hours", "mon-fri 09:00-18:00").stderr
    year = datetime.now(UTC).year
    assert f"the public holidays of CN in {max(year, 2027)}" in saved
    shown = office.type("hours", "calendar", "office", "2027").stderr
    assert "the public holidays of CN in 2027 are not all known yet" in shown
    assert "not all known" not in office.type("hours", "calendar", "office", "2026").stderr
    assert "not all known" in office.type("hours", "explain", "office", "2027-03-01 10:00").stderr


def test_hours_in_a_changed_hour_are_warned_of(office, run):
    line = ["hours", "add", "night", "--hours", "sun 02:30-04:00", "--time-zone", "Europe/Berlin"]
    said = office.type(*line).stderr
    assert "the clock skips" in said
    assert "the clock shows" in said


# --- taking out ----------------------------------------------------------------------------------------------------


def test_H4_a_calendar_in_use_is_neither_removed_nor_renamed(office_hours, flow):
    """Deleting a calendar in use is refused and lists the flows."""
    for line in ("hours remove office --yes", "hours set office --name buero"):
        assert "active flows ask for it: main" in office_hours.refused(line)
    assert office_hours.json("hours show office")["name"] == "office"


def test_a_calendar_that_nobody_needs_is_renamed_removed_and_brought_back(office_hours):
    office_hours("hours set office --name buero")
    office_hours("hours remove buero --yes")
    assert office_hours.json("hours list") == {"calendars": []}
    assert [one["name"] for one in office_hours.json("hours list --removed")["removed"]] == ["buero"]
    office_hours("hours restore buero")
    assert office_hours.json("hours show buero")["hours"]["fri"] == ["09:00-12:00", "13:30-18:00"]
    assert "No calendar “office” was removed" in office_hours.refused("hours restore office")


# --- single dates --------------------------------------------------------------------------------------------------


def test_H2_special_hours_win_over_a_holiday_to_the_minute(office_hours):
    run = office_hours
    assert explained(run, "2026-05-01 10:00") == (False, "holiday", "2026-05-06 09:00")
    run("hours special add office 2026-05-01 10:00-16:00")
    assert explained(run, "2026-05-01 09:59") == (False, "special", "2026-05-01 10:00")
    assert explained(run, "2026-05-01 10:00") == (True, "special", "2026-05-01 16:00")
    assert explained(run, "2026-05-01 16:00") == (False, "special", "2026-05-06 09:00")
    run("hours special remove office 2026-05-01")
    assert explained(run, "2026-05-01 10:00")[1] == "holiday"


def test_a_date_is_closed_the_whole_day(office_hours):
    run = office_hours
    assert "2026-12-25 closed" in run("hours special add office 2026-12-24..2026-12-25 closed")
    assert explained(run, "2026-12-24 10:00") == (False, "special", "2026-12-28 09:00")
    assert "has no special hours" in run.refused("hours special remove office 2026-12-23")


def test_own_holidays_come_and_go(office_hours):
    run = office_hours
    run("hours holiday add office 2026-12-30..2026-12-31 --name 年会")
    assert run.json("hours show office")["holidays"][0] == {"day": "2026-12-30", "name": "年会"}
    assert explained(run, "2026-12-31 10:00")[:2] == (False, "holiday")
    run("hours holiday remove office 2026-12-31")
    assert explained(run, "2026-12-31 10:00")[:2] == (True, "regular")
    assert "is no holiday" in run.refused("hours holiday remove office 2026-12-31")


def test_a_public_holiday_is_taken_away(office_hours):
    office_hours("hours holiday remove office 2026-10-05")
    assert explained(office_hours, "2026-10-05 10:00")[:2] == (True, "regular")
    said = office_hours.refused("hours holiday remove office 2026-10-03")
    assert "hours of sat, which has none" in said


def test_working_days_come_and_go(office_hours):
    run = office_hours
    assert "is a public make-up day" in run.refused("hours workday remove office 2026-02-14")
    run("hours holiday add office 2026-02-14 --name 休息")
    assert explained(run, "2026-02-14 10:00")[:2] == (False, "holiday")
    run("hours workday add office 2026-02-14 2026-10-03 --like fri")
    assert explained(run, "2026-02-14 10:00")[:2] == (True, "regular")
    assert run.json("hours show office")["holidays"] == []
    run("hours workday remove office 2026-10-03")
    assert explained(run, "2026-10-03 10:00")[1] == "holiday"


@pytest.mark.parametrize("day", ["2026-02-30", "02-30", "2026-10-07..2026-10-01", "1999-10-01"])
def test_a_date_that_there_is_not_is_refused(office_hours, day):
    for kind in ("special add office {} closed", "holiday add office {}", "workday add office {}"):
        assert office_hours.refused(f"hours {kind.format(day)}").strip()


# --- explaining ----------------------------------------------------------------------------------------------------


def test_a_holiday_is_explained_with_what_it_wins_over_and_the_next_change(office_hours):
    assert office_hours('hours explain office "2026-10-01 10:00"').splitlines() == [
        "office is closed: 2026-10-01 (Thursday) 10:00 (Asia/Shanghai).",
        "A holiday decides: 国庆节 (CN).",
        "It wins over the regular hours: 09:00-12:00 13:30-18:00.",
        "It opens next: 2026-10-08 (Thursday) 09:00.",
    ]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-11-23 10:00", "The regular hours decide: Monday 09:00-12:00."),
        ("2026-11-23 12:00", "the regular hours of this date are 09:00-12:00 13:30-18:00"),
        ("2026-11-22 12:00", "there are no hours on Sunday"),
        ("2026-10-10 10:00", "2026-10-10 is a working day with the hours of Wednesday, 09:00-12:00"),
        ("2026-12-24 10:00", "this date is closed the whole day"),
        ("2026-12-26 01:00", "Special working time decides: 20:00-02:00 of 2026-12-25"),
        ("2026-12-25 10:00", "on this date 20:00-02:00, and not now"),
        ("2026-12-31 10:00", "A holiday decides: 年会 (your own)"),
    ],
)
def test_the_layer_that_decided_is_named(office_hours, when, said):
    office_hours("hours special add office 2026-12-24 closed")
    office_hours("hours special add office 2026-12-25 20:00-02:00")
    office_hours("hours holiday add office 2026-12-31 --name 年会")
    assert said in office_hours(f'hours explain office "{when}"')


def test_a_time_that_the_clock_skips_is_refused_and_one_shown_twice_is_explained_twice(run):
    run('hours add night --hours "sun 02:15-02:45" --time-zone Europe/Berlin')
    assert "the clock is put forward over it" in run.refused('hours explain night "2026-03-29 02:30"')
    twice = run('hours explain night "2026-10-25 02:30"')
    assert "02:30, UTC+02:00" in twice
    assert "02:30, UTC+01:00" in twice
    assert len(run.json('hours explain night "2026-10-25 02:30"')["moments"]) == 2
    assert run.refused('hours explain night "2026-10-25"').startswith("“2026-10-25” is no time.")


def test_without_a_time_it_is_now(run):
    run('hours add always --hours "daily 00:00-24:00"')
    (one,) = run.json("hours explain always")["moments"]
    assert abs(one["at"] / 1_000_000 - datetime.now(UTC).timestamp()) < timedelta(hours=1).total_seconds()
    assert "does not change within the next 400 days" in run("hours explain always")


# --- a year --------------------------------------------------------------------------------------------------------


def test_a_year_is_a_picture_of_twelve_months(office_hours):
    office_hours("hours special add office 2026-05-01 10:00-16:00")
    page = office_hours("hours calendar office 2026")
    lines = page.splitlines()
    assert lines[0] == "office in 2026 (Asia/Shanghai)"
    assert lines[2].split() == ["2026-01", "2026-02", "2026-03"]
    assert lines[4].startswith("          1* 2* 3* 4+")
    assert "1s 2* 3*" in page
    assert "12s  special hours" in page
    assert "12x" not in page
    assert "2026-10-10 (Saturday)" in page


def test_a_chinese_picture_has_its_columns_under_one_another(office, office_hours):
    lines = office.type("--lang", "zh", "hours", "calendar", "office", "2026").stdout.splitlines()
    assert lines[3].split()[:7] == ["一", "二", "三", "四", "五", "六", "日"]
    full_weeks = lines[5:8]
    assert {cell_len(line.rstrip(" -+*")) for line in full_weeks} <= {cell_len(lines[3]), cell_len(lines[3]) - 1}


def test_a_year_for_machines(office_hours):
    office_hours("hours special add office 2026-05-01 20:00-02:00")
    year = office_hours.json("hours calendar office 2026")
    days = {day["day"]: day for day in year["days"]}
    assert (len(days), year["is_known"], year["clock_changes"]) == (365, True, [])
    assert days["2026-01-05"] == {
        "day": "2026-01-05",
        "mark": "regular",
        "name": "",
        "open": ["09:00-12:00", "13:30-18:00"],
    }
    assert days["2026-05-01"]["mark"] == "special"
    assert days["2026-05-01"]["open"] == ["20:00-24:00"]
    assert days["2026-05-02"]["open"] == ["00:00-02:00"]
    assert days["2026-10-10"]["mark"] == "working_day"


def test_clocks_that_change_stand_beneath_the_year(run):
    run('hours add night --hours "daily 22:00-06:00" --time-zone Europe/Berlin')
    page = run("hours calendar night 2026")
    assert "The clock goes from 2026-03-29 (Sunday) 02:00 to 2026-03-29 (Sunday) 03:00." in page
    assert len(run.json("hours calendar night 2026")["clock_changes"]) == 2


# --- files ---------------------------------------------------------------------------------------------------------


def test_what_was_exported_is_imported_again(office_hours, tmp_path):
    run, file = office_hours, tmp_path / "calendars.csv"
    run("hours special add office 2026-05-01 10:00-12:00 14:00-16:00")
    run("hours special add office 2026-12-24 closed")
    run("hours holiday add office 2026-12-31 --name 年会")
    run("hours workday add office 2026-10-03 --like fri")
    before = run.json("hours show office")
    run(f"hours export --out {file}")
    run("hours remove office --yes")
    assert [item["key"] for item in run.json(f"hours import {file}")["added"]] == ["office"]
    assert run.json("hours show office") == before


def test_a_bad_sheet_is_refused_with_its_places(run, tmp_path):
    file = tmp_path / "calendars.csv"
    file.write_text("name,hours,special\noffice,mon 09:00-25:00,2026-02-30 closed\n", encoding="utf-8")
    said = run.refused(f"hours import {file}")
    assert f"{file}:2:2: No clock shows 25:00" in said
    assert f"{file}:2:3: There is no date 2026-02-30." in said


def test_the_directory_shows_its_calendars(office_hours):
    assert "office    Monday-Friday 09:00-12:00 13:30-18:00  Asia/Shanghai" in office_hours("directory show")
    directory = json.loads(office_hours("directory show --json"))
    assert directory["calendars"]["office"]["regular"]["1"][0] == {"begin": 540, "end": 720}
