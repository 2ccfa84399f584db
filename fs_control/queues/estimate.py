"""How long a caller in line will wait: the estimate from what is known of the group's talks, and how it is announced.

Pure arithmetic over lengths of time: it never learns what an agent or a call is, and asks no clock. The method and its
measured error are told to operators in docs/waiting-time.md. Easy to break: what `Handling` takes in and what
`talking_for` says must be counted from the same moment, or the rest of a talk is wrong by the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fs_control.ids import SECOND, Micros, seconds

FIRST_GUESS: Final = seconds(180)
"""The mean length of a talk before anybody has talked: what is usual in the trade. It counts as one talk."""

WEIGHT: Final = 2 / 21
"""Of the newest talk in the mean, which is then as steady as the plain mean over 20 talks."""

COUNTS_AT_MOST: Final = 5
"""A talk counts as no more than so many mean ones: a line that was forgotten overnight must not spoil the day."""

LEAST_PART_LEFT: Final = 4
"""A talk that goes on and on has a quarter of a mean one to go."""

LEAST_REST: Final = SECOND
"""Nobody gets free sooner than that, however short the talks are."""

MINUTE: Final = seconds(60)

MINUTES_TOLD: Final = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60)
"""What is announced: steps about as coarse as the error of the estimate. The last one means: or more."""


@dataclass(frozen=True, slots=True)
class Handling:
    """How long the agents of a group are busy with a caller: a mean in which older talks count less and less.

    A talk begins when the agent takes the call up and ends when they are free again: wrap-up is a part of it.
    """

    mean: Micros = FIRST_GUESS
    talks: int = 0

    def with_talk(self, length: Micros) -> Handling:
        """Take in one more finished talk.

        The first ones count for more than `WEIGHT`, so that the first guess is soon forgotten.
        """
        counted = min(length, COUNTS_AT_MOST * self.mean)
        weight = max(WEIGHT, 1 / (self.talks + 2))
        return Handling(Micros(self.mean + round((counted - self.mean) * weight)), self.talks + 1)


def rest_of_talk(handling: Handling, talking_for: Micros) -> Micros:
    """Return how long a talk will go on that has lasted for `talking_for`."""
    return Micros(max(handling.mean - talking_for, handling.mean // LEAST_PART_LEFT, LEAST_REST))


def estimated_wait(
    position: int, at_work: int, handling: Handling, talking_for: Sequence[Micros] = (), idle: int = 0
) -> Micros | None:
    """Return how long a caller will wait for any agent of a group; None where nobody is at work.

    `position` is 1 for the caller who is next. `at_work` counts the agents who are signed in and not on a break; of
    them `idle` are free, and `talking_for` says of each who talks for how long. Those who are neither, because their
    phone rings, count as if their talk began now.
    """
    if at_work <= 0:
        return None
    ahead = position - 1 - idle
    if ahead < 0:
        return Micros(0)
    beginning = max(0, at_work - len(talking_for))
    rests = [*(rest_of_talk(handling, length) for length in talking_for), *[handling.mean] * beginning]
    return Micros(round(_until_somebody_is_free(rests) + ahead * handling.mean / at_work))


def _until_somebody_is_free(rests: Sequence[Micros]) -> float:
    """Each gets free at the pace of one in the rest of their talk, and together they do so at the sum of the paces."""
    return 1 / sum(1 / max(rest, LEAST_REST) for rest in rests)


def estimated_wait_for_agent(handling: Handling, talking_for: Micros, ahead: int = 0) -> Micros:
    """Return how long a caller will wait for their own agent, who talks; `ahead` others wait for the same one."""
    return Micros(rest_of_talk(handling, talking_for) + ahead * handling.mean)


def rounded_minutes(wait: Micros) -> int:
    """Return the minutes that are announced for a wait; 0 means "less than a minute", the last step "or more".

    The nearest of `MINUTES_TOLD`, halfway the longer one: a finer figure would promise what the estimate cannot keep,
    and who was told too much is less angry than who was told too little.
    """
    if wait < MINUTE:
        return 0
    return min(reversed(MINUTES_TOLD), key=lambda minutes: abs(minutes * MINUTE - wait))
