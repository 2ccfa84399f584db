"""A busy season of a group: ten thousand calls, and every one of them goes where the strategy says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Final

import pytest

from fs_control.ids import AgentId, Micros
from fs_control.queues import Candidate, Occasion, choose_agent
from fs_control.records import Strategy

CALLS: Final = 5_000
"""On quiet days, and as many on busy ones."""
AGENTS: Final = 8
CALLS_A_DAY: Final = 500
TALK: Final = 300.0
"""Seconds; the mean length of a talk."""
EVERY: Final = {"quiet": 2000.0, "busy": 50.0}
"""Seconds from one caller to the next: nearly everybody is free, or hardly anybody."""


@dataclass
class Desk:
    """One agent: what a group has to remember of them."""

    place: int
    talked_until: float = 0.0
    idle_from: float = 0.0
    """Later than the end of the last talk, where a break came in between."""
    inbound: int = 0
    dialled: int = 0

    def candidate(self) -> Candidate:
        return Candidate(
            agent=AgentId(self.place + 1),
            place=self.place,
            level=1 + self.place // 3,
            idle_since=Micros(int(self.talked_until * 1000)),
            idle_state_since=Micros(int(self.idle_from * 1000)),
            calls_today=self.inbound + self.dialled,
            inbound_today=self.inbound,
        )


@dataclass(frozen=True)
class Choice:
    """Who was chosen, who else was free, and whose turn it had been."""

    chosen: Candidate
    free: list[Candidate]
    last_turn: int


def season(strategy: Strategy, every: float, seed: int = 5) -> Iterator[Choice]:
    """Let callers come; who finds nobody free is gone. The dice are the season's, the choice draws nothing."""
    chance, now, last_turn = Random(seed), 0.0, -1
    desks = [Desk(place) for place in range(AGENTS)]
    for call in range(CALLS):
        now += chance.expovariate(1 / every)
        if call % CALLS_A_DAY == 0:
            for desk in desks:
                desk.inbound, desk.dialled = 0, chance.randrange(5)
        free = [desk.candidate() for desk in desks if desk.idle_from <= now]
        decision = choose_agent(strategy, free, (), Occasion(last_turn, f"call-{call}/1"))
        if decision is None:
            continue
        desk = desks[decision.agent - 1]
        assert {each.agent for each in decision.passed_over} == {each.agent for each in free} - {decision.agent}
        yield Choice(next(each for each in free if each.agent == decision.agent), free, last_turn)
        desk.inbound += 1
        desk.talked_until = now + chance.expovariate(1 / TALK)
        desk.idle_from = desk.talked_until + chance.choice((0, 0, 0, TALK))
        last_turn = desk.place


def turns_away(choice: Choice, one: Candidate) -> int:
    return (one.place - choice.last_turn - 1) % AGENTS


RANKS: Final[dict[Strategy, Callable[[Choice, Candidate], int | tuple[int, ...]]]] = {
    Strategy.LONGEST_IDLE_TIME: lambda _, one: one.idle_since,
    Strategy.LONGEST_IDLE_STATE: lambda _, one: one.idle_state_since,
    Strategy.ROUND_ROBIN: turns_away,
    Strategy.FEWEST_CALLS: lambda _, one: (one.calls_today, one.idle_since),
    Strategy.FEWEST_INBOUND_CALLS: lambda _, one: (one.inbound_today, one.idle_since),
    Strategy.RANDOM: lambda _, one: 0,
    Strategy.TOP_DOWN: lambda _, one: (one.level, one.place),
    Strategy.RING_ALL: lambda _, one: 0,
}


@pytest.mark.parametrize(("strategy", "load"), [*product(Strategy, EVERY)])
def test_Q3_to_Q8_ten_thousand_calls_each_within_the_definition_of_the_strategy(strategy: Strategy, load: str) -> None:
    calls = 0
    for choice in season(strategy, EVERY[load]):
        calls += 1
        rank = RANKS[strategy]
        assert rank(choice, choice.chosen) == min(rank(choice, one) for one in choice.free)
    assert calls > CALLS * 0.75


def test_Q3_round_robin_is_within_one_where_everybody_is_free() -> None:
    """10 calls over 3 idle agents give 4/3/3 ..."""
    served: Counter[AgentId] = Counter()
    last_turn = -1
    free = [Desk(place).candidate() for place in range(AGENTS)]
    for _ in range(2 * CALLS):
        decision = choose_agent(Strategy.ROUND_ROBIN, free, (), Occasion(last_turn))
        assert decision is not None
        last_turn = decision.agent - 1
        served[decision.agent] += 1
        counts = [served[each.agent] for each in free]
        assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize("strategy", [Strategy.FEWEST_CALLS, Strategy.FEWEST_INBOUND_CALLS])
def test_Q4_Q5_at_the_end_of_a_quiet_day_everybody_had_as_many(strategy: Strategy) -> None:
    """The agent with the lowest count today is offered."""
    for day in days(season(strategy, EVERY["quiet"])):
        last = {each.agent: each for choice in day[-50:] for each in choice.free}.values()
        counts = [each.calls_today if strategy is Strategy.FEWEST_CALLS else each.inbound_today for each in last]
        assert max(counts) - min(counts) <= 2


def days(choices: Iterator[Choice]) -> Iterator[list[Choice]]:
    everything = list(choices)
    starts = range(0, len(everything) - CALLS_A_DAY, CALLS_A_DAY)
    return (everything[start : start + CALLS_A_DAY] for start in starts)


def test_Q8_random_gives_everybody_their_share_of_a_quiet_season() -> None:
    """Seeded random over idle agents."""
    served = Counter(choice.chosen.agent for choice in season(Strategy.RANDOM, EVERY["quiet"]))
    share = sum(served.values()) / AGENTS
    assert all(abs(times - share) < share * 0.1 for times in served.values())
