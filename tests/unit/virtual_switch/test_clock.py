"""The formula of virtual time."""

from __future__ import annotations

import pytest

from fs_control.virtual_switch.clock import SwitchClock


def test_shows_the_virtual_anchor_at_the_real_anchor() -> None:
    assert SwitchClock(1000.0, 5000.0, 7.0).virtual(1000.0) == 5000.0


def test_runs_at_its_rate_in_both_directions() -> None:
    clock = SwitchClock(1000.0, 5000.0, 10.0)
    assert clock.virtual(1003.0) == 5030.0
    assert clock.real(5030.0) == 1003.0
    assert clock.real_seconds(30.0) == 3.0


def test_counts_whole_microseconds() -> None:
    assert SwitchClock(0.0, 0.0).virtual_us(1.2345678) == 1_234_568


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan")])
def test_refuses_a_rate_at_which_time_does_not_go_forward(rate: float) -> None:
    with pytest.raises(ValueError, match="rate"):
        SwitchClock(0.0, 0.0, rate)
