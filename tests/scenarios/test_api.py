"""A program of others drives an agent's desk by the API alone, on a whole system (E3, E4)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import gevent
import pytest

from fs_control.app import build_api
from fs_control.records import SegmentKind
from fs_control.runtime.control import EngineControl
from fs_control.settings import Settings
from fs_control.virtual_switch.script import CallerScript, HangUp, PhoneBehaviour, Wait, WaitForAnswer
from fs_control.web.api.door import ApiDoor
from tests.scenarios.house import PATIENCE_S, House, kinds

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
  - {number: "8002", name: 李雷, phone: "1002"}
groups:
  - {name: sales, ring: 30, members: ["8001"]}
  - {name: service, ring: 30, members: ["8002"]}
numbers:
  - {number: "4001000001", flow: sales}
"""

FLOW = """
flow: sales
language: zh
start: line
steps:
  line: {do: queue, group: sales, served: end, nobody_signed_in: end}
  end: {do: hangup}
"""

PICKS_UP = PhoneBehaviour(answer_after=0.4)


@dataclass(slots=True)
class Desk:
    """A program with a token, and nothing else that it could ask."""

    port: int
    token: str
    number: str

    def ask(self, method: str, route: str, body: Any = None) -> tuple[int, Any]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": "zh"}
        try:
            connection.request(method, route, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def does(self, action: str, **values: str) -> None:
        """Do something that the agent is said to be able to do at this moment."""
        assert action in self.me()["allowed"], (action, self.me())
        status, answer = self.ask("POST", f"/v1/agents/{self.number}/actions/{action}", values)
        while answer.get("code") == "call_is_changing":  # as the sentence says: in a moment
            gevent.sleep(0.05)
            status, answer = self.ask("POST", f"/v1/agents/{self.number}/actions/{action}", values)
        assert (status, answer.get("done")) == (200, True), answer

    def me(self) -> Any:
        status, answer = self.ask("GET", f"/v1/agents/{self.number}")
        assert status == 200, answer
        return answer


@pytest.fixture
def door(house: House, tmp_path: Path) -> Iterator[ApiDoor]:
    """An API beside the engine of this scenario."""
    folder = tmp_path / "flows"
    folder.mkdir()
    (folder / "sales.yaml").write_text(FLOW, encoding="utf-8")
    house.configure(DIRECTORY, folder)
    for phone in ("1001", "1002"):
        house.phone(phone, PICKS_UP)
    door = build_api(replace(Settings(), api_port=0), house.database)
    assert door is not None
    door.start(EngineControl(house.engine))
    yield door
    door.stop()


def desk(house: House, door: ApiDoor, number: str) -> Desk:
    """Make a token for the desk of one agent, by the command line."""
    scopes = " ".join(f"--scope {scope}" for scope in ("agents:read", "agents:act", "calls:read"))
    printed = house.type(f"token create desk-{number} {scopes} --agent {number} --json")
    door.tokens.refresh()
    return Desk(door.bound_port, json.loads(printed[: printed.rindex("}") + 1])["token"], number)


def test_E4_a_desk_is_driven_by_the_api_alone(house: House, door: ApiDoor) -> None:
    """Sign in, a call arrives, is answered, held, taken back and handed on; each by what the API says is allowed."""
    first, second = desk(house, door, "8001"), desk(house, door, "8002")
    assert first.me()["allowed"] == ["sign-in"]
    first.does("sign-in")
    second.does("sign-in")
    leg = house.call(CallerScript("4001000001", "13800138000", b"", (WaitForAnswer(), Wait(60), HangUp())))
    house.wait_for(lambda: first.me()["moment"] == "talking")
    (call,) = first.ask("GET", "/v1/calls")[1]["calls"]
    assert (call["call"], call["caller"], call["agent"]) == (first.me()["call"], "+8613800138000", "8001")
    assert second.ask("GET", "/v1/calls")[1] == {"calls": []}
    first.does("hold")
    assert first.me()["moment"] == "held"
    assert first.ask("GET", f"/v1/calls/{call['call']}")[1]["talk"] == "held"
    status, refused = first.ask("POST", "/v1/agents/8001/actions/hold")
    assert (status, refused["detail"]) == (409, "坐席 8001 的客户已在保持中，可用“resume”恢复。")
    first.does("resume")
    house.wait_for(lambda: first.me()["moment"] == "talking")
    first.does("transfer", to="8002", note="退货")
    house.wait_for(lambda: second.me()["moment"] == "talking")
    assert first.me()["call"] is None
    second.does("hang-up")
    record = house.record_of(leg)
    status, shown = second.ask("GET", f"/v1/records/{record.call_id}")
    assert (status, shown["agents"]) == (200, ["8001", "8002"])
    assert [each["kind"] for each in shown["segments"]] == kinds(record)
    assert SegmentKind.HOLD in kinds(record)
    assert {"held", "resumed", "transferred"} <= {step["kind"] for step in shown["steps"]}


def test_E3_a_desk_acts_for_its_agent_alone_and_until_it_is_revoked(house: House, door: ApiDoor) -> None:
    first = desk(house, door, "8001")
    status, refused = first.ask("POST", "/v1/agents/8002/actions/sign-in")
    assert (status, refused["code"]) == (403, "token_of_other_agent")
    house.type("token revoke desk-8001")
    door.tokens.refresh()
    assert first.ask("GET", "/v1/agents/8001")[0] == 401
