"""The headers by which an event describes a channel, in FreeSWITCH's order.

Owns the translation of a channel into (name, value) pairs: channel state, Caller-*, Other-Leg-*, variables. Follows
switch_channel_event_set_data and switch_caller_profile_event_set_data; order and presence of each header are checked
against the traces. Pure functions of the channel as it is at this moment; nothing is fired here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.states import ChannelState, Direction

if TYPE_CHECKING:
    from fs_control.virtual_switch.channel import Channel
    from fs_control.virtual_switch.profile import CallerProfile

Header = tuple[str, str]

WITHOUT_VARIABLES: Final = frozenset(("CHANNEL_STATE", "CHANNEL_CALLSTATE", "CODEC", "DTMF", "PRIVATE_COMMAND"))
"""Events that describe the channel but list no variables (switch_channel_event_set_extended_data)."""

CODEC_NAMES: Final = {
    "read": ("channel-read-codec-name", "channel-read-codec-rate", "channel-read-codec-bit-rate"),
    "write": ("Channel-Write-Codec-Name", "Channel-Write-Codec-Rate", "Channel-Write-codec-bit-rate"),
}
"""As switch_core_codec.c spells them."""
BIT_RATES: Final = {"PCMU": "64000", "L16": "128000"}


def channel_headers(channel: Channel, event_name: str) -> list[Header]:
    """Everything an event of this name says about the channel."""
    headers = _state_headers(channel)
    headers += _answer_headers(channel)
    if channel.has_media:
        headers += [*_codec_headers("Read", channel.read_codec), *_codec_headers("Write", channel.write_codec)]
    if channel.profile is not None:
        headers += profile_headers("Caller", channel.profile)
    if channel.other_leg is not None:
        headers.append(("Other-Type", channel.other_type))
        headers += profile_headers("Other-Leg", channel.other_leg)
    if event_name not in WITHOUT_VARIABLES:
        headers += [(f"scope_variable_{name}", value) for name, value in channel.variables.scoped()]
        headers += [(f"variable_{name}", value) for name, value in channel.variables]
    return headers


def _codec_headers(side: str, codec: str) -> tuple[Header, ...]:
    start = f"Channel-{side}-Codec"
    return (f"{start}-Name", codec), (f"{start}-Rate", "8000"), (f"{start}-Bit-Rate", BIT_RATES[codec])


def codec_headers(side: str, codec: str) -> tuple[Header, ...]:
    """What CODEC says besides, of reading or of writing."""
    name, rate, bit_rate = CODEC_NAMES[side]
    return (name, codec), (rate, "8000"), (bit_rate, BIT_RATES[codec])


def _state_headers(channel: Channel) -> list[Header]:
    direction = channel.direction.value
    in_dialplan = channel.direction is Direction.INBOUND or channel.hit_dialplan
    headers = [
        ("Channel-State", channel.running_state.wire_name),
        ("Channel-Call-State", channel.call_state.name),
        ("Channel-State-Number", str(int(channel.state))),
        ("Channel-Name", channel.name),
        ("Unique-ID", channel.uuid),
        ("Call-Direction", direction),
        ("Presence-Call-Direction", direction),
        ("Channel-HIT-Dialplan", "true" if in_dialplan else "false"),
    ]
    presence = channel.variables.get("presence_id")
    if presence:
        headers.append(("Channel-Presence-ID", presence))
    return headers


def _answer_headers(channel: Channel) -> list[Header]:
    headers = [
        ("Channel-Call-UUID", channel.variables.get("call_uuid") or channel.uuid),
        ("Answer-State", answer_state(channel)),
    ]
    if channel.hangup_cause:
        headers.append(("Hangup-Cause", channel.hangup_cause))
    return headers


def answer_state(channel: Channel) -> str:
    """hangup, answered, early or ringing."""
    if channel.state >= ChannelState.HANGUP:
        return "hangup"
    if channel.answered:
        return "answered"
    return "early" if channel.early_media else "ringing"


def profile_headers(prefix: str, profile: CallerProfile) -> list[Header]:
    """A caller profile under a prefix: Caller, Other-Leg, or Channel in the answer to `connect`."""
    logical = profile.logical_direction or profile.direction
    headers = [("Direction", profile.direction.value), ("Logical-Direction", logical.value)]
    headers += [(name, value) for name, value in _people(profile) if value]
    if profile.index:
        headers.append(("Profile-Index", str(profile.index)))
    headers += _times(profile)
    headers += [("Screen-Bit", "true"), ("Privacy-Hide-Name", "false"), ("Privacy-Hide-Number", "false")]
    return [(f"{prefix}-{name}", value) for name, value in headers]


def _people(profile: CallerProfile) -> tuple[Header, ...]:
    return (
        ("Username", profile.username),
        ("Dialplan", profile.dialplan),
        ("Caller-ID-Name", profile.caller_id_name),
        ("Caller-ID-Number", profile.caller_id_number),
        ("Orig-Caller-ID-Name", profile.orig_caller_id_name),
        ("Orig-Caller-ID-Number", profile.orig_caller_id_number),
        ("Callee-ID-Name", profile.callee_id_name),
        ("Callee-ID-Number", profile.callee_id_number),
        ("Network-Addr", profile.network_addr),
        ("ANI", profile.ani),
        ("Destination-Number", profile.destination_number),
        ("Unique-ID", profile.uuid),
        ("Source", profile.source),
        ("Transfer-Source", profile.transfer_source),
        ("Context", profile.context),
        ("RDNIS", profile.rdnis),
        ("Channel-Name", profile.channel_name),
    )


def _times(profile: CallerProfile) -> list[Header]:
    times = profile.times
    moments = (
        ("Profile-Created-Time", times.profile_created),
        ("Channel-Created-Time", times.created),
        ("Channel-Answered-Time", times.answered),
        ("Channel-Progress-Time", times.progress),
        ("Channel-Progress-Media-Time", times.progress_media),
        ("Channel-Hangup-Time", times.hungup),
        ("Channel-Transfer-Time", times.transferred),
        ("Channel-Resurrect-Time", times.resurrected),
        ("Channel-Bridged-Time", times.bridged),
        ("Channel-Last-Hold", times.last_hold),
        ("Channel-Hold-Accum", times.hold_accum),
    )
    return [(name, str(moment)) for name, moment in moments]
