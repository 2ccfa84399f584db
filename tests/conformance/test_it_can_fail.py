"""The conformance can fail: a switch that is wrong in one place is found out, in the place where it is wrong.

Each test breaks a scratch copy of the virtual switch and replays a trace against it.
"""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conformance.comparison import compare
from tests.conformance.differences import Difference, allowances, not_allowed
from tests.conformance.recording import TRACES, read_recording
from tests.conformance.replay import replay

TRACE = "bridge-busy"
PACKAGE = Path(__file__).parents[2] / "fs_control"

BREAKS = {
    "tick": ("timing.py", "FRAME_US = 20_000", "FRAME_US = 1_000"),
    "order": ("wires.py", "self._events.popleft()", "self._events.pop()"),
    "cause": ("causes.py", '("Busy Here", "USER_BUSY")', '("Busy Here", "CALL_REJECTED")'),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[list[Difference]]]:
    """The differences of each broken switch; all are replayed at the same time."""
    pool = ThreadPoolExecutor(len(BREAKS))
    begun = {name: pool.submit(_differences, broken_switch(tmp_path_factory.mktemp(name), name)) for name in BREAKS}
    pool.shutdown(wait=False)
    return begun


def broken_switch(folder: Path, name: str) -> Path:
    """A copy of the switch with one thing wrong, and an interpreter that runs this copy."""
    copy = folder / "fs_control"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.wav"))
    file, right, wrong = BREAKS[name]
    source = copy / "virtual_switch" / file
    text = source.read_text(encoding="utf-8")
    assert right in text
    source.write_text(text.replace(right, wrong), encoding="utf-8")
    python = folder / "python"
    python.write_text(f'#!/bin/sh\ncd "{folder}" && exec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return python


def _differences(python: Path) -> list[Difference]:
    found = compare(replay(read_recording(TRACES / f"{TRACE}.jsonl.gz"), str(python)))
    return not_allowed(TRACE, found, allowances())


def test_a_broken_tick(broken: dict[str, Future[list[Difference]]]) -> None:
    found = broken["tick"].result()
    assert any(each.what == "time" and each.label == "CHANNEL_EXECUTE set" for each in found)


def test_events_in_another_order(broken: dict[str, Future[list[Difference]]]) -> None:
    found = broken["order"].result()
    assert any(each.what in ("order", "missing", "added") and each.label.startswith("CHANNEL_") for each in found)


def test_a_wrong_cause(broken: dict[str, Future[list[Difference]]]) -> None:
    found = broken["cause"].result()
    wrong = [each for each in found if each.name == "Hangup-Cause" and each.theirs == "USER_BUSY"]
    assert {each.ours for each in wrong} == {"CALL_REJECTED"}
