"""`flow prove`: in the world of the database, each finding at its place with a caller whom it strands."""

from __future__ import annotations

import json

import pytest

FINE = """\
flow: main
language: en
start: a
steps:
  a: {do: queue, group: sales, nobody_signed_in: b}
  b: {do: play, prompt: goodbye, next: c}
  c: {do: hangup}
"""
RUDE = FINE.replace("nobody_signed_in: b", "nobody_signed_in: c, served: b")
LUNCH = """\
flow: main
language: en
start: a
steps:
  a: {do: hours, calendar: office, open: b, closed: c}
  b: {do: play, prompt: goodbye, next: c}
  c: {do: hangup}
"""


@pytest.fixture
def write(tmp_path):
    def written(text: str, name: str = "main"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_flow_that_strands_nobody_is_proved(run, write):
    assert run(f"flow prove {write(FINE)}").startswith("main: nobody can be stranded.")


def test_a_finding_is_told_at_its_place_with_an_example(run, write):
    file = write(RUDE)
    result = run.terminal.type("flow", "prove", str(file))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{file}:7:3: The step “c” ends the call, and the caller has not heard a word about it. "
        "[silent_hang_up; may be accepted]",
        "    For example:",
        "      a: Left the step “a” by its exit “nobody_signed_in”.",
        "      c: The flow ended the call in the step “c” (finished).",
    ]
    assert result.stderr == "main: 1 found.\n"


def test_the_same_as_json(run, write):
    result = run.terminal.type("flow", "prove", str(write(RUDE)), "--json")
    (proved,) = json.loads(result.stdout)["flows"]
    (finding,) = proved["findings"]
    assert (result.exit_code, proved["flow"], proved["proved"]) == (1, "main", False)
    assert (finding["rule"], finding["line"], finding["always"]) == ("silent_hang_up", 7, True)
    assert finding["path"][0] == {"step": "a", "kind": "exit", "detail": "nobody_signed_in"}


def test_H3_every_interval_of_the_time_ahead_is_looked_at(run, write):
    run('hours add office --hours "daily 09:00-12:00 13:00-18:00"')
    result = run.terminal.type("flow", "prove", str(write(LUNCH)), "--months", "1")
    when = next(line for line in result.stdout.splitlines() if "When:" in line)
    assert result.exit_code == 1
    assert "12:00 to 13:00" in when
    assert "18:00 to 09:00" in when


def test_the_flow_that_a_flow_runs_is_read_from_beside_it(run, write):
    write(FINE.replace("flow: main", "flow: other").replace("{do: hangup}", "{do: return}"), "other")
    main = write(
        FINE.replace("a: {do: queue, group: sales, nobody_signed_in: b}", "a: {do: flow, flow: other, next: b}")
    )
    assert run(f"flow prove {main}").startswith("main: nobody can be stranded.")


def test_a_group_that_nobody_is_in_is_found(run, write):
    run("group add night")
    assert (
        "group_without_members" in run.terminal.type("flow", "prove", str(write(FINE.replace("sales", "night")))).stdout
    )
