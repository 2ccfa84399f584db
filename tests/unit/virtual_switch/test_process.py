"""The child process: its ports, its clock, its end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from fs_control.errors import RemoteFault
from fs_control.virtual_switch.clock import SwitchClock
from fs_control.virtual_switch.process import start_virtual_switch
from fs_control.virtual_switch.script import CallerScript, HangUp, Wait
from tests.unit.virtual_switch.box import running_box
from tests.unit.virtual_switch.calls import CALLER, answered_call

THREE_AT_NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC).timestamp()


def test_time_in_the_box_is_another_and_runs_faster() -> None:
    clock = SwitchClock(time.time(), THREE_AT_NIGHT, 10.0)
    with running_box(clock) as box:
        inbound = box.inbound("CHANNEL_ANSWER CHANNEL_HANGUP_COMPLETE")
        began = time.monotonic()
        _, line = answered_call(box)
        line.app("sleep", "10000")
        took = time.monotonic() - began
        line.app("hangup", wait=False)
        ended = inbound.event("CHANNEL_HANGUP_COMPLETE")
        assert took < 9
        assert int(ended["variable_billmsec"]) >= 10_000
        assert ended["Event-Date-GMT"].startswith("Sun, 22 Nov 2026 03:0")
        assert box.process.clock == clock


def test_it_dies_with_its_parent() -> None:
    code = (
        "from fs_control.virtual_switch.process import start_virtual_switch\n"
        "print(start_virtual_switch('127.0.0.1:1', 'x').pid, flush=True)\n"
        "import os; os.kill(os.getpid(), 9)\n"
    )
    parent = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=False)
    child = int(parent.stdout)
    end = time.monotonic() + 20
    while os.path.exists(f"/proc/{child}") and time.monotonic() < end:
        time.sleep(0.05)
    assert not os.path.exists(f"/proc/{child}")


def test_without_a_password_it_does_not_start() -> None:
    with pytest.raises(RemoteFault, match="virtual_switch_not_started"):
        start_virtual_switch("127.0.0.1:1", "")


def test_it_stops_in_the_middle_of_calls() -> None:
    with running_box() as box:
        for _ in range(3):
            answered_call(box)
        box.stage.place_call(CallerScript("4001", CALLER, b"", (Wait(60), HangUp())))
