"""A leg as the switch itself tells it, once it is over: when, why, and who ended it.

Plain data, read from the file that the switch writes of each leg (mod_json_cdr). Times are the switch's own. It knows
nothing of calls as we keep them: `call` is the name that we had put on the leg as a channel variable. Easy to forget:
a leg's row may be there before its call's row, and a leg that is not of any call has none.
"""

from __future__ import annotations

from dataclasses import dataclass

from fs_control.ids import CallId, LegId, Micros


@dataclass(frozen=True, slots=True)
class SwitchLeg:
    """One leg from its first moment to its end."""

    leg: LegId
    call: CallId | None
    """None: a leg that no call of ours is on, such as a phone that dials a wrong number."""
    core: str
    """The run of the switch (its Core-UUID) in which the leg lived."""
    direction: str
    """`inbound` (it came to the switch) or `outbound` (the switch made it)."""
    caller: str
    """The calling number as the switch had it."""
    number: str
    """The number that was dialled."""
    created_at: Micros
    answered_at: Micros | None
    ended_at: Micros
    cause: str
    """FreeSWITCH's name of the cause, such as NORMAL_CLEARING."""
    disposition: str
    """FreeSWITCH's `sip_hangup_disposition`: who ended it on the wire, such as recv_bye; "" where there is none."""
    talked_to: LegId | None
    """The last leg that it was joined with."""
