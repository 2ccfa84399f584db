"""News of the directory that come while the database cannot be read are not lost: they are read as soon as it can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import gevent
import pytest

from fs_control.errors import UserMistake
from fs_control.runtime import engine as engine_room
from fs_control.testing.fake_event_socket import wait_until
from tests.integration.engine_house import AWAY, IN_NO_TIME_S, PATIENCE_S, running_house


class TellsOnce:
    """A database that tells of a change once to each who listens."""

    def __init__(self) -> None:
        self.asked = 0

    def follow(self, tell: Callable[[], None]) -> NoReturn:
        """Tell, and be silent from then on."""
        self.asked += 1
        tell()
        while True:
            gevent.sleep(PATIENCE_S)


@pytest.mark.parametrize("fault", [AWAY, UserMistake("database_not_migrated", reason="a test")])
def test_D1_news_that_could_not_be_read_are_read_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    monkeypatch.setattr(engine_room, "DIRECTORY_AGAIN_S", 0.01)
    with running_house(tmp_path / "var") as house:
        house.engine.stop(IN_NO_TIME_S)
        house.changes = changes = TellsOnce()
        house.directory.fault = fault
        house.restart()
        assert house.engine.centre.directory.numbers  # those of the last process
        wait_until(lambda: changes.asked > 1)
        house.directory.directory = replace(house.directory.directory, time_zone="Europe/Berlin")
        house.directory.fault = None
        wait_until(lambda: house.engine.centre.directory.time_zone == "Europe/Berlin")
        assert not house.engine.supervisor.failed.ready()
