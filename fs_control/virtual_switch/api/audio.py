"""`uuid_audio`: a leg is muted, or made louder.

Owns the argument and the answers as in mod_commands.c (session_audio_function); there is no sound here, so only the
media bug is left of it (trace talk-mute). Easy to break: it belongs to the leg and not to the pair, so it goes on
through hold and the next join, until it is stopped or the leg ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.media_bug import MediaBug

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core
    from fs_control.virtual_switch.sessions import Session

USAGE: Final = "-USAGE: <uuid> [start [read|write] [mute|level <level>]|stop]\n"


def uuid_audio(core: Core, argument: str) -> str:
    """Change what a leg says (`read`) or hears (`write`): `UUID start read|write mute|level N`, or `UUID stop`."""
    words = argument.split()
    if len(words) < 2:
        return USAGE
    session = core.find_session(words[0])
    if session is None:
        return "-ERR No such channel!\n"
    match [word.lower() for word in words[1:]]:
        case ["stop", *_]:
            _stop(session)
        case ["start", "read" | "write", "mute" | "level" as change, _, *_]:
            _start(session, change)
        case _:
            return USAGE
    return "+OK\n"


def _start(session: Session, change: str) -> None:
    """A second change joins the first, which alone is told."""
    if session.audio_bug is None and not session.channel.down:
        session.audio_bug = MediaBug(session.channel, "audio", change)


def _stop(session: Session) -> None:
    bug, session.audio_bug = session.audio_bug, None
    if bug is not None:
        bug.stop()
