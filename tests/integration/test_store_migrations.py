"""The schema: built by migrations once, equal to its description, found wherever the program is installed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import gevent
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from fs_control.errors import UserMistake
from fs_control.store import migrations
from fs_control.store.databases import create_database, drop_database
from fs_control.store.sql_files import sql_folder

ALL = sorted(path.name[:4] for path in sql_folder().glob("[0-9]*.sql"))


@pytest.fixture
def empty_url(postgres_server: str) -> Iterator[str]:
    """URL of a database without any schema."""
    name = f"empty_{os.getpid()}"
    create_database(postgres_server, name)
    yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    drop_database(postgres_server, name)


def execute(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_an_empty_database_is_brought_up_once(empty_url: str) -> None:
    assert migrations.upgrade(empty_url) == ALL
    assert migrations.upgrade(empty_url) == []


def test_two_that_start_together_migrate_once(empty_url: str) -> None:
    starts = [gevent.get_hub().threadpool.spawn(migrations.upgrade, empty_url) for _ in range(3)]
    assert sorted(start.get() or [] for start in starts) == [[], [], ALL]


def test_the_description_is_what_the_migrations_build(database_url: str) -> None:
    assert migrations.check_drift(database_url) == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE call DROP COLUMN cause CASCADE",
        "ALTER TABLE agent ADD COLUMN nickname text",
        "ALTER TABLE agent ALTER COLUMN name DROP NOT NULL",
        "ALTER TABLE service_number ALTER COLUMN max_calls TYPE bigint",
        "DROP INDEX call_caller_idx",
        "ALTER TABLE agent DROP CONSTRAINT agent_phone_key",
        "ALTER TABLE customer DROP CONSTRAINT customer_owner_fkey",
        "ALTER TABLE group_member ALTER COLUMN level DROP NOT NULL",
        "DROP INDEX memory_agent_idx",
        "DROP TABLE call_step",
        "CREATE TABLE leftover (id bigint)",
    ],
)
def test_a_schema_that_drifted_is_noticed(database_url: str, change: str) -> None:
    execute(database_url, change)
    assert len(migrations.check_drift(database_url)) == 1


def test_a_database_of_a_later_version_is_left_alone(database_url: str) -> None:
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UserMistake, match="database_newer"):
        migrations.upgrade(database_url)


def test_every_table_and_column_that_needs_words_has_them(database_url: str) -> None:
    """Each table of ours has a comment; so a person in psql reads what it is."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        bare = connection.scalars(
            text(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
                "AND relname <> 'alembic_version' AND obj_description(oid) IS NULL"
            )
        ).all()
    engine.dispose()
    assert bare == []
