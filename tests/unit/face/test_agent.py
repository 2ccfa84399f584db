"""Agents at the command line, against a real control socket."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

import gevent
import pytest

from fs_control.face import client
from fs_control.records import Action
from fs_control.testing.control import FakeControl
from fs_control.testing.play import Play
from fs_control.web.control import ControlSocket


@pytest.fixture
def control() -> FakeControl:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    play.caller(call="1f3c8a2e-first")
    return FakeControl(play.centre)


@pytest.fixture
def engine(tmp_path: Path, control: FakeControl) -> Iterator[FakeControl]:
    """An engine's control socket where the terminal looks for it."""
    door = ControlSocket(tmp_path / "control.sock")
    door.start(control)
    yield control
    door.stop()


def test_agents_are_listed_with_what_they_do(terminal, engine):
    lines = terminal.type("agent", "list").stdout.splitlines()
    assert lines[0].split() == ["agent", "name", "phone", "groups", "status", "doing", "since", "call"]
    assert lines[1].split()[:6] == ["801", "Agent", "1", "1001", "sales", "ready"]
    assert lines[1].split()[-1] == "1f3c8a2e"
    assert lines[2].split()[-2:] == ["–", "–"]


def test_agents_are_listed_in_chinese(terminal, engine):
    lines = terminal.type("--lang", "zh", "agent", "list").stdout.splitlines()
    assert lines[0].split() == ["坐席", "姓名", "话机", "技能组", "状态", "当前", "自", "呼叫"]
    assert "已签出" in lines[2]


def test_agents_are_listed_for_machines(terminal, engine):
    agents = json.loads(terminal.type("agent", "list", "--json").stdout)["agents"]
    assert [(agent["number"], agent["state"]) for agent in agents] == [("801", "ringing"), ("802", "idle")]


def asked(engine: FakeControl) -> list[tuple[str, Action, Mapping[str, str]]]:
    """What agents were asked to do."""
    return [(acted.agent, acted.action, acted.values) for acted in engine.acted]


def test_an_agent_signs_in_and_out(terminal, engine):
    assert terminal.type("agent", "sign-in", "802").stdout == "Agent 802 is signed in.\n"
    assert terminal.type("--lang", "zh", "agent", "sign-out", "801").stdout == "坐席 801 已签出。\n"
    assert asked(engine) == [("802", Action.SIGN_IN, {}), ("801", Action.SIGN_OUT, {})]


def test_A7_a_break_is_taken_now_or_after_the_call_and_taken_back(terminal, engine):
    assert terminal.type("agent", "break", "801", "meal", "--after-call").stdout.startswith("Agent 801 goes on a break")
    assert terminal.type("agent", "stay", "801").exit_code == 0
    values = {"reason": "meal"}
    assert asked(engine) == [("801", Action.BREAK_AFTER_CALL, values), ("801", Action.STAY, {})]


def test_A7_a_break_in_a_call_is_refused_with_the_offer_of_after_call(terminal, engine):
    refused = terminal.type("agent", "break", "801", "meal")
    assert (refused.exit_code, asked(engine)) == (1, [])
    assert "With --after-call it begins when the call is over." in refused.stderr


@pytest.fixture
def nobody_answers(engine: FakeControl) -> FakeControl:
    """Agent 801 has let the phone ring three times."""
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    play.caller()
    play.wait(80)
    engine.state = play.centre
    return engine


def test_A2_a_break_for_not_answering_is_seen_where_agents_are_listed(terminal, nobody_answers):
    assert "break: not answering" in terminal.type("agent", "list").stdout
    assert "小休：未应答" in terminal.type("--lang", "zh", "agent", "list").stdout
    agent = json.loads(terminal.type("agent", "list", "--json").stdout)["agents"][0]
    assert (agent["status"], agent["break_cause"], agent["misses"]) == ("break", "not_answering", 3)


def test_A2_the_status_names_who_does_not_answer_and_what_to_do(terminal, nobody_answers):
    output = terminal.type("status").stdout
    assert "Agents ready: 0 of 2." in output
    assert "ring three times in a row: 801." in output
    assert "fs-control agent ready NUMBER" in output


def test_A2_a_break_is_ended_by_one_command(terminal, nobody_answers):
    assert terminal.type("agent", "ready", "801").stdout == "Agent 801 is ready.\n"
    assert asked(nobody_answers) == [("801", Action.READY, {})]


def test_a_refusal_is_exit_code_1_with_the_reason(terminal, engine):
    result = terminal.type("agent", "sign-out", "802")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "Agent 802 is signed out already.\n")


@pytest.mark.parametrize("number", ["899", "80/1", "../status", "8 0\r\n1", "王"])
def test_an_agent_who_does_not_exist_is_refused(terminal, engine, number):
    result = terminal.type("agent", "sign-in", number)
    assert result.exit_code == 1
    assert engine.acted == []


@pytest.mark.parametrize("number", ["", "80/1", "８０２", "8 0\r\n1"])
@pytest.mark.parametrize("order", ["sign-in", "sign-out", "ready", "break", "stay"])
def test_what_is_no_agent_number_is_refused_before_anybody_is_asked(terminal, order, number):
    result = terminal.type("agent", order, number)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is no agent's number: 1 to 20 digits." in result.stderr


def test_without_an_engine_the_way_to_start_one_is_named(terminal, tmp_path):
    result = terminal.type("agent", "sign-in", "8001")
    assert result.exit_code == 1
    assert result.stderr == f"No engine is listening at {tmp_path}/control.sock. Start it with “make run”.\n"


def test_the_socket_of_a_dead_engine_is_no_engine(terminal, tmp_path):
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "control.sock"))
    assert "No engine is listening" in terminal.type("status").stderr


def test_an_engine_that_does_not_answer_is_not_waited_for_for_ever(terminal, tmp_path, monkeypatch):
    monkeypatch.setattr(client, "PATIENCE_S", 0.1)
    with socket.socket(socket.AF_UNIX) as mute:
        mute.bind(str(tmp_path / "control.sock"))
        mute.listen()
        result = terminal.type("status")
    assert result.exit_code == 1
    assert "did not answer in time" in result.stderr


def test_somebody_else_on_the_socket_is_told_apart(terminal, tmp_path):
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.bind(str(tmp_path / "control.sock"))
        stranger.listen()

        def talk_nonsense() -> None:
            connection, _ = stranger.accept()
            connection.sendall(b"SSH-2.0-nonsense\r\n")
            connection.close()

        talking = gevent.spawn(talk_nonsense)
        result = terminal.type("status")
        talking.join()
    assert result.exit_code == 1
    assert "is no engine of this version" in result.stderr


def test_the_status_is_a_few_lines_and_the_lines_of_the_groups(terminal, engine):
    output = terminal.type("status").stdout
    assert "The switch is connected.\nCalls under way: 1 of 100 at most.\nAgents ready: 1 of 2.\n" in output
    assert output.splitlines()[-1].split()[:2] == ["sales", "1"]
    assert json.loads(terminal.type("status", "--json").stdout)["lines"][0]["waiting"] == 1


def test_a_defect_of_the_engine_is_said_and_is_exit_code_1(terminal, engine):
    engine.defect = RuntimeError("secret")
    result = terminal.type("status")
    assert result.exit_code == 1
    assert result.stderr.startswith("The engine has a defect (RuntimeError)")
