"""The socket file: its owner's alone, one engine's at a time, and never in the way of the next start."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys

import pytest

from fs_control.errors import UserMistake
from fs_control.web.control import ControlSocket
from fs_control.web.error_map import status_of_error
from fs_control.web.socket_path import LONGEST_ADDRESS
from tests.unit.web.conftest import ask_at


def test_only_the_owner_may_open_it(door):
    assert stat.S_IMODE(door.path.stat().st_mode) == 0o600


def test_the_mask_of_the_process_is_as_before(tmp_path, control):
    usual = os.umask(0o022)
    try:
        door = ControlSocket(tmp_path / "control.sock")
        door.start(control)
        door.stop()
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(usual)


def test_a_second_engine_is_refused_while_the_first_lives(door, control, ask):
    with pytest.raises(UserMistake, match="engine_already_running") as refusal:
        ControlSocket(door.path).start(control)
    assert refusal.value.values["path"] == str(door.path)
    assert ask("GET", "/status")[0] == 200


def test_a_claim_refuses_the_second_engine_before_anything_is_started(tmp_path):
    first = ControlSocket(tmp_path / "control.sock")
    first.claim()
    with pytest.raises(UserMistake, match="engine_already_running"):
        ControlSocket(tmp_path / "control.sock").claim()
    first.stop()
    second = ControlSocket(tmp_path / "control.sock")
    second.claim()
    second.stop()


def test_what_a_killed_engine_left_is_replaced(tmp_path, control):
    path = tmp_path / "control.sock"
    dies = "import os, sys; from fs_control.web.control import ControlSocket as C; c = C(__import__('pathlib').Path("
    dies += "sys.argv[1])); c.start(None); os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", dies, str(path)], check=False).returncode == -9
    assert path.exists()
    door = ControlSocket(path)
    door.start(control)
    assert ask_at(path, "GET", "/status")[0] == 200
    door.stop()


def test_a_stop_leaves_no_socket_and_may_be_repeated(door):
    door.stop()
    assert not door.path.exists()
    door.stop()


def test_it_starts_again_after_a_stop(door, control, ask):
    door.stop()
    door.start(control)
    assert ask("GET", "/status")[0] == 200


def test_a_file_that_is_no_socket_is_not_removed(tmp_path, control):
    path = tmp_path / "control.sock"
    path.write_text("mine")
    door = ControlSocket(path)
    with pytest.raises(UserMistake, match="control_socket_refused"):
        door.start(control)
    door.stop()
    assert path.read_text() == "mine"


def test_a_folder_may_lie_deeper_than_the_kernel_takes(tmp_path, control):
    path = tmp_path / ("deep" * 30) / "control.sock"
    assert len(os.fsencode(path)) > LONGEST_ADDRESS
    door = ControlSocket(path)
    door.start(control)
    assert ask_at(path, "GET", "/status")[0] == 200
    assert len(os.listdir("/proc/self/fd")) < 200
    door.stop()


def test_nonsense_on_the_socket_is_logged_and_not_printed(door, ask, capsys):
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(str(door.path))
        stranger.sendall(b"\x00\xff nonsense\r\n\r\n")
        while stranger.recv(1000):
            pass
    assert ask("GET", "/status")[0] == 200
    logged = capsys.readouterr()
    assert "control_socket" in logged.out
    assert logged.err == ""


def test_a_defect_is_no_fault_of_whoever_asked():
    assert status_of_error(ValueError("x")) == 500
