"""What a flow can know of the caller and the moment: the names that stand in its conditions, and of what type each is.

Whoever runs the flow answers `Know` with all of them. Easy to break: a name that is renamed here breaks flows that are
active.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fs_control.flow.answers import Value

FACTS: Final[Mapping[str, type[Value]]] = {
    "caller.number": str,
    "caller.name": str,
    "caller.anonymous": bool,
    "call.number": str,
    "call.hour": int,
    "call.minute": int,
    "call.weekday": int,
    "call.date": str,
    "call.time": str,
    "customer.known": bool,
    "customer.name": str,
    "customer.vip": int,
    "customer.owner": str,
    "customer.last_agent": str,
}
"""`call.number` is the service number; weekdays count from 1 for Monday; date and time are as in `2026-05-01`, `09:05`,
in the enterprise's time zone; `customer.vip` is the level of priority, 0 for none; agents are told by number."""

SPACES: Final = frozenset(name.partition(".")[0] for name in FACTS)
"""The words before the dot; no variable may have such a name."""


def nothing_known() -> dict[str, Value]:
    """Return every fact with the value that says nothing."""
    return {name: kind() for name, kind in FACTS.items()}
