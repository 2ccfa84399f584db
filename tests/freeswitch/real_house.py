"""A house for tests that can be played on a real FreeSWITCH alone: engine, PostgreSQL, switch, and a stage around them.

It is the house of the scenarios (`tests/scenarios/house.py`) with a stage that can do more: other handsets, what a
phone's display shows, a switch that dies. Easy to break: one switch serves many tests and looks for us at its own two
ports, so only one house at a time stands at each.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycogreen.gevent import patch_psycopg
from sqlalchemy import Engine as Database

from fs_control.face.box import running_engine
from fs_control.runtime.engine import Engine
from fs_control.settings import Settings, SwitchSettings
from fs_control.store.engine import create_engine
from fs_control.virtual_switch.script import (
    CallerScript,
    PhoneBehaviour,
    Press,
    Step,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
)
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.sip_caller import Handset
from tests.freeswitch.sipp_stage import SippStage
from tests.scenarios.house import House

patch_psycopg()

SERVICE_NUMBER = "4001234567"
"""Greets and lets the caller choose: 1 for the agent 8001, 2 for 8002."""
HOTLINE_NUMBER = "4007654321"
"""Goes straight to the agent 8001."""
DIRECTORY = f"""
enterprise: {{name: Test, language: zh}}
agents:
  - {{number: "8001", name: 王芳, phone: "1001"}}
  - {{number: "8002", name: 李雷, phone: "1002"}}
groups:
  - {{name: sales, ring: 10, members: ["8001"]}}
  - {{name: service, ring: 10, members: ["8002"]}}
  - {{name: hotline, ring: 10, members: ["8001"]}}
numbers:
  - {{number: "{SERVICE_NUMBER}", flow: main}}
  - {{number: "{HOTLINE_NUMBER}", flow: hotline}}
"""
TALKS = PhoneBehaviour(answer_after=0.2, talk=1.0)
"""How an agent's phone treats a call: answers, and hangs up after a second."""


class RealHouse(House):
    """A house whose switch is a FreeSWITCH."""

    def __init__(self, engine: Engine, database: Database, stage: SippStage) -> None:
        super().__init__(engine, database, stage)
        self.sipp_stage = stage

    def call_from(self, handset: Handset, script: CallerScript) -> str:
        """Let somebody call with a certain telephone; returns the caller's leg."""
        return self.sipp_stage.place_call(script, handset)


def caller(
    *steps: Step, number: str = SERVICE_NUMBER, who: str = "13800138000", name: bytes = b"", key: str = ""
) -> CallerScript:
    """Somebody who calls; with a `key`, who chooses it in the menu first."""
    chooses = (WaitForAnswer(), WaitForPrompt("main-menu"), Wait(0.3), Press(key)) if key else ()
    return CallerScript(number, who, name, (*chooses, *steps))


@contextmanager
def real_house(
    switch: PrivateSwitch,
    folder: Path,
    database_url: str,
    *,
    port: int = 0,
    directory: str = DIRECTORY,
    hold_music: str = "",
) -> Iterator[RealHouse]:
    """Run a system with a few agents on a FreeSWITCH; `port` is where it waits for callers, otherwise the first one."""
    settings = Settings(var=str(folder / "var"), listen_port=port or switch.controller_port, linger_s=1)
    there = SwitchSettings(
        event_port=switch.addresses.event_port,
        password=switch.secrets.event_password,
        hold_music=hold_music,
        cdrs=str(switch.folder / "cdrs"),
    )
    database = create_engine(database_url)
    try:
        with running_engine(settings, there, database) as engine, SippStage(switch, folder / "sipp") as stage:
            house = RealHouse(engine, database, stage)
            house.configure(directory)
            yield house
            house.settle()
            house.check_journal()
    finally:
        database.dispose()
