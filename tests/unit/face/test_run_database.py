"""A database that is away while the system runs is tried again and again, whatever stands in the way."""

from __future__ import annotations

import gevent
import pytest

from fs_control.errors import RemoteFault
from fs_control.face import run_database
from fs_control.face.run_database import RunDatabase
from fs_control.store.engine import create_engine
from fs_control.testing.fake_event_socket import wait_until

READ_ONLY = OSError(30, "Read-only file system")


def test_a_server_in_the_box_is_looked_after_whatever_its_disk_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_database, "AGAIN_S", 0.01)
    faults: list[Exception] = [READ_ONLY, RemoteFault("database_away", reason="a test took it away")]
    started: list[str] = []

    def revive() -> None:
        if faults:
            raise faults.pop(0)
        started.append("server")

    had = RunDatabase(create_engine("postgresql:///none"), lambda: None, revive=revive)
    looking = gevent.spawn(had.follow, lambda: None)
    wait_until(lambda: len(started) > 1 or looking.dead)
    assert not looking.dead
    assert faults == []
    looking.kill()
