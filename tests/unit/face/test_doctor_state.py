"""`fs-control doctor --state`: what was kept, for people and for monitors, with an engine or without one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fs_control.ids import CallId, LegId, Micros, seconds
from fs_control.records import Examination, Ghost, GhostKind, Remedy
from fs_control.runtime.clock import WallClock
from fs_control.runtime.ghost_shelf import GHOSTS, GhostShelf
from fs_control.testing.control import FakeControl
from fs_control.web.control import ControlSocket
from tests.unit.face.conftest import Terminal


@pytest.fixture
def control(tmp_path: Path) -> Iterator[FakeControl]:
    """An engine that runs."""
    control = FakeControl()
    door = ControlSocket(tmp_path / "control.sock")
    door.start(control)
    yield control
    door.stop()


def keep(terminal: Terminal, days_ago: int = 0) -> None:
    """Let a ghost have been healed."""
    at = Micros(WallClock().now() - seconds(days_ago * 24 * 3600) - seconds(60))
    shelf = GhostShelf(Path(str(terminal.environment["FS_CONTROL_VAR"])) / GHOSTS, Path("/nowhere"))
    legs = (LegId("leg-1"),)
    shelf.keep(Ghost(GhostKind.LEG_GONE, "leg-1", at, at, Remedy.CLOSED, CallId("call-1"), legs, agent="801"))
    assert shelf.wait_until_kept(30)


def test_where_they_always_agreed_that_is_said(terminal: Terminal) -> None:
    result = terminal.type("doctor", "--state")
    assert result.exit_code == 0
    assert "They agreed whenever they were compared" in " ".join(result.stdout.split())


def test_a_ghost_is_told_with_what_was_done_and_is_no_alarm(terminal: Terminal) -> None:
    keep(terminal)
    result = terminal.type("doctor", "--state")
    told = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert all(word in told for word in ("call-1", "801", "a leg of the call is not at the switch", "taken for over"))


def test_it_is_told_in_chinese(terminal: Terminal) -> None:
    keep(terminal)
    told = terminal.type("--lang", "zh", "doctor", "--state").stdout
    assert "按已结束处理" in told
    assert "处理结果" in told


def test_for_machines_there_is_what_led_there(terminal: Terminal) -> None:
    keep(terminal)
    told = json.loads(terminal.type("doctor", "--state", "--json").stdout)
    (ghost,) = told["ghosts"]
    assert (ghost["kind"], ghost["done"], ghost["journal"]) == ("leg_gone", "closed", [])
    assert (told["is_bad"], told["days"], told["looked"]) == (False, 30, None)


def test_what_is_older_than_thirty_days_is_not_told(terminal: Terminal) -> None:
    keep(terminal, days_ago=31)
    assert json.loads(terminal.type("doctor", "--state", "--json").stdout)["ghosts"] == []


def test_the_doctors_page_has_a_line_of_it(terminal: Terminal) -> None:
    keep(terminal)
    terminal.environment["FS_CONTROL_LISTEN_PORT"] = "0"
    items = {item["item"]: item for item in json.loads(terminal.type("doctor", "--json").stdout)["items"]}
    assert (items["state"]["code"], items["state"]["severity"]) == ("state_ghosts", "warning")


def test_a_running_engine_is_asked_to_look(terminal: Terminal, control: FakeControl) -> None:
    control.examination = Examination(looked=True, differences=3, healed=2)
    result = terminal.type("doctor", "--state", "--now")
    assert "3 differences, 2 put right" in " ".join(result.stdout.split())
    assert result.exit_code == 0


def test_an_engine_that_cannot_ask_its_switch_is_an_alarm(terminal: Terminal, control: FakeControl) -> None:
    control.examination = Examination(looked=False)
    result = terminal.type("doctor", "--state", "--now", "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["is_bad"], told["looked"]["looked"]) == (1, True, False)


def test_without_an_engine_nobody_can_look_now(terminal: Terminal) -> None:
    assert terminal.type("doctor", "--state", "--now").exit_code == 1


def test_now_alone_is_misuse(terminal: Terminal) -> None:
    assert terminal.type("doctor", "--now").exit_code == 2


def test_status_says_how_many_there_were_today(terminal: Terminal, control: FakeControl) -> None:
    assert "put right" not in terminal.type("status").stdout.lower()
    control.state = replace(control.state, ghosts=2)
    assert "did not agree: 2." in terminal.type("status").stdout
