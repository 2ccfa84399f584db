"""Every greenlet has a name; the end of an essential one is told, a crash is logged, a stop ends them all."""

from __future__ import annotations

from collections.abc import Iterator

import gevent
import pytest
from gevent.event import Event as Signal
from structlog.testing import capture_logs

from fs_control.runtime.supervisor import Supervisor
from fs_control.testing.fake_event_socket import wait_until


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    supervisor = Supervisor()
    yield supervisor
    supervisor.stop(10.0)


def crash() -> None:
    raise RuntimeError("the caller said 4711")


def for_ever() -> None:
    Signal().wait()


def stubborn() -> None:
    while True:
        try:
            for_ever()
        except gevent.GreenletExit:
            gevent.sleep(0.05)
            return


def test_who_runs_has_a_name(supervisor: Supervisor) -> None:
    supervisor.spawn("inbox", for_ever)
    supervisor.spawn("also", for_ever)
    assert supervisor.names == ["also", "inbox"]


def test_the_crash_of_an_essential_one_sets_failed(supervisor: Supervisor, greenlet_crashes: list[str]) -> None:
    with capture_logs() as logs:
        supervisor.spawn("inbox", crash, essential=True)
        assert supervisor.failed.get(timeout=20) == "inbox"
    greenlet_crashes.clear()
    assert [line["action"] for line in logs] == ["greenlet_crashed", "essential_ended"]


def test_the_crash_of_another_is_logged_without_its_words(supervisor: Supervisor, greenlet_crashes: list[str]) -> None:
    with capture_logs() as logs:
        supervisor.spawn("directory", crash)
        wait_until(lambda: not supervisor.names)
    greenlet_crashes.clear()
    (line,) = logs
    assert (line["action"], line["greenlet"], line["error"]) == ("greenlet_crashed", "directory", "RuntimeError")
    assert "test_supervisor.py" in line["at"]
    assert "4711" not in str(logs)
    assert not supervisor.failed.ready()


def test_an_essential_one_that_just_ends_has_failed_too(supervisor: Supervisor) -> None:
    supervisor.spawn("outbox", lambda: None, essential=True)
    assert supervisor.failed.get(timeout=20) == "outbox"


def test_the_end_of_another_is_nothing_to_speak_of(supervisor: Supervisor) -> None:
    with capture_logs() as logs:
        supervisor.spawn("errand", lambda: None)
        wait_until(lambda: not supervisor.names)
    assert (logs, supervisor.failed.ready()) == ([], False)


def test_the_first_failure_counts(supervisor: Supervisor) -> None:
    supervisor.spawn("first", lambda: None, essential=True)
    supervisor.spawn("second", lambda: None, essential=True)
    wait_until(lambda: not supervisor.names)
    assert supervisor.failed.get(timeout=20) == "first"


def test_a_stop_ends_everybody_and_nobody_has_failed(supervisor: Supervisor) -> None:
    running = [supervisor.spawn(name, for_ever, essential=True) for name in ("inbox", "outbox")]
    gevent.sleep(0)
    supervisor.stop(20.0)
    assert all(greenlet.dead for greenlet in running)
    assert (supervisor.names, supervisor.failed.ready()) == ([], False)


def test_a_stop_waits_no_longer_than_it_may_and_names_who_does_not_end(supervisor: Supervisor) -> None:
    greenlet = supervisor.spawn("stubborn", stubborn)
    gevent.sleep(0)
    with capture_logs() as logs:
        supervisor.stop(0.001)
    assert [(line["action"], line["greenlet"]) for line in logs] == [("greenlet_does_not_end", "stubborn")]
    greenlet.join(20)
