"""What the scenarios of inputs, messages and questions to servers share: a number, its flow, what a record says."""

from __future__ import annotations

import json
from pathlib import Path

import gevent
from gevent.pywsgi import WSGIServer

from fs_control.records import CallRecord
from fs_control.virtual_switch.script import CallerScript, Step, WaitForAnswer
from tests.scenarios.house import House

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
groups:
  - {name: sales, ring: 3, members: ["8001"]}
numbers:
  - {number: "4001112222", flow: inputs}
"""
WHO = "13800138000"


class Crm:
    """Somebody else's server: what it was asked, and what it answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.status, self.body = "200 OK", json.dumps({"data": {"balance": 250}})
        self.headers: list[tuple[str, str]] = []
        self.slow_s = 0.0
        self.server = WSGIServer(("127.0.0.1", 0), self._answer, log=None)
        self.server.start()

    @property
    def host(self) -> str:
        """Where it is."""
        return f"127.0.0.1:{self.server.server_port}"

    def _answer(self, environ, start_response):
        body = environ["wsgi.input"].read().decode()
        self.asked.append((f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}", body))
        gevent.sleep(self.slow_s)
        start_response(self.status, [("Content-Type", "application/json"), *self.headers])
        return [self.body.encode()]


def open_flow(house: House, folder: Path, flow: str) -> None:
    """Let the number be answered by this flow."""
    folder.mkdir(exist_ok=True)
    (folder / "inputs.yaml").write_text(f"flow: inputs\nlanguage: zh\n{flow}", encoding="utf-8")
    house.configure(DIRECTORY, folder)


def caller(*steps: Step) -> CallerScript:
    """Somebody who calls the number."""
    return CallerScript("4001112222", WHO, b"", (WaitForAnswer(), *steps))


def told(record: CallRecord, *kinds: str) -> list[tuple[str, str]]:
    """What the record says of some kinds of things, in order."""
    return [(step.kind, step.detail) for step in record.steps if step.kind in kinds]


def heard(house: House, leg: str) -> list[str]:
    """The names of the prompts that a caller heard, in order."""
    names = [path.rpartition("/")[2].removesuffix(".wav") for path in house.stage.journal(leg).heard()]
    return [name for name in names if not name.startswith(("10", "%"))]
