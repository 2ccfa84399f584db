"""What the control socket answers: pictures of the centre, wishes carried out, and errors by their class."""

from __future__ import annotations

from secrets import token_bytes

import pytest

from fs_control.ids import NEVER
from fs_control.records import ApiToken
from fs_control.web.api.credentials import make_token
from fs_control.web.api.token_book import TokenBook
from fs_control.web.control import ControlSocket
from fs_control.web.phone_book import PhoneBook
from tests.unit.web.conftest import ask_at
from tests.unit.web.questions import PHONE


def test_the_status_is_the_centre_in_numbers(ask, play):
    status, answer = ask("GET", "/status")
    shown = answer["status"]
    assert status == 200
    assert (shown["calls"], shown["max_calls"], shown["agents"], shown["agents_ready"]) == (2, 100, 3, 1)
    assert (shown["is_switch_there"], shown["is_draining"], shown["records_waiting"]) == (True, False, 0)
    assert shown["flows"] == ["line", "menu", "service"]


def test_the_status_shows_each_line_with_the_caller_who_came_first(ask, play):
    _, answer = ask("GET", "/status")
    assert answer["status"]["lines"] == [
        {"group": "sales", "waiting": 1, "first_joined_at": play.centre.at, "ready_agents": 1, "idle_agents": 0},
        {"group": "service", "waiting": 0, "first_joined_at": None, "ready_agents": 0, "idle_agents": 0},
    ]


def test_agents_are_shown_with_what_they_do_and_since_when(ask, play):
    _, answer = ask("GET", "/agents")
    busy, away, _ = answer["agents"]
    assert (busy["number"], busy["status"], busy["state"], busy["call"]) == ("801", "ready", "on_call", "first")
    assert busy["since"] == play.agent(1).state_since
    assert busy["groups"] == ["sales"]
    assert (away["number"], away["status"], away["since"], away["call"]) == ("802", "signed_out", None, None)


def test_calls_are_shown_with_where_they_are(ask, play):
    _, answer = ask("GET", "/calls")
    talking, waiting = answer["calls"]
    assert (talking["caller"], talking["caller_name"], talking["state"]) == ("+8613800138000", "张三", "talking")
    assert (talking["group"], talking["agent"]) == ("sales", "801")
    assert (waiting["caller"], waiting["state"], waiting["agent"]) == ("anonymous", "waiting", None)
    assert talking["started_at"] < waiting["started_at"]


def test_the_board_is_the_whole_picture_at_the_moment_of_the_engines_clock(ask, play, control):
    control.idle_for = 30_000_000
    status, answer = ask("GET", "/board")
    board = answer["board"]
    assert (status, board["at"]) == (200, play.centre.at + 30_000_000)
    sales, service = board["groups"]
    assert (sales["group"], sales["waiting"], sales["longest_wait"]) == ("sales", 1, 30_000_000)
    assert (sales["today"]["entered"], sales["today"]["answered"], service["today"]["entered"]) == (2, 1, 0)
    assert [agent["doing"] for agent in board["agents"]] == ["on_call", "signed_out", "signed_out"]
    assert [call["caller"] for call in board["calls"]] == ["…8000", None]


def test_the_line_of_a_group_is_asked_for_by_its_name(ask):
    _, answer = ask("GET", "/queues/sales")
    assert [caller["call"] for caller in answer["queue"]["callers"]] == ["second"]
    assert ask("GET", "/queues/service")[1]["queue"]["callers"] == []


@pytest.mark.parametrize("name", ["salse", "a%2Fb", "%E7%BB%84"])
def test_a_group_that_does_not_exist_is_not_found(ask, name):
    status, answer = ask("GET", f"/queues/{name}")
    assert (status, answer["code"]) == (404, "group_unknown")


def test_a_refused_wish_is_answered_with_its_code_and_values(ask):
    assert ask("POST", "/agents/802/actions/sign-out") == (
        409,
        {"code": "agent_already_signed_out", "values": {"agent": "802"}},
    )


@pytest.mark.parametrize("number", ["899", "%E7%8E%8B", "801%00"])
def test_an_agent_who_does_not_exist_is_not_found(ask, number):
    status, answer = ask("POST", f"/agents/{number}/actions/sign-in")
    assert (status, answer["code"]) == (404, "agent_unknown")


def test_a_database_that_is_away_is_the_fault_of_neither_side(ask, control):
    assert ask("POST", "/directory/reload")[0] == 200
    control.is_database_there = False
    assert ask("POST", "/directory/reload") == (503, {"code": "directory_not_loaded", "values": {}})
    assert control.reloads == 1


@pytest.mark.parametrize(("method", "route", "status"), [("GET", "/nothing", 404), ("PUT", "/status", 405)])
def test_a_request_that_means_nothing_is_refused_in_the_same_form(ask, method, route, status):
    got, answer = ask(method, route)
    assert (got, answer["code"], answer["values"]["status"]) == (status, "request_not_understood", status)


def test_a_defect_costs_one_answer_and_tells_no_more_than_its_class(ask, control, capsys):
    control.defect = RuntimeError("caller 13800138000")
    assert ask("GET", "/status") == (500, {"code": "engine_defect", "values": {"error": "RuntimeError"}})
    control.defect = None
    assert ask("GET", "/status")[0] == 200
    assert "control_request_crashed" in capsys.readouterr().out


def test_phones_are_read_again_where_FreeSWITCH_asks_for_them(tmp_path, control):
    database = [PHONE]
    book = PhoneBook(lambda: database)
    door = ControlSocket(tmp_path / "control.sock")
    door.start(control, book)
    try:
        assert ask_at(door.path, "POST", "/phones/reload") == (200, {"served": True})
    finally:
        door.stop()
    assert book.find("1001") == PHONE


def test_an_engine_that_answers_nobody_for_phones_says_so(ask):
    assert ask("POST", "/phones/reload") == (200, {"served": False})


def test_tokens_are_read_again_where_there_is_an_api(tmp_path, control, ask):
    database: list[ApiToken] = []
    book = TokenBook(lambda: database, lambda _moments: None)
    book.refresh()
    made = make_token(token_bytes)
    database.append(ApiToken(made.id, "crm", made.digest, frozenset(), NEVER, "test", NEVER))
    door = ControlSocket(tmp_path / "with-api.sock")
    door.start(control, None, book)
    try:
        assert ask_at(door.path, "POST", "/tokens/reload") == (200, {"served": True})
    finally:
        door.stop()
    assert book.find(made.text) == database[0]
    assert ask("POST", "/tokens/reload") == (200, {"served": False})
