"""Every trace, played again: what FreeSWITCH said and what the virtual switch says are the same.

The differences that are allowed stand in allowed.txt, each with its reason, and are few. `python -m tests.conformance
TRACE` prints everything in which one trace differs. Easy to break: a trace that has come to conform leaves `NOT_YET`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.conftest import Replays
from tests.conformance.differences import ALLOWED_FILE, allowances, not_allowed
from tests.conformance.recording import recordings, trace_name
from tests.conformance.report import report

MOST_LINES = 30
NOT_YET = {
    "originate-intercept": "intercept exchanges the legs' names in another way than uuid_bridge",
    "phone-refer-attended": "a phone that dials by itself is a caller from a port of its own here",
    "phone-refer-attended-to-controller": "the same",
    "session-timer": "the virtual switch has no session timers",
    "session-timer-switch": "the same",
}


def _traces() -> list[object]:
    marks = {name: pytest.mark.xfail(reason=reason, strict=True) for name, reason in NOT_YET.items()}
    return [
        pytest.param(path, id=trace_name(path), marks=[marks[trace_name(path)]] if trace_name(path) in marks else [])
        for path in recordings()
    ]


@pytest.mark.parametrize("path", _traces())
def test_trace(replays: Replays, path: Path) -> None:
    name = trace_name(path)
    left = not_allowed(name, replays.differences(path), allowances())
    assert not left, "\n" + report(name, left)


def test_the_allowed_differences_are_few_and_have_reasons() -> None:
    assert len(ALLOWED_FILE.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    assert all(line.reason for line in allowances())


def test_what_does_not_conform_yet_is_recorded() -> None:
    assert set(NOT_YET) <= {trace_name(path) for path in recordings()}
