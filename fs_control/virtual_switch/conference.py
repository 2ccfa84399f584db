"""Conferences: rooms in which more than two legs hear one another.

Owns rooms, members, who has the floor, and the CUSTOM events conference::maintenance that say so (trace
three-way-conference). Who is in a room runs the application `conference`; a room is there as long as somebody is in it.
Easy to break: these events describe the member's channel without its variables, and the room's size after the change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.bus import Header
from fs_control.virtual_switch.event_names import CallSite
from fs_control.virtual_switch.headers import channel_headers
from fs_control.virtual_switch.place import HOST
from fs_control.virtual_switch.sessions import Session

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

MAINTENANCE: Final = "conference::maintenance"
FLOOR_FROM: Final = 2
"""With how many members somebody has the floor."""
SITES: Final[dict[str, CallSite]] = {
    "conference-create": ("mod_conference.c", "conference_new", 3848),
    "add-member": ("conference_member.c", "conference_member_add", 962),
    "floor-change": ("conference_member.c", "conference_member_set_floor_holder", 1158),
    "del-member": ("conference_member.c", "conference_member_del", 1355),
    "conference-destroy": ("mod_conference.c", "conference_thread_run", 863),
}


@dataclass(slots=True)
class Member:
    """Somebody in a room."""

    number: int
    session: Session
    joined_us: int
    speaks: bool = True
    kicked: bool = False


@dataclass(slots=True)
class Room:
    """One conference."""

    name: str
    profile: str
    uuid: str
    begun_us: int
    members: list[Member] = field(default_factory=list)
    floor: Member | None = None


class Conferences:
    """All rooms."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._numbers = count(1)
        self.rooms: dict[str, Room] = {}

    def room(self, name: str, profile: str) -> Room:
        """The room with a name, opened if there is none."""
        room = self.rooms.get(name)
        if room is None:
            room = Room(name, profile, self._core.new_uuid(), self._core.timing.now_us())
            self.rooms[name] = room
            self._fire(room, "conference-create", [("Action", "conference-create")])
        return room

    def join(self, room: Room, session: Session) -> Member:
        """Let somebody in."""
        member = Member(next(self._numbers), session, self._core.timing.now_us())
        room.members.append(member)
        session.channel.variables.update(
            [
                ("conference_member_id", str(member.number)),
                ("conference_moderator", "false"),
                ("conference_ghost", "false"),
                ("conference_uuid", room.uuid),
                ("conference_call_key", f"conference_{room.name}_{HOST}_{_number_of(session)}"),
            ]
        )
        self._fire_about(room, member, "add-member")
        self._core.timing.call_later(0.02, self._give_floor, room)
        return member

    def leave(self, room: Room, member: Member) -> None:
        """Let somebody go; the last one closes the room."""
        if room.floor is member:
            room.floor = None
            self._fire(room, "floor-change", [("Action", "floor-change"), ("Old-ID", "none"), ("New-ID", "none")])
            self._core.timing.call_later(0.02, self._give_floor, room)
        room.members.remove(member)
        self._fire_about(room, member, "del-member")
        member.session.channel.variables.set("conference_call_key", None)
        if not room.members:
            del self.rooms[room.name]
            self._fire(room, "conference-destroy", [("Action", "conference-destroy")])

    def _give_floor(self, room: Room) -> None:
        """The newest member has the floor when nobody else has: nobody speaks here."""
        if room.floor is not None or len(room.members) < FLOOR_FROM:
            return
        member = room.floor = room.members[-1]
        about = [*_room_headers(room), *_member_headers(room, member)]
        headers = [("Action", "floor-change"), ("Old-ID", "none"), *about]
        self._fire(room, "floor-change", [*headers, ("New-ID", str(member.number))], member.session.channel.uuid)

    def _fire_about(self, room: Room, member: Member, action: str) -> None:
        headers = [*_member_headers(room, member), ("Action", action)]
        self._fire(room, action, headers, member.session.channel.uuid)

    def _fire(self, room: Room, action: str, headers: Iterable[Header], channel: str | None = None) -> None:
        described = [*_room_headers(room), *headers]
        self._core.bus.fire("CUSTOM", lambda: described, channel=channel, subclass=MAINTENANCE, site=SITES.get(action))


def _room_headers(room: Room) -> list[Header]:
    return [
        ("Conference-Name", room.name),
        ("Conference-Domain", HOST),
        ("Conference-Size", str(len(room.members))),
        ("Conference-Ghosts", "0"),
        ("Conference-Profile-Name", room.profile),
        ("Conference-Unique-ID", room.uuid),
    ]


def _member_headers(room: Room, member: Member) -> list[Header]:
    return [
        ("Floor", "true" if room.floor is member else "false"),
        *channel_headers(member.session.channel, "CHANNEL_STATE"),
        ("Video", "false"),
        ("Hear", "true"),
        ("See", "true"),
        ("Speak", "true" if member.speaks else "false"),
        ("Talking", "false"),
        ("Mute-Detect", "false"),
        ("Hold", "false"),
        ("Member-ID", str(member.number)),
        ("Member-Type", "member"),
        ("Member-Ghost", "false"),
        ("Energy-Level", "0"),
        ("Current-Energy", "0"),
    ]


def _number_of(session: Session) -> str:
    profile = session.channel.profile
    return "" if profile is None else profile.caller_id_number
