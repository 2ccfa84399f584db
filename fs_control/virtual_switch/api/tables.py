"""`show`: channels, calls and registrations, as text, as a count, or as JSON.

Owns the rows and their columns as in the traces live-state and originate-results. Rows are made from the sessions when
asked for; there is no second copy of the state. Easy to break: a bridged pair is two channels and one call, and a
listing without rows has a form of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.place import HOST
from fs_control.virtual_switch.profile import CallerProfile
from fs_control.virtual_switch.report import stamp
from fs_control.virtual_switch.states import Direction

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

Row = dict[str, str]
SEARCHED: Final = ("uuid", "name", "cid_name", "cid_num", "presence_data", "accountcode")
"""The columns in which `like` looks (show_function of mod_commands.c)."""
USAGE: Final = (
    "-USAGE: codec|endpoint|application|api|dialplan|file|timer|calls [count]|channels [count|like <match string>]"
    "|calls|detailed_calls|bridged_calls|detailed_bridged_calls|aliases|complete|chat|management|modules|nat_map|say"
    "|interfaces|interface_types|tasks|limits|status\n"
)


def show(core: Core, argument: str) -> str:
    """`WHAT [like TEXT|count] [as json]`."""
    words = argument.split()
    table = TABLES.get(words[0].lower()) if words else None
    if table is None:
        return USAGE
    rows = table(core)
    as_json = [word.lower() for word in words[-2:]] == ["as", "json"]
    if len(words) > 2 and words[1].lower() == "like":
        rows = [row for row in rows if any(words[2] in row.get(name, "") for name in SEARCHED)]
    if len(words) > 1 and words[1].lower() == "count":
        return f'{{"row_count": {len(rows)}}}\n' if as_json else f"\n{len(rows)} total.\n"
    return _as_json(rows) if as_json else _as_text(rows)


def _as_json(rows: list[Row]) -> str:
    if not rows:
        return '{"row_count": 0}\n'
    return json.dumps({"row_count": len(rows), "rows": rows}, ensure_ascii=False, separators=(",", ":"))


def _as_text(rows: list[Row]) -> str:
    lines = [",".join(rows[0])] if rows else []
    lines += [",".join(row.values()) for row in rows]
    return "".join(f"{line}\n" for line in lines) + f"\n{len(rows)} total.\n"


def _channels(core: Core) -> list[Row]:
    return [_channel_row(core, session.channel) for session in core.sessions if session.channel.profile]


def _channel_row(core: Core, channel: Channel) -> Row:
    profile = channel.profile
    assert profile is not None
    codec = ("PCMU", "8000", "64000") if channel.has_media else ("", "", "")
    application, data = channel.shown_application
    return {
        **_leg(core, channel, profile),
        "application": application,
        "application_data": data or "",
        "dialplan": profile.dialplan,
        "context": profile.context,
        **{f"read_{name}": value for name, value in zip(("codec", "rate", "bit_rate"), codec, strict=True)},
        **{f"write_{name}": value for name, value in zip(("codec", "rate", "bit_rate"), codec, strict=True)},
        "secure": "",
        "hostname": core.settings.hostname,
        **_presence(channel),
        **_callee(channel, profile),
        "call_uuid": _call_uuid(channel),
        **_sent(channel),
        "initial_cid_name": profile.orig_caller_id_name,
        "initial_cid_num": profile.orig_caller_id_number,
        "initial_ip_addr": _address(channel, profile),
        "initial_dest": channel.variables.get("original_destination_number") or profile.destination_number,
        "initial_dialplan": profile.dialplan,
        "initial_context": profile.context,
    }


def _leg(core: Core, channel: Channel, profile: CallerProfile) -> Row:
    created = profile.times.created
    return {
        "uuid": channel.uuid,
        "direction": channel.direction.value,
        "created": stamp(created),
        "created_epoch": str(created // 1_000_000),
        "name": channel.name,
        "state": channel.running_state.wire_name,
        "cid_name": profile.caller_id_name,
        "cid_num": profile.caller_id_number,
        "ip_addr": _address(channel, profile),
        "dest": profile.destination_number,
    }


def _address(channel: Channel, profile: CallerProfile) -> str:
    """The address is written down when the channel is routed; that of a leg dialled for nobody is unknown then."""
    dialled_for_nobody = channel.direction is Direction.OUTBOUND and not channel.variables.get("originator")
    return "" if dialled_for_nobody else profile.network_addr


def _call_uuid(channel: Channel) -> str:
    """A caller has one from its first bridge on, a leg that was dialled from the beginning (trace live-state)."""
    unbridged = channel.direction is Direction.INBOUND and not channel.variables.get("last_bridge_to")
    return "" if unbridged else channel.variables.get("call_uuid") or ""


def _presence(channel: Channel) -> Row:
    return {
        "presence_id": channel.variables.get("presence_id") or "",
        "presence_data": "",
        "accountcode": channel.variables.get("accountcode") or "",
        "callstate": channel.call_state.name,
    }


def _callee(channel: Channel, profile: CallerProfile) -> Row:
    return {
        "callee_name": profile.callee_id_name,
        "callee_num": profile.callee_id_number,
        "callee_direction": "SEND" if channel.variables.get("last_sent_callee_id_number") else "",
    }


def _sent(channel: Channel) -> Row:
    return {
        "sent_callee_name": channel.variables.get("last_sent_callee_id_name") or "",
        "sent_callee_num": channel.variables.get("last_sent_callee_id_number") or "",
    }


def _calls(core: Core) -> list[Row]:
    """One row a call: a pair that talks, or a channel by itself."""
    return _alone(core) + _pairs(core)


def _pairs(core: Core) -> list[Row]:
    rows = []
    for session in core.sessions:
        other = core.find_channel(session.channel.variables.get("bridge_to") or "")
        if other is not None and session.channel.flags.bridge_originator:
            rows.append(_call_row(core, session.channel, other))
    return rows


def _alone(core: Core) -> list[Row]:
    return [
        _call_row(core, session.channel, None)
        for session in core.sessions
        if session.channel.profile and not session.channel.variables.get("bridge_to")
    ]


def _call_row(core: Core, channel: Channel, other: Channel | None) -> Row:
    profile = channel.profile
    assert profile is not None
    first = {
        **_leg(core, channel, profile),
        **_presence(channel),
        **_callee(channel, profile),
        "call_uuid": _call_uuid(channel),
        "hostname": core.settings.hostname,
        **_sent(channel),
    }
    bridged = str(profile.times.bridged // 1_000_000) if other is not None else ""
    return {**first, **_second(core, other), "call_created_epoch": bridged}


def _second(core: Core, other: Channel | None) -> Row:
    if other is None or other.profile is None:
        return {f"b_{name}": "" for name in _SECOND}
    values = {
        **_leg(core, other, other.profile),
        **_presence(other),
        **_callee(other, other.profile),
        **_sent(other),
    }
    return {f"b_{name}": values[name] for name in _SECOND}


_SECOND: Final = (
    "uuid direction created created_epoch name state cid_name cid_num ip_addr dest presence_id presence_data"
    " accountcode callstate callee_name callee_num callee_direction sent_callee_name sent_callee_num"
).split()


def _registrations(core: Core) -> list[Row]:
    return [
        {
            "reg_user": entry.phone.number,
            "realm": HOST,
            "token": entry.registration.call_id,
            "url": entry.contact,
            "expires": str(entry.registration.expires_epoch),
            "network_ip": HOST,
            "network_port": str(entry.port + 1000),
            "network_proto": "udp",
            "hostname": core.settings.hostname,
            "metadata": "",
        }
        for entry in core.phones.registered()
        if entry.registration is not None
    ]


TABLES: Final[dict[str, Callable[[Core], list[Row]]]] = {
    "channels": _channels,
    "calls": _calls,
    "bridged_calls": _pairs,
    "registrations": _registrations,
}
