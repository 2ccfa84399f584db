"""Which groups and agents a flow names: by the key, not by a step that is called the same."""

from __future__ import annotations

import pytest

from fs_control.store.flow_names import names_in_flow
from fs_control.testing.builders import LINE, MENU


def test_the_groups_of_a_flow_are_those_of_its_queue_steps() -> None:
    assert names_in_flow(LINE.text, "group") == {"sales"}
    assert names_in_flow(MENU.text, "group") == {"sales", "service"}


def test_a_step_that_is_called_like_a_group_does_not_name_it() -> None:
    assert (
        names_in_flow("steps:\n  choose: {do: menu, keys: {1: sales}}\n  sales: {do: hangup}", "group") == frozenset()
    )


def test_agents_are_named_one_or_several() -> None:
    text = "steps:\n  a: {do: transfer, agent: 8001}\n  b: [{agents: [08002, 8003]}]"
    assert names_in_flow(text, "agent") == {"8001", "08002", "8003"}


@pytest.mark.parametrize("text", ["", "[", "just text", "a: &a {agent: *a}", "? [x]\n: {agent: {x: 1}}"])
def test_what_is_no_flow_names_nobody(text: str) -> None:
    assert names_in_flow(text, "agent") == frozenset()
