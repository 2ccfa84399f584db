"""Waits before the next attempt double up to a limit, and never vanish."""

from __future__ import annotations

import pytest

from fs_control.runtime.backoff import Backoff

BACKOFF = Backoff(first_s=1.0, longest_s=10.0)


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1.0), (2, 2.0), (3, 4.0), (4, 8.0), (5, 10.0), (10_000, 10.0)])
def test_waits_double_up_to_the_limit(failures: int, seconds: float):
    assert BACKOFF.wait_s(failures, chance=1.0) == seconds


@pytest.mark.parametrize("failures", [0, 1, 2, 50])
def test_chance_takes_at_most_half_of_a_wait(failures: int):
    assert BACKOFF.wait_s(failures, chance=0.0) == BACKOFF.wait_s(failures, chance=1.0) / 2 > 0
