"""`fs-control flow check` and `flow schema` at a terminal: one mistake a line, exit codes, names from the database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from fs_control.activating import activate_flows
from fs_control.face.main import cli
from fs_control.flow.json_schema import schema_text
from fs_control.store.engine import create_engine
from tests.unit.face.conftest import Terminal

GOOD = """flow: good
language: zh
start: a
steps:
  a: {do: queue, group: sales, nobody_signed_in: b}
  b: {do: hangup}
"""
BAD = "flow: bad\nlanguage: fr\nstart: a\nsteps:\n  a: {do: hangpu}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "flows"
    folder.mkdir()
    return folder


def write(folder: Path, name: str, data: str | bytes) -> str:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def test_mistakes_of_several_files_come_at_once_each_in_its_line(terminal: Terminal, folder: Path) -> None:
    bad, good = write(folder, "bad.yaml", BAD), write(folder, "good.yaml", GOOD)
    result = terminal.type("flow", "check", bad, good, "--offline")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{bad}:2:11: “fr” should be one of zh, en.",
        f"{bad}:5:11: There is no kind of step called “hangpu”. Did you mean “hangup”?",
    ]
    assert result.stderr.count("\n") == 2
    assert "--offline" in result.stderr
    assert "Mistakes: 2. Files with mistakes: 1." in result.stderr


def test_they_are_told_in_the_language_of_the_reader(terminal: Terminal, folder: Path) -> None:
    result = terminal.type("--lang", "zh", "flow", "check", write(folder, "bad.yaml", BAD), "--offline")
    assert ":5:11: 没有名为“hangpu”的步骤类型。您是否想输入“hangup”？" in result.stdout


def test_without_a_database_names_are_not_checked_and_none_is_made(terminal: Terminal, folder: Path) -> None:
    before = set(folder.parent.iterdir())
    result = terminal.type("flow", "check", write(folder, "good.yaml", GOOD.replace("sales", "nobody")))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.count("there is no database yet") == 1
    assert set(folder.parent.iterdir()) == before


def test_a_database_that_is_away_is_named_once_and_the_rest_is_checked(terminal: Terminal, folder: Path) -> None:
    away = Terminal({**terminal.environment, "DATABASE_URL": "postgresql://127.0.0.1:1/none"})
    result = away.type("flow", "check", write(folder, "bad.yaml", BAD), write(folder, "good.yaml", GOOD))
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 2)
    assert result.stderr.count("were not checked") == 1


def test_names_are_those_of_the_directory(office: Terminal, folder: Path) -> None:
    good = write(folder, "good.yaml", GOOD)
    wrong = write(folder, "wrong.yaml", GOOD.replace("flow: good", "flow: wrong").replace("sales", "sale"))
    result = office.type("flow", "check", good, wrong)
    assert result.exit_code == 1
    assert result.stdout == f"{wrong}:5:25: There is no group “sale”. Is it in the directory? Did you mean “sales”?\n"


def test_warnings_are_told_and_refuse_nothing(terminal: Terminal, folder: Path) -> None:
    good = write(folder, "good.yaml", GOOD.replace("start: a", "start: a\non_hangup: a"))
    result = terminal.type("flow", "check", good, "--offline")
    assert result.exit_code == 0
    assert result.stdout == f"{good}:4:12: warning: The step “a” does nothing for a caller who has gone.\n"


@pytest.mark.parametrize(("gateway", "warnings"), [("", 1), ("carrier", 0)])
def test_a_number_outside_needs_a_gateway(terminal: Terminal, folder: Path, gateway: str, warnings: int) -> None:
    switch = {"FREESWITCH_HOST": "127.0.0.1", "FREESWITCH_PASSWORD": "x", "FREESWITCH_GATEWAY": gateway}
    text = GOOD.replace("{do: queue, group: sales, nobody_signed_in: b}", "{do: dial, number: 10086, failed: b}")
    shell = Terminal({**terminal.environment, **switch})
    result = shell.type("flow", "check", write(folder, "good.yaml", text), "--offline")
    assert (result.exit_code, result.stdout.count("FREESWITCH_GATEWAY")) == (0, warnings)


def test_files_that_cannot_be_read_are_mistakes_like_others(terminal: Terminal, folder: Path) -> None:
    good = write(folder, "good.yaml", GOOD)
    gbk = write(folder, "gbk.yaml", "flow: 欢迎".encode("gbk"))
    result = terminal.type("flow", "check", f"{folder}/godo.yaml", str(folder), gbk, good, "--offline")
    assert result.exit_code == 1
    missing, is_folder, encoding = result.stdout.splitlines()
    assert missing == f"{folder}/godo.yaml:1:1: There is no such file. Did you mean “{good}”?"
    assert is_folder.startswith(f"{folder}:1:1: This is a folder.")
    assert encoding.startswith(f"{gbk}:1:7: The file is encoded in GB18030")


def test_stdin_is_a_file_named_by_a_dash(terminal: Terminal) -> None:
    result = CliRunner().invoke(cli, ["flow", "check", "-", "--offline"], input=BAD, env=terminal.environment)
    assert (result.exit_code, result.stdout[:8]) == (1, "-:2:11: ")


def test_json_has_the_codes_values_and_sentences(terminal: Terminal, folder: Path) -> None:
    result = terminal.type("flow", "check", write(folder, "bad.yaml", BAD), "--offline", "--json")
    answer: Any = json.loads(result.stdout)
    assert (result.exit_code, answer["names_checked"]) == (1, False)
    (file,) = answer["files"]
    assert (file["flow"], file["warnings"], len(file["problems"])) == ("bad", [], 2)
    assert file["problems"][1] == {
        "file": file["file"],
        "line": 5,
        "column": 11,
        "path": "steps.a.do",
        "code": "flow_unknown_do",
        "values": {"name": "hangpu", "nearest": "hangup"},
        "sentence": "There is no kind of step called “hangpu”. Did you mean “hangup”?",
    }


def test_a_start_refuses_the_files_that_the_check_refuses(office: Terminal, folder: Path, database_url: str) -> None:
    write(folder, "bad.yaml", BAD)
    write(folder, "gbk.yaml", "flow: 欢迎".encode("gbk"))
    engine = create_engine(database_url)
    try:
        activation = activate_flows(folder, engine, "test")
    finally:
        engine.dispose()
    assert activation.activated == ()
    codes = {problem.code for problem in activation.refused}
    assert codes == {"flow_not_one_of", "flow_unknown_do", "flow_other_encoding"}


def test_the_schema_is_printed_as_it_is_kept(terminal: Terminal) -> None:
    result = terminal.type("flow", "schema")
    assert (result.exit_code, result.stdout) == (0, schema_text())
