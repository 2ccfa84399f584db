"""What a real switch says of each caller: when the leg was made, answered, joined, and when the agent's phone answered.

A connection of its own that only listens, the same for all contenders; all times are the switch's. Easy to break: a
CHANNEL_BRIDGE may be told of the caller's leg or of the agent's, and each is a leg of the other's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.house import wait_for
from fs_control.esl import EventMessage
from tests.freeswitch.events import EventSocket
from tests.freeswitch.private_switch import PrivateSwitch


@dataclass(frozen=True, slots=True)
class WatchedCall:
    """One caller who was answered; times in milliseconds since then, endless where it never happened."""

    to_agent: float
    """Until the agent's phone answered; below zero where that was first."""
    to_bridge: float
    opening: float
    """From the making of the leg to its answer."""


class RealWatch:
    """Collects the calls of a switch until they are taken."""

    def __init__(self, switch: PrivateSwitch) -> None:
        self._callers: dict[str, EventMessage] = {}
        self._agents: dict[str, int] = {}
        self._bridges: dict[str, tuple[str, int]] = {}
        self._events: EventSocket = switch.events(self._happened)
        self._events.subscribe("CHANNEL_ANSWER", "CHANNEL_BRIDGE")

    def take(self) -> tuple[WatchedCall, ...]:
        """Wait until the switch is empty; return the calls since the last time."""
        wait_for(lambda: self._events.api("show", "channels count").startswith("0 "))
        calls = tuple(self._call(leg, event) for leg, event in self._callers.items())
        for collected in (self._callers, self._agents, self._bridges):
            collected.clear()
        return calls

    def close(self) -> None:
        """Stop listening."""
        self._events.close()

    def _call(self, leg: str, event: EventMessage) -> WatchedCall:
        answered = _number(event, "Caller-Channel-Answered-Time")
        created = _number(event, "Caller-Channel-Created-Time")
        other, bridged = self._bridges.get(leg, ("", None))
        agent = self._agents.get(other)
        return WatchedCall(_since(answered, agent), _since(answered, bridged), (answered - created) / 1000)

    def _happened(self, event: EventMessage) -> None:
        match event.name, event.get("Call-Direction"):
            case "CHANNEL_ANSWER", "inbound":
                self._callers[event.get("Unique-ID") or ""] = event
            case "CHANNEL_ANSWER", _:
                self._agents[event.get("Unique-ID") or ""] = _number(event, "Caller-Channel-Answered-Time")
            case "CHANNEL_BRIDGE", _:
                one, other = (event.get(f"Bridge-{side}-Unique-ID") or "" for side in "AB")
                at = _number(event, "Event-Date-Timestamp")
                self._bridges.setdefault(one, (other, at))
                self._bridges.setdefault(other, (one, at))


@contextmanager
def watching(switch: PrivateSwitch) -> Iterator[RealWatch]:
    """Listen in while the block runs."""
    watch = RealWatch(switch)
    try:
        yield watch
    finally:
        watch.close()


def _number(event: EventMessage, name: str) -> int:
    return int(event.get(name) or 0)


def _since(start: int, moment: int | None) -> float:
    return math.inf if moment is None else (moment - start) / 1000
