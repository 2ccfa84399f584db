"""The estimated waiting time: what is foretold of a line, of one agent, and how it is announced."""

from __future__ import annotations

from itertools import pairwise

import pytest

from fs_control.ids import Micros, seconds
from fs_control.queues.estimate import (
    FIRST_GUESS,
    MINUTES_TOLD,
    Handling,
    estimated_wait,
    estimated_wait_for_agent,
    rest_of_talk,
    rounded_minutes,
)

TALKS = Handling(mean=seconds(120), talks=50)


def wait_s(position: int, at_work: int, *talking_for_s: float, idle: int = 0) -> float | None:
    wait = estimated_wait(position, at_work, TALKS, [seconds(each) for each in talking_for_s], idle)
    return None if wait is None else wait / 1_000_000


# --- the mean ---


def test_before_the_first_talk_a_usual_one_is_assumed_and_it_counts_as_one() -> None:
    assert Handling().mean == FIRST_GUESS
    assert Handling().with_talk(seconds(60)) == Handling(Micros((FIRST_GUESS + seconds(60)) // 2), 1)


def test_a_group_of_short_talks_is_known_after_about_twenty_of_them() -> None:
    handling = Handling()
    for _ in range(20):
        handling = handling.with_talk(seconds(60))
    assert seconds(60) < handling.mean < seconds(70)
    assert handling.talks == 20


def test_newer_talks_count_for_more_than_older_ones() -> None:
    rising, falling = Handling(), Handling()
    for short, long in zip(range(60, 120), range(120, 60, -1), strict=True):
        rising, falling = rising.with_talk(seconds(short)), falling.with_talk(seconds(long))
    assert rising.mean > seconds(100) > seconds(80) > falling.mean


def test_a_line_that_was_forgotten_overnight_counts_as_five_talks() -> None:
    assert TALKS.with_talk(seconds(10 * 3600)) == TALKS.with_talk(seconds(5 * 120))


# --- the line ---


@pytest.mark.parametrize(("talking_for", "rest"), [(0, 120), (30, 90), (80, 40), (90, 30), (119, 30), (1200, 30)])
def test_the_rest_of_a_talk_is_the_mean_without_what_has_passed_and_at_least_a_quarter(
    talking_for: float, rest: float
) -> None:
    assert rest_of_talk(TALKS, seconds(talking_for)) == seconds(rest)
    assert wait_s(1, 1, talking_for) == rest


def test_each_caller_ahead_takes_one_talk_of_one_of_the_agents() -> None:
    assert wait_s(3, 1, 30) == 90 + 2 * 120
    assert wait_s(3, 2, 60, 60) == 30 + 2 * 60


def test_of_several_agents_the_one_whose_talk_is_nearly_over_counts_most() -> None:
    both_begin, one_ends = wait_s(1, 2, 0, 0), wait_s(1, 2, 0, 90)
    assert both_begin == 60
    assert one_ends == 24  # a quarter of a talk alone would be 30


def test_nobody_at_work_is_no_estimate() -> None:
    assert wait_s(1, 0) is None


def test_a_caller_for_whom_somebody_is_idle_does_not_wait_and_the_next_one_does() -> None:
    assert wait_s(2, 3, 30, idle=2) == 0
    assert wait_s(3, 3, 30, idle=2) == pytest.approx(1 / (2 / 120 + 1 / 90))


def test_an_agent_whose_phone_rings_counts_as_one_whose_talk_begins() -> None:
    assert wait_s(1, 2, 60) == wait_s(1, 2, 60, 0)


def test_an_estimate_grows_with_the_line_and_falls_with_more_agents() -> None:
    by_position = [wait_s(position, 4, 10, 20, 30, 40) or 0 for position in range(1, 50)]
    by_agents = [wait_s(5, agents) or 0 for agents in range(1, 50)]
    assert by_position == sorted(by_position)
    assert by_agents == sorted(by_agents, reverse=True)


@pytest.mark.parametrize("mean", [0, 1, 3])
def test_talks_of_no_length_are_no_accident(mean: int) -> None:
    assert estimated_wait(1, 2, Handling(Micros(mean), 5), [Micros(0)]) == seconds(0.5)


# --- one agent ---


def test_who_waits_for_their_own_agent_waits_for_the_rest_of_that_talk_and_for_those_ahead() -> None:
    assert estimated_wait_for_agent(TALKS, seconds(100)) == seconds(30)
    assert estimated_wait_for_agent(TALKS, seconds(20), ahead=2) == seconds(100 + 240)


# --- what is announced ---


@pytest.mark.parametrize(
    ("wait_s", "minutes"),
    [
        *[(0, 0), (59.9, 0), (60, 1), (89, 1), (90, 2), (149, 2), (150, 3), (239, 3), (240, 5), (449, 5), (450, 10)],
        *[(749, 10), (750, 15), (3149, 45), (3150, 60), (100_000, 60)],
    ],
)
def test_minutes_are_the_nearest_step_and_halfway_the_longer_one(wait_s: float, minutes: int) -> None:
    assert rounded_minutes(seconds(wait_s)) == minutes


def test_steps_are_no_finer_than_the_estimate() -> None:
    assert all(longer >= shorter * 4 / 3 for shorter, longer in pairwise(MINUTES_TOLD))
