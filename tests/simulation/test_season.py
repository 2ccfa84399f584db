"""Ten thousand calls through the real centre: every decision is what its strategy demands, and the estimate is told.

FS_CONTROL_SEASON_CALLS is the number of calls for each strategy, 10000 in the long form (docs/soak.md), and
FS_CONTROL_SEED what the season is made of.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from random import Random
from statistics import median
from typing import Final

import pytest

from fs_control.ids import AgentId
from fs_control.records import Strategy
from fs_control.testing.foretelling import Foretelling
from fs_control.testing.happening import Happening
from fs_control.testing.rules import offers_go_to_the_free, one_offer_each
from fs_control.testing.season import Habits, Season
from tests.simulation.definitions import Decided, decisions_of

CALLS: Final = int(os.environ.get("FS_CONTROL_SEASON_CALLS", "1500"))
SEED: Final = int(os.environ.get("FS_CONTROL_SEED", "5"))
STRATEGIES: Final = (
    *(Strategy.LONGEST_IDLE_TIME, Strategy.LONGEST_IDLE_STATE, Strategy.ROUND_ROBIN),
    *(Strategy.FEWEST_CALLS, Strategy.FEWEST_INBOUND_CALLS, Strategy.RANDOM, Strategy.TOP_DOWN),
)
"""Those that choose one agent."""
USUAL: Final = Habits()
QUIET: Final = Habits(
    agents=3, between_calls=600.0, talk=60.0, declines=0.0, does_not_answer=0.0, at_work=86_400.0, on_break=3600.0
)
"""Mostly everybody is free when somebody calls."""

SLEEPY: Final = replace(USUAL, between_calls=40.0, does_not_answer=0.3)
"""Many callers are offered more than once."""

pytestmark = pytest.mark.timeout(max(120, CALLS // 10))


@dataclass
class Book:
    """What was seen of one season."""

    decisions: list[Decided] = field(default_factory=list)
    foretelling: Foretelling = field(default_factory=Foretelling)

    def look(self, happening: Happening) -> None:
        decisions = list(decisions_of(happening))
        if decisions:
            assert [*one_offer_each(happening), *offers_go_to_the_free(happening)] == []
        self.decisions += decisions
        self.foretelling.look(happening)


@cache
def book_of(strategy: Strategy, habits: Habits = USUAL, calls: int = CALLS) -> Book:
    book = Book()
    Season(strategy, Random(SEED), habits, [book.look]).play(calls)
    return book


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_Q3_to_Q8_every_decision_is_the_one_that_the_strategy_demands(strategy: Strategy) -> None:
    decisions = book_of(strategy).decisions
    assert [each for each in decisions if each.chosen not in each.demanded] == []
    assert len(decisions) > CALLS * 0.9
    assert sum(len(each.pool) >= 3 for each in decisions) > CALLS / 10  # there was something to decide


def test_Q13_who_did_not_answer_this_caller_is_asked_again_only_after_all_others() -> None:
    decisions = book_of(Strategy.TOP_DOWN, SLEEPY, CALLS // 3).decisions
    assert [each for each in decisions if each.chosen not in each.demanded] == []
    assert len(decisions) > CALLS // 3 * 1.02  # who misses three in a row has a break, and a long season has many


def test_Q8_random_gives_everybody_their_share() -> None:
    """Each one who is free is as likely as the others; five standard deviations are no chance."""
    decisions = book_of(Strategy.RANDOM).decisions
    chosen = Counter(each.chosen for each in decisions)
    for agent in {agent for each in decisions for agent in each.pool}:
        odds = [1 / len(each.pool) for each in decisions if agent in each.pool]
        deviation = sum(part * (1 - part) for part in odds) ** 0.5
        assert abs(chosen[agent] - sum(odds)) < 5 * deviation


@pytest.mark.parametrize("habits", [USUAL, QUIET], ids=["busy", "quiet"])
def test_Q3_round_robin_is_within_one_as_long_as_the_same_agents_are_free(habits: Habits) -> None:
    decisions = book_of(Strategy.ROUND_ROBIN, habits).decisions
    for stretch in stretches(decisions):
        assert all(is_even(stretch[start:]) for start in range(len(stretch)))


def test_Q3_a_quiet_season_has_long_stretches() -> None:
    """Otherwise the test above would say nothing."""
    decisions = book_of(Strategy.ROUND_ROBIN, QUIET).decisions
    rounds = [len(stretch) / len(stretch[0].pool) for stretch in stretches(decisions)]
    assert sum(each >= 3 for each in rounds) > CALLS / 100


def stretches(decisions: Sequence[Decided]) -> Iterator[Sequence[Decided]]:
    """Cut a season where somebody came, left or was not back from a call: in between the members are equally ready."""
    return (list(stretch) for _, stretch in groupby(decisions, key=lambda each: each.pool))


def is_even(stretch: Sequence[Decided]) -> bool:
    """Tell whether at each moment of a stretch nobody had two calls more than somebody else."""
    counts: dict[AgentId, int] = dict.fromkeys(stretch[0].pool, 0)
    for each in stretch:
        counts[each.chosen] += 1
        if max(counts.values()) - min(counts.values()) > 1:
            return False
    return True


def test_the_estimate_is_nearer_than_half_a_wait() -> None:
    errors: list[float] = []
    lasted: list[float] = []
    for strategy in STRATEGIES:
        seen = book_of(strategy).foretelling
        errors += [wait.error_s for wait in seen.waits]
        lasted += [wait.lasted_s for wait in seen.waits]
        print(
            f"{strategy}: {len(seen.waits)} of {CALLS} waited, half of them {seen.median_wait_s:.0f} s at most;",
            f"median error {seen.median_error_s:.0f} s, {seen.median_relative_error:.0%} of the wait",
        )
    assert len(lasted) > CALLS
    assert median(errors) < median(lasted) / 2
