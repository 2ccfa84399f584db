"""Bringing a database's schema up to date, and comparing it with the description in `tables`.

The schema is in sql/*.sql; this knows no statement of it. Easy to break: starts are serialised by a lock that ends
with its connection, so that a process killed while migrating keeps nobody out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select
from sqlalchemy.engine import Engine

from fs_control.errors import UserMistake
from fs_control.store.engine import create_unpooled_engine
from fs_control.store.faults import driver_errors_as_ours
from fs_control.store.sql_files import sql_folder
from fs_control.store.tables import metadata

_LOCK: Final = 0x66735F63_6F6E7472
"""Key of the advisory lock: "fs_contr" in ASCII."""
_LOCK_TIMEOUT_S: Final = 60.0
"""How long another process's migration, or a lock on a table to be altered, is waited for."""


def upgrade(url: str) -> list[str]:
    """Apply the migrations that this database lacks and return their revisions, oldest first; none is an empty list.

    Raises RemoteFault (away; lock not had in time) and UserMistake `database_newer` when a later version of this
    program has migrated the database already.
    """
    with _connection(url) as connection:
        _lock(connection)
        missing = _missing_revisions(connection)
        if missing:
            command.upgrade(_config(connection), "head")
        return missing


def check_drift(url: str) -> list[str]:
    """Return each difference between the tables in a migrated database and their description, in words; [] is good."""
    with _connection(url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(difference) for difference in compare_metadata(context, metadata) if not _is_comment(difference)]


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    engine: Engine = create_unpooled_engine(url, lock_timeout_s=_LOCK_TIMEOUT_S)
    with driver_errors_as_ours(), engine.connect() as connection:
        yield connection


def _lock(connection: Connection) -> None:
    """Wait for our turn; the lock outlives this transaction and ends with the connection."""
    connection.execute(select(func.pg_advisory_lock(_LOCK)))
    connection.commit()


def _missing_revisions(connection: Connection) -> list[str]:
    script = ScriptDirectory(str(sql_folder()))
    current = MigrationContext.configure(connection).get_current_revision()
    connection.commit()
    known = [revision.revision for revision in script.walk_revisions()]
    if current is not None and current not in known:
        raise UserMistake("database_newer", revision=current, newest_known=known[0])
    return list(reversed(known[: known.index(current)] if current else known))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(sql_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _is_comment(difference: Any) -> bool:
    """Comments are for people reading the database and stand in the SQL alone."""
    operation = difference[0][0] if isinstance(difference, list) else difference[0]
    return "comment" in operation
