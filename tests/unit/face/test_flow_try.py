"""`fs-control flow try`: a call told as a story, and every way through a flow in one line each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.engine import create_engine

FLOWS = Path(__file__).parents[3] / "ivr_flows"
MAIN = str(FLOWS / "main.yaml")
MORNING = ("--at", "2026-05-06 10:00")


def test_a_call_is_told_with_the_words_that_are_heard_and_who_would_ring(terminal):
    result = terminal.type("flow", "try", MAIN, "--offline", *MORNING, "--keys", "wait,1")
    assert result.exit_code == 0, result.stderr
    assert "Wednesday 2026-05-06 10:00:00 (Asia/Shanghai)" in result.stdout
    assert "“For sales, press one. For service, press two.”" in result.stdout
    assert "8001 (8001) was free at once." in result.stdout
    why = "Why: 8001 (8001) took the call because nobody else was free."
    assert f"Way: welcome → choose → sales\nEnd: served\n{why}" in result.stdout


def test_it_is_told_in_chinese(terminal):
    result = terminal.type("--lang", "zh", "flow", "try", MAIN, "--offline", *MORNING, "--agent", "*=signed-out")
    assert "路径：welcome → choose → sales → closed → goodbye → end" in result.stdout
    assert "原因：" in result.stdout


def test_the_same_for_machines(terminal):
    result = terminal.type("flow", "try", MAIN, "--offline", *MORNING, "--keys", "1,2", "--json")
    told = json.loads(result.stdout)
    assert told["outcome"]["steps"] == ["welcome", "choose", "sales"]
    assert told["outcome"]["rings"] == ["8001"]
    assert told["questions"] == [{"asked": "main-menu", "answer": "1"}]
    assert (told["keys_left"], told["gave_up"]) == (["2"], False)
    assert told["heard"][0]["prompt"] == "welcome"
    assert told["heard"][0]["words"] != "welcome"
    assert told["record"]["disposition"] == "answered"


def test_keys_that_nothing_asked_for_are_named(terminal):
    result = terminal.type("flow", "try", MAIN, "--offline", "--keys", "1,2,3")
    assert result.stderr == "Nothing asked for these: 2, 3.\n"


def test_all_paths_are_told_one_in_a_line_with_what_they_cover(terminal):
    lines = terminal.type("flow", "try", MAIN, "--offline", "--all-paths").stdout.splitlines()
    assert "welcome → choose [1] → sales [served] → ends: served" in lines
    assert lines[-1].endswith("ways through 8 of 8 steps and 14 of 14 exits.")
    plain = json.loads(terminal.type("flow", "try", MAIN, "--offline", "--all-paths", "--json").stdout)
    assert (len(plain["ways"]), plain["missed_exits"]) == (len(lines) - 1, [])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--keys", "1,wiat"), "“wiat” is nothing that a caller can press."),
        (("--agent", "8001=bussy"), "Did you mean “busy”?"),
        (("--agent", "8001"), "“8001” should be two words with = between them."),
        (("--at", "noon"), "noon"),
        (("--at", "0001-01-01 00:00"), "“0001-01-01 00:00” is no moment"),
        (("--at", "9999-12-31 23:59"), "“9999-12-31 23:59” is no moment"),
        (("--customer", "vip=11"), "“11” is no level of a VIP: 0 to 9."),
    ],
)
def test_what_cannot_be_is_refused_in_words(terminal, options, said):
    result = terminal.type("flow", "try", MAIN, "--offline", *options)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_the_mistakes_of_a_flow_are_told_at_their_places(terminal, tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text(Path(MAIN).read_text(encoding="utf-8").replace("next: choose", "next: chose"), encoding="utf-8")
    result = terminal.type("flow", "try", str(file), "--offline")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{file}:11:11: There is no step “chose” in this flow. Did you mean “choose”?\n")


def test_a_file_that_is_not_there_is_named(terminal, tmp_path):
    result = terminal.type("flow", "try", str(tmp_path / "none.yaml"), "--offline")
    assert (result.exit_code, str(tmp_path / "none.yaml") in result.stderr) == (1, True)


# --- with the database ---------------------------------------------------------------------------------------------

LINE = """flow: line
language: en
start: line
steps:
  line: {do: queue, group: sales, nobody_signed_in: end}
  end: {do: hangup}
"""


def activate(office, name: str, text: str) -> None:
    engine = create_engine(office.environment["DATABASE_URL"])
    try:
        PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).activate_flow(name, text, "test")
    finally:
        engine.dispose()


def test_an_active_flow_is_tried_with_the_people_and_customers_of_the_directory(office):
    activate(office, "line", LINE)
    assert office.type("customer", "add", "13800138000", "--name", "张伟", "--owner", "8002").exit_code == 0
    result = office.type("flow", "try", "line", *MORNING, "--number", "4001234567")
    assert result.exit_code == 0, result.stderr
    assert "called 4001234567, flow line, version 1." in result.stdout
    assert "李明 (8002) was free at once" in result.stdout


def test_a_file_takes_the_place_of_the_active_flow(office, tmp_path):
    activate(office, "line", LINE)
    file = tmp_path / "line.yaml"
    file.write_text(LINE.replace("sales", "service"), encoding="utf-8")
    result = office.type("flow", "try", str(file), *MORNING)
    assert "李明 (8002) was free at once." in result.stdout


def test_a_flow_that_is_not_active_is_refused_with_the_file_to_name(run):
    assert run.refused("flow try nothing").startswith("No flow “nothing” is active. To try a file, name it: ")


CARD = """
flow: card
language: en
start: a
steps:
  a: {do: collect, say: "Your card", length: 6, into: card, sensitive: true, next: b, wrong: {next: e},
      no_key: {next: e}}
  b: {do: http, url: "https://crm.example.com/x?c={card}", next: e, failed: e}
  e: {do: play, prompt: goodbye, next: z}
  z: {do: hangup}
"""


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_is_typed_as_a_secret_is_told_nowhere(terminal, tmp_path, form):
    (tmp_path / "card.yaml").write_text(CARD)
    options = ("--offline", *MORNING, "--keys", "417739", *form)
    result = terminal.type("flow", "try", str(tmp_path / "card.yaml"), *options)
    assert result.exit_code == 0, result.stderr
    assert "417739" not in result.stdout


def test_a_name_of_a_file_steers_no_terminal(terminal, tmp_path):
    path = tmp_path / "a\x1b[31mb.yaml"
    path.write_text("x: 1")
    result = terminal.type("flow", "try", str(path), "--offline")
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout + result.stderr
