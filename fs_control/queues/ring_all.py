"""Ring-all: one choice, and everybody who is equally free rings at the same time.

The strategy picks one as any other does, and says of those who are equally free that they ring as well; here each of
them gets a decision of their own, because each has an offer of their own. Easy to break: each decision still gives
every member exactly one reason, and says of the others who ring that they do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.queues.reasons import because
from fs_control.queues.strategies import RINGS_AS_WELL
from fs_control.records import RoutingDecision

RING_AT_ONCE: Final = 30
"""As many phones as ring at the same time. FreeSWITCH has room for 128 (switch_ivr_originate.c, MAX_PEERS), and makes
30 legs a second where it is not told otherwise; each of them has an offer with a reason for every member in the record.
"""


def all_who_ring(decision: RoutingDecision) -> tuple[RoutingDecision, ...]:
    """Return the decision for each agent who is to be rung: for most strategies that is the one that was made."""
    beside = [place for place, other in enumerate(decision.passed_over) if other.reason == RINGS_AS_WELL]
    if not beside:
        return (decision,)
    ring, too_many = beside[: RING_AT_ONCE - 1], beside[RING_AT_ONCE - 1 :]
    others = list(decision.passed_over)
    for place in too_many:
        others[place] = because(others[place].agent, "reason.enough_ring")
    first = replace(decision, passed_over=tuple(others))
    return (first, *(_instead(first, place) for place in ring))


def _instead(first: RoutingDecision, place: int) -> RoutingDecision:
    """Return the decision for one who was passed over in the first one only because both ring."""
    others = list(first.passed_over)
    agent, others[place] = others[place].agent, because(first.agent, RINGS_AS_WELL)
    return replace(first, agent=agent, passed_over=tuple(others))
