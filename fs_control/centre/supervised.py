"""Which leaders are on whose calls at this moment: looked up, and nothing else (`supervision` changes it).

Easy to break: a leader's leg belongs to no call in `centre.legs`, for it is neither a customer's nor an agent's; so
whoever is told something of a leg asks here first.
"""

from __future__ import annotations

from fs_control.centre.state import CallCentre, Supervision
from fs_control.events import KeyPressed
from fs_control.ids import AgentId, LegId

MODE_KEYS = frozenset("0134")
"""What the switch tells when a mode changes, whoever changed it (`switch.encode_supervision`)."""


def leg_of_leader(centre: CallCentre, leader: AgentId) -> LegId | None:
    """Return the leg on which somebody listens to the call of another, or None."""
    return next((leg for leg, each in centre.supervised.items() if each.leader == leader), None)


def leaders_on(centre: CallCentre, agent: AgentId) -> tuple[Supervision, ...]:
    """Return who is on an agent's call, those who have heard something of it."""
    return tuple(each for each in centre.supervised.values() if each.agent == agent and each.began_at is not None)


def is_supervising(centre: CallCentre, agent: AgentId) -> bool:
    """Tell whether an agent is on a call only as a leader."""
    return leg_of_leader(centre, agent) is not None


def is_awaited(centre: CallCentre, event: KeyPressed) -> bool:
    """Tell whether a key is that of a leader who changes something."""
    return event.leg in centre.supervised and event.key in MODE_KEYS
