"""The controller is killed (-9) while callers wait unanswered, ring an agent whom the flow names, and talk outside.

The same on the virtual switch and on a FreeSWITCH: the talk outside goes on and the flow after it; who waits has still
not been answered, hears music, and is served; the agent is rung again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fs_control.activating import activate_flows
from fs_control.calls import CallState
from fs_control.face.box import free_port
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.records import Disposition, EndedBy, SegmentKind
from fs_control.settings import Settings
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.engine import create_engine
from fs_control.virtual_switch.script import CallerScript, Phone, PhoneBehaviour
from tests.scenarios.conftest import SWITCHES
from tests.scenarios.engine_process import EngineProcess
from tests.scenarios.house import kinds
from tests.scenarios.test_killed_controller import Place

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
  - {number: "8002", name: 李雷, phone: "1002"}
groups:
  - {name: sales, ring: 20, members: ["8001"]}
numbers:
  - {number: "4001000001", flow: unanswered}
  - {number: "4001000002", flow: outside}
  - {number: "4001000003", flow: named}
"""
UNANSWERED = """
flow: unanswered
language: zh
answer: on_agent
start: sales
steps:
  sales: {do: queue, group: sales, served: thanks, nobody_signed_in: closed}
  thanks: {do: play, prompt: goodbye, next: end}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
"""
OUTSIDE = """
flow: outside
language: zh
start: branch
steps:
  branch: {do: dial, number: "02112345678", ring: 20, served: thanks, failed: closed}
  thanks: {do: play, prompt: goodbye, next: end}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
"""
NAMED = """
flow: named
language: zh
start: agent
steps:
  agent: {do: agent, agent: "8002", ring: 60, served: thanks, not_signed_in: closed}
  thanks: {do: play, prompt: goodbye, next: end}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
"""
TALK_S = 9.0
"""Long enough for a process to die and for another one to be there."""


@pytest.fixture(params=SWITCHES)
def place(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[Place]:
    """An agent who talks for a while, one who takes their time, somebody outside, and an engine of its own process."""
    folder = tmp_path / "flows"
    settings = Settings(var=str(tmp_path / "var"), flows=str(folder), listen_port=free_port(), linger_s=1)
    database = create_engine(database_url)
    directory = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
    directory.import_directory(parse_directory(DIRECTORY, "directory.yaml"))
    folder.mkdir()
    for name, text in (("unanswered", UNANSWERED), ("outside", OUTSIDE), ("named", NAMED)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    activate_flows(folder, database, "test")
    with request.param(settings, request, 1.0) as scene, scene.open_stage() as stage:
        engine = EngineProcess(scene.settings, scene.switch, database_url)
        try:
            engine.start()
            stage.set_phone(Phone("1001", (PhoneBehaviour(answer_after=0.2, talk=TALK_S),), True))
            stage.set_phone(Phone("1002", (PhoneBehaviour(answer_after=20), PhoneBehaviour(talk=1.0)), True))
            stage.set_outsider("02112345678", PhoneBehaviour(answer_after=0.2, talk=TALK_S))
            for agent in ("8001", "8002"):
                engine.client.act(agent, "sign-in")
            yield Place(engine, stage, PostgresRecordStore(database, DEFAULT_ENTERPRISE), directory)
        finally:
            engine.kill()
            database.dispose()


def call(place: Place, number: str) -> str:
    """Let somebody call one of the numbers, and stay."""
    return place.stage.place_call(CallerScript(number, "13800138000"))


@pytest.mark.timeout(180)
def test_D1_a_killed_controller_leaves_talks_outside_alone_and_callers_unanswered(place: Place) -> None:
    """The control plane dies (kill -9) at any moment: talking pairs keep talking, waiting callers are taken back."""
    talks = call(place, "4001000001")
    place.wait_state(talks, CallState.TALKING)
    waits = call(place, "4001000001")
    place.wait_state(waits, CallState.WAITING)
    outside = call(place, "4001000002")
    place.wait_state(outside, CallState.OUTSIDE)
    named = call(place, "4001000003")
    place.wait_state(named, CallState.RINGING_AGENT)

    place.engine.kill()
    place.engine.start()

    dialled = place.record(outside)
    (talk,) = [segment for segment in dialled.segments if segment.kind is SegmentKind.TALK]
    assert (talk.ended_by, dialled.disposition) == (EndedBy.OUTSIDE, Disposition.PUT_THROUGH)
    assert [Path(prompt).stem for prompt in place.stage.journal(outside).heard()][-1] == "goodbye"

    served = place.record(waits)
    assert (served.disposition, kinds(served)[-2]) == (Disposition.ANSWERED, SegmentKind.TALK)
    assert served.answered_at is not None
    assert served.answered_at <= served.segments[-2].started_at
    assert served.answered_at > served.started_at + 1_000_000  # by the agent, long after the call came

    rung = place.record(named)
    assert (rung.disposition, len(rung.offers)) == (Disposition.ANSWERED, 2)
    assert place.record(talks).disposition is Disposition.ANSWERED
