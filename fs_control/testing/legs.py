"""A table of legs with memory, and files of legs as a switch leaves them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from fs_control.ids import LegId
from fs_control.records import SwitchLeg


@dataclass
class MemoryLegs:
    """A table of legs; `fault` is what every question meets, `against` what one leg meets when it is stored."""

    rows: dict[LegId, SwitchLeg] = field(default_factory=dict)
    fault: Exception | None = None
    against: dict[LegId, Exception] = field(default_factory=dict)

    def store(self, legs: Sequence[SwitchLeg], /) -> None:
        """Keep legs, all or none."""
        for fault in (self.fault, *(self.against.get(leg.leg) for leg in legs)):
            if fault is not None:
                raise fault
        self.rows = {**{leg.leg: leg for leg in legs}, **self.rows}

    def find(self, legs: Collection[LegId], /) -> Sequence[SwitchLeg]:
        """Return those of these legs that are there."""
        if self.fault is not None:
            raise self.fault
        return [self.rows[leg] for leg in legs if leg in self.rows]


def cdr_text(leg: SwitchLeg, enterprise: str = "default") -> bytes:
    """Return the file of a leg, with what is read of it."""
    times = {
        "created_time": str(leg.created_at),
        "answered_time": str(leg.answered_at or 0),
        "hangup_time": str(leg.ended_at),
    }
    variables = {
        "uuid": leg.leg,
        "fsc_enterprise": enterprise,
        "hangup_cause": leg.cause,
        "sip_hangup_disposition": leg.disposition,
        **({"fsc_call_id": leg.call} if leg.call is not None else {}),
        **({"last_bridge_to": leg.talked_to} if leg.talked_to is not None else {}),
    }
    people = {"ani": leg.caller, "destination_number": leg.number}
    found = {
        "core-uuid": leg.core,
        "channel_data": {"direction": leg.direction},
        "variables": variables,
        "callflow": [{"caller_profile": people, "times": times}],
    }
    return json.dumps(found).encode() + b"\n"
