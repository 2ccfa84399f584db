"""The states of a channel, as FreeSWITCH names and numbers them.

Owns names and numbers only; what happens in a state is in `lifecycle`. Easy to break: a channel has TWO states, the
one it should be in (`state`, Channel-State-Number) and the one its session is running (`running_state`,
Channel-State); events show both, and between the two the channel is not ready for anything.
"""

from __future__ import annotations

from enum import Enum, IntEnum


class ChannelState(IntEnum):
    """CS_* of switch_types.h; the order matters: everything from HANGUP on is down."""

    NEW = 0
    INIT = 1
    ROUTING = 2
    SOFT_EXECUTE = 3
    EXECUTE = 4
    EXCHANGE_MEDIA = 5
    PARK = 6
    CONSUME_MEDIA = 7
    HIBERNATE = 8
    RESET = 9
    HANGUP = 10
    REPORTING = 11
    DESTROY = 12

    @property
    def wire_name(self) -> str:
        """The name in the header Channel-State."""
        return f"CS_{self.name}"


class CallState(Enum):
    """CCS_* of switch_types.h: what the caller would say the call is doing; the value is the number on the wire."""

    DOWN = 0
    DIALING = 1
    RINGING = 2
    EARLY = 3
    ACTIVE = 4
    HELD = 5
    RING_WAIT = 6
    HANGUP = 7
    UNHELD = 8


class Direction(Enum):
    """Who called whom, seen from the switch: inbound is a caller, outbound is a leg that the switch dialled."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
