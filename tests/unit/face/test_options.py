"""Where this process keeps its things: one answer for every command."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

import fs_control
from fs_control.errors import UserMistake
from fs_control.face.options import control_socket, journal_folder, load_settings, open_database
from fs_control.settings import Settings

CLONE = Path(fs_control.__file__).resolve().parents[1]


def test_folders_that_are_not_named_belong_to_the_clone(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    settings = load_settings({})
    assert (settings.var, settings.flows) == (str(CLONE / "var"), str(CLONE / "ivr_flows"))


def test_roots_files_are_outside_the_clone(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert load_settings({}).var.startswith("/var/lib/fs_control/clone-")


def test_named_folders_count_from_the_working_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    settings = load_settings({"FS_CONTROL_VAR": "state", "FS_CONTROL_FLOWS": "flows"})
    assert (settings.var, settings.flows) == (str(tmp_path / "state"), str(tmp_path / "flows"))
    assert control_socket(settings) == tmp_path / "state" / "control.sock"
    assert journal_folder(settings) == tmp_path / "state" / "journal"


def test_a_database_is_opened_with_every_migration(database_url):
    with open_database(Settings(database_url=database_url)) as engine, engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM call")).scalar() == 0


def test_a_database_of_another_kind_is_refused():
    with pytest.raises(UserMistake, match="database_url_not_postgres"):
        open_database(Settings(database_url="mysql://nobody@nowhere/x")).__enter__()


def test_the_embedded_server_lives_as_long_as_its_users(short_folder):
    settings = Settings(var=str(short_folder))
    with open_database(settings) as first:
        with open_database(settings) as second, second.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM enterprise")).scalar() == 1
        with first.connect() as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1
    assert not (short_folder / "postgres" / "postmaster.pid").exists()
