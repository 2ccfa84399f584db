"""News that somebody changed an enterprise's directory, flows or customers, on whatever machine (LISTEN and NOTIFY).

Every change says so behind the enterprise's lock, and PostgreSQL tells it when it is committed; here somebody listens.
Easy to break: what was changed while nobody listened is not told later, so listening begins with one call as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from gevent.socket import wait_read
from sqlalchemy import Engine

from fs_control.ids import EnterpriseId
from fs_control.store.faults import driver_errors_as_ours
from fs_control.store.queries import query


class PostgresDirectoryChanges:
    """Implements `ports.DirectoryChanges` with a connection of its own."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def follow(self, tell: Callable[[], None]) -> NoReturn:
        """Call `tell` when listening has begun, and after every change from then on; RemoteFault ends it."""
        with driver_errors_as_ours(), self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            driver = connection.connection.driver_connection
            assert driver is not None  # it has just been connected
            connection.detach()  # it is kept for hours, and the pool is for what takes milliseconds
            connection.execute(query("listen_for_changes"))
            tell()
            while True:
                wait_read(driver.fileno())
                driver.poll()
                changed = {notice.payload for notice in driver.notifies}
                driver.notifies.clear()
                if self._enterprise in changed:
                    tell()
