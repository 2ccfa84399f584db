"""A house for scenarios: an engine, a PostgreSQL and a switch, all real; phones and callers that follow a script.

At the end of every scenario the journal is folded and must give the centre as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from psycogreen.gevent import patch_psycopg

from fs_control.face.box import free_port, running_engine, virtual_switch
from fs_control.runtime.clock import ShiftedClock, WallClock
from fs_control.settings import Settings
from fs_control.store.engine import create_engine
from tests.scenarios.house import House

patch_psycopg()


RATE = 8.0
"""Scenarios run faster than life; what they assert are facts and orders of facts, never how long something took."""


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    """A running system with nothing in its directory."""
    settings = Settings(var=str(tmp_path / "var"), listen_port=free_port(), linger_s=1)
    now = WallClock().now()
    clock = ShiftedClock(now, now, RATE)
    database = create_engine(database_url)
    try:
        with (
            virtual_switch(settings, clock) as (switch, switch_settings),
            running_engine(settings, switch_settings, database, clock) as engine,
            switch.stage() as stage,
        ):
            house = House(engine, database, stage)
            yield house
            house.settle()
            house.check_journal()
    finally:
        database.dispose()
