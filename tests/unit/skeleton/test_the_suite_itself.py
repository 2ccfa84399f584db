"""The rules that tests/conftest.py lays on every test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import gevent

CLONE = Path(__file__).parents[3]


def test_an_exception_in_a_greenlet_is_noticed(greenlet_crashes: list[str]) -> None:
    gevent.spawn(int, "not a number").join()
    assert len(greenlet_crashes) == 1
    assert "not a number" in greenlet_crashes[0]
    greenlet_crashes.clear()


def test_a_greenlet_that_was_killed_is_no_crash(greenlet_crashes: list[str]) -> None:
    gevent.spawn(gevent.sleep, 60).kill()
    assert greenlet_crashes == []


def test_a_test_asked_for_in_the_wrong_kind_of_process_is_refused_with_the_right_command() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "tests/unit/store"]
    done = subprocess.run(command, cwd=CLONE, capture_output=True, text=True)
    assert done.returncode == 4
    assert "python -m gevent.monkey --module pytest tests/unit/store" in done.stderr
