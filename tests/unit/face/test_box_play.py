"""Callers and phones for the switch in the box, typed at a terminal against a real virtual switch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fs_control.face.box import with_known_port
from fs_control.face.box_play import plug_in
from fs_control.settings import Settings
from fs_control.virtual_switch.process import VirtualSwitchProcess, start_virtual_switch
from fs_control.virtual_switch.stage import Stage


@pytest.fixture
def switch(tmp_path: Path) -> Iterator[VirtualSwitchProcess]:
    """A switch whose controller is nobody, and the word of a running engine where it is directed."""
    process = start_virtual_switch("127.0.0.1:9", "secret")
    (tmp_path / "box.port").write_text(str(process.stage_port))
    yield process
    process.stop()


@pytest.fixture
def stage(switch: VirtualSwitchProcess) -> Iterator[Stage]:
    with switch.stage() as stage:
        yield stage


def test_a_caller_dials_the_number_from_the_number_given(terminal, stage):
    said = terminal.type("box", "call", "4001234567", "--from", "13900139000", "--press", "1", "--wait", "60")
    assert (said.exit_code, said.stdout.split()[0]) == (0, "13900139000")
    (caller,) = stage.snapshot().callers
    assert (caller.number, caller.caller_number) == ("4001234567", "13900139000")


def test_a_phone_is_registered_does_what_it_is_told_and_is_unplugged(terminal, stage):
    assert terminal.type("box", "phone", "1001", "--does", "decline").exit_code == 0
    (phone,) = stage.snapshot().phones
    assert (phone["number"], phone["registered"], phone["behaviours"][0]["reaction"]) == ("1001", True, "decline")
    assert terminal.type("box", "phone", "1001", "--unplugged").exit_code == 0
    assert [phone["registered"] for phone in stage.snapshot().phones] == [False]


def test_the_phones_of_a_system_that_starts_answer(stage):
    plug_in(stage, ["1001", "1002"])
    phones = stage.snapshot().phones
    assert [(phone["number"], phone["registered"]) for phone in phones] == [("1001", True), ("1002", True)]


@pytest.mark.parametrize("left", ["", "no port", "1"])
def test_where_no_such_engine_runs_that_is_said(terminal, tmp_path, left):
    if left:
        (tmp_path / "box.port").write_text(left)
    said = terminal.type("box", "call", "4001234567")
    assert said.exit_code == 1
    assert said.stderr.startswith("No engine with the switch in the box is running here.")


def test_a_key_that_no_phone_has_is_refused(terminal, stage):
    assert terminal.type("box", "call", "4001234567", "--press", "x").exit_code == 1
    assert stage.snapshot().callers == ()


def test_N7_a_caller_who_is_to_leave_a_message_is_taken(terminal, stage):
    said = terminal.type("box", "call", "4001234567", "--press", "say-:0", "--speak", "8")
    assert (said.exit_code, len(stage.snapshot().callers)) == (0, 1)


def test_a_switch_is_never_told_to_hand_its_calls_over_at_port_0():
    assert with_known_port(Settings(listen_port=0)).listen_port > 0
    assert with_known_port(Settings(listen_port=8084)).listen_port == 8084
