"""Service numbers at the command line: number, flow, version, and whether memory counts (N1, M4)."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine

from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.testing.builders import LINE


@pytest.fixture
def main_flow(office):
    """The flow main is active in its second version."""
    engine = create_engine(office.environment["DATABASE_URL"])
    for text in ("first", LINE.text):
        PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).activate_flow("main", text, "test")
    engine.dispose()


def numbers(run, line: str = "number list") -> list[str]:
    return [number["number"] for number in run.json(line)["numbers"]]


def test_N1_a_number_is_listed_with_its_flow_and_the_version_of_it(run, main_flow):
    """`numbers list` prints number -> flow -> version."""
    first, second = run("number list").splitlines()[1:]
    assert first.split()[:4] == ["4001234567", "main", "version", "2"]
    assert second.split() == ["4007654321", "–", "–", "–", "7d", "–"]
    version = run.json("number show 4001234567")["version"]
    assert (version["version"], version["activated_by"], len(version["digest"])) == (2, "test", 64)
    assert run.json("number show 4007654321")["version"] is None


def test_N1_a_flow_without_a_version_is_said(run):
    assert "none active" in run("number list")


SEARCHES = [
    ("", ["4001234567", "4007654321"]),
    ("4321", ["4007654321"]),
    ("mai", ["4001234567"]),
    ("--flow main", ["4001234567"]),
    ("400 --flow other", []),
]


def test_numbers_are_found_by_parts_of_number_and_flow(run):
    for words, found in SEARCHES:
        assert numbers(run, f"number list {words}") == found


def test_a_number_is_added_changed_and_cleared(run, main_flow):
    run("number add +864008888888 --flow main --max-calls 5 --memory --memory-valid 12h --absent-flow main")
    shown = run.json("number show +864008888888")
    wanted = {"flow": "main", "max_calls": 5, "takes_memory": True, "memory_valid_s": 43200, "absent_flow": "main"}
    assert shown.items() >= wanted.items()
    run("number set +864008888888 --flow - --max-calls '' --no-memory --memory-valid - --absent-flow -")
    shown = run.json("number show +864008888888")
    cleared = {"flow": None, "max_calls": None, "takes_memory": False, "memory_valid_s": None, "absent_flow": None}
    assert shown.items() >= cleared.items()


def test_a_flow_that_is_not_active_is_named_with_the_nearest(office, run, main_flow):
    result = office.type("number", "set", "4001234567", "--flow", "mian")
    assert result.exit_code == 0
    assert "names the flow “mian”, which has no active version yet. Did you mean “main”?" in result.stderr


REFUSED = [
    ("number show 4001234568", "Did you mean “4001234567”?"),
    ("number add 4001234567", "There is a number 4001234567 already."),
    ("number add 400-123", "is no service number"),
    ("number set 4001234567 --max-calls many", "is no number of calls"),
    ("number set 4001234567 --memory-valid 30", "is no length of time"),
    ("number restore 4001234567", "There is a number 4001234567 already."),
]


def test_what_cannot_be_done_is_refused_with_the_reason(run):
    for line, said in REFUSED:
        assert said in run.refused(line)


def test_a_removed_number_comes_back(run):
    before = run.json("number list")
    assert "--yes does it without asking" in run.refused("number remove 4007654321")
    run("number remove 4007654321 --yes")
    assert numbers(run) == ["4001234567"]
    run("number restore 4007654321")
    assert run.json("number list") == before


def test_what_is_exported_is_imported_again(run, tmp_path):
    file = tmp_path / "numbers.csv"
    before = run.json("number list")
    run(f"number export --out {file}")
    run("number remove 4001234567 4007654321 --yes")
    run(f"number import {file}")
    assert run.json("number list") == before
