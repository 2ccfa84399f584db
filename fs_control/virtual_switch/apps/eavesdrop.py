"""The applications `eavesdrop` and `three_way`: listen in on a call, whisper to it, or join it.

Owns the media bug on the call that is listened to, and the keys of whoever listens (traces
supervise-eavesdrop, three-way-application); there is no sound, so whispering and joining change nothing else. Easy to
break: it ends when the call that is listened to ends, and its keys are taken, so each is a DTMF event.
"""

from __future__ import annotations

from typing import Final

from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.media_bug import MediaBug
from fs_control.virtual_switch.sessions import Session

LOOK_US = 10_000
LOOKS = 600
"""How long a call that is on its way to something else is waited for (switch_ivr_eavesdrop_session)."""
BEHIND_US = 1000
"""Whoever is moved together with the call that it listens to lets go when that one has (talk-three-way-completed)."""
LEAVE: Final = "*"
"""The key by which whoever listens ends it."""


def eavesdrop(session: Session, argument: str | None) -> None:
    """`UUID`: listen in."""
    target = session.core.find_session((argument or "").strip())
    if target is None or target is session or not target.channel.media_ready or target.channel.down:
        return
    channel, heard = session.channel, target.channel
    _wait_until_settled(session, heard)
    session.core.sip.answer(session)
    if heard.profile is not None:
        channel.variables.set("last_sent_callee_id_name", heard.profile.caller_id_name)
        channel.variables.set("last_sent_callee_id_number", heard.profile.caller_id_number)
    bug = MediaBug(heard, "eavesdrop", heard.uuid)
    channel.use_read_codec("L16")
    heard.on_change.append(session.look_again)
    heard.listeners.append(channel)
    target.hold()
    began, other = session.core.timing.now_us(), heard.partner
    if other is not None:
        other.plays_since = began
    try:
        while channel.ready and not heard.down and not channel.flags.break_requested:
            session.serve_orders()
            key = channel.take_digit()
            if key == LEAVE:
                break
            if channel.digits:
                session.look_again()
            session.next_frame()
        if channel.flags.transfer:
            session.pause(BEHIND_US, reads=False)
    finally:
        if other is not None:
            other.plays_since = None
        heard.on_change.remove(session.look_again)
        heard.listeners.remove(channel)
        target.release()
    listened = session.core.timing.now_us() - began
    for each in (channel, heard, other):
        if each is not None:
            each.played_us += listened
    bug.stop()
    channel.use_read_codec("PCMU")


def _wait_until_settled(session: Session, heard: Channel) -> None:
    for _ in range(LOOKS):
        if heard.state is heard.running_state or heard.down:
            return
        session.pause(LOOK_US)
