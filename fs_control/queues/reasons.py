"""A reason against an agent, made once for all decisions in which it is the same.

Every decision gives each member of a group a reason, and from one decision to the next nearly all of them stay what
they were; many records hold them. What two agents were compared by changes each time and is not remembered here. Easy
to break: a reason is a value that others hold, so nobody may write into it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from fs_control.ids import AgentId, Micros
from fs_control.records import PassedOver

REMEMBERED_REASONS: Final = 1 << 14
"""Several for each agent of a big enterprise."""


@lru_cache(maxsize=REMEMBERED_REASONS)
def because(agent: AgentId, reason: str, word: str = "", moment: Micros | None = None) -> PassedOver:
    """Return a reason; `word` says what a moment of our clock is to it: `since`, `until` or `at`."""
    return PassedOver(agent, reason, {word: moment} if moment is not None else {})
