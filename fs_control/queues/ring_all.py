"""Ring-all: one choice, and everybody who is equally free rings at the same time.

The strategy picks one as any other does, and says of those who are equally free that they ring as well; here each of
them gets a decision of their own, because each has an offer of their own. Easy to break: each decision still gives
every member exactly one reason, and says of the others who ring that they do.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Final

from fs_control.ids import AgentId
from fs_control.queues.strategies import RINGS_AS_WELL
from fs_control.records import PassedOver, RoutingDecision

RING_AT_ONCE: Final = 30
"""As many phones as ring at the same time. FreeSWITCH has room for 128 (switch_ivr_originate.c, MAX_PEERS), and makes
30 legs a second where it is not told otherwise; each of them has an offer with a reason for every member in the record.
"""


def all_who_ring(decision: RoutingDecision) -> tuple[RoutingDecision, ...]:
    """Return the decision for each agent who is to be rung: for most strategies that is the one that was made."""
    beside = [other.agent for other in decision.passed_over if other.reason == RINGS_AS_WELL]
    if not beside:
        return (decision,)
    ring = (decision.agent, *islice(beside, RING_AT_ONCE - 1))
    return tuple(_for_one(decision, agent, frozenset(ring)) for agent in ring)


def _for_one(decision: RoutingDecision, agent: AgentId, ring: frozenset[AgentId]) -> RoutingDecision:
    others = [other if other.agent != agent else _as_well(decision.agent) for other in decision.passed_over]
    return replace(decision, agent=agent, passed_over=tuple(_told_truly(other, ring) for other in others))


def _told_truly(other: PassedOver, ring: frozenset[AgentId]) -> PassedOver:
    """Return a reason, and another one for who would ring as well but that too many do."""
    if other.reason != RINGS_AS_WELL or other.agent in ring:
        return other
    return PassedOver(other.agent, "reason.enough_ring")


def _as_well(agent: AgentId) -> PassedOver:
    return PassedOver(agent, RINGS_AS_WELL)
