"""`fs-control flow test`: the cases beside flows are played, compared, and written anew where somebody wants that."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

FLOWS = Path(__file__).parents[3] / "ivr_flows"

CASES = """\
# What callers of main meet
- name: Sales
  at: 2026-05-06 10:00
  keys: [1]
  expect: {outcome: answered, steps: [welcome, choose, sales], rings: 8001}
- name: Nobody is there   # at night
  agents: {"*": signed-out}
  keys: [2]
  expect:
    outcome: nobody_signed_in
    hears: [welcome, main-menu, nobody-signed-in, goodbye]
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """The cases of the shipped flow, in the folder of the flows."""
    folder = tmp_path / "flows"
    (folder / "tests").mkdir(parents=True)
    shutil.copy(FLOWS / "main.yaml", folder)
    file = folder / "tests/main.yaml"
    file.write_text(CASES, encoding="utf-8")
    return file


def test_all_cases_of_the_folder_pass_without_a_database(terminal, cases):
    result = terminal.type("flow", "test")
    assert (result.exit_code, result.stdout) == (0, "All 2 cases passed (files: 1).\n")


@pytest.mark.parametrize("named", ["tests/main.yaml", "main.yaml", "."])
def test_cases_are_found_by_their_file_their_flow_and_their_folder(terminal, cases, named):
    assert terminal.type("flow", "test", str(cases.parents[1] / named)).stdout == "All 2 cases passed (files: 1).\n"


def test_a_case_that_comes_to_something_else_is_told_and_exit_code_1(terminal, cases):
    cases.write_text(CASES.replace("rings: 8001", "rings: 8002").replace("sales]", "service]"), encoding="utf-8")
    result = terminal.type("flow", "test")
    assert (result.exit_code, result.stdout) == (
        1,
        f"{cases}: “Sales” came to something else:\n"
        "  steps: expected welcome, choose, service; found welcome, choose, sales\n"
        "  rings: expected 8002; found 8001\n",
    )
    assert result.stderr == "1 of 2 cases failed (files: 1).\n"


def test_update_writes_what_came_and_leaves_the_rest(terminal, cases):
    cases.write_text(CASES.replace("rings: 8001", "rings: 8002"), encoding="utf-8")
    result = terminal.type("flow", "test", "--update")
    assert (result.exit_code, result.stdout) == (0, f"{cases}: 1 cases updated.\n")
    assert cases.read_text(encoding="utf-8") == CASES.replace("rings: 8001", "rings: ['8001']")
    assert terminal.type("flow", "test").exit_code == 0
    assert terminal.type("flow", "test", "--update").stdout == f"{cases}: all is as expected already.\n"


def test_update_fills_a_case_that_expects_nothing(terminal, cases):
    cases.write_text("- name: Sales\n  keys: [1]\n", encoding="utf-8")
    terminal.type("flow", "test", "--update")
    assert "  expect:\n    outcome: answered\n    ends: served\n" in cases.read_text(encoding="utf-8")
    assert terminal.type("flow", "test").exit_code == 0


def test_misspelt_keys_are_told_with_their_place(terminal, cases):
    cases.write_text(CASES.replace("agents", "agnets"), encoding="utf-8")
    result = terminal.type("flow", "test")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{cases}:7:3: “agnets” means nothing here. Did you mean “agents”?\n")


def test_a_folder_without_cases_is_refused(terminal, tmp_path):
    result = terminal.type("flow", "test", str(tmp_path))
    assert (result.exit_code, "There are no cases in " in result.stderr) == (1, True)


def test_a_case_without_its_flow_is_refused(terminal, cases):
    (cases.parents[1] / "main.yaml").unlink()
    result = terminal.type("flow", "test")
    assert (result.exit_code, "main.yaml cannot be read" in result.stderr) == (1, True)


def test_the_results_for_machines(terminal, cases):
    told = json.loads(terminal.type("flow", "test", "--json").stdout)
    assert [(case["name"], case["differences"]) for case in told["files"][0]["cases"]] == [
        ("Sales", []),
        ("Nobody is there", []),
    ]


def test_with_the_database_the_people_are_those_of_the_directory(office, cases):
    cases.write_text(CASES.partition("- name: Nobody")[0], encoding="utf-8")
    result = office.type("flow", "test", "--database")
    assert (result.exit_code, result.stdout) == (0, "All 1 cases passed (files: 1).\n"), result.stderr
