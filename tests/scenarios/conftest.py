"""A house for scenarios: an engine, a PostgreSQL and a switch, all real; phones and callers that follow a script.

Every scenario runs on the virtual switch, and unchanged on a FreeSWITCH where one is asked for (`-m freeswitch`). At
the end of every scenario the journal is folded and must give the centre as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest
from psycogreen.gevent import patch_psycopg

from fs_control.cdr import TOLERANCE
from fs_control.face.box import free_port, running_engine, virtual_switch
from fs_control.ids import seconds
from fs_control.ports import Clock
from fs_control.runtime.clock import ShiftedClock, WallClock
from fs_control.settings import Settings, SwitchSettings
from fs_control.store.engine import create_engine
from tests.freeswitch.configuration import GATEWAY
from tests.freeswitch.fixture import freeswitch, short_prompts
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.sipp_stage import SippStage
from tests.scenarios.house import Director, House

__all__ = ["freeswitch", "house", "short_prompts"]

patch_psycopg()


RATE = 8.0
"""Scenarios run faster than life where the switch can; what they assert are facts and orders of facts, never how long
something took.
"""


HURRIED: Final = seconds(30)
"""How far moments of ours may be from those of a virtual switch, whose turns are long on a busy machine; what is shown
of 40 ms is shown on a FreeSWITCH.
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """A switch, the time it lives in, and the way onto its stage."""

    settings: Settings
    switch: SwitchSettings
    clock: Clock
    open_stage: Callable[[], AbstractContextManager[Director]]


@contextmanager
def on_virtual_switch(settings: Settings, _request: pytest.FixtureRequest, rate: float = RATE) -> Iterator[Scene]:
    """A switch in the box, for this scenario alone."""
    now = WallClock().now()
    clock = ShiftedClock(now, now, rate)
    with virtual_switch(settings, clock) as (switch, switch_settings):
        yield Scene(settings, switch_settings, clock, switch.stage)


@contextmanager
def on_freeswitch(settings: Settings, request: pytest.FixtureRequest, _rate: float = 1.0) -> Iterator[Scene]:
    """The FreeSWITCH of this run; it looks for us at one port, which each scenario's engine takes in its turn."""
    switch: PrivateSwitch = request.getfixturevalue("freeswitch")
    yield Scene(
        replace(settings, listen_port=switch.controller_port),
        SwitchSettings(
            event_port=switch.addresses.event_port,
            password=switch.secrets.event_password,
            media=str(request.getfixturevalue("short_prompts")),
            gateway=GATEWAY,
            cdrs=str(switch.folder / "cdrs"),
        ),
        WallClock(),
        lambda: SippStage(switch, Path(settings.var) / "sipp"),
    )


SWITCHES = (
    pytest.param(on_virtual_switch, id="virtual"),
    pytest.param(on_freeswitch, id="freeswitch", marks=pytest.mark.freeswitch),
)


@pytest.fixture(params=SWITCHES)
def house(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[House]:
    """A running system with nothing in its directory."""
    settings = Settings(var=str(tmp_path / "var"), listen_port=free_port(), linger_s=1, http_hosts=("127.0.0.1",))
    database = create_engine(database_url)
    try:
        with (
            request.param(settings, request) as scene,
            running_engine(scene.settings, scene.switch, database, scene.clock) as engine,
            scene.open_stage() as stage,
        ):
            is_hurried = scene.clock.real_seconds(seconds(1)) < 1
            house = House(engine, database, stage, HURRIED if is_hurried else TOLERANCE)
            yield house
            house.settle()
            house.check_journal()
            house.check_ledger()
    finally:
        database.dispose()
