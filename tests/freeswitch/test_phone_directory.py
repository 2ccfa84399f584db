"""Phones asked of the engine by mod_xml_curl: let in and turned away at once, and by the files while no engine runs.

Facts of FreeSWITCH 1.10.12 that the answers rest on: a domain without this user is final; "not found" and a port at
which nobody listens lead to the files; a module that is listed and missing keeps no FreeSWITCH from starting.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from gevent import socket
from psycogreen.gevent import patch_psycopg

from fs_control.face.box import running_engine
from fs_control.face.main import cli
from fs_control.settings import Settings, SwitchSettings
from fs_control.store.engine import create_engine
from fs_control.virtual_switch.script import Phone
from tests.freeswitch.configuration import Secrets
from tests.freeswitch.private_switch import PrivateSwitch, freeswitch_binary, private_switch
from tests.freeswitch.sipp_phone import SippPhone

patch_psycopg()
pytestmark = pytest.mark.freeswitch


class Desk:
    """Somebody who gives out phones at the command line, beside a running FreeSWITCH."""

    def __init__(self, switch: PrivateSwitch, folder: Path, database_url: str) -> None:
        self._switch = switch
        self._folder = folder
        self._url = database_url
        self._papers = 0

    @contextmanager
    def engine(self) -> Iterator[None]:
        """Run an engine that answers this FreeSWITCH for phones."""
        addresses, secrets = self._switch.addresses, self._switch.secrets
        switch = SwitchSettings(
            event_port=addresses.event_port,
            password=secrets.event_password,
            directory_port=addresses.directory_port,
            directory_password=secrets.directory_password,
        )
        settings = Settings(var=str(self._folder), listen_port=self._switch.controller_port, switch=switch)
        database = create_engine(self._url)
        try:
            with running_engine(settings, switch, database):
                yield
        finally:
            database.dispose()

    def hang(self) -> socket.socket:
        """Stand at the engine's door and say nothing to whoever comes."""
        return socket.create_server(("127.0.0.1", self._switch.addresses.directory_port))

    def type(self, *words: str, keeps_files: bool = False) -> str:
        """Type a command; `keeps_files`: this terminal knows where FreeSWITCH's files are."""
        files = {"FREESWITCH_HOST": "127.0.0.1", "FREESWITCH_PASSWORD": self._switch.secrets.event_password}
        files["FREESWITCH_CONFIGURATION"] = str(self._switch.folder)
        environment = {"DATABASE_URL": self._url, "FS_CONTROL_VAR": str(self._folder), "LC_ALL": "C.UTF-8"}
        result = CliRunner().invoke(
            cli, words, env=environment | (files if keeps_files else {}), catch_exceptions=False
        )
        assert result.exit_code == 0, result.output
        return result.output

    def add(self, *, keeps_files: bool = False) -> str:
        """Add the phone 1001; returns its password."""
        self._papers += 1
        paper = self._folder / f"{self._papers}.csv"
        self.type("phone", "add", "--out", str(paper), keeps_files=keeps_files)
        with paper.open(encoding="utf-8") as file:
            (row,) = csv.DictReader(file)
        assert row["number"] == "1001"
        return row["password"]

    def renew(self) -> str:
        """Give the phone 1001 another password."""
        line = next(line for line in self.type("phone", "renew", "1001").splitlines() if line.startswith("1001"))
        return line.split()[1]

    @contextmanager
    def phone(self, password: str) -> Iterator[None]:
        """Have a phone 1001 on the line that registered with this password and answers calls."""
        knowing = replace(self._switch, secrets=Secrets("", {"1001": password}))
        phone = SippPhone(knowing, self._folder, Phone("1001"))
        try:
            phone.start()
            yield
        finally:
            phone.stop()

    def is_let_in(self, password: str) -> bool:
        """Whether a phone 1001 can register with this password."""
        try:
            with self.phone(password):
                return True
        except AssertionError as refused:
            if "could not register" not in str(refused):
                raise
            return False


@pytest.fixture
def switch(tmp_path: Path, freeswitch: PrivateSwitch) -> Iterator[PrivateSwitch]:
    """A FreeSWITCH of this test's own, in whose files there is no phone."""
    del freeswitch  # asked for because it skips where there is none
    with private_switch(tmp_path / "switch", phones=()) as switch:
        yield switch


@pytest.fixture
def desk(switch: PrivateSwitch, tmp_path: Path, database_url: str) -> Desk:
    return Desk(switch, tmp_path, database_url)


def test_a_phone_is_let_in_renewed_and_removed_at_once_though_no_file_ever_knows_it(
    desk: Desk, switch: PrivateSwitch
) -> None:
    with desk.engine():
        first = desk.add()
        assert desk.is_let_in(first)
        second = desk.renew()
        assert not desk.is_let_in(first)
        assert desk.is_let_in(second)
        desk.type("phone", "remove", "1001")
        assert not desk.is_let_in(second)
    assert "<user " not in (switch.folder / "conf/directory/phones.xml").read_text(encoding="utf-8")


def test_a_phone_that_no_file_knows_is_rung(desk: Desk, switch: PrivateSwitch) -> None:
    with desk.engine(), desk.phone(desk.add()), switch.events() as events:
        answer = events.api("originate", "{user=7,section=x}user/1001@127.0.0.1 &park()")
        events.api("hupall", "normal_clearing")
    assert answer.startswith("+OK ")


def test_while_no_engine_runs_a_phone_is_let_in_by_the_files(desk: Desk) -> None:
    with desk.engine():
        password = desk.add(keeps_files=True)
    assert desk.is_let_in(password)
    assert not desk.is_let_in("wrong")


def test_an_engine_that_hangs_keeps_no_phone_out(desk: Desk) -> None:
    password = desk.add(keeps_files=True)
    with desk.hang():
        assert desk.is_let_in(password)


def test_a_removed_phone_in_an_old_file_is_refused_by_the_engine(desk: Desk) -> None:
    password = desk.add(keeps_files=True)
    assert desk.is_let_in(password)
    desk.type("phone", "remove", "1001")
    with desk.engine():
        assert not desk.is_let_in(password)


def test_a_removed_phone_is_removed_from_the_files_as_well(desk: Desk) -> None:
    with desk.engine():
        password = desk.add(keeps_files=True)
        desk.type("phone", "remove", "1001", keeps_files=True)
    assert not desk.is_let_in(password)


def test_a_freeswitch_without_the_module_starts_and_goes_by_its_files(
    tmp_path: Path, database_url: str, freeswitch: PrivateSwitch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FREESWITCH_BIN", str(_without_the_module(tmp_path, freeswitch)))
    with private_switch(tmp_path / "switch", phones=()) as switch:
        desk = Desk(switch, tmp_path, database_url)
        with switch.events() as events:
            assert events.api("module_exists", "mod_xml_curl") == "false"
        with desk.engine():
            assert desk.is_let_in(desk.add(keeps_files=True))


def _without_the_module(folder: Path, freeswitch: PrivateSwitch) -> Path:
    """A FreeSWITCH whose folder of modules lacks mod_xml_curl."""
    with freeswitch.events() as events:
        modules = Path(events.api("global_getvar", "mod_dir"))
    fewer = folder / "modules"
    fewer.mkdir()
    for module in modules.glob("*.so"):
        if module.name != "mod_xml_curl.so":
            (fewer / module.name).symlink_to(module)
    binary = freeswitch_binary()
    assert binary is not None
    start = folder / "freeswitch"
    start.write_text(f'#!/bin/sh\nexec {shutil.which(binary)} -mod {fewer} "$@"\n', encoding="utf-8")
    start.chmod(0o700)
    return start
