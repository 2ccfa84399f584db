"""Calendars in the database: written and read again, loaded with the directory, kept while in use (H1, H4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from fs_control.errors import UserMistake
from fs_control.hours import decide, moments_of
from fs_control.ids import DEFAULT_ENTERPRISE, SECOND, EnterpriseId, Micros
from fs_control.records import Directory, Hours
from fs_control.store.calendar_entries import CalendarEntry, OwnHoliday, SpecialDay, WeekdayHours, WorkingDay
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_edit import PostgresDirectoryEditor
from fs_control.store.directory_file import parse_directory
from fs_control.store.directory_plan import DirectoryFileMistake, ItemKind
from fs_control.store.removals import PostgresRemovals
from fs_control.store.undo_steps import Author

MORNING, NIGHT = Hours(540, 720), Hours(1320, 1800)
OFFICE = CalendarEntry(
    "office",
    time_zone="Europe/Berlin",
    public_holidays="DE-BY",
    hours=(WeekdayHours(1, (MORNING, NIGHT)), WeekdayHours(5, (MORNING,))),
    special=(SpecialDay(date(2026, 5, 1), (MORNING,)), SpecialDay(date(2026, 12, 24), ())),
    holidays=(OwnHoliday(date(2026, 12, 31), "Inventur"),),
    working_days=(WorkingDay(date(2026, 6, 4), 5),),
)
AUTHOR = Author("test", Micros(1_795_000_000 * SECOND))
FLOW = """
flow: main
language: zh
start: look
steps:
  look: {do: hours, calendar: office, open: end, closed: end}
  end: {do: hangup}
"""


@pytest.fixture
def editor(database: Engine) -> PostgresDirectoryEditor:
    return PostgresDirectoryEditor(database, DEFAULT_ENTERPRISE)


@pytest.fixture
def removals(database: Engine) -> PostgresRemovals:
    return PostgresRemovals(database, DEFAULT_ENTERPRISE)


def loaded(database: Engine) -> Directory:
    return PostgresDirectoryStore(database, DEFAULT_ENTERPRISE, today=date(2026, 6, 1)).load()[0]


def test_a_calendar_comes_back_as_it_was_written(editor: PostgresDirectoryEditor) -> None:
    editor.add(OFFICE)
    assert editor.configured().calendars == {"office": OFFICE}


def test_a_changed_calendar_has_nothing_left_of_what_it_said(editor: PostgresDirectoryEditor) -> None:
    editor.add(OFFICE)
    bare = CalendarEntry("office", hours=(WeekdayHours(2, (MORNING,)),))
    editor.change(CalendarEntry, "office", lambda _: bare)
    assert editor.configured().calendars == {"office": bare}


def test_a_loaded_directory_can_be_asked(database: Engine, editor: PostgresDirectoryEditor) -> None:
    editor.add(OFFICE)
    directory = loaded(database)
    office = directory.calendars["office"]
    noon_of_corpus_christi = moments_of(office, date(2026, 6, 4), 600)[0]
    assert decide(office, noon_of_corpus_christi).is_open  # it was made a working day
    assert office.holidays[date(2026, 1, 6)]
    assert office.unknown_years == ()
    assert directory.offsets[0].seconds == 8 * 3600  # the enterprise's own clock


def test_a_calendar_without_a_zone_has_that_of_the_enterprise(
    database: Engine, editor: PostgresDirectoryEditor
) -> None:
    editor.add(replace(OFFICE, time_zone=None))
    assert loaded(database).calendars["office"].zone == "Asia/Shanghai"
    editor.change_enterprise(time_zone="Asia/Kathmandu")
    assert loaded(database).calendars["office"].offsets[0].seconds == 20_700


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (OFFICE, "calendar_exists"),
        (replace(OFFICE, name="x", time_zone="Mars/Olympus"), "time_zone_unknown"),
        (replace(OFFICE, name="x", hours=(WeekdayHours(1, (MORNING, Hours(700, 800))),)), "hours_overlap"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(editor: PostgresDirectoryEditor, entry: CalendarEntry, code: str) -> None:
    editor.add(OFFICE)
    with pytest.raises(UserMistake, match=code):
        editor.add(entry)
    assert editor.configured().calendars == {"office": OFFICE}


def test_each_enterprise_has_its_own_calendars(database: Engine, editor: PostgresDirectoryEditor) -> None:
    editor.add(OFFICE)
    other = EnterpriseId("other")
    assert PostgresDirectoryEditor(database, other).configured().calendars == {}
    with pytest.raises(UserMistake, match="calendar_unknown"):
        PostgresRemovals(database, other).remove(ItemKind.CALENDAR, ["office"], AUTHOR)


def test_H4_a_calendar_in_use_is_not_removed_and_the_flows_are_named(
    database: Engine, editor: PostgresDirectoryEditor, removals: PostgresRemovals
) -> None:
    """Deleting a calendar in use is refused and lists the flows."""
    editor.add(OFFICE)
    editor.add(replace(OFFICE, name="night"))
    store = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
    store.activate_flow("main", FLOW, "test")
    with pytest.raises(UserMistake, match="calendar_in_use") as refused:
        removals.remove(ItemKind.CALENDAR, ["night", "office"], AUTHOR)
    assert refused.value.values["flows"] == ("main",)
    assert editor.configured().calendars.keys() == {"night", "office"}
    store.activate_flow("main", FLOW.replace("office", "night"), "test")
    removals.remove(ItemKind.CALENDAR, ["office"], AUTHOR)
    assert editor.configured().calendars.keys() == {"night"}


def test_a_removed_calendar_comes_back_as_it_was(
    editor: PostgresDirectoryEditor, removals: PostgresRemovals, database: Engine
) -> None:
    editor.add(OFFICE)
    removals.remove(ItemKind.CALENDAR, ["office"], AUTHOR)
    assert [step.name for step in removals.removed(ItemKind.CALENDAR, AUTHOR.now)] == ["office"]
    removals.restore(ItemKind.CALENDAR, "office", AUTHOR.now)
    assert editor.configured().calendars == {"office": OFFICE}
    with pytest.raises(UserMistake, match="calendar_exists"):
        removals.restore(ItemKind.CALENDAR, "office", AUTHOR.now)


FILE = """
calendars:
  - name: office
    time_zone: Europe/Berlin
    public_holidays: DE-BY
    hours: [mon 09:00-12:00 22:00-06:00, fri 09:00-12:00]
    special: [2026-05-01 09:00-12:00, 2026-12-24 closed]
    holidays: 2026-12-31 Inventur
    working_days: 2026-06-04 fri
