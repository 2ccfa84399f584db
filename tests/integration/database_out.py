"""A PostgreSQL that a test may stop, kill and cut off, under a system whose callers do not notice (D1).

Callers on the virtual switch choose the group sales and talk, or hang up in the menu. Time runs faster than life.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import gevent
from psycogreen.gevent import patch_psycopg
from psycopg2.extensions import set_wait_callback
from sqlalchemy import Engine as Database
from sqlalchemy import text

from fs_control.face.box import free_port, running_engine, virtual_switch
from fs_control.face.options import DATABASE_NAME
from fs_control.records import CallRecord, Disposition
from fs_control.runtime.clock import ShiftedClock, WallClock
from fs_control.runtime.engine import Engine
from fs_control.settings import Settings, SwitchSettings
from fs_control.store import migrations
from fs_control.store.engine import create_engine
from fs_control.store.local_postgres import LocalPostgres
from fs_control.virtual_switch.script import CallerScript, HangUp, PhoneBehaviour, Press, Wait, WaitForPrompt
from fs_control.virtual_switch.stage import Stage
from tests.scenarios.house import House, assert_adds_up

RATE = 8.0
NUMBER = "4001234567"
DIRECTORY = f"""
enterprise: {{name: Test, language: zh}}
agents:
  - {{number: "8001", name: 王芳, phone: "1001"}}
groups:
  - {{name: sales, ring: 20, members: ["8001"]}}
  - {{name: service, ring: 20, members: ["8001"]}}
numbers:
  - {{number: "{NUMBER}", flow: main}}
"""
LEAVES_THE_MENU = (WaitForPrompt("main-menu"), HangUp())
TALKS = (WaitForPrompt("main-menu"), Wait(0.5), Press("1"))


class Server(LocalPostgres):
    """A server that can be killed."""

    def kill(self) -> None:
        """Take all of it away as the kernel does when memory is short."""
        self._signal(signal.SIGKILL)
        self._has_ended_within(30.0)
        self._use.leave()

    def freeze(self) -> None:
        """Let it hang: connections stand, and nothing is ever answered."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on as if nothing had been."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        pid = int((self.data_dir / "postmaster.pid").read_text().split("\n", 1)[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (str(pid), *children):
            os.kill(int(each), number)


@contextmanager
def own_server() -> Iterator[Server]:
    """A server of this test alone, with our tables."""
    folder = Path(tempfile.mkdtemp(prefix="fs_control-test-", dir="/tmp"))
    folder.chmod(0o711)
    server = Server(folder / "postgres", options={"fsync": "off"})
    patch_psycopg()
    try:
        server.start()
        migrations.upgrade(server.create_database(DATABASE_NAME))
        yield server
    finally:
        server.stop()
        set_wait_callback(None)
        shutil.rmtree(folder)


@dataclass
class Town:
    """One engine after the other on one switch, and its database."""

    server: Server
    settings: Settings
    switch: SwitchSettings
    clock: ShiftedClock
    stage: Stage
    database: Database
    placed: list[str] = field(default_factory=list)
    """The callers' legs."""

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """Let a process run."""
        with running_engine(self.settings, self.switch, self.database, self.clock) as engine:
            yield engine

    def house(self, engine: Engine) -> House:
        """The house of an engine, with its directory."""
        house = House(engine, self.database, self.stage)
        house.configure(DIRECTORY)
        house.phone("1001", PhoneBehaviour(answer_after=0.2, talk=2.0))
        house.sign_in("8001")
        return house

    def call(self, *steps: object) -> str:
        """Let somebody call."""
        leg = self.stage.place_call(CallerScript(NUMBER, "13800138000", b"", steps))  # type: ignore[arg-type]
        self.placed.append(leg)
        return leg

    def traffic(self, callers: int) -> None:
        """Let callers call one after the other and live through it; one of four wants to talk."""
        legs = [self._one_of_many(number) for number in range(callers)]
        for leg in legs:
            self.stage.wait_for_end(leg, 90.0)

    def _one_of_many(self, number: int) -> str:
        gevent.sleep(0.02)
        return self.call(*(TALKS if number % 4 == 0 else LEAVES_THE_MENU))

    def assert_all_are_stored_once(self, house: House) -> list[CallRecord]:
        """Every caller has one record, which adds up, and was served as if nothing had been."""
        house.wait_for(lambda: house.engine.outboxes.facts().waiting == 0)
        house.settle()
        records = list(house.records.recent(10_000))
        assert sorted(record.leg for record in records) == sorted(self.placed)
        for record in records:
            assert_adds_up(record)
        assert {record.disposition for record in records} <= {Disposition.ANSWERED, Disposition.ABANDONED_IN_IVR}
        assert [record for record in records if record.disposition is Disposition.ANSWERED]
        self._assert_rows_are_single()
        return records

    def _assert_rows_are_single(self) -> None:
        with self.database.connect() as connection:
            doubled = connection.execute(
                text(
                    "SELECT call_id FROM call_segment GROUP BY call_id, started_at, kind HAVING count(*) > 1"
                    " UNION SELECT leg_id FROM call GROUP BY leg_id HAVING count(*) > 1"
                )
            ).all()
        assert doubled == []


@contextmanager
def a_town(folder: Path, rate: float = RATE) -> Iterator[Town]:
    """A switch and a database; the test lets engines run."""
    settings = Settings(var=str(folder), listen_port=free_port(), linger_s=1)
    now = WallClock().now()
    clock = ShiftedClock(now, now, rate)
    with own_server() as server:
        database = create_engine(server.url(DATABASE_NAME))
        try:
            with virtual_switch(settings, clock) as (process, switch), process.stage() as stage:
                yield Town(server, settings, switch, clock, stage, database)
        finally:
            database.dispose()
