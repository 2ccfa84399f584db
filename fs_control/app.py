"""The only constructor of everything: takes settings, gives an engine whose parts know each other only by ports.

Builds and does nothing else: nothing listens and nothing connects before `start`. The process entry has patched gevent
and psycopg2 before this is called.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine as Database

from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.media.prompts import prompt_names, prompts_folder
from fs_control.ports import Clock
from fs_control.runtime.engine import Engine, Surroundings
from fs_control.settings import Settings, SwitchSettings
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.outbox import Outbox


def build_app(settings: Settings, switch: SwitchSettings, clock: Clock, database: Database) -> Engine:
    """Build the engine of one process for its switch, its clock and its database."""
    records = PostgresRecordStore(database, DEFAULT_ENTERPRISE)
    return Engine(
        Surroundings(
            settings=settings,
            switch=switch,
            clock=clock,
            directory=PostgresDirectoryStore(database, DEFAULT_ENTERPRISE),
            prompts=tuple(sorted(prompt_names())),
            media=str(prompts_folder().parent),
            make_outbox=lambda notice: Outbox(records, notice),
        )
    )


def activate_flows(folder: Path, database: Database, by: str) -> list[str]:
    """Make every flow of a folder the active version of its name; returns the names of those that changed."""
    store = PostgresDirectoryStore(database, DEFAULT_ENTERPRISE)
    paths = sorted(folder.glob("*.yaml"))
    return [path.stem for path in paths if store.activate_flow(path.stem, path.read_text(encoding="utf-8"), by)]
