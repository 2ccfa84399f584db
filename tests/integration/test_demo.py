"""`make demo` as a person meets it: its own process, its own database, stories on stdout, exit code 0."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

CLONE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def demo() -> Iterator[subprocess.CompletedProcess[str]]:
    """One demo, in Chinese, in a folder that the database's own user may pass."""
    folder = Path(tempfile.mkdtemp(prefix="fs_control-test-", dir="/tmp"))
    folder.chmod(0o711)
    environment = {**os.environ, "FS_CONTROL_VAR": str(folder), "PYTHONPATH": str(CLONE)}
    environment.pop("DATABASE_URL", None)
    yield subprocess.run(
        [sys.executable, "cli.py", "--lang", "zh", "demo"],
        cwd=CLONE,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    shutil.rmtree(folder)


@pytest.mark.timeout(150)
def test_the_demo_ends_by_itself_with_every_record_as_the_script_demands(
    demo: subprocess.CompletedProcess[str],
) -> None:
    assert demo.returncode == 0, demo.stderr[-2000:]
    assert "16 条记录全部符合脚本要求" in demo.stdout


@pytest.mark.timeout(150)
def test_N13_the_caller_at_three_in_the_morning_is_told_and_not_left_in_silence(
    demo: subprocess.CompletedProcess[str],
) -> None:
    """At 03:00 with nobody signed in a call is answered by the flow and ends in message/hang-up, never in silence or
    a busy tone.
    """
    night = demo.stdout.split("凌晨三点的来电")[1].split("第一位坐席未接听")[0]
    assert "2026-11-23 03:00" in night
    assert "没有" in night


@pytest.mark.timeout(150)
def test_M7_each_story_ends_with_why_and_a_colleague_is_drawn_for_the_busy_own_agent(
    demo: subprocess.CompletedProcess[str],
) -> None:
    """Owner busy: a colleague answers, at random, and the record says so."""
    assert demo.stdout.count("  原因：") == 16
    busy = demo.stdout.split("专属坐席忙：随机由同事代接")[1]
    assert "随机选中该坐席" in "".join(busy.split("原因：")[1].split())
