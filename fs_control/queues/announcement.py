"""The sentences that tell a caller in line their place and how long it will take, put together of recorded parts (Q9).

Pure: figures in, names of prompts out, in the order in which they are spoken. How numbers are said is not known here
(`texts.numerals`). Easy to break: minutes are counted (两分钟), a place is not (第二位); English has one minute and two
minutes.
"""

from __future__ import annotations

from typing import Final

from fs_control.texts.numerals import count_parts, number_parts

FURTHEST: Final = 99
"""A place beyond this one is told as "more than"; nobody wants to know whether it is the 120th."""

HOUR: Final = 60
"""Minutes from which on a wait is told as an hour or more."""


def announced_parts(position: int, minutes: int | None, language: str) -> tuple[str, ...]:
    """Return the names of the prompts that say a caller's place, 1 for the first, and the wait in minutes.

    `minutes` is 0 for less than one, and None where no wait is told.
    """
    return (*_place(position, language), *(_wait(minutes, language) if minutes is not None else ()))


def own_agent_question(minutes: int | None, language: str) -> tuple[str, ...]:
    """Return the prompts that ask a caller whether to wait for their own agent, who will need so many minutes."""
    if minutes is None:
        return ("own-agent-busy-ask",)
    return ("part-own-agent-busy", *_wait(minutes, language), "part-own-agent-choice")


def _place(position: int, language: str) -> tuple[str, ...]:
    if position > FURTHEST:
        return ("part-place-over",)
    return ("part-place", *number_parts(position, language), "part-place-end")


def _wait(minutes: int, language: str) -> tuple[str, ...]:
    if minutes < 1:
        return ("part-wait-short",)
    if minutes >= HOUR:
        return ("part-wait-long",)
    return ("part-wait", *count_parts(minutes, language), "part-minute" if minutes == 1 else "part-minutes")
