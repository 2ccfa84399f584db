"""The figures of a call that a channel carries once it has hung up.

Owns the variables that switch_channel_set_timestamps adds (start_stamp to flow_billusec), in its order. Pure: a
function of the channel's times. Easy to break: seconds are differences of whole seconds, not rounded microseconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.profile import Times

Pair = tuple[str, str]


def report_variables(channel: Channel) -> list[Pair]:
    """All variables of the report, in order; empty for a channel that never had a profile."""
    profile = channel.profile
    if profile is None:
        return []
    name, number = profile.caller_id_name, profile.caller_id_number
    last_app, last_arg = channel.applications[-1] if channel.applications else ("", None)
    return [
        ("digits_dialed", channel.digits_pressed or "none"),
        *_stamps(channel, profile.times),
        *_epochs(profile.times),
        ("last_app", last_app),
        ("last_arg", last_arg or ""),
        ("caller_id", f'"{name}" <{number}>' if name else number),
        *_durations(profile.times),
    ]


def _stamps(channel: Channel, times: Times) -> list[Pair]:
    before_end = (
        ("start_stamp", times.created),
        ("profile_start_stamp", times.profile_created),
        ("answer_stamp", times.answered),
        ("bridge_stamp", times.bridged),
        ("hold_stamp", times.last_hold),
        ("resurrect_stamp", times.resurrected),
        ("progress_stamp", times.progress),
        ("progress_media_stamp", times.progress_media),
    )
    found = [(name, stamp(moment)) for name, moment in before_end if moment]
    if channel.holds:
        found.append(("hold_events", "{" + ",".join(f"{{{begin},{end}}}" for begin, end in channel.holds) + "}"))
    return [*found, ("end_stamp", stamp(times.hungup))] if times.hungup else found


def stamp(moment_us: int) -> str:
    """A moment as `2026-11-22 03:53:34`, local time."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(moment_us // 1_000_000))


def _epochs(times: Times) -> list[Pair]:
    def pair(name: str, moment: int) -> list[Pair]:
        return [(f"{name}_epoch", str(moment // 1_000_000)), (f"{name}_uepoch", str(moment))]

    return [
        *pair("start", times.created),
        *pair("profile_start", times.profile_created),
        *pair("answer", times.answered),
        *pair("bridge", times.bridged),
        *pair("last_hold", times.last_hold),
        ("hold_accum_seconds", str(times.hold_accum // 1_000_000)),
        ("hold_accum_usec", str(times.hold_accum)),
        ("hold_accum_ms", str(times.hold_accum // 1000)),
        *pair("resurrect", times.resurrected),
        *pair("progress", times.progress),
        *pair("progress_media", times.progress_media),
        *pair("end", times.hungup),
    ]


def _durations(times: Times) -> list[Pair]:
    lengths = (
        ("duration", times.hungup, times.created),
        ("bill", times.hungup, times.answered),
        ("progress", times.progress, times.created),
        ("answer", times.answered, times.created),
        ("wait", times.bridged, times.created),
        ("progress_media", times.progress_media, times.created),
        ("flow_bill", times.hungup if times.answered else 0, times.created),
    )
    units: tuple[tuple[Callable[[str], str], int], ...] = (
        (lambda name: name if name == "duration" else f"{name}sec", 1_000_000),
        (lambda name: "mduration" if name == "duration" else f"{name}msec", 1000),
        (lambda name: "uduration" if name == "duration" else f"{name}usec", 1),
    )
    return [
        (spell(name), str(end // unit - begin // unit if end and begin else 0))
        for spell, unit in units
        for name, end, begin in lengths
    ]
