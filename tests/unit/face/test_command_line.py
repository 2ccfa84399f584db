"""The command line as such: help in both languages, misuse, exit codes, and a quick start."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from fs_control.face.click_words import Command, Group
from fs_control.face.main import COMMANDS, cli

CLONE = Path(__file__).parents[3]
OWN = [name for name in COMMANDS if name not in ("run", "demo")]


def paths(group: Group = cli, *above: str) -> Iterator[tuple[str, ...]]:
    """Every command of ours, with the words that lead to it."""
    context = click.Context(group)
    for name in group.list_commands(context) if above else OWN:
        command = group.get_command(context, name)
        yield (*above, name)
        if isinstance(command, Group):
            yield from paths(command, *above, name)


@pytest.mark.parametrize("path", list(paths()), ids=" ".join)
@pytest.mark.parametrize(("lang", "heading"), [("en", "Examples:"), ("zh", "示例:")])
def test_every_command_has_help_with_an_example_in_both_languages(terminal, path, lang, heading):
    result = terminal.type("--lang", lang, *path, "--help")
    assert result.exit_code == 0
    assert "fs-control " + " ".join(path) in result.output.partition(heading)[2]
    assert not re.search(r"(help|option)\.[a-z]", result.output)


def test_the_help_of_all_names_every_command_with_its_purpose(terminal):
    help_text = terminal.type("--help").output
    lines = help_text.partition("Commands:")[2].partition("Examples:")[0].strip().splitlines()
    assert [line.split()[0] for line in lines] == list(COMMANDS)
    assert all(len(line.split()) > 2 for line in lines)


def test_a_misspelt_command_gets_the_nearest(terminal):
    result = terminal.type("cal")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "There is no command “cal”. Did you mean “call”? “fs-control --help” shows how it is used.\n"
    )


def test_a_misspelt_command_below_a_group_gets_the_nearest_in_chinese(terminal):
    result = terminal.type("--lang", "zh", "call", "shwo")
    assert result.exit_code == 2
    assert result.stderr == "没有命令“shwo”。您是否想输入“show”？ 可用“fs-control call --help”查看用法。\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("call show", "ID is missing."),
        ("call list --limt 3", "There is no option “--limt”. Did you mean “--limit”?"),
        ("call list --limit many", "--limit cannot be read: "),
        ("call list 7", "The command cannot be read: "),
        ("--lang xx status", "--lang cannot be read: "),
        ("", "Usage: fs-control"),
        ("agent", "Usage: fs-control agent"),
    ],
)
def test_misuse_is_exit_code_2_and_said_on_stderr(terminal, line, said):
    result = terminal.type(*line.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(said)


def test_the_locale_decides_the_language_unless_asked_otherwise(terminal):
    terminal.environment["LANG"] = "zh_CN.UTF-8"
    assert "没有正在运行的引擎" in terminal.type("status").stderr
    assert "No engine is listening" in terminal.type("--lang", "en", "status").stderr
    assert "没有正在运行的引擎" in terminal.type("status").stderr


def test_a_bad_setting_is_refused_with_its_name(terminal):
    terminal.environment["FS_CONTROL_MAX_CALLS"] = "many"
    result = terminal.type("status")
    assert result.exit_code == 1
    assert result.stderr == "FS_CONTROL_MAX_CALLS is “many” and must be a whole number without a sign.\n"


def test_an_interrupted_command_ends_as_shells_expect_it():
    @click.command(cls=Command)
    def interrupted() -> None:
        raise KeyboardInterrupt

    group = Group("fs-control", commands={"wait": interrupted})
    with pytest.raises(SystemExit) as end:
        group.main(["wait"])
    assert end.value.code == 130


def test_the_small_commands_load_nothing_heavy_and_patch_nothing():
    heavy = "{'gevent', 'sqlalchemy', 'flask', 'alembic', 'structlog', 'rich', 'psycopg2'}"
    program = (
        "import sys; from fs_control.face.main import cli; cli(['--help'], standalone_mode=False); "
        f"loaded = {heavy} & set(sys.modules); assert not loaded, loaded"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=CLONE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_clone_runs_without_being_installed(tmp_path):
    done = subprocess.run(
        [sys.executable, str(CLONE / "cli.py"), "--version"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("fs-control, version ")
