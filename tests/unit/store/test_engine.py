"""URLs as people write them; what the driver's errors mean."""

from __future__ import annotations

import psycopg2
import pytest

from fs_control.errors import RemoteFault, UserMistake
from fs_control.store.engine import create_engine, database_url
from fs_control.store.faults import fault_of


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_every_spelling_of_the_scheme_names_the_same_driver(scheme: str) -> None:
    url = database_url(f"{scheme}://me:p%40ss@db.example:6432/centre?sslmode=require")
    assert url.render_as_string(hide_password=False) == (
        "postgresql+psycopg2://me:p%40ss@db.example:6432/centre?sslmode=require"
    )


def test_another_database_is_refused_by_name() -> None:
    with pytest.raises(UserMistake) as refused:
        database_url("mysql://me:secret@db/centre")
    assert (refused.value.code, refused.value.values) == ("database_url_not_postgres", {"scheme": "mysql"})


@pytest.mark.parametrize("url", ["secret", "postgres://me:a@b:secret@c:secret/d", "://secret"])
def test_an_unreadable_url_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(UserMistake, match="database_url_unreadable") as refused:
        database_url(url)
    assert "secret" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_an_engine_does_not_show_its_password() -> None:
    engine = create_engine("postgres://me:secret@127.0.0.1/centre")
    assert "secret" not in f"{engine!r} {engine.url}"


@pytest.mark.parametrize(
    ("text", "error", "code"),
    [
        ('FATAL:  password authentication failed for user "me"', UserMistake, "database_refuses_login"),
        ('FATAL:  role "me" does not exist', UserMistake, "database_refuses_login"),
        ('FATAL:  database "centre" does not exist', UserMistake, "database_unknown"),
        ("Connection refused\n\tIs the server running?", RemoteFault, "database_away"),
        ("FATAL:  the database system is starting up", RemoteFault, "database_away"),
        ("FATAL:  sorry, too many clients already", RemoteFault, "database_away"),
    ],
)
def test_a_connection_that_fails_says_whose_turn_it_is(text: str, error: type[Exception], code: str) -> None:
    fault = fault_of(psycopg2.OperationalError(f'connection to server at "db" failed: {text}'))
    assert (type(fault), fault.code) == (error, code)
    assert "\n" not in str(fault.values["reason"])
