"""Leaders at the command line: wishes over a real control socket, and the log in a real database."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fs_control.errors import UserMistake
from fs_control.records import SuperviseWish
from fs_control.testing.control import FakeControl
from fs_control.testing.play import Play
from fs_control.web.control import ControlSocket


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[FakeControl]:
    control = FakeControl(Play(groups={"sales": (1, 2)}).centre)
    door = ControlSocket(tmp_path / "control.sock")
    door.start(control)
    yield control
    door.stop()


@pytest.mark.parametrize("wish", SuperviseWish)
def test_C7_each_wish_is_a_command_and_says_what_is_done(terminal, engine, wish):
    told = terminal.type("supervise", wish.value, "801", "--as", "802")
    assert (told.exit_code, engine.supervised) == (0, [("802", "801", wish, getpass.getuser())])
    assert "802" in told.stdout


def test_C7_a_refusal_is_said_in_the_readers_language(terminal, engine):
    engine.refusal = UserMistake("supervise_no_right", leader="802")
    refused = terminal.type("--lang", "zh", "supervise", "listen", "801", "--as", "802")
    assert refused.exit_code == 1
    assert "没有班长权限" in refused.stderr


def test_C7_without_a_leader_nothing_is_asked(terminal, engine):
    assert terminal.type("supervise", "listen", "801").exit_code == 2
    assert engine.supervised == []


def test_C7_what_is_no_number_is_refused_before_anybody_is_asked(terminal, engine):
    assert terminal.type("supervise", "listen", "80/1", "--as", "802").exit_code == 1
    assert engine.supervised == []


def test_C7_an_empty_log_says_so_and_is_empty_for_machines(terminal_with_database):
    assert "No leader has been on a call yet." in terminal_with_database.type("supervise", "log").stdout
    empty = json.loads(terminal_with_database.type("supervise", "log", "--json").stdout)
    assert empty == {"entries": [], "are_all": True}
