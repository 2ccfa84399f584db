"""Whose turn it is when members came and went."""

from __future__ import annotations

import pytest

from fs_control.ids import AgentId
from fs_control.queues import turn_after_change


@pytest.mark.parametrize(
    ("last", "after", "expected"),
    [
        (2, (1, 2, 3, 4), 2),
        (2, (4, 3, 2, 1), 2),
        (3, (1, 2, 4), 2),
        (3, (1, 4), 1),
        (1, (2, 3, 4), 4),
        (2, (5, 6), None),
        (9, (1, 9), 9),
        (9, (1, 2), 2),
    ],
)
def test_Q3_the_turn_goes_on_where_it_was_when_members_change(
    last: int, after: tuple[int, ...], expected: int | None
) -> None:
    """... in fixed turn order."""
    members = tuple(AgentId(each) for each in (1, 2, 3, 4))
    assert turn_after_change(AgentId(last), members, tuple(AgentId(each) for each in after)) == expected
