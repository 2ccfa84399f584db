"""When the database is away, silent, slow or not ours: an error that says whose turn it is, and work goes on after."""

from __future__ import annotations

import shutil
import socket
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycogreen.gevent import patch_psycopg
from psycopg2.extensions import set_wait_callback
from sqlalchemy import text
from sqlalchemy.engine import make_url

from fs_control.errors import FsControlError, RemoteFault, UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.store import engine as engine_module
from fs_control.store import migrations
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.engine import create_engine, transaction
from fs_control.store.local_postgres import LocalPostgres


@pytest.fixture
def own_server() -> Iterator[LocalPostgres]:
    """A server that this test alone may stop and start."""
    folder = Path(tempfile.mkdtemp(prefix="fs_control-test-", dir="/tmp"))
    folder.chmod(0o711)
    server = LocalPostgres(folder / "postgres", options={"fsync": "off"})
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port whose owner accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def waits_in_gevent() -> Iterator[None]:
    """Psycopg2 as it is in the running system."""
    patch_psycopg()
    yield
    set_wait_callback(None)


def fault_of(url: str) -> FsControlError:
    """Give the error with which the first use of a database ends."""
    engine = create_engine(url)
    with pytest.raises(FsControlError) as raised:
        PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).load()
    engine.dispose()
    return raised.value


def test_a_database_that_stops_is_a_fault_and_works_again_when_it_is_back(own_server: LocalPostgres) -> None:
    migrations.upgrade(own_server.url())
    engine = create_engine(own_server.url())
    store = PostgresRecordStore(engine, DEFAULT_ENTERPRISE)
    assert store.recent(1) == []
    own_server.stop()
    for _ in range(2):
        with pytest.raises(RemoteFault, match="database_away") as away:
            store.recent(1)
        assert away.value.__cause__ is not None
    own_server.start()
    assert store.recent(1) == []
    engine.dispose()


def test_a_server_that_stops_within_a_transaction_is_a_fault(own_server: LocalPostgres) -> None:
    engine = create_engine(own_server.url())

    def use_it_while_it_stops() -> None:
        with transaction(engine) as connection:
            connection.execute(text("SELECT 1"))
            own_server.stop()
            connection.execute(text("SELECT 1"))

    with pytest.raises(RemoteFault, match="database_away"):
        use_it_while_it_stops()
    engine.dispose()


@pytest.mark.usefixtures("waits_in_gevent")
def test_a_silent_server_does_not_hold_a_greenlet(silent_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "CONNECT_TIMEOUT_S", 0.2)
    assert (fault := fault_of(f"postgres://me:secret@127.0.0.1:{silent_port}/x")).code == "database_away"
    assert isinstance(fault, RemoteFault)


def test_a_silent_server_does_not_hold_a_plain_process(silent_port: int) -> None:
    fault = fault_of(f"postgres://me:secret@127.0.0.1:{silent_port}/x?connect_timeout=2")
    assert (type(fault), fault.code) == (RemoteFault, "database_away")
    assert "secret" not in str(fault)


@pytest.mark.usefixtures("waits_in_gevent")
def test_the_stores_work_when_psycopg2_waits_in_gevent(database_url: str) -> None:
    engine = create_engine(database_url)
    assert PostgresRecordStore(engine, DEFAULT_ENTERPRISE).recent(1) == []
    engine.dispose()


def test_a_statement_that_takes_too_long_is_ended(database_url: str) -> None:
    engine = create_engine(database_url, statement_timeout_s=0.05)
    with pytest.raises(RemoteFault, match="database_slow"), transaction(engine) as connection:
        connection.execute(text("SELECT pg_sleep(60)"))
    engine.dispose()


def test_a_pool_without_a_free_connection_is_a_fault(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "POOL_WAIT_S", 0.05)
    engine = create_engine(database_url, pool_size=1)
    with transaction(engine), pytest.raises(RemoteFault, match="database_busy"), transaction(engine):
        pass
    engine.dispose()


def test_a_database_that_does_not_exist_is_the_users_mistake(postgres_server: str) -> None:
    url = make_url(postgres_server).set(database="no_such").render_as_string(hide_password=False)
    fault = fault_of(url)
    assert (type(fault), fault.code) == (UserMistake, "database_unknown")


def test_a_database_without_schema_asks_for_the_migration(postgres_server: str) -> None:
    fault = fault_of(postgres_server)
    assert (type(fault), fault.code) == (UserMistake, "database_not_migrated")


def test_a_row_that_was_refused_is_not_quoted(database_url: str) -> None:
    engine = create_engine(database_url)
    with pytest.raises(FsControlError, match="database_refused") as refused, transaction(engine) as connection:
        connection.execute(text("INSERT INTO agent (enterprise_id, number, name) VALUES ('default', '', '王芳')"))
    assert "王芳" not in "".join(traceback.format_exception(refused.value))
    assert refused.value.values["state"] == "23514"
    engine.dispose()


def test_what_the_user_wrote_into_the_url_wins(database_url: str) -> None:
    extra = "&application_name=mine&options=-c%20statement_timeout%3D7000"
    engine = create_engine(f"{database_url}{'&' if '?' in database_url else '?'}{extra}")
    with transaction(engine) as connection:
        shown = [
            connection.scalar(text(f"SHOW {name}")) for name in ("application_name", "statement_timeout", "timezone")
        ]
    assert shown == ["mine", "7s", "UTC"]
    engine.dispose()
