"""News of changes: told at the beginning and after each commit, to those of this enterprise, until the link is cut."""

from __future__ import annotations

from collections.abc import Iterator

import gevent
import pytest
from gevent.lock import Semaphore
from sqlalchemy import Engine, text

from fs_control.errors import RemoteFault, UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE, EnterpriseId
from fs_control.store.directory_changes import PostgresDirectoryChanges
from fs_control.store.enterprise_lock import changing

PATIENCE_S = 20.0
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"


class Listener:
    """Counts what is told."""

    def __init__(self, database: Engine) -> None:
        self.database = database
        self.told = Semaphore(0)
        self.greenlet = gevent.spawn(self._follow)

    def _follow(self) -> str:
        """Listen until that is over, and return why it is."""
        try:
            PostgresDirectoryChanges(self.database, DEFAULT_ENTERPRISE).follow(self._tell)
        except RemoteFault as fault:
            return fault.code

    def _tell(self) -> None:
        self.told.release()

    def hears(self) -> bool:
        """Wait for the next piece of news."""
        return bool(self.told.acquire(timeout=PATIENCE_S))

    def change(self, enterprise: EnterpriseId = DEFAULT_ENTERPRISE) -> None:
        with changing(self.database, enterprise):
            pass


@pytest.fixture
def listener(database: Engine) -> Iterator[Listener]:
    found = Listener(database)
    assert found.hears()
    yield found
    found.greenlet.kill()


def test_every_change_is_told_once_and_only_after_it_is_committed(listener: Listener) -> None:
    listener.change()
    assert listener.hears()
    with pytest.raises(UserMistake), changing(listener.database, DEFAULT_ENTERPRISE):
        raise UserMistake("left_alone")
    listener.change(EnterpriseId("other"))
    listener.change()
    assert listener.hears()
    assert listener.told.counter == 0


def test_who_hears_no_more_is_told_so(listener: Listener) -> None:
    with listener.database.begin() as connection:
        connection.execute(text(CUT))
    assert listener.greenlet.get(timeout=PATIENCE_S) == "database_away"


def test_listening_takes_no_connection_from_the_pool(listener: Listener) -> None:
    assert listener.database.pool.status().endswith("Current Checked out connections: 0")
