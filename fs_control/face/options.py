"""Where this process keeps its things, and the database it works with: the same answer for every command.

`load_settings` is the one place that turns the environment into `Settings` for a person at a terminal, and
`open_database` the one place that knows whether the database is the operator's or the one in the box. Easy to break:
importing this module must stay cheap, because every command does; SQLAlchemy and its kin are imported when a
database is opened. Nothing here may monkey-patch: only a command that runs an engine does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import fs_control
from fs_control.settings import Settings, settings_from

if TYPE_CHECKING:
    from sqlalchemy import Engine

DATABASE_NAME: Final = "fs_control"
"""Our database on the server in the box."""


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of this process, with folders as absolute paths; UserMistake names a bad variable.

    Where the environment names no folder, the flows are those of the clone, and what is written goes to the clone's
    `var`, or for root to a folder of its own under /var/lib/fs_control (docs/adr/0002).
    """
    environment = os.environ if environment is None else environment
    settings = settings_from(environment)
    home = _home()
    flows = Path(settings.flows) if "FS_CONTROL_FLOWS" in environment else home / settings.flows
    return replace(settings, var=str(_var_folder(settings, environment, home)), flows=str(flows.absolute()))


def _var_folder(settings: Settings, environment: Mapping[str, str], home: Path) -> Path:
    if "FS_CONTROL_VAR" in environment:
        return Path(settings.var).absolute()
    from fs_control.store.folders import default_var_dir

    return default_var_dir(home, os.geteuid() == 0)


def _home() -> Path:
    """Return the folder of the clone that this program runs from; installed as a package, the working folder."""
    folder = Path(fs_control.__file__).resolve().parents[1]
    return folder if (folder / "setup.cfg").exists() else Path.cwd()


def control_socket(settings: Settings) -> Path:
    """Return the socket on which a running engine answers the command line."""
    return Path(settings.var) / "control.sock"


def journal_folder(settings: Settings) -> Path:
    """Return the folder of the journal's segments."""
    return Path(settings.var) / "journal"


@contextmanager
def open_database(settings: Settings) -> Iterator[Engine]:
    """Give the block an engine on a database with every migration applied; connections end with the block.

    Without DATABASE_URL it is the embedded server, started here or joined where it runs; the last one to leave ends
    it. Raises UserMistake (cannot be used so) and RemoteFault (away, busy).
    """
    if settings.database_url is not None:
        with migrated_engine(settings.database_url) as engine:
            yield engine
        return
    from fs_control.store.local_postgres import LocalPostgres

    server = LocalPostgres(Path(settings.var) / "postgres")
    try:
        server.start()
        with migrated_engine(server.create_database(DATABASE_NAME)) as engine:
            yield engine
    finally:
        server.stop()


@contextmanager
def migrated_engine(url: str) -> Iterator[Engine]:
    """Give the block an engine on the database at `url`, every migration applied; connections end with the block."""
    from fs_control.store import migrations
    from fs_control.store.engine import create_engine

    migrations.upgrade(url)
    engine = create_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()
