"""What somebody who has answered hears before being joined: `group_confirm_key=exec`, `group_confirm_file=APPLICATION`.

Owns collect_thread_run of switch_ivr_originate.c: an application that runs on the leg beside its own session, while
whoever waits for the leg waits on. Traces whisper-*. Easy to break: the leg may be hung up meanwhile, and reports its
end before the application has noticed; a leg that is dialled within a dialling is asked once, not by both.
"""

from __future__ import annotations

from typing import Final

import gevent

from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.sessions import Session

EXECUTE: Final = "exec"
FORGOTTEN: Final = (
    "group_confirm_key",
    "group_confirm_file",
    "group_confirm_error_file",
    "group_confirm_cancel_timeout",
    "group_confirm_read_timeout",
)
"""What a leg that has confirmed knows no more of."""
FROM_CALLER: Final = (
    "group_confirm_key",
    "group_confirm_file",
    "group_confirm_read_timeout",
    "group_confirm_cancel_timeout",
    "group_confirm_timeout",
)
"""Variables of the caller's channel that count as if they stood in the dial string."""


def is_ready(session: Session, *, answered: bool) -> bool:
    """Whether a leg may be joined: it has answered, and confirmed where it has to; begins the confirming if not."""
    channel = session.channel
    if channel.flags.confirming:
        if channel.flags.confirmed:
            _forget(channel)
        return channel.flags.confirmed
    if not answered:
        return False
    if not channel.variables.get("group_confirm_key"):
        return True
    channel.flags.confirming = True
    session.hold()
    gevent.spawn(_confirm, session).name = f"confirming-{channel.uuid}"
    return False


def _confirm(session: Session) -> None:
    """Run the application; where the leg is still there afterwards it is confirmed, whatever came of the application.

    A key that would have to be pressed is never pressed in the box: such a leg rings until its time is over.
    """
    channel = session.channel
    try:
        if (channel.variables.get("group_confirm_key") or "").lower() != EXECUTE:
            return
        application, _, argument = (channel.variables.get("group_confirm_file") or "").partition(" ")
        session.execute(application, argument or None)
        if not channel.down:
            channel.flags.confirmed = True
            channel.variables.set("group_dial_status", "winner")
            channel.changed()
    finally:
        session.release()


def _forget(channel: Channel) -> None:
    for name in FORGOTTEN:
        channel.variables.set(name, None)
