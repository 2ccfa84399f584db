"""The application `conference`: be in a room until the call ends, is moved on, or is sent out.

Owns what the member's own channel does; the room is `fs_control.virtual_switch.conference`. Trace three-way-conference.
Easy to break: the name ends at `@`, what follows is the profile and after `+` the PIN.
"""

from __future__ import annotations

from fs_control.virtual_switch.sessions import Session


def conference(session: Session, argument: str | None) -> None:
    """`NAME[@PROFILE]`: join, and stay."""
    name, _, profile = (argument or "").partition("@")
    name = name.partition("+")[0].strip()
    if not name:
        return
    channel, rooms = session.channel, session.core.conferences
    session.core.sip.answer(session)
    room = rooms.room(name, profile.partition("+")[0] or "default")
    channel.variables.set("conference_name", name)
    channel.variables.set("app_session_uuid", room.uuid)
    channel.use_read_codec("L16")
    member = rooms.join(room, session)
    began = session.core.timing.now_us()
    while channel.ready and not member.kicked:
        session.serve_orders()
        if channel.take_digit() and channel.digits:
            session.look_again()
        session.next_frame()
    channel.played_us += session.core.timing.now_us() - began
    rooms.leave(room, member)
    channel.use_read_codec("PCMU")