"""


def test_a_calendar_stands_in_a_directory_file(database: Engine, editor: PostgresDirectoryEditor) -> None:
    store = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
    result = store.import_directory(parse_directory(FILE, "centre.yaml"))
    assert [(item.kind, item.key) for item in result.added] == [(ItemKind.CALENDAR, "office")]
    assert editor.configured().calendars == {"office": OFFICE}
    assert store.import_directory(parse_directory(FILE, "centre.yaml")).unchanged


def test_every_mistake_in_the_calendars_of_a_file_is_named_at_its_place(database: Engine) -> None:
    wrong = FILE.replace("Europe/Berlin", "Europe/Berln").replace("12-24 closed", "02-30 closed").replace("DE-BY", "DD")
    store = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
    with pytest.raises(DirectoryFileMistake) as refused:
        store.preview(parse_directory(wrong, "centre.yaml"))
    found = [(problem.place.line, problem.code, problem.values.get("nearest")) for problem in refused.value.problems]
    assert found == [
        (4, "time_zone_unknown", "Europe/Berlin"),
        (5, "public_holidays_unknown", None),
        (7, "date_does_not_exist", None),
    ]


def test_hours_that_cannot_be_read_breed_no_other_mistakes(database: Engine) -> None:
    wrong = FILE.replace("fri 09:00-12:00]", "fri 09:00-25:00]")
    with pytest.raises(DirectoryFileMistake) as refused:
        PostgresDirectoryStore(database, DEFAULT_ENTERPRISE).preview(parse_directory(wrong, "centre.yaml"))
    assert [(problem.place.line, problem.code) for problem in refused.value.problems] == [(6, "clock_time_impossible")]
