"""Flows that ask other people's servers: a real server answers, in every way in which servers do and do not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from fs_control.ids import CallId
from fs_control.virtual_switch.script import HangUp, Press, Wait, WaitForPrompt
from tests.scenarios.house import House
from tests.scenarios.inputs import Crm, caller, open_flow, told

ASK = """
start: ask
steps:
  ask:
    do: http
    url: "http://HOST/balance?number={caller.number}"
    within: 10
    into: {balance: data.balance}
    next: choose
    failed: sorry
  choose: {do: branch, when: [{if: "balance > 100", next: rich}], otherwise: poor}
  rich: {do: hangup, reason: rich}
  poor: {do: hangup, reason: poor}
  sorry: {do: hangup, reason: sorry}
"""
SECRET = """
start: ask
steps:
  ask:
    do: collect
    prompt: main-menu
    length: 4
    into: pin
    next: tell
    sensitive: true
    wrong: {next: sorry}
    no_key: {next: sorry}
  tell:
    do: http
    url: "http://HOST/check?pin={pin}"
    method: POST
    body: {pin: "{pin}", source: ivr}
    within: 10
    next: good
    failed: sorry
  good: {do: hangup, reason: good}
  sorry: {do: hangup, reason: sorry}
"""
ON_HANGUP = """
start: welcome
on_hangup: tell
steps:
  welcome: {do: play, prompt: welcome, next: again}
  again: {do: play, prompt: main-menu, next: end}
  end: {do: hangup, reason: done}
  tell:
    do: http
    url: "http://HOST/gone?number={caller.number}"
    within: 10
    next: end
    failed: end
"""
ASKED = WaitForPrompt("main-menu")


@pytest.fixture
def crm() -> Iterator[Crm]:
    """A server on this machine."""
    crm = Crm()
    yield crm
    crm.server.stop(timeout=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the flow is."""
    return tmp_path / "flows"


def outcome(house: House, folder: Path, host: str, flow: str = ASK) -> list[tuple[str, str]]:
    """Call, and return what the record says of the question."""
    open_flow(house, folder, flow.replace("HOST", host))
    return told(house.play(caller()), "fetched", "ended")


def test_a_value_from_a_server_decides_where_the_caller_goes(house: House, folder: Path, crm: Crm) -> None:
    """`http`: JSON to variables."""
    assert outcome(house, folder, crm.host) == [("fetched", "ok"), ("ended", "rich")]
    ((asked, _),) = crm.asked
    assert parse_qs(urlsplit(asked).query) == {"number": ["+8613800138000"]}


FAULTS = {
    "missing:data.balance": ("200 OK", '{"data": {}}'),
    "not_json": ("200 OK", "<html>"),
    "status_404": ("404 Not Found", "{}"),
    "status_302": ("302 Found", "{}"),
    "too_large": ("200 OK", json.dumps({"data": {"balance": 1, "much": "x" * 70_000}})),
}


@pytest.mark.parametrize("reason", FAULTS)
def test_a_server_that_answers_wrongly_leads_to_the_other_exit(
    house: House, folder: Path, crm: Crm, reason: str
) -> None:
    """`http`: fallback exit."""
    crm.status, crm.body = FAULTS[reason]
    crm.headers = [("Location", f"http://{crm.host}/elsewhere")]
    assert outcome(house, folder, crm.host) == [("fetched", reason), ("ended", "sorry")]
    assert len(crm.asked) == 1


def test_a_server_that_is_slow_costs_no_more_than_the_deadline(house: House, folder: Path, crm: Crm) -> None:
    """`http`: deadline."""
    crm.slow_s = 30
    flow = ASK.replace("within: 10", "within: 1")
    assert outcome(house, folder, crm.host, flow) == [("fetched", "timeout"), ("ended", "sorry")]


def test_a_server_that_is_dead_leads_to_the_other_exit(house: House, folder: Path, crm: Crm) -> None:
    """`http`: fallback exit."""
    crm.server.stop(timeout=1)
    assert outcome(house, folder, crm.host) == [("fetched", "unreachable"), ("ended", "sorry")]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "example.com", "127.0.0.1.example.com"])
def test_a_host_that_nobody_named_is_not_asked(house: House, folder: Path, crm: Crm, host: str) -> None:
    """`http`: ask a URL on an allowed host."""
    port = crm.host.partition(":")[2]
    assert outcome(house, folder, f"{host}:{port}") == [("fetched", "host_not_allowed"), ("ended", "sorry")]
    assert crm.asked == []


def test_a_secret_is_sent_and_stands_nowhere_else(house: House, folder: Path, crm: Crm) -> None:
    """Sensitive digits never leave memory but to the server that is told of them."""
    open_flow(house, folder, SECRET.replace("HOST", crm.host))
    record = house.play(caller(ASKED, Wait(0.5), Press("7352")))
    assert told(record, "fetched", "ended") == [("fetched", "ok"), ("ended", "good")]
    ((asked, body),) = crm.asked
    assert asked == "/check?pin=7352"
    assert json.loads(body) == {"pin": "7352", "source": "ivr"}
    assert "7352" not in house.type(f"call trace {record.call_id} --json")
    assert house.engine.vault.holds(record.call_id) is False


def test_a_secret_that_was_lost_is_asked_for_again(house: House, folder: Path, crm: Crm) -> None:
    """After a crash the step asks again."""
    open_flow(house, folder, SECRET.replace("HOST", crm.host))
    leg = house.call(caller(ASKED, Wait(0.5), Press("7352"), ASKED, Wait(0.5), Press("7352")))
    reveal, lost = house.engine.vault.reveal, list[CallId]()

    def forgetful(call, text, said=str):
        if not lost:
            lost.append(call)
            house.engine.vault.forget(call)
        return reveal(call, text, said)

    house.engine.vault.reveal = forgetful  # type: ignore[method-assign]
    record = house.record_of(leg)
    assert told(record, "asked_again", "ended") == [("asked_again", "ask"), ("ended", "good")]


def test_a_server_is_told_when_the_caller_has_gone(house: House, folder: Path, crm: Crm) -> None:
    """What happens on hang-up."""
    open_flow(house, folder, ON_HANGUP.replace("HOST", crm.host))
    house.play(caller(ASKED, Wait(0.5), HangUp()))
    house.wait_for(lambda: len(crm.asked) == 1)
    assert crm.asked[0][0].startswith("/gone?number=")
