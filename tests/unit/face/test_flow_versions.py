"""Flows activated, listed, compared and rolled back at the command line, each with who and when (N10)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.face.conftest import Shell

HOTLINE = """\
flow: main
language: zh
start: line
steps:
  line: {do: queue, group: sales, nobody_signed_in: sorry}
  sorry: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
"""
MUTE = HOTLINE.replace("nobody_signed_in: sorry", "nobody_signed_in: end").replace("  sorry:", "  # sorry:")
"""Who cannot be served hears nothing."""
SERVICE = HOTLINE.replace("sales", "service")


class Desk:
    """An admin with a folder of flow files."""

    def __init__(self, run: Shell, folder: Path) -> None:
        self.run = run
        self.folder = folder

    def write(self, text: str, name: str = "main") -> Path:
        path = self.folder / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def activate(self, text: str, options: str = "") -> str:
        return self.run(f"flow activate {self.write(text)} {options}")


@pytest.fixture
def desk(office, run, tmp_path):
    folder = tmp_path / "flows"
    folder.mkdir()
    office.environment["FS_CONTROL_FLOWS"] = str(folder)
    return Desk(run, folder)


@pytest.fixture
def twice(desk):
    """The flow main is active in its second version."""
    desk.activate(HOTLINE, "--by wang")
    desk.activate(SERVICE, "--by li --reason 'sales is moving'")
    return desk


def test_N10_a_flow_is_activated_and_says_which_version_it_was(desk):
    assert desk.activate(HOTLINE) == "main: version 1 is active, the first one.\n"
    assert desk.activate(SERVICE) == "main: version 2 is active (before: version 1).\n"
    assert desk.activate(SERVICE) == "main: this text is active already, as version 2.\n"


def test_N10_versions_are_listed_with_who_when_and_how_much_changed(twice):
    """Every activation records who, when, and the diff."""
    second, first = twice.run("flow list main").splitlines()[1:]
    assert (first.split()[0], first.split()[3:]) == ("1", ["wang", "+7", "-0", "–"])
    assert (second.split()[0], second.split()[3:6]) == ("2", ["li", "+1", "-1"])
    assert second.endswith("reason: sales is moving")
    newest = twice.run.json("flow list main")["versions"][0]
    assert (newest["version"], newest["activated_by"], newest["added"], newest["removed"]) == (2, "li", 1, 1)


def test_N1_active_flows_are_listed_with_the_numbers_that_they_answer(twice):
    (row,) = twice.run("flow list").splitlines()[1:]
    assert row.split()[:2] == ["main", "2"]
    assert "4001234567" in row
    (flow,) = twice.run.json("flow list")["flows"]
    assert (flow["name"], flow["version"], flow["numbers"]) == ("main", 2, ["4001234567"])


def test_a_list_without_flows_says_how_one_becomes_active(desk):
    assert "“fs-control flow activate FILE” makes one active" in desk.run("flow list")


def test_a_version_is_shown_as_it_was_written_and_the_rest_beside_it(office, twice):
    result = office.type("flow", "show", "main", "--version", "1")
    assert result.stdout == HOTLINE
    assert result.stderr.startswith("Flow main, version 1, activated ")
    shown = twice.run.json("flow show main")
    assert (shown["version"], shown["text"], shown["active"]) == (2, SERVICE, True)


def test_what_changed_is_compared_between_versions_and_with_the_file(twice):
    lines = twice.run("flow diff main 1").splitlines()
    assert lines[0].startswith("--- main, version 1, activated ")
    assert lines[0].endswith(" by wang")
    assert lines[1].startswith("+++ main, version 2, activated ")
    changed = ["-  line: {do: queue, group: sales, nobody_signed_in: sorry}"]
    changed += [changed[0].replace("-  ", "+  ").replace("sales", "service")]
    assert [line for line in lines[2:] if line[0] in "+-"] == changed
    assert twice.run.json("flow diff main 2 1").items() >= {"from": 2, "to": 1}.items()
    assert "There is no difference" in twice.run("flow diff main")
    twice.write(HOTLINE)
    assert changed[0].replace("-  ", "+  ") in twice.run("flow diff main").splitlines()


def test_N10_a_rollback_shows_what_changes_and_names_the_file_that_does_not(office, twice):
    result = office.type("flow", "rollback", "main", "--by", "chen", "--reason", "too early")
    assert result.exit_code == 0
    assert "+  line: {do: queue, group: sales, nobody_signed_in: sorry}" in result.stdout
    assert result.stdout.endswith("main: version 3 is active, with the text of version 1.\n")
    assert f"The file {twice.folder / 'main.yaml'} still says something else." in result.stderr
    shown = twice.run.json("flow show main")
    wanted = {"version": 3, "from_version": 1, "activated_by": "chen", "reason": "too early", "text": HOTLINE}
    assert shown.items() >= wanted.items()


def test_an_older_text_that_cannot_be_used_any_more_is_not_rolled_back_to(twice):
    twice.run("group remove sales --yes")
    said = twice.run.refused("flow rollback main")
    assert "main, version 1:5:28: There is no group “sales”." in said
    assert "Version 1 of main cannot be used any more" in said
    assert twice.run.json("flow show main")["version"] == 2


def test_all_mistakes_are_told_at_their_places_and_nothing_is_activated(desk):
    wrong = desk.write(HOTLINE.replace("sales", "sale").replace("signed_in: sorry", "signed_in: sory"))
    good = desk.write(HOTLINE.replace("main", "good"), "good")
    said = desk.run.refused(f"flow activate {good} {wrong}").splitlines()
    assert said[0] == f"{wrong}:5:28: There is no group “sale”. Is it in the directory? Did you mean “sales”?"
    assert said[1].startswith(f"{wrong}:5:52: There is no step “sory”")
    assert said[-1] == "Nothing was activated; the active versions stay as they were: good, main."
    assert "No flow is active yet" in desk.run("flow list")


def test_machines_get_the_mistakes_as_json_and_exit_code_1(office, desk):
    wrong = desk.write(HOTLINE.replace("sales", "sale"))
    result = office.type("flow", "activate", str(wrong), "--json")
    assert result.exit_code == 1
    assert '"line": 5' in result.stdout


def test_N10_what_the_proof_finds_is_accepted_with_a_reason_that_is_kept_and_shown(office, desk):
    path = desk.write(MUTE)
    said = desk.run.refused(f"flow activate {path}").splitlines()
    assert said[0].startswith(f"{path}:7:3: The step “end” ends the call")
    assert said[0].endswith(" [silent_hang_up; may be accepted]")
    assert said[1:3] == ["    For example:", "      line: Left the step “line” by its exit “nobody_signed_in”."]
    assert said[4].endswith("with --accept RULE and --reason TEXT: silent_hang_up.")
    desk.run(f"flow activate {path} --accept silent_hang_up --reason 'a fax hears nothing'")
    assert "accepted: silent_hang_up; reason: a fax hears nothing" in desk.run("flow list")
    assert "accepted: silent_hang_up" in office.type("flow", "show", "main").stderr
    assert desk.run.json("flow show main")["accepted"] == ["silent_hang_up"]


def test_a_flow_is_called_like_its_file(desk):
    path = desk.write(HOTLINE, "other")
    assert f"{path}:1:7: The flow calls itself “main” and its file “other”." in desk.run.refused(
        f"flow activate {path}"
    )


REFUSED = [
    ("flow activate {folder}/none.yaml", "none.yaml:1:1: There is no such file.", 1),
    ("flow activate {main} {main}", "The flow “main” was given twice", 1),
    ("flow activate {main} --by ''", "", 1),
    ("flow activate {main} --reason 'a\nb'", "--reason is one line of at most 500 characters.", 1),
    ("flow activate {main} --accept group_without_members", "--accept needs --reason", 2),
    ("flow activate {main} --accept group_without_members --reason x", "so there is nothing to accept", 1),
    ("flow show mian", "The flow “mian” has never been active. Did you mean “main”?", 1),
    ("flow show main --version 9", "has no version 9; the newest is 2", 1),
    ("flow rollback main --to 2", "is active already, as version 2", 1),
    ("flow diff main 1 9", "has no version 9", 1),
]


def test_what_cannot_be_done_is_refused_with_the_reason(twice):
    for line, said, code in REFUSED:
        words = line.format(folder=twice.folder, main=twice.folder / "main.yaml")
        assert said in twice.run.refused(words, code)
