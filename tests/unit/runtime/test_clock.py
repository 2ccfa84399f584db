"""One time for all: the wall's, or a shifted and faster one that control plane and virtual switch read alike."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.ids import SECOND, Micros, seconds
from fs_control.runtime.clock import ShiftedClock, WallClock
from fs_control.virtual_switch.clock import SwitchClock

MOMENTS = st.integers(1_000_000_000, 4_000_000_000).map(lambda value: value * SECOND)


def test_the_wall_clock_shows_microseconds_since_1970() -> None:
    before = time.time_ns() // 1000
    now = WallClock().now()
    assert before <= now <= time.time_ns() // 1000
    assert WallClock().real_seconds(seconds(1.5)) == 1.5


@given(MOMENTS, MOMENTS, st.integers(0, 10**12), st.sampled_from([0.5, 1.0, 8.0, 60.0]))
def test_the_virtual_switch_reads_the_same_time(wall: int, shown: int, later: int, rate: float) -> None:
    clock = ShiftedClock(Micros(wall), Micros(shown), rate)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time_ns", lambda: (wall + later) * 1000)
        ours = clock.now()
    theirs = SwitchClock(wall / SECOND, shown / SECOND, rate).virtual_us((wall + later) / SECOND)
    # Seconds since 1970 in a float are half a microsecond coarse, at both ends and times the rate.
    assert abs(ours - theirs) <= 2 + rate


def test_a_faster_clock_makes_waiting_shorter() -> None:
    clock = ShiftedClock(Micros(0), Micros(0), rate=10.0)
    assert clock.real_seconds(seconds(20)) == 2.0


@pytest.mark.parametrize("clock", [WallClock(), ShiftedClock(Micros(0), Micros(0))])
def test_what_is_over_needs_no_waiting(clock: WallClock | ShiftedClock) -> None:
    assert clock.real_seconds(Micros(-5)) == 0.0
