"""The applications `eavesdrop` and `three_way`: listen in on a call, whisper to it, or join it.

Owns MEDIA_BUG_START and MEDIA_BUG_STOP on the call that is listened to, and the keys of whoever listens (traces
supervise-eavesdrop, three-way-application); there is no sound, so whispering and joining change nothing else. Easy to
break: it ends when the call that is listened to ends, and its keys are taken, so each is a DTMF event.
"""

from __future__ import annotations

from typing import Final

from fs_control.virtual_switch.sessions import Session

LEAVE: Final = "*"
"""The key by which whoever listens ends it."""


def eavesdrop(session: Session, argument: str | None) -> None:
    """`UUID`: listen in."""
    target = session.core.find_session((argument or "").strip())
    if target is None or target is session or not target.channel.media_ready or target.channel.down:
        return
    channel, heard = session.channel, target.channel
    session.core.sip.answer(session)
    if heard.profile is not None:
        channel.variables.set("last_sent_callee_id_name", heard.profile.caller_id_name)
        channel.variables.set("last_sent_callee_id_number", heard.profile.caller_id_number)
    bug = (("Media-Bug-Function", "eavesdrop"), ("Media-Bug-Target", heard.uuid))
    heard.fire("MEDIA_BUG_START", before=bug)
    channel.use_read_codec("L16")
    heard.on_change.append(session.look_again)
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
    finally:
        if other is not None:
            other.plays_since = None
        heard.on_change.remove(session.look_again)
        target.release()
    listened = session.core.timing.now_us() - began
    for each in (channel, heard, other):
        if each is not None:
            each.played_us += listened
    heard.fire("MEDIA_BUG_STOP", before=bug)
    channel.use_read_codec("PCMU")
