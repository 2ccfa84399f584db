"""The controller is killed (-9) while an agent wraps up before a break: both go on as if nothing was."""

from __future__ import annotations

import pytest

from fs_control.agents import AgentState, AgentStatus
from fs_control.calls import CallState
from tests.scenarios.engine_process import wait_for
from tests.scenarios.test_killed_controller import CHOOSES_SALES, Place, place

__all__ = ["place"]


@pytest.mark.timeout(180)
def test_A13_wrap_up_and_a_break_to_come_survive_a_killed_controller(place: Place) -> None:
    """Wrap-up has an end time and survives restarts (complaint 10)."""
    set_wrap_up(place)
    leg = place.call(*CHOOSES_SALES)
    place.wait_state(leg, CallState.TALKING)
    place.engine.client.act("8001", "break-after-call", reason="meal")
    place.record(leg)
    (before,) = place.engine.centre().agents.values()
    assert (before.state, before.break_after_call) == (AgentState.WRAP_UP, "meal")

    place.engine.kill()
    place.engine.start()

    (after,) = place.engine.centre().agents.values()
    assert (after.state, after.wrap_up_until) == (AgentState.WRAP_UP, before.wrap_up_until)
    place.engine.client.act("8001", "stay")
    place.engine.client.act("8001", "ready")
    wait_for(lambda: next(iter(place.engine.centre().agents.values())).state is AgentState.IDLE, "the end of wrap-up")
    assert next(iter(place.engine.centre().agents.values())).status is AgentStatus.READY


def set_wrap_up(place: Place) -> None:
    """Give agent 8001 an hour for notes, by the database as everybody does."""
    place.configure('agents: [{number: "8001", name: 王芳, phone: "1001", wrap_up: 3600}]')
    place.engine.client.reload_directory()
