"""Schedules and the process that carries them out: at the minute, and at once for what it was not there for (G1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from fs_control.agents import AgentStatus
from fs_control.ids import SECOND, AgentId, ScheduleId
from fs_control.records import Schedule
from fs_control.runtime.journal import fold, read_segment
from fs_control.testing.fake_event_socket import wait_until
from tests.integration.engine_house import IN_NO_TIME_S, House, running_house

MINUTE = 60 * SECOND
DAILY = tuple(range(1, 8))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with running_house(tmp_path / "var") as house:
        yield house


def soon(house: House) -> int:
    """Return a minute (since 1970 UTC) that has not begun yet, and will in a moment."""
    return house.clock.now() // MINUTE + 2


def plan(house: House, sign_in: int, sign_out: int | None = None) -> None:
    """Let agent 3 be signed in, and out, every day at these minutes."""
    times = (sign_in % 1440, None if sign_out is None else sign_out % 1440)
    schedule = Schedule(ScheduleId(1), "duty", (AgentId(3),), *times, weekdays=DAILY)
    house.directory.directory = replace(house.directory.directory, schedules=(schedule,))
    assert house.engine.load_directory()
    wait_until(lambda: house.engine.centre.directory.schedules == (schedule,))


def status(house: House) -> AgentStatus:
    known = house.engine.centre.agents.get(AgentId(3))
    return AgentStatus.SIGNED_OUT if known is None else known.status


def wait_for_minute(house: House, minute: int) -> None:
    wait_until(lambda: house.clock.now() // MINUTE >= minute)


def test_G1_at_the_minute_the_agent_is_signed_in_and_it_is_logged(house: House) -> None:
    """At the minute the agent is signed in [...] without any action."""
    minute = soon(house)
    with capture_logs() as logs:
        plan(house, minute)
        assert status(house) is AgentStatus.SIGNED_OUT
        wait_until(lambda: status(house) is AgentStatus.READY)
    (run,) = house.engine.centre.plan_runs.values()
    assert run.due_at == minute * MINUTE
    (told,) = [each for each in logs if each.get("action") == "schedule_done"]
    assert (told["schedule"], told["agents"]) == ("duty", ("803",))
    assert fold(read_segment(house.engine.journal.path)) == house.engine.centre


def test_G1_a_sign_in_that_was_due_while_nobody_was_there_is_done_at_the_start(house: House) -> None:
    minute = soon(house)
    plan(house, minute)
    house.engine.stop(IN_NO_TIME_S)
    wait_for_minute(house, minute)
    assert status(house) is AgentStatus.SIGNED_OUT
    house.restart()
    wait_until(lambda: status(house) is AgentStatus.READY)


def test_G1_of_a_whole_duty_that_was_missed_nobody_notices_anything(house: House) -> None:
    minute = soon(house)
    plan(house, minute, minute + 1)
    house.engine.stop(IN_NO_TIME_S)
    wait_for_minute(house, minute + 1)
    house.restart()
    wait_until(lambda: bool(house.engine.centre.plan_runs))
    (run,) = house.engine.centre.plan_runs.values()
    assert (run.act, run.done, run.left_alone) == ("sign_out", (), (AgentId(3),))
    assert house.engine.centre.agents.get(AgentId(3)) is None


def test_G1_a_killed_process_has_not_done_it_and_the_next_one_does(house: House, tmp_path: Path) -> None:
    minute = soon(house)
    plan(house, minute)
    settings = house.killed_copy(tmp_path / "killed")
    house.engine.stop(IN_NO_TIME_S)
    wait_for_minute(house, minute)
    house.engine = house.build(settings)
    house.start()
    wait_until(lambda: status(house) is AgentStatus.READY)
