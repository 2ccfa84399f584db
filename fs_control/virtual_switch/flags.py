"""The flags of a channel, as far as they are needed.

Owns names only (CF_* of switch_types.h); the channel and its session set them. Easy to break: `transfer` and `redirect`
are cleared whenever a session enters its next state, nothing else is.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Flags:
    """CF_* of switch_types.h, as far as we need them."""

    answered: bool = False
    early_media: bool = False
    ring_ready: bool = False
    transfer: bool = False
    """Somebody moved the channel on: whatever runs must end (CF_TRANSFER)."""
    redirect: bool = False
    """Moved on to another bridge: after-bridge rules do not apply (CF_REDIRECT)."""
    controlled: bool = False
    """A controller's connection holds the channel in park (CF_CONTROLLED)."""
    parked: bool = False
    broadcast: bool = False
    """An application sent by a controller is running (CF_BROADCAST)."""
    stop_broadcast: bool = False
    break_requested: bool = False
    bridged: bool = False
    bridge_originator: bool = False
    uuid_bridge_originator: bool = False
    next_uuid_bridge_originator: bool = False
    """Becomes `uuid_bridge_originator` with the next state: the leg may still be in a bridge that clears it."""
    dialplan: bool = False
    called: bool = False
    """A caller who was fetched and now stands where a callee stands (CF_BLEG)."""
    leg_holding: bool = False
    """The leg's own phone, or somebody for it, holds the call (CF_LEG_HOLDING)."""
    hangup_held: bool = False
    """It was hung up while it held the call (CF_HANGUP_HELD)."""
    event_lock: int = 0
    """How many running applications keep the queue shut (CF_EVENT_LOCK)."""
    confirming: bool = False
    """It has answered and is being asked to confirm that (CF_TAGGED)."""
    confirmed: bool = False
    """It has done so (CF_WINNER)."""
