"""A directory file at the command line: taken over whole, or refused with every bad line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from immutables import Map

from fs_control.centre import CallCentre
from fs_control.ids import FlowKey
from fs_control.testing.control import FakeControl
from fs_control.testing.play import Play
from fs_control.web.control import ControlSocket

DATA = Path(__file__).parents[2] / "data" / "directory"
CENTRE, BROKEN = str(DATA / "centre.yaml"), str(DATA / "broken.yaml")


def with_flows(*names: str) -> CallCentre:
    """A centre in which just these flows are active."""
    return replace(Play().centre, active_flows=Map({name: FlowKey(f"{name}@1") for name in names}))


def test_a_file_is_imported_and_shown(terminal_with_database):
    imported = terminal_with_database.type("directory", "import", CENTRE)
    assert imported.exit_code == 0
    assert f"{CENTRE} is imported: 10 added, 1 changed, 0 as they were." in imported.stdout
    assert imported.stderr == "No engine is running; the next one starts with it.\n"
    shown = terminal_with_database.type("directory", "show").stdout
    assert next(line for line in shown.splitlines() if "王芳" in line).split() == ["8001", "王芳", "1001"]


def test_a_second_import_changes_nothing(terminal_with_database):
    terminal_with_database.type("directory", "import", CENTRE)
    answer = json.loads(terminal_with_database.type("directory", "import", CENTRE, "--json").stdout)
    assert (answer["added"], answer["changed"], len(answer["unchanged"])) == ([], [], 11)


def test_a_dry_run_says_what_would_change_and_changes_nothing(terminal_with_database):
    tried = terminal_with_database.type("directory", "import", CENTRE, "--dry-run")
    assert "+ agent 8001\n" in tried.stdout
    assert "~ enterprise: name was Default and is 贵阳客服中心\n" in tried.stdout
    assert "Nothing was changed." in tried.stdout
    assert tried.stderr == ""
    assert "The directory is empty." in terminal_with_database.type("directory", "show").stdout


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_every_bad_line_is_named_and_nothing_is_imported(terminal_with_database, options):
    refused = terminal_with_database.type("directory", "import", BROKEN, *options)
    assert (refused.exit_code, refused.stdout) == (1, "")
    *problems, end = refused.stderr.splitlines()
    assert all(line.startswith(f"{BROKEN}:") for line in problems)
    assert f"{BROKEN}:10:5: " in refused.stderr
    assert end == f"{BROKEN} was not imported; mistakes: {len(problems)}. Nothing was changed."
    assert "The directory is empty." in terminal_with_database.type("directory", "show").stdout


def test_a_file_that_is_not_there_is_refused(terminal):
    result = terminal.type("directory", "import", "nowhere.yaml")
    assert (result.exit_code, result.stderr) == (1, "nowhere.yaml cannot be read: No such file or directory.\n")


def test_a_file_of_another_form_is_refused(terminal, tmp_path):
    (tmp_path / "agents.xlsx").write_bytes(b"PK")
    result = terminal.type("directory", "import", str(tmp_path / "agents.xlsx"))
    assert result.exit_code == 1
    assert "The form of" in result.stderr


def test_a_running_engine_takes_the_new_directory_over(terminal_with_database, tmp_path):
    control = FakeControl(with_flows("main"))
    door = ControlSocket(tmp_path / "control.sock")
    door.start(control)
    try:
        result = terminal_with_database.type("directory", "import", CENTRE)
        control.is_database_there = False
        failed = terminal_with_database.type("directory", "import", CENTRE)
    finally:
        door.stop()
    assert (result.exit_code, control.reloads) == (0, 1)
    assert result.stderr == "The running engine works with it from now on.\n"
    assert failed.exit_code == 1
    assert "because the database is away" in failed.stderr


def test_numbers_whose_flow_the_running_engine_does_not_have_are_named(terminal_with_database, tmp_path):
    door = ControlSocket(tmp_path / "control.sock")
    door.start(FakeControl(with_flows()))
    try:
        result = terminal_with_database.type("directory", "import", CENTRE)
    finally:
        door.stop()
    assert result.exit_code == 0
    assert "No active flow: 4001234567 (flow main). “fs-control flow activate FILE”" in result.stderr
    assert "085186986000" not in result.stderr  # it asks for no flow


def test_the_directory_is_shown_for_machines(terminal_with_database):
    terminal_with_database.type("directory", "import", CENTRE)
    shown = json.loads(terminal_with_database.type("directory", "show", "--json").stdout)
    number = shown["numbers"]["4001234567"]
    assert (number["number"], number["flow"], number["max_calls"]) == ("4001234567", "main", 100)
    assert (number["takes_memory"], number["memory_valid_s"], number["absent_flow"]) == (False, None, None)
