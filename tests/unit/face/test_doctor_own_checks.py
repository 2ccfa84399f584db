"""What is well with ourselves, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.errors import RemoteFault, UserMistake
from fs_control.face.doctor import own_checks
from fs_control.face.doctor.facts import (
    CalendarFacts,
    DatabaseFacts,
    EngineFacts,
    FlowFacts,
    LibraryFacts,
    NeededPrompt,
    OwnFacts,
)
from fs_control.face.doctor.findings import Severity
from fs_control.face.doctor.ourselves import compare_flows, look_at_calendars
from fs_control.flow import FlowProblem
from fs_control.ids import SECOND, Micros
from fs_control.records import Calendar, Directory, FlowText, OutboxFacts, ServiceNumber
from fs_control.settings import Settings, SwitchSettings
from fs_control.store.flow_versions import FlowVersion, StoredFlow, digest_of

SETTINGS = Settings(max_calls=700, switch=SwitchSettings(directory_password="a-generated-word"))
FLOWS = FlowFacts("/flows", ("main",))
ENGINE = EngineFacts(is_switch_there=True, calls=3, open_files=1024)
AWAY = RemoteFault("database_away", reason="refused")
LIBRARY = LibraryFacts("/library", is_made=True, count=3)
SALE = NeededPrompt("zh", "sale")
NO_ENGINE = EngineFacts(fault=UserMistake("engine_not_running", path="/s"), open_files=1024)
PROBLEM = FlowProblem("main.yaml", 3, 5, "flow_unknown_step", {"name": "x"}, "steps.x")
WELL = OwnFacts(
    database=DatabaseFacts(differences=()),
    flows=FLOWS,
    engine=ENGINE,
    listening_ports=frozenset({8084, 8085}),
    folder="/var",
    free_bytes=50 * 10**9,
    is_writable=True,
    library=LIBRARY,
    calendars=CalendarFacts(("office",)),
    outbox=OutboxFacts(bytes_most=2_000),
)
GOOD_FLOW = "flow: main\nlanguage: en\nstart: bye\nsteps:\n  bye:\n    do: hangup\n"


def test_a_house_that_is_well_has_nothing_to_complain_of():
    items = own_checks.judge_ourselves(WELL, SETTINGS)
    assert [item.name for item in items] == list(own_checks.CHECKS)
    assert {item.finding.severity for item in items} == {Severity.OK}


@pytest.mark.parametrize(
    ("check", "facts", "finding"),
    [
        ("engine", {"engine": NO_ENGINE}, (Severity.BAD, "engine_not_asked")),
        ("engine", {"engine": EngineFacts()}, (Severity.BAD, "engine_without_switch")),
        ("engine", {"engine": replace(ENGINE, is_draining=True)}, (Severity.WARNING, "engine_draining")),
        ("port", {"listening_ports": frozenset()}, (Severity.BAD, "port_deaf")),
        ("port", {"engine": NO_ENGINE}, (Severity.BAD, "port_taken")),
        ("port", {"engine": NO_ENGINE, "listening_ports": frozenset()}, (Severity.SKIPPED, "port_free")),
        ("port", {"listening_ports": None}, (Severity.SKIPPED, "port_not_told")),
        ("phone_door", {"listening_ports": frozenset()}, (Severity.WARNING, "phone_door_closed")),
        ("phone_door", {"engine": NO_ENGINE}, (Severity.BAD, "phone_door_taken")),
        ("phone_door", {"engine": NO_ENGINE, "listening_ports": frozenset()}, (Severity.SKIPPED, "port_free")),
        ("phone_door", {"listening_ports": None}, (Severity.SKIPPED, "port_not_told")),
        ("database", {"database": DatabaseFacts(fault=AWAY)}, (Severity.BAD, "database_not_had")),
        ("database", {"database": DatabaseFacts(differences=("x",))}, (Severity.BAD, "database_differs")),
        ("database", {"database": DatabaseFacts()}, (Severity.SKIPPED, "database_not_made")),
        ("flows", {"flows": None}, (Severity.SKIPPED, "flows_not_compared")),
        ("flows", {"flows": replace(FLOWS, problems=(PROBLEM,))}, (Severity.BAD, "flows_with_mistakes")),
        ("flows", {"flows": replace(FLOWS, unreadable=("a",))}, (Severity.BAD, "flows_unreadable")),
        ("flows", {"flows": replace(FLOWS, missing=("b",))}, (Severity.BAD, "flows_missing")),
        ("flows", {"flows": replace(FLOWS, changed=("main",))}, (Severity.WARNING, "flows_not_activated")),
        ("flows", {"flows": replace(FLOWS, active=())}, (Severity.WARNING, "flows_none")),
        ("library", {"library": None}, (Severity.SKIPPED, "flows_not_compared")),
        ("library", {"library": LibraryFacts("/library")}, (Severity.SKIPPED, "library_not_made")),
        ("library", {"library": replace(LIBRARY, missing=(SALE,))}, (Severity.BAD, "library_lacks")),
        ("flows", {"flows": replace(FLOWS, unusable=("main",))}, (Severity.BAD, "flows_unusable")),
        ("flows", {"flows": replace(FLOWS, rolled_back=("main",))}, (Severity.OK, "flows_rolled_back")),
        ("disk", {"is_writable": False}, (Severity.BAD, "folder_not_writable")),
        ("disk", {"free_bytes": 499 * 10**6}, (Severity.BAD, "disk_full")),
        ("disk", {"free_bytes": 500 * 10**6}, (Severity.WARNING, "disk_low")),
        ("disk", {"free_bytes": 5000 * 10**6}, (Severity.OK, "disk_enough")),
        ("open_files", {"engine": replace(ENGINE, open_files=999)}, (Severity.WARNING, "open_files_low")),
        ("open_files", {"engine": replace(ENGINE, open_files=1000)}, (Severity.OK, "open_files_enough")),
        ("open_files", {"engine": replace(ENGINE, open_files=None)}, (Severity.OK, "open_files_unlimited")),
    ],
)
def test_each_rule_has_its_other_side(check, facts, finding):
    judged = own_checks.CHECKS[check](replace(WELL, **facts), SETTINGS)
    assert (judged.severity, judged.code) == finding


def test_any_port_is_nothing_to_judge():
    assert own_checks.port(WELL, Settings(listen_port=0)).code == "port_any"


@pytest.mark.parametrize("switch", [None, SwitchSettings()])
def test_without_a_password_nobody_is_answered_for_phones(switch):
    assert own_checks.phone_door(WELL, Settings(switch=switch)).code == "phone_door_not_set"


def test_flows_of_the_folder_are_set_beside_the_active_ones(tmp_path):
    (tmp_path / "main.yaml").write_text(GOOD_FLOW, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(GOOD_FLOW.replace("flow: main", "flow: new"), encoding="utf-8")
    leads_to = {"400": "main", "401": "gone", "402": None}
    numbers = {number: ServiceNumber(number, flow) for number, flow in leads_to.items()}
    found = compare_flows(tmp_path, Directory(numbers=numbers), (FlowText("main", GOOD_FLOW),))
    assert (found.problems, found.changed, found.missing) == ((), ("new",), ("gone",))


def test_a_file_that_was_rolled_back_and_a_version_that_no_engine_can_read_are_named(tmp_path):
    (tmp_path / "main.yaml").write_text(GOOD_FLOW.replace("bye", "end"), encoding="utf-8")
    active = (FlowText("main", GOOD_FLOW, 3), FlowText("old", "flow: old\nsteps: {a: {do: sing}}\n", 1))
    about = FlowVersion(3, digest_of(GOOD_FLOW), Micros(0), "li", from_version=1)
    stored = {"main": StoredFlow("main", about, GOOD_FLOW, digest_of(GOOD_FLOW.replace("bye", "end")))}
    found = compare_flows(tmp_path, Directory(), active, stored)
    assert (found.changed, found.rolled_back, found.unusable) == ((), ("main",), ("old",))


def test_a_flow_that_cannot_be_read_or_has_mistakes_is_named(tmp_path):
    (tmp_path / "gbk.yaml").write_bytes("name: 服务".encode("gbk"))
    (tmp_path / "main.yaml").write_text("start: nowhere\nsteps: {}\n", encoding="utf-8")
    found = compare_flows(tmp_path, Directory(), ())
    assert found.unreadable == (str(tmp_path / "gbk.yaml"),)
    assert {problem.file for problem in found.problems} == {str(tmp_path / "main.yaml")}


CALENDARS = CalendarFacts(("office", "night"))


@pytest.mark.parametrize(
    ("calendars", "finding"),
    [
        (None, (Severity.SKIPPED, "calendars_none")),
        (CalendarFacts(()), (Severity.SKIPPED, "calendars_none")),
        (CALENDARS, (Severity.OK, "calendars_known")),
        (replace(CALENDARS, unknown={"office": (2027,)}), (Severity.WARNING, "calendars_year_unknown")),
    ],
)
def test_a_year_without_known_make_up_days_is_a_warning(calendars, finding):
    found = own_checks.calendars(replace(WELL, calendars=calendars), SETTINGS)
    assert (found.severity, found.code) == finding


def test_calendars_are_asked_about_this_year_and_the_next():
    directory = Directory(
        calendars={
            "office": Calendar("office", unknown_years=(2027, 2028, 2029)),
            "abroad": Calendar("abroad", unknown_years=(2028,)),
        }
    )
    late = Micros(1_798_750_000 * SECOND)  # 2026-12-31 in UTC, and the next year in Shanghai
    assert look_at_calendars(Directory(calendars={"abroad": Calendar("abroad")}), late) == CalendarFacts(("abroad",))
    assert look_at_calendars(replace(directory, time_zone="UTC"), late).unknown == {"office": (2027,)}
    assert look_at_calendars(directory, late).unknown == {"office": (2027, 2028), "abroad": (2028,)}
