"""An engine that FreeSWITCH asks for phones answers as the database says, and goes on while that is away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic

import gevent
import pytest
from psycogreen.gevent import patch_psycopg
from sqlalchemy import Engine as Database
from sqlalchemy import make_url

from fs_control.errors import UserMistake
from fs_control.face.box import free_port, running_engine, virtual_switch
from fs_control.face.client import EngineClient
from fs_control.face.options import control_socket
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.runtime.clock import WallClock
from fs_control.settings import Settings
from fs_control.store.databases import drop_database
from fs_control.store.engine import create_engine
from fs_control.store.phones import PostgresPhoneStore
from fs_control.switch.configuration import a1_hash
from tests.unit.web.questions import PASSWORD, credentials, form

patch_psycopg()

PATIENCE_S = 60.0


class Desk:
    """An engine with a database, somebody who gives out phones, and a FreeSWITCH that asks."""

    def __init__(self, settings: Settings, port: int, domain: str, database: Database) -> None:
        self.phones = PostgresPhoneStore(database, DEFAULT_ENTERPRISE)
        self.engine = EngineClient(control_socket(settings))
        self._port = port
        self._domain = domain

    def give(self, password: str) -> None:
        """Add the phone 1001."""
        self.phones.add(1001, 1, lambda number: a1_hash(number, password))

    def answer(self) -> str:
        """What FreeSWITCH is told of the phone 1001."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request("POST", "/directory", form(key_value=self._domain), {"Authorization": credentials()})
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def wait_for_answer(self, part: str) -> None:
        """Ask until something is in the answer."""
        deadline = monotonic() + PATIENCE_S
        while part not in self.answer():
            assert monotonic() < deadline, self.answer()
            gevent.sleep(0.05)


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Iterator[Desk]:
    settings = Settings(var=str(tmp_path), listen_port=free_port())
    database = create_engine(database_url)
    try:
        with virtual_switch(settings, WallClock()) as (_, in_the_box):
            switch = replace(in_the_box, directory_port=free_port(), directory_password=PASSWORD)
            with running_engine(settings, switch, database):
                yield Desk(settings, switch.directory_port, switch.domain, database)
    finally:
        database.dispose()


def test_a_change_is_answered_as_soon_as_the_engine_is_told(desk: Desk) -> None:
    desk.give("first")
    assert desk.engine.reload_phones()
    assert a1_hash("1001", "first") in desk.answer()
    desk.phones.renew("1001", lambda number: a1_hash(number, "second"))
    assert desk.engine.reload_phones()
    assert a1_hash("1001", "second") in desk.answer()
    desk.phones.remove(["1001"])
    assert desk.engine.reload_phones()
    assert "<user " not in desk.answer()


def test_a_change_of_which_nobody_told_is_seen_by_and_by(desk: Desk) -> None:
    desk.wait_for_answer("<domain ")
    desk.give("word")
    desk.wait_for_answer(a1_hash("1001", "word"))


def test_while_there_is_no_database_phones_are_answered_for(
    desk: Desk, postgres_server: str, database_url: str
) -> None:
    desk.give("word")
    assert desk.engine.reload_phones()
    name = make_url(database_url).database
    assert name is not None
    drop_database(postgres_server, name)
    with pytest.raises(UserMistake, match="database_unknown"):
        desk.engine.reload_phones()
    assert a1_hash("1001", "word") in desk.answer()


def test_an_engine_without_a_password_answers_nobody(tmp_path: Path, database_url: str) -> None:
    settings = Settings(var=str(tmp_path), listen_port=free_port())
    database = create_engine(database_url)
    try:
        with virtual_switch(settings, WallClock()) as (_, in_the_box):
            switch = replace(in_the_box, directory_port=free_port())
            with running_engine(settings, switch, database):
                desk = Desk(settings, switch.directory_port, switch.domain, database)
                assert not desk.engine.reload_phones()
                with pytest.raises(ConnectionRefusedError):
                    desk.answer()
    finally:
        database.dispose()
