"""Connections to PostgreSQL: the pool, its limits in time, and one transaction as a block.

Knows no table and no query. Under gevent the process entry patches psycopg2 (psycogreen) before this is used. Easy to
break: libpq ignores `connect_timeout` under that patch, so a connect has to be wrapped, or a silent server would hold
its greenlet for ever. The password is in the URL object alone, never in an error or a log.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import gevent
from psycopg2.extensions import get_wait_callback
from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy import create_engine as sqlalchemy_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from fs_control.errors import RemoteFault, UserMistake
from fs_control.store.faults import driver_errors_as_ours

_DRIVER: Final = "postgresql+psycopg2"
_SCHEMES: Final = ("postgresql", "postgres", _DRIVER)

POOL_SIZE: Final = 10
"""Connections of one process; PostgreSQL allows 100 for all by default."""
POOL_WAIT_S: Final = 5.0
CONNECT_TIMEOUT_S: Final = 5.0
STATEMENT_TIMEOUT_S: Final = 10.0
"""Far above any statement of ours: it ends those that would hold a connection for ever."""

_KEEPALIVE: Final = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 15_000}
"""A server that vanished without a word is noticed within 30 s (seconds; the last one milliseconds)."""


def database_url(url: str) -> URL:
    """Read a PostgreSQL URL as people write it (`postgres://`, `postgresql://`) and name the driver in it.

    Raises UserMistake `database_url_unreadable` or `database_url_not_postgres`; neither quotes what may be a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise UserMistake("database_url_unreadable") from None
    if parsed.drivername not in _SCHEMES:
        raise UserMistake("database_url_not_postgres", scheme=parsed.drivername)
    return parsed.set(drivername=_DRIVER)


def create_engine(url: str, *, pool_size: int = POOL_SIZE, statement_timeout_s: float = STATEMENT_TIMEOUT_S) -> Engine:
    """Return an engine for `url`; nothing is connected yet. A statement that takes longer than its time is ended."""
    return _engine(
        database_url(url),
        session_settings={"statement_timeout": round(statement_timeout_s * 1000)},
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_WAIT_S,
        pool_pre_ping=True,
    )


def create_unpooled_engine(url: str, *, lock_timeout_s: float) -> Engine:
    """Return an engine whose connections end with their use and whose statements may take as long as they need."""
    return _engine(
        database_url(url), session_settings={"lock_timeout": round(lock_timeout_s * 1000)}, poolclass=NullPool
    )


@contextmanager
def transaction(engine: Engine, *, is_snapshot: bool = False) -> Iterator[Connection]:
    """Run the block in one transaction, committed at its end; errors of the driver leave it as errors of ours.

    `is_snapshot`: all reads see one moment (repeatable read).
    """
    with driver_errors_as_ours(), engine.connect() as connection:
        if is_snapshot:
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def _engine(url: URL, *, session_settings: dict[str, int], **arguments: Any) -> Engine:
    ours = {**_KEEPALIVE, "connect_timeout": round(CONNECT_TIMEOUT_S), "application_name": "fs_control"}
    named = {name: value for name, value in ours.items() if name not in url.query}
    named["options"] = _options(url, {"timezone": "UTC", **session_settings})
    engine = sqlalchemy_engine(url, hide_parameters=True, connect_args=named, **arguments)
    event.listen(engine, "do_connect", _connect)
    return engine


def _options(url: URL, settings: dict[str, Any]) -> str:
    """Return libpq's `options`: ours first, so that what the user wrote into the URL wins."""
    own = url.query.get("options", ())
    users = (own,) if isinstance(own, str) else own
    return " ".join([*(f"-c {name}={value}" for name, value in settings.items()), *users])


def _connect(dialect: Dialect, _record: Any, arguments: list[Any], named: dict[str, Any]) -> Any:
    """Connect within the time limit, with libpq's own clock or, where the driver waits in gevent, with gevent's."""
    if get_wait_callback() is None:
        return dialect.connect(*arguments, **named)
    with gevent.Timeout(CONNECT_TIMEOUT_S, RemoteFault("database_away", reason="no answer to the connection")):
        return dialect.connect(*arguments, **named)
