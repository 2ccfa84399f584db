"""The controller is killed (-9) while one pair talks, one caller waits, one is in the menu; then it is started again.

The pair talks on and its record is complete; the one who waits hears music, keeps the place and is served; the one in
the menu is asked again. The same on the virtual switch and on a FreeSWITCH (design: what FreeSWITCH is like).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine as Database

from fs_control.activating import activate_flows
from fs_control.calls import CallState
from fs_control.face.box import free_port
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.records import CallRecord, Disposition, EndedBy, SegmentKind
from fs_control.settings import Settings
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.engine import create_engine
from fs_control.virtual_switch.script import CallerScript, HangUp, Phone, PhoneBehaviour, Press, Wait, WaitForPrompt
from tests.scenarios.conftest import SWITCHES
from tests.scenarios.engine_process import EngineProcess, wait_for
from tests.scenarios.house import FLOWS, Director, assert_adds_up, kinds

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
groups:
  - {name: sales, ring: 20, members: ["8001"]}
  - {name: service, ring: 20, members: ["8001"]}
numbers:
  - {number: "4001234567", flow: main}
"""

CHOOSES_SALES = (WaitForPrompt("main-menu"), Wait(0.5), Press("1"))
IS_ASKED_TWICE = (WaitForPrompt("main-menu"), WaitForPrompt("main-menu"), Wait(0.5), HangUp())
TALK_S = 9.0
"""Long enough for a process to die and for another one to be there."""


@dataclass(frozen=True, slots=True)
class Place:
    """A killable engine, the stage around it, and the records that it leaves."""

    engine: EngineProcess
    stage: Director
    records: PostgresRecordStore
    directory: PostgresDirectoryStore

    def configure(self, text: str) -> None:
        """Take over a directory file (YAML); the engine has still to be told."""
        self.directory.import_directory(parse_directory(text, "directory.yaml"))

    def call(self, *steps: object) -> str:
        """Let somebody call."""
        return self.stage.place_call(CallerScript("4001234567", "13800138000", b"", steps))  # type: ignore[arg-type]

    def wait_state(self, leg: str, state: CallState) -> None:
        """Wait until the engine has a caller in this state."""
        wait_for(lambda: (live := self.engine.live(leg)) is not None and live.call.state is state, f"{state} of {leg}")

    def record(self, leg: str) -> CallRecord:
        """Wait for the end of a call; there is exactly one record of it."""
        self.stage.wait_for_end(leg, 60.0)
        wait_for(lambda: any(record.leg == leg for record in self.records.recent(100)), f"the record of {leg}")
        (record,) = [record for record in self.records.recent(100) if record.leg == leg]
        assert_adds_up(record)
        return record


@pytest.fixture(params=SWITCHES)
def place(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[Place]:
    """One agent who talks for a while, a menu, and an engine in a process of its own."""
    settings = Settings(var=str(tmp_path / "var"), listen_port=free_port(), linger_s=1)
    database = create_engine(database_url)
    _furnish(database)
    with request.param(settings, request, 1.0) as scene, scene.open_stage() as stage:
        engine = EngineProcess(scene.settings, scene.switch, database_url)
        try:
            engine.start()
            stage.set_phone(Phone("1001", (PhoneBehaviour(answer_after=0.2, talk=TALK_S),), True))
            engine.client.act("8001", "sign-in")
            directory = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
            yield Place(engine, stage, PostgresRecordStore(database, DEFAULT_ENTERPRISE), directory)
        finally:
            engine.kill()
            database.dispose()


def _furnish(database: Database) -> None:
    PostgresDirectoryStore(database, DEFAULT_ENTERPRISE).import_directory(parse_directory(DIRECTORY, "directory.yaml"))
    activate_flows(FLOWS, database, "test")


@pytest.mark.timeout(180)
def test_D1_a_killed_controller_costs_no_caller_their_call_their_place_or_their_record(place: Place) -> None:
    """The control plane dies (kill -9): talking pairs keep talking, waiting callers are taken back with their place."""
    talks = place.call(*CHOOSES_SALES)
    place.wait_state(talks, CallState.TALKING)
    waits = place.call(*CHOOSES_SALES)
    place.wait_state(waits, CallState.WAITING)
    chooses = place.call(*IS_ASKED_TWICE)
    wait_for(lambda: any("main-menu" in prompt for prompt in place.stage.journal(chooses).heard()), "the menu")

    place.engine.kill()
    place.engine.start()

    in_menu = place.record(chooses)
    assert [Path(prompt).stem for prompt in place.stage.journal(chooses).heard()].count("main-menu") == 2
    assert (in_menu.disposition, in_menu.ended_by) == (Disposition.ABANDONED_IN_IVR, EndedBy.CALLER)

    talked = place.record(talks)
    assert talked.disposition is Disposition.ANSWERED
    assert [kind for kind in kinds(talked) if kind is SegmentKind.TALK] == [SegmentKind.TALK]
    (talk,) = [segment for segment in talked.segments if segment.kind is SegmentKind.TALK]
    assert talk.ended_by is EndedBy.AGENT  # by the phone, and not by our death

    served = place.record(waits)
    assert served.disposition is Disposition.ANSWERED
    # On a slow machine the phone may ring when the process dies, and ring again; or the agent leaves before it is back.
    assert kinds(served)[:3] == [SegmentKind.IVR, SegmentKind.LINE, SegmentKind.RING]
    assert kinds(served).count(SegmentKind.TALK) == 1
    line = next(segment for segment in served.segments if segment.kind is SegmentKind.LINE)
    assert line.started_at < talk.ended_at <= line.ended_at  # type: ignore[operator]  # both have ended
    assert len(place.records.recent(100)) == 3
