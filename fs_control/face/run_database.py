"""The database of a system that starts: there, with every migration applied; or away, and then it starts all the same.

Owns the decision: with a snapshot that knows numbers a start without a database serves callers from it, and brings the
database up to date when it is back. Easy to break: without such a snapshot there is nothing to serve callers from, and
a start that took calls would send every one of them away; so it is refused then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import gevent
import structlog
from sqlalchemy import Engine as Database

from fs_control.errors import RemoteFault, UserMistake
from fs_control.face.options import DATABASE_NAME, journal_folder
from fs_control.records import Directory
from fs_control.runtime.journal import read_past
from fs_control.settings import Settings
from fs_control.store import migrations
from fs_control.store.engine import create_engine
from fs_control.store.faults import driver_errors_as_ours
from fs_control.store.local_postgres import LocalPostgres

log = structlog.get_logger(__name__)

AGAIN_S: Final = 5.0
"""How often a database that was away at the start is tried again."""


@dataclass(frozen=True, slots=True)
class RunDatabase:
    """The database of one run; `away` is why it is not there yet, and `bring_up` tries again to make it usable."""

    engine: Database
    bring_up: Callable[[], object]
    away: RemoteFault | None = None
    last_directory: Directory | None = None
    """What the snapshot knows, where the database is away."""
    revive: Callable[[], object] | None = None
    """Starts the server in the box again where it has died; None for a server of the operator's, which is theirs."""

    def without(self, settings: Settings, fault: RemoteFault) -> RunDatabase:
        """Return the same of a database that is away by now; raises the fault where no snapshot knows any number."""
        directory = _directory_of_snapshot(settings)
        if not directory.numbers:
            raise fault
        log.warning("database away at the start", action="started_from_snapshot", why=fault.code)
        return replace(self, away=fault, last_directory=directory)

    def follow(self, load: Callable[[], object]) -> None:
        """Bring a database that was away up to date when it is back, and have the directory loaded; keep ours running.

        Ends where there is nothing more to do.
        """
        if self.away is not None:
            self._await(self.bring_up)
            log.info("database is back", action="database_up")
            load()
        while self.revive is not None:
            self._await(self.revive)

    def _await(self, attempt: Callable[[], object]) -> None:
        """Try something again and again until it can be done."""
        while True:
            gevent.sleep(AGAIN_S)
            try:
                attempt()
                return
            except (RemoteFault, UserMistake) as fault:
                log.warning("database still away", action="database_not_up", why=fault.code)
            except OSError as error:  # of the disk, or no memory for a process: either may pass
                log.warning("database still away", action="database_not_up", why=error.strerror)


@contextmanager
def run_database(settings: Settings) -> Iterator[RunDatabase]:
    """Give the block the database of these settings; RemoteFault where it is away and no snapshot knows any number."""
    with ExitStack() as leaving:
        url, bring_up, revive = _ways(settings, leaving)
        engine = create_engine(url)
        leaving.callback(engine.dispose)
        had = RunDatabase(engine, bring_up, revive=revive)
        try:
            bring_up()
        except RemoteFault as fault:
            had = had.without(settings, fault)
        yield had


def _ways(settings: Settings, leaving: ExitStack) -> tuple[str, Callable[[], object], Callable[[], object] | None]:
    """Return where the database is, what makes it usable, and for the one in the box what starts it again."""
    given = settings.database_url
    if given is not None:
        return given, lambda: migrations.upgrade(given), None
    server = LocalPostgres(Path(settings.var) / "postgres")
    leaving.callback(server.stop)

    def start() -> None:
        server.start()
        with driver_errors_as_ours():
            url = server.create_database(DATABASE_NAME)
        migrations.upgrade(url)

    return server.url(DATABASE_NAME), start, server.start


def _directory_of_snapshot(settings: Settings) -> Directory:
    return read_past(journal_folder(settings)).centre.directory
