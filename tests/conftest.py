"""What every test stands on: which process it runs in, that crashes in greenlets count, and a PostgreSQL of its own.

The suite runs in several processes (see tools/run-tests). A process is monkey-patched from its first import or not at
all, so the pure rooms run in a plain one and the rooms that do I/O in patched ones; each leaves the others' alone.
"""

from __future__ import annotations

import tests.saving_sessions  # noqa: F401 - before everything that runs flows

# isort: split
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from gevent import monkey
from hypothesis import settings
from sqlalchemy import make_url

from fs_control.store import migrations
from fs_control.store.databases import create_database, drop_database
from fs_control.store.local_postgres import LocalPostgres

TESTS = Path(__file__).parent
PATCHED = tuple(
    TESTS / folder
    for folder in (
        *("unit/app", "unit/face", "unit/runtime", "unit/store", "unit/web"),
        *("unit/media", "unit/outside", "unit/virtual_switch"),
        *("browser", "chaos", "conformance", "freeswitch", "integration", "scenarios"),
    )
)
"""The folders whose tests run monkey-patched; all others run plain."""

_numbers = count(1)

# No test is about time, so none fails on a slow day; and `make test` tries the same examples each time. To look for
# new ones: HYPOTHESIS_PROFILE=soak.
settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a test that was asked for by name in the wrong kind of process; silence would look like success."""
    for argument in config.invocation_params.args:
        path = Path(argument.split("::")[0]).absolute()
        if path.exists() and _is_left_out(path):
            command = (
                "python -m pytest" if monkey.is_module_patched("socket") else "python -m gevent.monkey --module pytest"
            )
            raise pytest.UsageError(f"{argument} runs in the other kind of process: {command} {argument}")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave the other process's tests alone."""
    return True if _is_left_out(collection_path) else None


def _is_left_out(path: Path) -> bool:
    if path == TESTS / "unit" or TESTS not in path.parents:
        return False
    return monkey.is_module_patched("socket") != any(path.is_relative_to(folder) for folder in PATCHED)


@pytest.fixture(autouse=True)
def greenlet_crashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Fail the test when a greenlet died of an exception; pytest alone would not notice.

    A test that wants a crash asks for this fixture, looks at the list and clears it.
    """
    crashes: list[str] = []
    if "gevent.hub" in sys.modules:
        _record_crashes(crashes, monkeypatch)
    yield crashes
    assert not crashes, "a greenlet died of: " + "; ".join(crashes)


def _record_crashes(crashes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from gevent.hub import Hub

    original = Hub.handle_error

    def handle_error(hub: Any, context: object, kind: Any, error: Any, traceback: Any) -> None:
        if not isinstance(error, hub.NOT_ERROR):
            crashes.append(f"{error!r} in {context!r}")
        original(hub, context, kind, error, traceback)

    monkeypatch.setattr(Hub, "handle_error", handle_error)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a server for this run: the one that PGHOST and its kin name, else a private one that leaves no trace."""
    if os.environ.get("PGHOST"):
        yield "postgresql+psycopg2:///postgres"  # libpq reads PGHOST, PGPORT, PGUSER and PGPASSWORD by itself
        return
    folder = Path(tempfile.mkdtemp(prefix="fs_control-test-", dir="/tmp"))
    folder.chmod(0o711)  # as root, the server's own user has to pass
    # Nothing here has to outlive a power cut, and without waiting for the disk a database is copied in milliseconds.
    quick = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    server = LocalPostgres(folder / "postgres", options=quick)
    try:
        yield server.start()
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def database_template(postgres_server: str) -> str:
    """Name of a database with every migration applied, to be copied by each test that needs one."""
    name = f"template_{os.getpid()}"
    create_database(postgres_server, name)
    migrations.upgrade(_url_of(postgres_server, name))
    return name


@pytest.fixture
def database_url(postgres_server: str, database_template: str) -> Iterator[str]:
    """URL of a database for this test alone, with the schema and without rows."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    create_database(postgres_server, name, template=database_template)
    yield _url_of(postgres_server, name)
    drop_database(postgres_server, name)


def _url_of(server_url: str, database: str) -> str:
    return make_url(server_url).set(database=database).render_as_string(hide_password=False)
