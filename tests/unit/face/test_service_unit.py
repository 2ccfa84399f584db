"""The systemd unit as text: the whole of it, how paths are quoted, and that systemd itself reads it so."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from fs_control.errors import UserMistake
from fs_control.face.box import STOP_S
from fs_control.face.service import unit
from fs_control.face.service.unit import Service, check_user, environment_text, open_files, read_environment, unit_text
from fs_control.runtime import engine
from fs_control.settings import Settings, settings_from
from fs_control.store.local_postgres import STOP_DEADLINE_S

TESTS = Path(__file__).parents[2]
SNAPSHOT = TESTS / "data/service/fs_control.service"
SERVICE = Service(
    user="fs_control",
    python=PurePosixPath("/opt/fs_control/bin/python3.11"),
    entry=PurePosixPath("/opt/fs_control/bin/fs-control"),
    flows=PurePosixPath("/opt/fs_control/lib/python3.11/site-packages/fs_control/ivr_flows"),
    environment=PurePosixPath("/etc/fs_control/environment"),
    max_calls=2000,
)


def setting(service: Service, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", unit_text(service), re.MULTILINE)


def with_path(name: str, path: str) -> Service:
    paths: dict[str, Any] = {name: PurePosixPath(path)}
    return replace(SERVICE, **paths)


def test_the_unit_as_a_whole() -> None:
    assert unit_text(SERVICE) == SNAPSHOT.read_text(encoding="utf-8")


def test_a_path_with_a_space_is_quoted_where_systemd_reads_words_and_bare_where_it_reads_a_line() -> None:
    service = replace(
        SERVICE,
        python=PurePosixPath("/opt/call centre/python"),
        flows=PurePosixPath("/opt/call centre/flows"),
        environment=PurePosixPath("/etc/call centre/environment"),
    )
    assert setting(service, "ExecStart") == ['"/opt/call centre/python" /opt/fs_control/bin/fs-control run']
    assert setting(service, "Environment")[1] == '"FS_CONTROL_FLOWS=/opt/call centre/flows"'
    assert setting(service, "EnvironmentFile") == ["/etc/call centre/environment"]


def test_a_percent_sign_is_no_specifier_and_a_dollar_no_variable() -> None:
    odd = PurePosixPath("/opt/100%n/$HOME")
    service = replace(SERVICE, python=odd, entry=odd, flows=odd, environment=odd)
    assert setting(service, "ExecStart") == ['"/opt/100%%n/$HOME" "/opt/100%%n/$$HOME" run']
    assert setting(service, "Environment")[1] == '"FS_CONTROL_FLOWS=/opt/100%%n/$HOME"'
    assert setting(service, "EnvironmentFile") == ["/opt/100%%n/$HOME"]


def test_the_folder_from_which_files_of_ended_legs_are_taken_may_be_written() -> None:
    assert setting(SERVICE, "ReadWritePaths") == ["/var/lib/fs_control/service"]
    service = replace(SERVICE, cdrs=PurePosixPath("/srv/my switch/cdrs"))
    assert setting(service, "ReadWritePaths") == ['/var/lib/fs_control/service "-/srv/my switch/cdrs"']


@pytest.mark.parametrize("path", ["/opt/a\nUser=root", "/opt/a\r", "/opt/a\0b", "/opt/a ", "/a\\b", '/a"b', "/a'b"])
@pytest.mark.parametrize("name", ["python", "entry", "flows", "environment"])
def test_a_path_that_would_not_be_read_as_it_is_meant_is_refused(path: str, name: str) -> None:
    with pytest.raises(UserMistake, match="service_path_refused"):
        unit_text(with_path(name, path))


@pytest.mark.parametrize("name", ["root", "", "Fs", "a b", "a\n", "-x", "1a", "a%u", "x" * 32])
def test_a_user_who_is_no_system_user_is_refused(name: str) -> None:
    with pytest.raises(UserMistake, match="service_user_refused"):
        check_user(name)


@pytest.mark.parametrize(("calls", "files"), [(1, 1024), (2000, 16384), (1870, 8192), (1871, 16384), (20000, 131072)])
def test_the_limit_of_open_files_follows_the_calls(calls: int, files: int) -> None:
    assert open_files(calls) == files
    assert setting(replace(SERVICE, max_calls=calls), "LimitNOFILE") == [str(files)]


@pytest.mark.parametrize("name", ["python", "entry", "flows"])
def test_homes_are_hidden_unless_the_installation_is_in_one(name: str) -> None:
    assert setting(SERVICE, "ProtectHome") == ["yes"]
    assert setting(with_path(name, "/home/ann/x"), "ProtectHome") == ["read-only"]


def test_the_stop_is_given_the_time_that_it_may_take() -> None:
    flush = 4 * engine.FLUSH_S  # inbox, outbox, inbox again, the supervisor's greenlets
    assert STOP_S + flush + STOP_DEADLINE_S < unit.TIMEOUT_STOP_S
    assert unit.REFUSABLE_CALLS == engine.REFUSABLE_CALLS


def test_the_environment_file_names_every_setting_and_sets_none() -> None:
    source = (TESTS.parent / "fs_control/settings.py").read_text(encoding="utf-8")
    known = set(re.findall(r'"((?:FS_CONTROL|FREESWITCH|DATABASE)_[A-Z_]+)"', source))
    assert set(re.findall(r"^#([A-Z_]+)=", environment_text(), re.MULTILINE)) == known - {"FS_CONTROL_VAR"}
    assert read_environment(environment_text()) == {}
    assert not re.search(r"(PASSWORD|DATABASE_URL)=\S", environment_text())


def test_the_defaults_in_the_environment_file_are_those_of_the_program() -> None:
    switched_on = read_environment(re.sub(r"^#(?=FS_CONTROL_(LISTEN|MAX))", "", environment_text(), flags=re.MULTILINE))
    assert len(switched_on) == 3
    assert settings_from(switched_on) == Settings()


def test_an_environment_file_is_read_as_systemd_reads_plain_lines() -> None:
    text = "# A=1\n; B=2\n\n C = 3 \nD=\"4 5\"\nE='6'\nF=a=b\nno line\n"
    assert read_environment(text) == {"C": "3", "D": "4 5", "E": "6", "F": "a=b", "no line": ""}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed here")
@pytest.mark.parametrize("folder", ["plain", "a space", "100%n $HOME", "技能组"])
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path, folder: str) -> None:
    python = tmp_path / folder / "python"
    python.parent.mkdir()
    python.symlink_to("/bin/true")
    where = PurePosixPath(tmp_path / folder)
    service = replace(SERVICE, python=where / "python", entry=where / "cli.py", flows=where, environment=where / "env")
    assert _verify(tmp_path, unit_text(service)) == ""
    # The same unit with a program that is not there is found out: the path was read as it is meant.
    assert f"{where}/gone" in _verify(tmp_path, unit_text(replace(service, python=where / "gone")))


def _verify(folder: Path, text: str) -> str:
    """What systemd says about a unit; its neighbours on this machine, of which it speaks too, are left out."""
    file = folder / "fs_control.service"
    file.write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return "\n".join(line for line in done.stderr.splitlines() if "fs_control.service" in line)
