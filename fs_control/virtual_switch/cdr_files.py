"""The file that the switch leaves of each leg that is over, as FreeSWITCH's mod_json_cdr writes it.

Owns its text and its writing. Follows switch_ivr_generate_json_cdr (switch_ivr.c 1.10.12) with encode-values=false and
my_on_reporting of mod_json_cdr.c: `UUID.cdr.json`, not renamed into its place. Left out is what nobody reads: the
numbers of internal flags, and the extension of the dialplan. Easy to break: names are the bytes that a carrier sent,
and stand in the file as they came, UTF-8 or not.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fs_control.virtual_switch.event import to_bytes
from fs_control.virtual_switch.states import ChannelState

if TYPE_CHECKING:
    from fs_control.virtual_switch.channel import Channel
    from fs_control.virtual_switch.profile import CallerProfile, Times

SUFFIX: Final = ".cdr.json"
_COUNTERS: Final = ("raw_bytes", "media_bytes", "packet_count", "media_packet_count", "skip_packet_count")
"""What is told of the sound that came and went, as far as there is any in the box."""


def write_cdr(folder: Path, core: str, name: str, channel: Channel) -> None:
    """Leave the file of a leg; a folder that cannot be written costs no call (process_cdr)."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = os.open(folder / f"{channel.uuid}{SUFFIX}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        with os.fdopen(new, "wb") as file:
            file.write(cdr_of(core, name, channel))
    except OSError as error:
        sys.stderr.write(f"no file of leg {channel.uuid}: {error}\n")


def cdr_of(core: str, name: str, channel: Channel) -> bytes:
    """Return what the file of a leg holds."""
    state = ChannelState.REPORTING
    found: dict[str, Any] = {
        "core-uuid": core,
        "switchname": name,
        "channel_data": {
            "state": state.wire_name,
            "direction": channel.direction.value,
            "state_number": str(int(state)),
        },
        "callStats": _sound(channel),
        "variables": dict(channel.variables),
    }
    if channel.applications:
        found["app_log"] = {"applications": _applications(channel)}
    profiles = () if channel.profile is None else (channel.profile, *reversed(channel.past_profiles))
    found["callflow"] = [_profile(channel, profile, len(profiles) - place) for place, profile in enumerate(profiles)]
    return to_bytes(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")


def _sound(channel: Channel) -> dict[str, Any]:
    """A leg without any sound has no figures of it."""
    if not (channel.answered or channel.early_media):
        return {}

    def told(side: str) -> dict[str, int]:
        values = {counter: channel.variables.get(f"rtp_audio_{side}_{counter}") for counter in _COUNTERS}
        return {counter: int(value) for counter, value in values.items() if value is not None}

    return {"audio": {"inbound": told("in"), "outbound": told("out")}}


def _applications(channel: Channel) -> list[dict[str, str]]:
    return [
        {"app_name": name, **({"app_data": argument} if argument is not None else {}), "app_stamp": str(stamp)}
        for (name, argument), stamp in zip(channel.applications, channel.application_stamps, strict=True)
    ]


def _profile(channel: Channel, profile: CallerProfile, index: int) -> dict[str, Any]:
    people: dict[str, Any] = _people(profile)
    if profile is channel.profile and channel.other_leg is not None:
        people[channel.other_type] = {f"{channel.other_type}_caller_profiles": [_people(channel.other_leg)]}
    return {
        **({"dialplan": profile.dialplan} if profile.dialplan else {}),
        "profile_index": str(index),
        "caller_profile": people,
        "times": _times(profile.times),
    }


def _people(profile: CallerProfile) -> dict[str, str]:
    """Say who called whom, in the order of switch_ivr_set_json_profile_data."""
    return {
        "username": profile.username,
        "dialplan": profile.dialplan,
        "caller_id_name": profile.caller_id_name,
        "ani": profile.ani,
        "aniii": "",
        "caller_id_number": profile.caller_id_number,
        "network_addr": profile.network_addr,
        "rdnis": profile.rdnis,
        "destination_number": profile.destination_number,
        "uuid": profile.uuid,
        "source": profile.source,
        "context": profile.context,
        "chan_name": profile.channel_name,
    }


def _times(times: Times) -> dict[str, str]:
    moments = {
        "created_time": times.created,
        "profile_created_time": times.profile_created,
        "progress_time": times.progress,
        "progress_media_time": times.progress_media,
        "answered_time": times.answered,
        "bridged_time": times.bridged,
        "last_hold_time": times.last_hold,
        "hold_accum_time": times.hold_accum,
        "hangup_time": times.hungup,
        "resurrect_time": times.resurrected,
        "transfer_time": times.transferred,
    }
    return {name: str(moment) for name, moment in moments.items()}
