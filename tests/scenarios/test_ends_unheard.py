"""The engine is killed (-9), and calls end while nobody listens: the next one closes them as the switch wrote it down.

The same on the virtual switch and on a FreeSWITCH, by the files that each leaves of its legs (mod_json_cdr).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fs_control.activating import activate_flows
from fs_control.calls import CallState
from fs_control.face.box import free_port
from fs_control.ids import DEFAULT_ENTERPRISE, LegId, Micros
from fs_control.records import EndedBy, SegmentKind, SwitchLeg
from fs_control.settings import Settings
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.engine import create_engine
from fs_control.store.legs import PostgresLegStore
from fs_control.switch.cdr import SUFFIX, decode_cdr
from fs_control.virtual_switch.script import (
    HangUp,
    Phone,
    PhoneBehaviour,
    Wait,
    WaitForAnswer,
    WaitForTalk,
)
from tests.scenarios.conftest import SWITCHES
from tests.scenarios.engine_process import EngineProcess, wait_for
from tests.scenarios.house import kinds
from tests.scenarios.test_killed_controller import Place

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
groups:
  - {name: sales, ring: 20, members: ["8001"]}
numbers:
  - {number: "4001234567", flow: sales}
"""
FLOW = """
flow: sales
language: zh
start: sales
steps:
  sales: {do: queue, group: sales, served: thanks, nobody_signed_in: closed}
  thanks: {do: play, prompt: goodbye, next: end}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
"""
LEAVES_THE_TALK = (WaitForAnswer(), WaitForTalk(), Wait(3.0), HangUp())
STAYS = (WaitForAnswer(), WaitForTalk(), Wait(60.0), HangUp())
GIVES_UP = (WaitForAnswer(), Wait(4.0), HangUp())
NEAR: Micros = Micros(40_000)
"""How far our records may be from the switch's own (D1)."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place whose switch leaves files, and where they go."""

    place: Place
    cdrs: Path
    legs: PostgresLegStore

    def agent_talks(self, seconds: float | None) -> None:
        """Let the agent's phone hang up by itself, or never."""
        self.place.stage.set_phone(Phone("1001", (PhoneBehaviour(answer_after=0.2, talk=seconds),), True))

    def left_of(self, leg: str) -> SwitchLeg:
        """What the switch leaves of a leg, once it is over; the engine is dead, and cannot take it away."""
        path = self.cdrs / f"{leg}{SUFFIX}"
        wait_for(path.exists, f"the file of {leg}")
        wait_for(lambda: path.read_bytes().endswith(b"\n"), f"the end of the file of {leg}")
        return decode_cdr(path.read_bytes()).leg

    def leg_of_agent(self, leg: str) -> str:
        """The agent's leg of a caller's talk."""
        live = self.place.engine.live(leg)
        assert live is not None
        assert live.call.offer is not None
        return live.call.offer.leg


@pytest.fixture(params=SWITCHES)
def site(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[Site]:
    """One agent, one line, and an engine in a process of its own."""
    flows = tmp_path / "flows"
    flows.mkdir()
    (flows / "sales.yaml").write_text(FLOW, "utf-8")
    settings = Settings(var=str(tmp_path / "var"), listen_port=free_port(), linger_s=1)
    database = create_engine(database_url)
    directory = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
    directory.import_directory(parse_directory(DIRECTORY, "directory.yaml"))
    activate_flows(flows, database, "test")
    with request.param(settings, request, 1.0) as scene, scene.open_stage() as stage:
        engine = EngineProcess(scene.settings, scene.switch, database_url)
        try:
            engine.start()
            records = PostgresRecordStore(database, DEFAULT_ENTERPRISE)
            place = Place(engine, stage, records, directory)
            site = Site(place, Path(scene.switch.cdrs), PostgresLegStore(database, DEFAULT_ENTERPRISE))
            site.agent_talks(None)
            engine.client.act("8001", "sign-in")
            yield site
        finally:
            engine.kill()
            database.dispose()


def is_idle(place: Place) -> bool:
    """Whether nobody is on the phone any more, and the agent is free."""
    centre = place.engine.centre()
    return not centre.calls and not centre.closing and all(agent.call is None for agent in centre.agents.values())


@pytest.mark.timeout(180)
def test_D1_a_caller_who_hangs_up_while_nobody_listens_has_hung_up(site: Site) -> None:
    """The record has the true end, within 40 ms of the switch's own, who ended it, and the cause."""
    leg = site.place.call(*LEAVES_THE_TALK)
    site.place.wait_state(leg, CallState.TALKING)
    site.place.engine.kill()
    left = site.left_of(leg)
    site.place.engine.start()
    record = site.place.record(leg)
    assert record.ended_at is not None
    assert abs(record.ended_at - left.ended_at) <= NEAR
    assert (record.ended_by, record.cause) == (EndedBy.CALLER, left.cause)
    assert (record.segments[-1].kind, record.segments[-1].ended_by) == (SegmentKind.TALK, EndedBy.CALLER)
    wait_for(lambda: is_idle(site.place), "the agent to be free")


@pytest.mark.timeout(180)
def test_D1_an_agent_who_hangs_up_while_nobody_listens_has_ended_the_talk(site: Site) -> None:
    site.agent_talks(2.0)
    leg = site.place.call(*STAYS)
    site.place.wait_state(leg, CallState.TALKING)
    agent = site.leg_of_agent(leg)
    site.place.engine.kill()
    left = site.left_of(agent)
    site.place.engine.start()
    record = site.place.record(leg)
    (talk,) = [segment for segment in record.segments if segment.kind is SegmentKind.TALK]
    assert talk.ended_at is not None
    assert abs(talk.ended_at - left.ended_at) <= NEAR
    assert talk.ended_by is EndedBy.AGENT
    assert kinds(record)[-1] is SegmentKind.IVR  # and the flow has gone on


@pytest.mark.timeout(180)
def test_D1_a_caller_who_gives_up_waiting_while_nobody_listens_has_waited_until_then(site: Site) -> None:
    talks = site.place.call(*STAYS)
    site.place.wait_state(talks, CallState.TALKING)
    waits = site.place.call(*GIVES_UP)
    site.place.wait_state(waits, CallState.WAITING)
    site.place.engine.kill()
    left = site.left_of(waits)
    site.place.engine.start()
    record = site.place.record(waits)
    assert record.ended_at is not None
    assert abs(record.ended_at - left.ended_at) <= NEAR
    assert (record.segments[-1].kind, record.ended_by) == (SegmentKind.LINE, EndedBy.CALLER)
    assert site.place.engine.live(talks) is not None  # and who talks, talks on
    assert [each.leg for each in site.legs.find([LegId(waits)])] == [waits]
