"""Every trace, played again: what FreeSWITCH said and what the virtual switch says are the same.

The differences that are allowed stand in allowed.txt, each with its reason, and are few. `python -m tests.conformance
TRACE` prints everything in which one trace differs. Easy to break: only the traces of the tests that were selected are
replayed, all together, before the first of them is looked at.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.conftest import Replays
from tests.conformance.differences import ALLOWED_FILE, allowances, not_allowed
from tests.conformance.recording import recordings, trace_name
from tests.conformance.report import report

MOST_LINES = 30


@pytest.mark.parametrize("path", recordings(), ids=trace_name)
def test_trace(replays: Replays, path: Path) -> None:
    name = trace_name(path)
    left = not_allowed(name, replays.differences(path), allowances())
    assert not left, "\n" + report(name, left)


def test_the_allowed_differences_are_few_and_have_reasons() -> None:
    assert len(ALLOWED_FILE.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    assert all(line.reason for line in allowances())
