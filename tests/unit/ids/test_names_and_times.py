"""Ids that follow from others, and lengths of time."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from fs_control.ids import CallId, derived_leg_id, seconds


def test_seconds_become_whole_microseconds() -> None:
    assert (seconds(1.5), seconds(0.0000004), seconds(600)) == (1_500_000, 0, 600_000_000)


@given(call=st.text(), other=st.text(), count=st.integers(1, 1000))
def test_a_leg_of_ours_has_a_uuid_that_follows_from_the_call_and_nothing_else(
    call: str, other: str, count: int
) -> None:
    leg = derived_leg_id(CallId(call), count)
    assert str(UUID(leg)) == leg == derived_leg_id(CallId(call), count)
    assert leg != derived_leg_id(CallId(call), count + 1)
    assert (leg == derived_leg_id(CallId(other), count)) is (call == other)
