"""PostgreSQL as a server that can be stopped, killed and started again, with all its data.

Owns the server's process through `LocalPostgres`. Easy to break: the child is only ever killed by the id that its own
folder names, so no other server on the machine is ever hit.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from chaos.people import Line, directory, flows
from fs_control.activating import activate_flows
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.engine import create_engine
from fs_control.store.local_postgres import LocalPostgres
from fs_control.store.migrations import upgrade

NAME = "chaos"


class MortalDatabase:
    """One server, and the one database in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = LocalPostgres(folder)

    @property
    def url(self) -> str:
        """The URL of the database, whether it can be had or not."""
        return self._server.url(NAME)

    def start(self) -> None:
        """Start the server, after whatever end."""
        self._server.start()

    def stop(self) -> None:
        """End the server in order; who is connected is sent away."""
        self._server.stop()

    def kill(self) -> None:
        """End the server's first process, as a kernel without memory does; one that is dead stays so."""
        with suppress(FileNotFoundError, ProcessLookupError):
            pid = int((self._folder / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
            os.kill(pid, signal.SIGKILL)


@contextmanager
def furnished_database(folder: Path, centre: tuple[Line, ...], flows_folder: Path) -> Iterator[MortalDatabase]:
    """Give the block a database in which a centre is set up, and write its flows into a folder."""
    flows_folder.mkdir(parents=True)
    for name, text in flows(centre).items():
        (flows_folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    database = MortalDatabase(folder)
    database.start()
    try:
        upgrade(database._server.create_database(NAME))
        engine = create_engine(database.url)
        store = PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE)
        store.import_directory(parse_directory(directory(centre), "directory.yaml"))
        activate_flows(flows_folder, engine, "chaos")
        engine.dispose()
        yield database
    finally:
        database.start()
        database.stop()
