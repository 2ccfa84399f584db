"""A handler that fails costs its own event and no more, and its words stay out of the log."""

from __future__ import annotations

import gevent
import pytest
from structlog.testing import capture_logs

from fs_control.runtime.callbacks import run_callback


def test_a_callback_gets_its_arguments():
    got: list[int] = []
    assert run_callback(got.append, 7)
    assert got == [7]


def test_a_failure_is_logged_by_type_and_place_only():
    def fail(number: str) -> None:
        raise ValueError(f"cannot read {number}")

    with capture_logs() as logs:
        assert not run_callback(fail, "13800138000")
    assert logs[0]["action"] == "callback_failed"
    assert logs[0]["error"] == "ValueError"
    assert "test_callbacks.py" in logs[0]["place"]
    assert "13800138000" not in str(logs)


def test_what_ends_a_greenlet_passes():
    def end() -> None:
        raise gevent.GreenletExit

    with pytest.raises(gevent.GreenletExit):
        run_callback(end)
