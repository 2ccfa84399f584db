"""The API's agents, calls and lines, and doing something for an agent (E4)."""

from __future__ import annotations

import pytest

from fs_control.agents import Moment, allowed_actions
from fs_control.errors import NoReply, RemoteFault, UserMistake
from fs_control.records import Action, Scope
from fs_control.testing.control import Acted
from fs_control.web.api.shapes import moment


def test_E4_an_agent_is_shown_with_what_the_moment_allows(api, play):
    """Documented API for state, dialling, queue, records."""
    shown = api.get("/v1/agents/801")
    assert (shown["status"], shown["state"], shown["moment"], shown["call"]) == ("ready", "on_call", "talking", "first")
    assert shown["allowed"] == [each.replace("_", "-") for each in allowed_actions(Moment.TALKING)]
    assert "hang-up" in shown["allowed"]
    assert shown["since"] == moment(play.agent(1).state_since).isoformat().replace("+00:00", "Z")
    assert [agent["number"] for agent in api.get("/v1/agents")["agents"]] == ["801", "802", "803"]


def test_every_allowed_action_can_be_asked_for_and_no_other(api, control):
    allowed = api.get("/v1/agents/801")["allowed"]
    for action in Action:
        answer = api.ask("POST", f"/v1/agents/801/actions/{action.replace('_', '-')}")
        assert answer.status == (200 if action.replace("_", "-") in allowed else 409), action


def test_an_action_is_done_in_the_name_of_the_token(api, control):
    control.told = {"call": "first"}
    answer = api.ask("POST", "/v1/agents/801/actions/transfer", {"to": "802", "note": "退货"})
    assert (answer.status, answer.json) == (200, {"done": True, "values": {"call": "first"}})
    assert control.acted == [Acted("801", Action.TRANSFER, "token:crm", {"to": "802", "note": "退货"})]


def test_E4_dialling_is_an_action_of_an_agent(api, control, play):
    assert api.ask("POST", "/v1/dial", {"agent": "803", "to": "10086"}).code == "agent_not_signed_in"
    assert api.ask("POST", "/v1/dial", {"agent": "801", "to": "10086"}).code == "dial_in_call"
    play.sign_in(3)
    control.state, control.told = play.centre, {"call": "third"}
    answer = api.ask("POST", "/v1/dial", {"agent": "803", "to": "10086"})
    assert (answer.status, answer.json["values"]) == (200, {"call": "third"})
    assert control.acted == [Acted("803", Action.DIAL, "token:crm", {"to": "10086"})]


@pytest.mark.parametrize("action", ["transfer", "consult"])
def test_E4_who_may_not_dial_reaches_nobody_outside_by_way_of_a_customer(api, control, action):
    """It costs what dialling costs; colleagues and groups stay possible."""
    token = api.let_in(Scope.AGENTS_ACT)
    route = f"/v1/agents/801/actions/{action}"
    answer = api.ask("POST", route, {"to": "02112345678"}, token=token)
    assert (answer.status, answer.code, control.acted) == (403, api.ask("POST", "/v1/dial", {}, token=token).code, [])
    for inside in ("802", " 803 ", "sales"):
        assert api.ask("POST", route, {"to": inside}, token=token).status == 200, inside
    both = api.let_in(Scope.AGENTS_ACT, Scope.CALLS_DIAL)
    assert api.ask("POST", route, {"to": "02112345678"}, token=both).status == 200


@pytest.mark.parametrize("language", ["zh", "zh-CN,zh;q=0.9,en;q=0.1"])
def test_a_refusal_is_the_sentence_of_the_command_line_in_the_askers_language(api, language):
    english = api.ask("POST", "/v1/agents/801/actions/resume", Accept_Language="de,en;q=0.5")
    chinese = api.ask("POST", "/v1/agents/801/actions/resume", Accept_Language=language)
    assert english.json == {
        "title": "Conflict",
        "status": 409,
        "detail": "The customer of agent 801 is not on hold.",
        "code": "not_on_hold",
        "values": {"agent": "801"},
    }
    assert (chinese.json["detail"], chinese.headers["Content-Language"]) == ("坐席 801 的客户没有被保持。", "zh")


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (UserMistake("agent_unknown", agent="899"), 404),
        (UserMistake("dial_in_call", agent="801"), 409),
        (NoReply("centre_silent"), 503),
        (RemoteFault("database_away", reason="x"), 503),
        (RuntimeError("13800138000"), 500),
    ],
)
def test_each_kind_of_error_has_its_status(api, control, raised, status):
    control.refusal = raised
    answer = api.ask("POST", "/v1/agents/801/actions/hold")
    assert (answer.status, answer.json["status"]) == (status, status)
    assert "13800138000" not in answer.text


