"""The caller profile of a channel: who called whom, and when what happened to the call.

Owns the values behind the Caller-* and Other-Leg-* headers. A channel gets a new profile when it is bridged by uuid or
transferred (Profile-Index counts them); the times of created, answered and progress move on to the new one, the time of
the bridge does not. Easy to break: an Other-Leg is a copy made at the bridge, it does not follow the other channel.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from fs_control.virtual_switch.states import Direction


@dataclass(slots=True)
class Times:
    """Moments in microseconds since 1970 UTC; 0: has not happened."""

    profile_created: int = 0
    created: int = 0
    answered: int = 0
    progress: int = 0
    progress_media: int = 0
    hungup: int = 0
    transferred: int = 0
    resurrected: int = 0
    bridged: int = 0
    last_hold: int = 0
    hold_accum: int = 0


@dataclass(slots=True)
class CallerProfile:
    """One profile; empty texts are left out of events."""

    direction: Direction
    uuid: str
    channel_name: str
    destination_number: str
    caller_id_name: str = ""
    caller_id_number: str = ""
    orig_caller_id_name: str = ""
    orig_caller_id_number: str = ""
    callee_id_name: str = ""
    callee_id_number: str = ""
    username: str = ""
    dialplan: str = ""
    network_addr: str = ""
    ani: str = ""
    source: str = "mod_sofia"
    transfer_source: str = ""
    context: str = "default"
    rdnis: str = ""
    logical_direction: Direction | None = None
    index: int = 0
    own_uuid: str = ""
    """The profile's own id, used in transfer_source."""
    times: Times = field(default_factory=Times)

    def copy(self, *, with_times: bool = True) -> CallerProfile:
        """A copy for another channel's Other-Leg, its times kept or all 0; index, direction and source are not copied.

        See switch_caller_profile_dup; a logical direction that was never set reads as inbound.
        """
        times = replace(self.times) if with_times else Times()
        return replace(self, index=0, times=times, logical_direction=Direction.INBOUND, transfer_source="")

    def stepped(self, now_us: int, own_uuid: str) -> CallerProfile:
        """The channel's next profile: the same people, a new index and creation time."""
        old = self.times
        old.transferred = now_us
        times = Times(
            profile_created=now_us,
            created=old.created,
            answered=old.answered,
            progress=old.progress,
            progress_media=old.progress_media,
            hungup=old.hungup,
        )
        return replace(self, index=self.index + 1, own_uuid=own_uuid, times=times)


PROFILE_FIELDS: Final[dict[str, Callable[[CallerProfile], str]]] = {
    "destination_number": lambda profile: profile.destination_number,
    "caller_id_name": lambda profile: profile.caller_id_name,
    "caller_id_number": lambda profile: profile.caller_id_number,
    "callee_id_name": lambda profile: profile.callee_id_name,
    "callee_id_number": lambda profile: profile.callee_id_number,
    "network_addr": lambda profile: profile.network_addr,
    "context": lambda profile: profile.context,
    "dialplan": lambda profile: profile.dialplan,
    "ani": lambda profile: profile.ani,
    "rdnis": lambda profile: profile.rdnis,
    "uuid": lambda profile: profile.uuid,
}
"""What of a profile can be asked for like a variable (switch_caller_get_field_by_name)."""
