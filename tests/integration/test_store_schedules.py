"""Schedules in the database: written and read again, loaded with the directory, their calendar kept (G1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from fs_control.errors import UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE, SECOND, EnterpriseId, Micros
from fs_control.records import Hours, Schedule
from fs_control.store.calendar_entries import CalendarEntry, WeekdayHours
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_edit import PostgresDirectoryEditor
from fs_control.store.directory_plan import ItemKind
from fs_control.store.removals import PostgresRemovals
from fs_control.store.schedule_fields import ScheduleEntry
from fs_control.store.schedules import PostgresScheduleStore
from fs_control.store.undo_steps import Author

AUTHOR = Author("test", Micros(1_795_000_000 * SECOND))
DUTY = ScheduleEntry("duty", ("8002", "8001"), 1080, 480, (1, 5), (date(2026, 12, 24),), None, "phone")
OFFICE = CalendarEntry("office", hours=(WeekdayHours(1, (Hours(540, 1080),)),))


@pytest.fixture
def schedules(database: Engine) -> PostgresScheduleStore:
    return PostgresScheduleStore(database, DEFAULT_ENTERPRISE)


def loaded(database: Engine) -> tuple[Schedule, ...]:
    return PostgresDirectoryStore(database, DEFAULT_ENTERPRISE).load()[0].schedules


def refused(code: str) -> pytest.RaisesExc[UserMistake]:
    return pytest.raises(UserMistake, match=code)


def test_G1_a_schedule_comes_back_as_it_was_written(schedules: PostgresScheduleStore) -> None:
    schedules.add(DUTY)
    assert schedules.all() == {"duty": DUTY}
    with refused("schedule_exists"):
        schedules.add(DUTY)


def test_G1_it_is_loaded_with_the_directory(database: Engine, schedules: PostgresScheduleStore) -> None:
    PostgresDirectoryEditor(database, DEFAULT_ENTERPRISE).add(OFFICE)
    schedules.add(replace(DUTY, calendar="office", enabled=False))
    (found,) = loaded(database)
    agents = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE).load()[0].agents
    assert [agents[agent].number for agent in found.agents] == ["8002", "8001"]
    assert (found.sign_in, found.sign_out, found.weekdays, found.dates) == (1080, 480, (1, 5), (date(2026, 12, 24),))
    assert (found.calendar, found.terminal, found.enabled) == ("office", "phone", False)


def test_a_change_is_told_as_what_was_and_what_is(schedules: PostgresScheduleStore) -> None:
    schedules.add(DUTY)
    night = replace(DUTY, name="night", sign_out=None)
    assert schedules.change("duty", lambda _: night) == (DUTY, night)
    assert schedules.find("night") == night
    with refused("schedule_unknown"):
        schedules.find("duty")


def test_what_is_not_there_is_refused_with_the_nearest(schedules: PostgresScheduleStore) -> None:
    schedules.add(DUTY)
    with refused("schedule_unknown") as unknown:
        schedules.remove(["dutty"])
    assert unknown.value.values["nearest"] == "duty"
    with refused("agent_unknown"):
        schedules.change("duty", lambda entry: replace(entry, agents=("9999",)))
    with refused("calendar_unknown"):
        schedules.change("duty", lambda entry: replace(entry, calendar="office"))
    schedules.add(replace(DUTY, name="other"))
    with refused("schedule_exists"):
        schedules.change("other", lambda entry: replace(entry, name="duty"))


def test_a_removed_agent_is_nobody_and_is_planned_again_when_restored(
    database: Engine, schedules: PostgresScheduleStore
) -> None:
    removals = PostgresRemovals(database, DEFAULT_ENTERPRISE)
    schedules.add(DUTY)
    before = loaded(database)
    removals.remove(ItemKind.AGENT, ["8002"], AUTHOR)
    assert schedules.find("duty").agents == ("8001",)
    schedules.change("duty", lambda entry: replace(entry, terminal="sip"))
    removals.restore(ItemKind.AGENT, "8002", AUTHOR.now)
    assert set(schedules.find("duty").agents) == {"8001", "8002"}
    assert set(loaded(database)[0].agents) == set(before[0].agents)


def test_a_calendar_by_which_schedules_go_is_not_removed(database: Engine, schedules: PostgresScheduleStore) -> None:
    PostgresDirectoryEditor(database, DEFAULT_ENTERPRISE).add(OFFICE)
    schedules.add(replace(DUTY, calendar="office"))
    removals = PostgresRemovals(database, DEFAULT_ENTERPRISE)
    with refused("calendar_of_schedules") as mistake:
        removals.remove(ItemKind.CALENDAR, ["office"], AUTHOR)
    assert mistake.value.values["schedules"] == ("duty",)
    schedules.remove(["duty"])
    removals.remove(ItemKind.CALENDAR, ["office"], AUTHOR)


def test_each_enterprise_has_its_own(database: Engine, schedules: PostgresScheduleStore) -> None:
    schedules.add(DUTY)
    assert PostgresScheduleStore(database, EnterpriseId("other")).all() == {}