@pytest.mark.parametrize(
    ("body", "code", "fields"),
    [
        ({"agent": "801", "to": "1", "tо": "1"}, "fields_unknown", ["tо"]),
        ({"agent": "801"}, "fields_missing", ["to"]),
        ({"agent": 801, "to": ["1"]}, "fields_invalid", ["agent", "to"]),
        ({"agent": "801", "to": "1\r\nbgapi shutdown"}, "fields_invalid", ["to"]),
        (None, "fields_missing", ["agent", "to"]),
        ([1], "fields_invalid", ["body"]),
    ],
)
def test_a_body_that_cannot_be_read_names_its_fields(api, control, body, code, fields):
    answer = api.ask("POST", "/v1/dial", body)
    assert (answer.status, answer.code, answer.json["values"]["fields"]) == (422, code, fields)
    assert [each["field"] for each in answer.json["errors"]] == fields
    assert control.acted == []


@pytest.mark.parametrize(
    ("method", "route", "status", "code"),
    [
        ("GET", "/v1/agents/899", 404, "agent_unknown"),
        ("POST", "/v1/agents/801/actions/fly", 404, "action_unknown"),
        ("GET", "/v1/groups/nobody", 404, "group_unknown"),
        ("GET", "/v1/calls/none", 404, "call_not_live"),
        ("GET", "/v1/nothing", 404, "route_unknown"),
        ("DELETE", "/v1/agents", 405, "method_not_allowed"),
        ("OPTIONS", "/v1/nothing", 404, "route_unknown"),
    ],
)
def test_what_there_is_not_is_a_problem_of_its_own(api, method, route, status, code):
    answer = api.ask(method, route)
    assert (answer.status, answer.code) == (status, code)


def test_a_body_that_is_no_json_or_too_large_is_refused(api):
    assert api.ask("POST", "/v1/dial", b"{").code == "body_not_json"
    assert (large := api.ask("POST", "/v1/dial", b" " * 100_000)).status == 413
    assert large.code == "body_too_large"


def test_E4_calls_under_way_are_listed_and_shown(api):
    talking, waiting = api.get("/v1/calls")["calls"]
    assert (talking["call"], talking["caller"], talking["agent"]) == ("first", "+8613800138000", "801")
    assert (talking["state"], talking["talk"]) == ("talking", "talking")
    assert (waiting["state"], waiting["talk"], waiting["agent"]) == ("waiting", None, None)
    assert api.get("/v1/calls/second") == waiting


def test_a_token_of_one_agent_sees_that_agents_calls(api):
    token = api.let_in(Scope.CALLS_READ, agent=1)
    assert [call["call"] for call in api.get("/v1/calls", token=token)["calls"]] == ["first"]
    assert api.ask("GET", "/v1/calls/second", token=token).code == "call_not_live"


def test_E4_groups_are_shown_with_their_lines(api, control):
    control.idle_for = 30_000_000
    sales, service = api.get("/v1/groups")["groups"]
    assert (sales["group"], sales["waiting"], sales["longest_wait_s"], sales["talking"]) == ("sales", 1, 30.0, 1)
    assert (service["waiting"], service["longest_wait_s"], service["today"]["service_level"]) == (0, None, None)
    (caller,) = api.get("/v1/groups/sales")["callers"]
    assert (caller["position"], caller["call"]) == (1, "second")


def test_E4_the_memory_of_a_number_is_read(api):
    found = api.get("/v1/customers/13800138000/memory")
    assert (found["number"], found["agent"], found["customer_name"]) == ("+8613800138000", "801", "张三")
    assert api.ask("GET", "/v1/customers/13900139000/memory").status == 404
    other = api.let_in(Scope.CUSTOMERS_READ, agent=2)
    assert api.ask("GET", "/v1/customers/13800138000/memory", token=other).code == "nothing_remembered"


def test_health_needs_no_token_and_tells_no_numbers(api, control):
    assert (api.ask("GET", "/v1/health", token="").status, api.get("/v1/health")) == (200, {"status": "ok"})
    control.defect = None
    control.state = type(control.state)()
    assert api.ask("GET", "/v1/health", token="").json == {"status": "switch_away"}


def test_every_answer_tells_a_browser_to_keep_and_run_nothing(api):
    for answer in (api.ask("GET", "/v1/agents"), api.ask("GET", "/v1/nothing"), api.ask("GET", "/v1/agents", token="")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "Access-Control-Allow-Origin" not in answer.headers
