"""What people ask of a running engine by name reaches its centre, and the centre's answer reaches them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fs_control.errors import UserMistake
from fs_control.ids import AgentId
from fs_control.records import Action
from fs_control.runtime.control import EngineControl
from tests.integration.engine_house import House, running_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with running_house(tmp_path / "var") as house:
        yield house


def test_an_action_is_put_to_the_centre_and_refused_with_its_reason(house: House) -> None:
    house.sign_in(1)
    number = house.engine.centre.directory.agents[AgentId(1)].number
    with pytest.raises(UserMistake, match="agent_already_ready") as refused:
        EngineControl(house.engine).act(number, Action.READY, "test")
    assert refused.value.values == {"agent": number}
    assert len(house.engine.requests) == 0


def test_an_agent_who_is_not_there_is_not_asked_for_anything(house: House) -> None:
    with pytest.raises(UserMistake, match="agent_unknown"):
        EngineControl(house.engine).act("0000", Action.HOLD, "test")
