"""Databases of a PostgreSQL server: make one, drop one, ask whether the server answers.

Owns no connection beyond the call. Works on any server, the one in the box or the operator's. Easy to break: neither
statement runs inside a transaction, and a database that serves as template must have no connection open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.exc import OperationalError, ProgrammingError

_DUPLICATE_DATABASE = "42P04"
"""SQLSTATE; asking first and creating then would leave a gap for another process."""


def server_answers(url: str) -> bool:
    """Whether a connection to `url` can be made now."""
    try:
        with _autocommit(url):
            return True
    except OperationalError:
        return False


def create_database(server_url: str, name: str, template: str | None = None) -> None:
    """Create the database `name`, as a copy of `template` if one is named; one that is there already stays as it is."""
    with _autocommit(server_url) as connection:
        quoted = connection.dialect.identifier_preparer.quote_identifier
        copy = f" TEMPLATE {quoted(template)}" if template else ""
        try:
            connection.exec_driver_sql(f"CREATE DATABASE {quoted(name)}{copy}")
        except ProgrammingError as refused:
            if getattr(refused.orig, "pgcode", None) != _DUPLICATE_DATABASE:
                raise


def drop_database(server_url: str, name: str) -> None:
    """Drop the database `name` together with the connections to it; none of that name is fine."""
    with _autocommit(server_url) as connection:
        quoted = connection.dialect.identifier_preparer.quote_identifier(name)
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")


@contextmanager
def _autocommit(url: str) -> Iterator[Connection]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
