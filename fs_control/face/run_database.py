"""The database of a system that starts: there, with every migration applied; or away, and then it starts all the same.

Owns the decision: with a snapshot that knows numbers a start without a database serves callers from it, and brings the
database up to date when it is back. Easy to break: without such a snapshot there is nothing to serve callers from, and
a start that took calls would send every one of them away; so it is refused then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
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

    def follow(self, load: Callable[[], object]) -> None:
        """Wait for a database that is away, bring it up to date, and have the directory loaded; then it is done."""
        while True:
            gevent.sleep(AGAIN_S)
            try:
                self.bring_up()
            except (RemoteFault, UserMistake) as fault:
                log.warning("database still away", action="database_not_up", why=fault.code)
            else:
                log.info("database is back", action="database_up")
                load()
                return


@contextmanager
def run_database(settings: Settings) -> Iterator[RunDatabase]:
    """Give the block the database of these settings; RemoteFault where it is away and no snapshot knows any number."""
    with ExitStack() as leaving:
        url, bring_up = _url_and_start(settings, leaving)
        engine = create_engine(url)
        leaving.callback(engine.dispose)
        try:
            bring_up()
        except RemoteFault as fault:
            directory = _directory_of_snapshot(settings)
            if not directory.numbers:
                raise
            log.warning("database away at the start", action="started_from_snapshot", why=fault.code)
            yield RunDatabase(engine, bring_up, fault, directory)
        else:
            yield RunDatabase(engine, bring_up)


def _url_and_start(settings: Settings, leaving: ExitStack) -> tuple[str, Callable[[], object]]:
    """Return where the database is, and what makes it usable: the one in the box has to be started besides."""
    given = settings.database_url
    if given is not None:
        return given, lambda: migrations.upgrade(given)
    server = LocalPostgres(Path(settings.var) / "postgres")
    leaving.callback(server.stop)

    def start() -> None:
        server.start()
        with driver_errors_as_ours():
            url = server.create_database(DATABASE_NAME)
        migrations.upgrade(url)

    return server.url(DATABASE_NAME), start


def _directory_of_snapshot(settings: Settings) -> Directory:
    return read_past(journal_folder(settings)).centre.directory
