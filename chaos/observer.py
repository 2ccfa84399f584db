"""An independent pair of ears: a connection of its own to the switch that hears which legs are joined and which end.

It orders nothing and asks the engine nothing. Easy to break: it has to be there before the first caller, and again as
soon as a killed switch is back, or pairs are joined behind its back.
"""

from __future__ import annotations

from typing import Final

from chaos.evidence import Joined, Leg
from fs_control.esl import EventMessage
from fs_control.ids import Micros
from tests.freeswitch.events import EventSocket

HEARD: Final = ("CHANNEL_BRIDGE", "CHANNEL_UNBRIDGE", "CHANNEL_HANGUP_COMPLETE")


class Observer:
    """What the switch said, in its order."""

    def __init__(self, port: int, password: str) -> None:
        self._port, self._password = port, password
        self.joins: Final[list[Joined]] = []
        self.ended: Final[dict[str, Leg]] = {}
        self._with: Final[dict[str, str]] = {}
        self._events = self._listen()

    def listen_again(self) -> None:
        """Listen to a switch that was started anew; nobody is joined in it."""
        self._events.close()
        self._with.clear()
        self._events = self._listen()

    def partner(self, leg: str) -> str | None:
        """Return the leg with which a leg is joined at this moment."""
        return self._with.get(leg)

    def api(self, name: str, argument: str = "") -> str:
        """Ask the switch something."""
        return self._events.api(name, argument)

    def close(self) -> None:
        """Leave."""
        self._events.close()

    def _listen(self) -> EventSocket:
        events = EventSocket(self._port, self._password, self._happened)
        events.subscribe(*HEARD)
        return events

    def _happened(self, event: EventMessage) -> None:
        if event.name == "CHANNEL_HANGUP_COMPLETE":
            leg = _leg(event)
            self.ended[leg.leg] = leg
            return
        one, other = (event.get(f"Bridge-{side}-Unique-ID") or "" for side in "AB")
        apart = event.name == "CHANNEL_UNBRIDGE"
        self.joins.append(Joined(_micros(event, "Event-Date-Timestamp") or Micros(0), one, other, apart))
        for near, far in ((one, other), (other, one)):
            if not apart:
                self._with[near] = far
            elif self._with.get(near) == far:
                del self._with[near]


def _leg(event: EventMessage) -> Leg:
    return Leg(
        leg=event.get("Unique-ID") or "",
        direction=event.get("Call-Direction") or "",
        created_at=_micros(event, "Caller-Channel-Created-Time") or Micros(0),
        answered_at=_micros(event, "Caller-Channel-Answered-Time"),
        ended_at=_micros(event, "Caller-Channel-Hangup-Time") or Micros(0),
        cause=event.get("Hangup-Cause") or "",
        disposition=event.get("variable_sip_hangup_disposition") or "",
        core=event.get("Core-UUID") or "",
    )


def _micros(event: EventMessage, name: str) -> Micros | None:
    return Micros(int(event.get(name) or 0)) or None
