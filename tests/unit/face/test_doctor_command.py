"""`fs-control doctor` as somebody types it, and as a monitor runs it."""

from __future__ import annotations

import json
import resource
import socket
from collections.abc import Iterator

import pytest

from fs_control.face.doctor import ourselves
from fs_control.testing.control import FakeControl
from fs_control.testing.fake_event_socket import PASSWORD, FakeSwitch
from fs_control.testing.play import Play
from fs_control.web.control import ControlSocket
from tests.unit.face.conftest import Terminal

FLOW = "flow: main\nlanguage: en\nstart: bye\nsteps:\n  bye:\n    do: hangup\n"


@pytest.fixture
def house(terminal_with_database, tmp_path) -> Iterator[Terminal]:
    """A terminal beside an engine that runs, with its switch, with nothing wrong but that no flow is active."""
    play = Play(groups={"sales": (1,)})
    door = ControlSocket(tmp_path / "control.sock")
    door.start(FakeControl(play.centre))
    (tmp_path / "flows").mkdir()
    terminal_with_database.environment.update(FS_CONTROL_FLOWS=str(tmp_path / "flows"), FS_CONTROL_LISTEN_PORT="0")
    yield terminal_with_database
    door.stop()


def items(result):
    return {item["item"]: item for item in json.loads(result.stdout)["items"]}


def test_warnings_alone_are_no_alarm(house):
    result = house.type("doctor", "--json")
    found = items(result)
    assert (found["engine"]["severity"], found["database"]["severity"]) == ("ok", "ok")
    assert (found["flows"]["code"], found["switch"]["code"]) == ("flows_none", "switch_in_the_box")
    assert result.exit_code == 0


def test_something_bad_is_exit_code_1_and_stands_on_the_page_with_its_remedy(terminal):
    terminal.environment["FS_CONTROL_LISTEN_PORT"] = "0"
    result = terminal.type("doctor")
    assert result.exit_code == 1
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert any(line.startswith("bad engine No engine is listening at") for line in lines)
    assert any(line.startswith("What to do: “fs-control run”") for line in lines)
    assert lines[-1].endswith("not checked.")


def test_the_help_says_what_a_monitor_gets(terminal):
    assert "Exit code: 0 where all is well" in " ".join(terminal.type("doctor", "--help").output.split())


def test_the_page_is_there_in_chinese(terminal):
    output = terminal.type("--lang", "zh", "doctor").stdout
    assert "处理办法：" in output
    assert "故障" in output


def test_a_switch_that_refuses_us_is_one_bad_item(house):
    switch = FakeSwitch()
    try:
        house.environment.update(FREESWITCH_HOST="127.0.0.1", FREESWITCH_PORT=str(switch.port))
        house.environment["FREESWITCH_PASSWORD"] = "not-the-password"
        result = house.type("doctor", "--json")
    finally:
        switch.stop()
    assert result.exit_code == 1
    assert items(result)["event_socket"]["code"] == "event_socket_password_wrong"
    assert "not-the-password" not in result.output
    assert PASSWORD not in result.output


def test_a_database_without_our_tables_is_bad_and_stays_as_it_is(house, postgres_server):
    house.environment["DATABASE_URL"] = postgres_server
    found = items(house.type("doctor", "--json"))["database"]
    assert (found["severity"], found["code"]) == ("bad", "database_differs")
    assert items(house.type("doctor", "--json"))["database"] == found


def test_a_database_that_is_away_is_bad_and_its_password_is_not_shown(house):
    house.environment["DATABASE_URL"] = "postgresql://us:secret-word@127.0.0.1:1/nowhere"
    result = house.type("doctor", "--json")
    assert items(result)["database"]["code"] == "database_not_had"
    assert "secret-word" not in result.output


def test_nothing_is_made_where_nothing_was(terminal, tmp_path):
    assert items(terminal.type("doctor", "--json"))["database"]["code"] == "database_not_made"
    assert list(tmp_path.iterdir()) == []


def test_a_flow_with_mistakes_is_named_with_its_place(house, tmp_path):
    (tmp_path / "flows" / "main.yaml").write_text(FLOW.replace("start: bye", "start: bya"), encoding="utf-8")
    found = items(house.type("doctor", "--json"))["flows"]
    assert found["code"] == "flows_with_mistakes"
    assert "main.yaml:3:8" in found["finding"]


def test_the_limit_of_open_files_is_that_of_the_process_behind_the_control_socket(house, tmp_path):
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    assert ourselves._open_files_of_engine(tmp_path / "control.sock", otherwise=-1) == soft
    assert ourselves._open_files_of_engine(tmp_path / "nobody.sock", otherwise=-1) == -1


def test_a_doctor_lists_the_ports_of_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert port in (ourselves._listening_ports() or ())
    assert port not in (ourselves._listening_ports() or (port,))
