"""The tests of the first rules can fail: `tools/mutants.py` breaks three of them in a scratch copy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[3] / "tools" / "mutants.py"


def test_a_broken_rule_fails_the_test_that_carries_its_id() -> None:
    """A mutated rule (next after declined, longest idle, segment borders) in a scratch copy fails the test that carries
    its row's id."""
    rules = ("next after declined", "longest idle: the shortest", "segment borders: a segment starts")
    done = subprocess.run([sys.executable, TOOL, *rules], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "3 of 3 noticed"
