"""Ten thousand calls through the real centre: every decision is what its strategy demands, and the estimate is told.

FS_CONTROL_SEASON_CALLS is the number of calls for each strategy; the long form takes 10000.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from random import Random
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
SEED: Final = 5
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

pytestmark = pytest.mark.timeout(max(120, CALLS // 10))


@dataclass
class Book:
    """What was seen of one season."""

    decisions: list[Decided] = field(default_factory=list)
    waits: Foretelling = field(default_factory=Foretelling)

    def look(self, happening: Happening) -> None:
        decisions = list(decisions_of(happening))
        if decisions:
            assert [*one_offer_each(happening), *offers_go_to_the_free(happening)] == []
        self.decisions += decisions
        self.waits.look(happening)


@cache
def book_of(strategy: Strategy, habits: Habits = USUAL) -> Book:
    book = Book()
    Season(strategy, Random(SEED), habits, [book.look]).play(CALLS)
    return book


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_Q3_to_Q8_every_decision_is_the_one_that_the_strategy_demands(strategy: Strategy) -> None:
    decisions = book_of(strategy).decisions
    assert [each for each in decisions if each.chosen not in each.demanded] == []
    assert len(decisions) > CALLS * 0.9
    assert sum(len(each.pool) >= 3 for each in decisions) > CALLS / 5  # there was something to decide


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


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_estimate_is_nearer_than_half_a_wait(strategy: Strategy) -> None:
    waits = book_of(strategy).waits
    print(
        f"{strategy}: {len(waits.waits)} of {CALLS} callers waited, half of them {waits.median_wait_s:.0f} s or less; "
        f"median error {waits.median_error_s:.0f} s, {waits.median_relative_error:.0%} of the wait"
    )
    assert len(waits.waits) > CALLS / 5
    assert waits.median_error_s < waits.median_wait_s / 2
