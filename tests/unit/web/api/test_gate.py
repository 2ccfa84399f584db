"""Who may ask the API: a bad, expired or narrow credential is refused, and nothing of it is told or logged (E3)."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from fs_control.errors import RemoteFault
from fs_control.ids import AgentId
from fs_control.records import Action, ApiToken, Scope
from fs_control.testing.ended_calls import BEGAN
from fs_control.web.api.attempts import MOST, MOST_ADDRESSES, WITHIN_S, Attempts
from fs_control.web.api.token_book import TokenBook

READING = {
    "/v1/agents": Scope.AGENTS_READ,
    "/v1/agents/801": Scope.AGENTS_READ,
    "/v1/calls": Scope.CALLS_READ,
    "/v1/calls/first": Scope.CALLS_READ,
    "/v1/groups": Scope.QUEUES_READ,
    "/v1/groups/sales": Scope.QUEUES_READ,
    "/v1/records": Scope.CALLS_READ,
    "/v1/customers/13800138000/memory": Scope.CUSTOMERS_READ,
}
DOING = {"/v1/agents/801/actions/hold": Scope.AGENTS_ACT, "/v1/dial": Scope.CALLS_DIAL}


@pytest.mark.parametrize("shown", ["", "nonsense", "fsc_0123456789abcdef_" + "0" * 64, "fsc_" + "é" * 16])
def test_E3_a_bad_credential_is_refused(api, shown):
    """API refuses a bad or expired credential."""
    answer = api.ask("GET", "/v1/agents", token=shown)
    assert (answer.status, answer.code) == (401, "token_refused" if shown else "token_missing")
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="fs_control"')


def test_E3_an_expired_credential_is_refused(api, control):
    token = api.let_in(*Scope, expires_at=control.now(), name="old")
    answer = api.ask("GET", "/v1/agents", token=token)
    assert (answer.status, answer.code, answer.json["values"]) == (401, "token_expired", {"token": "old"})


def test_E3_a_revoked_credential_is_refused_at_once(api):
    token = api.let_in(*Scope)
    assert api.ask("GET", "/v1/agents", token=token).status == 200
    api.tokens.pop()
    api.book.refresh()
    assert api.ask("GET", "/v1/agents", token=token).code == "token_refused"


def test_the_secret_counts_and_not_the_id_alone(api):
    good = api.let_in(*Scope)
    last = "0" if good[-1] != "0" else "1"
    assert api.ask("GET", "/v1/agents", token=good[:-1] + last).code == "token_refused"


@pytest.mark.parametrize("scheme", ["Basic", "bearer2"])
def test_another_kind_of_credential_is_none(api, scheme):
    assert api.ask("GET", "/v1/agents", Authorization=f"{scheme} {api.token}").code == "token_missing"


@pytest.mark.parametrize(("route", "scope"), READING.items())
def test_reading_needs_its_scope(api, route, scope):
    others = [each for each in Scope if each is not scope]
    answer = api.ask("GET", route, token=api.let_in(*others, name="narrow"))
    assert (answer.status, answer.code) == (403, "token_lacks_scope")
    assert answer.json["values"] == {"token": "narrow", "scope": scope}
    assert f'scope="{scope}"' in answer.headers["WWW-Authenticate"]
    assert api.ask("GET", route, token=api.let_in(scope)).status == 200


@pytest.mark.parametrize(("route", "scope"), DOING.items())
def test_doing_needs_its_scope_and_does_nothing_without(api, control, route, scope):
    others = [each for each in Scope if each is not scope]
    body = {"agent": "801", "to": "10086"} if route == "/v1/dial" else None
    assert api.ask("POST", route, body, token=api.let_in(*others)).code == "token_lacks_scope"
    assert control.acted == []


def test_dialling_as_an_action_needs_both_scopes(api, control):
    token = api.let_in(Scope.AGENTS_ACT)
    answer = api.ask("POST", "/v1/agents/801/actions/dial", {"to": "10086"}, token=token)
    assert (answer.code, answer.json["values"]["scope"]) == ("token_lacks_scope", "calls:dial")
    assert control.acted == []


def test_a_token_of_one_agent_acts_for_nobody_else(api, control):
    token = api.let_in(Scope.AGENTS_ACT, agent=1, name="desk")
    for number in ("802", "899"):
        answer = api.ask("POST", f"/v1/agents/{number}/actions/sign-out", token=token)
        assert (answer.status, answer.code) == (403, "token_of_other_agent")
    assert api.ask("POST", "/v1/agents/801/actions/hold", token=token).status == 200
    assert [(acted.agent, acted.action, acted.by) for acted in control.acted] == [("801", Action.HOLD, "token:desk")]


def test_a_token_says_what_it_is(api):
    token = api.let_in(Scope.AGENTS_ACT, agent=1, name="desk")
    told = api.get("/v1/token", token=token)
    assert (told["name"], told["scopes"], told["agent"]) == ("desk", ["agents:act"], "801")


def test_too_many_refusals_are_slowed_down_and_a_good_token_is_not(api):
    codes = [api.ask("GET", "/v1/agents", token="wrong").code for _ in range(MOST + 1)]
    assert codes == ["token_refused"] * MOST + ["too_many_refusals"]
    refused = api.ask("GET", "/v1/agents", token="wrong")
    assert (refused.status, int(refused.headers["Retry-After"]) > 0) == (429, True)
    assert api.ask("GET", "/v1/agents").status == 200


def test_no_token_is_logged(api):
    secret = api.let_in(*Scope)
    with capture_logs() as logs:
        api.ask("POST", "/v1/agents/801/actions/hold", token=secret)
        api.ask("POST", "/v1/agents/801/actions/hold", token=secret + "0")
        api.ask("GET", f"/v1/agents/{secret}", token="wrong")
    assert {entry["action"] for entry in logs} >= {"api_request", "token_refused"}
    assert [entry for entry in logs if secret[-64:] in str(entry) and entry["action"] != "api"] == []


def test_a_use_is_noted_when_the_book_is_read_again(api, control):
    api.get("/v1/agents")
    api.book._try()
    assert api.noted == {api.tokens[0].id: control.now()}


def test_the_book_keeps_what_it_knows_while_the_database_is_away(api):
    def away() -> list[ApiToken]:
        raise RemoteFault("database_away", reason="test")

    known = list(api.tokens)
    moments: dict[str, int] = {}
    reads = iter([lambda: known, away, lambda: known])
    book = TokenBook(lambda: next(reads)(), moments.update)
    book._try()
    book.note(known[0], BEGAN)
    book._try()
    assert (book.find(api.token), moments) == (known[0], {})
    book._try()
    assert moments == {known[0].id: BEGAN}


def test_before_the_tokens_were_ever_read_nobody_is_refused_for_good(api):
    with pytest.raises(RemoteFault, match="tokens_not_read"):
        TokenBook(list, lambda _moments: None).find(api.token)


def test_refusals_are_forgotten_after_their_time_and_strangers_fill_no_memory():
    clock = [0.0]
    attempts = Attempts(lambda: clock[0])
    assert [attempts.refused("a") for _ in range(MOST)] == [None] * MOST
    assert (attempts.refused("a"), attempts.refused("b")) == (int(WITHIN_S), None)
    clock[0] = WITHIN_S
    assert attempts.refused("a") is None
    for number in range(MOST_ADDRESSES + 5):
        attempts.refused(f"x{number}")
    assert len(attempts._windows) == MOST_ADDRESSES


def test_an_agent_who_is_gone_takes_the_power_of_their_token_with_them(api, control):
    token = api.let_in(Scope.AGENTS_ACT, agent=9)
    assert AgentId(9) not in control.state.directory.agents
    assert api.ask("POST", "/v1/agents/801/actions/hold", token=token).code == "token_of_other_agent"
