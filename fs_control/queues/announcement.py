"""The sentences that tell a caller in line their place and how long it will take, put together of recorded parts (Q9).

Pure: figures in, names of prompts out, in the order in which they are spoken. Both languages say numbers from 21 on
as tens and ones (twenty-one, 二十一), so both have the same parts. Easy to break: Chinese counts minutes with 两 where
it is two alone, and with 二 in twenty-two; English has one minute and two minutes.
"""

from __future__ import annotations

from typing import Final

FURTHEST: Final = 99
"""A place beyond this one is told as "more than"; nobody wants to know whether it is the 120th."""

HOUR: Final = 60
"""Minutes from which on a wait is told as an hour or more."""


def announced_parts(position: int, minutes: int | None, language: str) -> tuple[str, ...]:
    """Return the names of the prompts that say a caller's place, 1 for the first, and the wait in minutes.

    `minutes` is 0 for less than one, and None where no wait is told.
    """
    return (*_place(position), *(_wait(minutes, language) if minutes is not None else ()))


def own_agent_question(minutes: int | None, language: str) -> tuple[str, ...]:
    """Return the prompts that ask a caller whether to wait for their own agent, who will need so many minutes."""
    if minutes is None:
        return ("own-agent-busy-ask",)
    return ("part-own-agent-busy", *_wait(minutes, language), "part-own-agent-choice")


def _place(position: int) -> tuple[str, ...]:
    if position > FURTHEST:
        return ("part-place-over",)
    return ("part-place", *_number(position), "part-place-end")


def _wait(minutes: int, language: str) -> tuple[str, ...]:
    if minutes < 1:
        return ("part-wait-short",)
    if minutes >= HOUR:
        return ("part-wait-long",)
    many = ("part-two-of",) if (minutes, language) == (2, "zh") else _number(minutes)
    return ("part-wait", *many, "part-minute" if minutes == 1 else "part-minutes")


def _number(number: int) -> tuple[str, ...]:
    """Say a number from 1 to 99."""
    if number <= 20 or number % 10 == 0:
        return (f"part-number-{number}",)
    return (f"part-number-{number - number % 10}", f"part-number-{number % 10}")
