"""What an agent does in a call, typed at a terminal, against a real control socket (C2 to C5)."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from pathlib import Path

import pytest

from fs_control.face.agent_talk import ALONE
from fs_control.records import Action
from fs_control.testing.control import Acted, FakeControl
from fs_control.testing.play import Play
from fs_control.texts import sentence
from fs_control.web.control import ControlSocket


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[FakeControl]:
    """An engine whose agent 801 talks with a caller."""
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    play.caller()
    play.answer(1)
    control = FakeControl(play.centre)
    door = ControlSocket(tmp_path / "control.sock")
    door.start(control)
    yield control
    door.stop()


def test_C2_a_customer_is_put_on_hold(terminal, engine):
    assert terminal.type("agent", "hold", "801").stdout == "The customer of agent 801 is on hold.\n"
    assert engine.acted == [Acted("801", Action.HOLD, getpass.getuser())]


def test_C3_a_customer_is_handed_on_with_a_note(terminal, engine):
    line = ("--lang", "zh", "agent", "transfer", "801", "sales", "--note", "退货 3 件")
    assert terminal.type(*line).stdout == "坐席 801 的客户正在转接至 sales。\n"
    assert engine.acted[0].values == {"to": "sales", "note": "退货 3 件"}


def test_C4_a_colleague_is_asked(terminal, engine):
    assert "Agent 801 is calling 802" in terminal.type("agent", "consult", "801", "802").stdout
    assert engine.acted[0].values == {"to": "802"}


@pytest.mark.parametrize("action", ALONE)
def test_every_command_asks_for_its_action_or_prints_the_engines_reason(terminal, engine, action):
    result = terminal.type("agent", action.replace("_", "-"), "801")
    if result.exit_code == 0:
        assert [acted.action for acted in engine.acted] == [action]
        assert result.stdout.strip() == sentence(f"acted.{action}", {"agent": "801"}, "en")
    else:
        assert (result.exit_code, engine.acted) == (1, [])
        assert "801" in result.stderr


def test_a_refused_action_says_why_and_what_to_do(terminal, engine):
    refused = terminal.type("agent", "swap", "801")
    assert (refused.exit_code, refused.stderr.startswith("Agent 801 has asked nobody")) == (1, True)


@pytest.mark.parametrize("number", ["", "80/1", "..", "王"])
def test_what_no_agent_can_be_called_is_not_asked_for(terminal, engine, number):
    assert terminal.type("agent", "hold", number).exit_code == 1
    assert engine.acted == []


def test_a_note_of_two_lines_is_refused(terminal, engine):
    refused = terminal.type("agent", "transfer", "801", "802", "--note", "a\nb")
    assert (refused.exit_code, refused.stderr) == (1, "These fields cannot be read: note.\n")
