"""The lines of the groups at the command line, against a real control socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fs_control.testing.control import FakeControl
from fs_control.testing.play import Play
from fs_control.web.control import ControlSocket


@pytest.fixture
def play() -> Play:
    """One was answered, one gave up, one met nobody, a phone did not answer, and two wait."""
    play = Play(groups={"sales": (1, 2), "service": ()}, ring_s=5)
    play.caller()
    play.sign_in(1)
    play.caller()
    play.wait(8)
    play.wait(8)
    play.answer(1)
    gives_up = play.caller()
    play.wait(30)
    play.hang_up(gives_up)
    play.caller(number="13800138001", name="张三", call="first-in-line")
    play.wait(65)
    play.sign_in(2)
    play.caller(number="anonymous", call="second-in-line")
    return play


@pytest.fixture
def engine(tmp_path: Path, play: Play) -> Iterator[FakeControl]:
    """An engine's control socket where the terminal looks for it."""
    control = FakeControl(play.centre)
    door = ControlSocket(tmp_path / "control.sock")
    door.start(control)
    yield control
    door.stop()


def test_Q11_every_group_is_listed_with_its_line(terminal, engine):
    heading, sales, service = terminal.type("queue", "list").stdout.splitlines()
    assert heading.split()[:3] == ["group", "wait", "longest"]
    assert sales.split()[:6] == ["sales", "2", "1:06", "0", "1", "1"]
    assert service.split()[:2] == ["service", "0"]


def test_Q11_the_lines_are_listed_for_machines(terminal, engine):
    queues = json.loads(terminal.type("queue", "list", "--json").stdout)["queues"]
    assert [(queue["group"], queue["waiting"]) for queue in queues] == [("sales", 2), ("service", 0)]
    today = queues[0]["today"]
    assert (today["entered"], today["answered"], today["left"]) == (5, 1, {"nobody": 1})
    assert (today["abandoned"], today["not_taken"]) == ({"line": 1}, {"no_answer": 1})


def test_the_line_of_a_group_is_shown_with_everybody_in_it(terminal, engine):
    said = terminal.type("queue", "show", "sales").stdout.splitlines()
    assert said[0] == "2 waiting for “sales”, the longest for 1:06."
    assert said[1] == "Agents: 2 ready, of them 0 idle; 1 ringing, 1 talking."
    first, second = said[4], said[5]
    assert first.split()[:3] == ["1", "+8613800138001", "张三"]
    assert first.split()[-3:] == ["1:06", "802", "first-in"]
    assert second.split()[:2] == ["2", "anonymous"]


def test_the_day_of_a_group_is_told_in_sentences(terminal, engine):
    today = terminal.type("queue", "show", "sales").stdout.partition("\nToday: ")[2].splitlines()
    assert today == [
        "5 came, 1 answered (1 of them within 20 s), longest wait 1:06.",
        "Gave up: 1 in line, 0 while a phone rang.",
        "Left the line without an agent: 1 (nobody of the group was signed in: 1).",
        "Offers not taken: 1 (did not answer: 1).",
    ]


def test_a_line_is_shown_in_chinese(terminal, engine):
    said = terminal.type("--lang", "zh", "queue", "show", "sales").stdout
    assert said.startswith("技能组“sales”有 2 人排队，最久已等 1:06。\n")
    assert "未接起的派单：1（无人应答: 1）。" in said


def test_an_empty_line_is_said_to_be_empty(terminal, engine):
    assert terminal.type("queue", "show", "service").stdout.startswith("Nobody waits for “service”.\n")


def test_the_line_of_a_group_for_machines(terminal, engine, play):
    queue = json.loads(terminal.type("queue", "show", "sales", "--json").stdout)
    assert [(each["position"], each["rung"]) for each in queue["callers"]] == [(1, ["802"]), (2, [])]
    assert queue["callers"][0]["joined_at"] == play.live("first-in-line").call.joined_at


def test_a_misspelt_group_gets_the_nearest(terminal, engine):
    result = terminal.type("queue", "show", "salse")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("There is no group “salse”. ")
    assert "Did you mean “sales”?" in result.stderr


def test_a_group_without_an_engine_is_refused(terminal):
    assert terminal.type("queue", "list").stderr.startswith("No engine is listening at ")
