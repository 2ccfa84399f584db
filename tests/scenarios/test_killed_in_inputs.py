"""The controller is killed (-9) while a caller leaves a message, and between a secret input and its use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from fs_control.activating import activate_flows
from fs_control.face.box import free_port
from fs_control.ids import DEFAULT_ENTERPRISE, seconds
from fs_control.records import CallRecord, Disposition
from fs_control.settings import Settings
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.engine import create_engine
from fs_control.virtual_switch.script import CallerScript, Press, Speak, Step, Wait, WaitForAnswer, WaitForPrompt
from tests.freeswitch.sound import loudness
from tests.scenarios.conftest import SWITCHES
from tests.scenarios.engine_process import EngineProcess, wait_for
from tests.scenarios.house import Director
from tests.scenarios.inputs import DIRECTORY, WHO, Crm, told

FLOW = """flow: inputs
language: zh
start: ask
steps:
  ask:
    do: collect
    prompt: main-menu
    length: 4
    into: pin
    timeout: 10
    next: wait
    sensitive: true
    wrong: {next: end}
    no_key: {next: end}
  wait: {do: play, prompt: no-number, next: check, skip: false}
  check: {do: http, url: "http://HOST/check?pin={pin}", within: 10, next: leave, failed: end}
  leave: {do: message, box: sales, prompt: nobody-signed-in, silence: 2, next: thanks, nothing_said: end}
  thanks: {do: hangup, reason: thanks}
  end: {do: hangup, reason: failed}
"""
ASKED = WaitForPrompt("main-menu")
TONE = WaitForPrompt("tone_stream")
PIN = "7352"


@dataclass(frozen=True, slots=True)
class Place:
    """A killable engine, the stage around it, somebody's server, and the records."""

    engine: EngineProcess
    stage: Director
    crm: Crm
    records: PostgresRecordStore
    var: Path

    def call(self, *steps: Step) -> str:
        """Let somebody call."""
        return self.stage.place_call(CallerScript("4001112222", WHO, b"", (WaitForAnswer(), *steps)))

    def hears(self, leg: str, prompt: str) -> bool:
        """Whether a caller has heard the beginning of a prompt."""
        return any(prompt in heard for heard in self.stage.journal(leg).heard())

    def killed(self) -> None:
        """Kill the engine and start it again."""
        self.engine.kill()
        self.engine.start()

    def record(self, leg: str) -> CallRecord:
        """Wait for the end of a call, and return its record."""
        self.stage.wait_for_end(leg, 90.0)
        wait_for(lambda: any(record.leg == leg for record in self.records.recent(10)), f"the record of {leg}")
        (record,) = [record for record in self.records.recent(10) if record.leg == leg]
        return record


@pytest.fixture(params=SWITCHES)
def place(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[Place]:
    """One number, and an engine in a process of its own."""
    settings = Settings(var=str(tmp_path / "var"), listen_port=free_port(), linger_s=1, http_hosts=("127.0.0.1",))
    database, crm = create_engine(database_url), Crm()
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "inputs.yaml").write_text(FLOW.replace("HOST", crm.host), encoding="utf-8")
    store = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
    store.import_directory(parse_directory(DIRECTORY, "directory.yaml"))
    activate_flows(tmp_path / "flows", database, "test")
    with request.param(settings, request, 1.0) as scene, scene.open_stage() as stage:
        engine = EngineProcess(scene.settings, scene.switch, database_url)
        try:
            engine.start()
            records = PostgresRecordStore(database, DEFAULT_ENTERPRISE)
            yield Place(engine, stage, crm, records, Path(scene.settings.var))
        finally:
            engine.kill()
            crm.server.stop(timeout=1)
            database.dispose()


@pytest.mark.timeout(180)
def test_N7_a_message_survives_the_death_of_the_controller(place: Place) -> None:
    """Row and file survive: the switch goes on recording, and hands the caller over again."""
    leg = place.call(ASKED, Wait(0.5), Press(PIN), TONE, Wait(0.8), Speak(8))

    def is_speaking() -> bool:
        live = place.engine.live(leg)
        return live is not None and live.message is not None and live.message.began_at is not None

    wait_for(is_speaking, "the end of the tone")
    place.killed()
    record = place.record(leg)
    (message,) = record.messages
    assert message.length >= seconds(5)
    assert message.length >= seconds(5)
    assert record.disposition is Disposition.LEFT_MESSAGE
    assert told(record, "ended") == [("ended", "thanks")]
    assert max(loudness(place.var / "recordings" / message.file)) > 1000


@pytest.mark.timeout(180)
def test_a_secret_that_died_with_the_controller_is_asked_for_again(place: Place) -> None:
    """After a crash the step asks again; and nothing of it is in any file."""
    again = (WaitForPrompt("main-menu"), Wait(0.5), Press(PIN), TONE)
    leg = place.call(ASKED, Wait(0.5), Press(PIN), *again)
    wait_for(lambda: place.hears(leg, "no-number"), "the prompt behind the input")
    place.killed()
    record = place.record(leg)
    assert told(record, "asked_again") == [("asked_again", "ask")]
    assert [asked for asked, _ in place.crm.asked] == [f"/check?pin={PIN}"]
    files = [path for path in place.var.parent.rglob("*") if path.is_file() and "sipp" not in path.parts]
    assert [path for path in files if f'"{PIN}"'.encode() in path.read_bytes()] == []
    with place.records._engine.connect() as connection:
        steps = connection.execute(text("SELECT detail FROM call_step")).scalars().all()
    assert PIN not in steps
