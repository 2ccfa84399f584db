"""A database for a test of the store: the one enterprise that ships, beside another one, and a moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.engine import create_engine

CENTRE = """
agents:
- {number: 8001, name: 王芳, phone: 1001}
- {number: 8002, name: 李明, phone: 1002}
- {number: 8003, name: Ann Lee}
groups:
- {name: sales, members: [8001, "8002:2"]}
- {name: service, strategy: longest_idle_time, members: [8002]}
numbers:
- {number: 4001, flow: main, takes_memory: yes}
- {number: 4002, flow: main, takes_memory: yes, memory_valid: 1h}
- {number: 4003, flow: main}
"""


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """A database with a small centre in it, and an enterprise `other` that has nothing."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO enterprise VALUES ('other', 'Other', 'UTC', 'en', 'DE')"))
    PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).import_directory(parse_directory(CENTRE, "centre.yaml"))
    yield engine
    engine.dispose()
