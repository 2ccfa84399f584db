"""The api command `conference`: who is in which room, and sending somebody out.

Owns the words of conference_api.c as far as a controller needs them: list, json_list, kick, mute and unmute (trace
three-way-conference). Easy to break: members are listed newest first, and a room that is not there is an error.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fs_control.virtual_switch.conference import Member, Room

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

USAGE = "-USAGE: <conference name> list|json_list|kick|mute|unmute [<member_id>|all|last]\n"
ROOM_FLAGS = "running|answered|enforce_min|dynamic|exit_sound|enter_sound"


def conference(core: Core, argument: str) -> str:
    """`list`, `json_list`, or `ROOM list|json_list|kick|mute|unmute [MEMBER|all|last]`."""
    words = argument.split()
    if not words:
        return USAGE
    rooms = core.conferences.rooms
    if words[0] in ("list", "json_list"):
        return _listing(core, list(rooms.values()), words[0])
    room = rooms.get(words[0])
    if room is None:
        return f"-ERR Conference {words[0]} not found\n"
    match words[1:]:
        case ["list" | "json_list" as form]:
            return _listing(core, [room], form)
        case ["kick" | "mute" | "unmute" as what, which]:
            return _act(room, what, which)
    return USAGE


def _act(room: Room, what: str, which: str) -> str:
    members = list(_chosen(room, which))
    if not members:
        return f"-ERR Non-Existant ID {which}\n"
    for member in members:
        if what == "kick":
            member.kicked = True
            member.session.look_again()
        else:
            member.speaks = what == "unmute"
    done = {"kick": "kicked", "mute": "mute", "unmute": "unmute"}[what]
    return "".join(f"+OK {done} {member.number}\n" for member in members)


def _chosen(room: Room, which: str) -> Iterator[Member]:
    if which == "all":
        yield from room.members
    elif which == "last":
        yield room.members[-1]
    else:
        yield from (member for member in room.members if str(member.number) == which)


def _listing(core: Core, rooms: list[Room], form: str) -> str:
    if form == "json_list":
        return json.dumps([_as_json(core, room) for room in rooms], ensure_ascii=False, indent="\t") + "\n"
    if not rooms:
        return "+OK No active conferences.\n"
    return "".join(_as_text(room) for room in rooms)


def _as_text(room: Room) -> str:
    size = f"{len(room.members)} member{'' if len(room.members) == 1 else 's'}"
    head = f"+OK Conference {room.name} ({size} rate: 8000 flags: {ROOM_FLAGS})\n"
    return head + "".join(_line(room, member) for member in reversed(room.members))


def _line(room: Room, member: Member) -> str:
    channel, profile = member.session.channel, member.session.channel.profile
    name, number = ("", "") if profile is None else (profile.caller_id_name, profile.caller_id_number)
    flags = "hear" + ("|speak" if member.speaks else "") + ("|floor" if room.floor is member else "")
    return f"{member.number};{channel.name};{channel.uuid};{name};{number};{flags};0;0;0\n"


def _as_json(core: Core, room: Room) -> dict[str, Any]:
    now = core.timing.now_us()
    off = ("locked", "destruct", "wait_mod", "audio_always")
    on = ("running", "answered", "enforce_min")
    return {
        "conference_name": room.name,
        "member_count": len(room.members),
        "ghost_count": 0,
        "rate": 8000,
        "run_time": (now - room.begun_us) // 1_000_000,
        "conference_uuid": room.uuid,
        **dict.fromkeys(("canvas_count", "max_bw_in", "force_bw_in", "video_floor_packets"), 0),
        **dict.fromkeys(off, False),
        **dict.fromkeys(on, True),
        "bridge_to": False,
        **dict.fromkeys(("dynamic", "exit_sound", "enter_sound"), True),
        **dict.fromkeys(("recording", "video_bridge", "video_floor_only", "video_rfc4579"), False),
        "variables": {},
        "members": [_member_as_json(room, member, now) for member in reversed(room.members)],
    }


def _member_as_json(room: Room, member: Member, now: int) -> dict[str, Any]:
    channel, profile = member.session.channel, member.session.channel.profile
    off = ("is_moderator", "end_conference", "mandatory_member_end_conference", "pass_digits")
    return {
        "type": "caller",
        "id": member.number,
        "flags": {
            "can_hear": True,
            "can_see": True,
            "can_speak": member.speaks,
            **dict.fromkeys(("hold", "mute_detect", "talking", "has_video", "video_bridge"), False),
            "has_floor": room.floor is member,
            **dict.fromkeys(off, False),
        },
        "uuid": channel.uuid,
        "caller_id_name": "" if profile is None else profile.caller_id_name,
        "caller_id_number": "" if profile is None else profile.caller_id_number,
        "join_time": (now - member.joined_us) // 1_000_000,
        **dict.fromkeys(("last_talking", "energy", "volume_in", "volume_out", "output-volume", "input-volume"), 0),
    }
