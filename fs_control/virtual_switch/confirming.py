"""What somebody who has answered hears before being joined: a word (`exec`), or a sentence that a key accepts.

Owns collect_thread_run of switch_ivr_originate.c: what runs on the leg beside its own session, while whoever waits
for the leg waits on: with `group_confirm_key=exec` the application in `group_confirm_file`, with any other key that
file, again and again until the key is pressed. Traces whisper-* and accept-*. Easy to break: the leg may be hung up
meanwhile, and reports its end before the application has noticed; a leg that is dialled within a dialling is asked
once, not by both.
"""

from __future__ import annotations

from typing import Final

import gevent

from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.sessions import Session

EXECUTE: Final = "exec"
READ_TIMEOUT_MS: Final = 5000
"""How long a key is waited for behind the sentence, unless group_confirm_read_timeout says so."""
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


def is_ready(session: Session, *, answered: bool, read_ms: int = 0) -> bool:
    """Whether a leg may be joined: it has answered, and confirmed where it has to; begins the confirming if not.

    `read_ms` is group_confirm_read_timeout, which counts for all legs or for none (oglobals.confirm_read_timeout).
    """
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
    gevent.spawn(_confirm, session, read_ms or READ_TIMEOUT_MS).name = f"confirming-{channel.uuid}"
    return False


def _confirm(session: Session, read_ms: int) -> None:
    """Ask, and mark a leg that is still there and has accepted."""
    channel = session.channel
    key = channel.variables.get("group_confirm_key") or ""
    sound = channel.variables.get("group_confirm_file") or ""
    try:
        if key.lower() == EXECUTE:
            application, _, argument = sound.partition(" ")
            session.execute(application, argument or None)
        elif not _accepted(session, key, sound, read_ms):
            return
        if not channel.down:
            channel.flags.confirmed = True
            channel.variables.set("group_dial_status", "winner")
            channel.changed()
    finally:
        session.release()


def _accepted(session: Session, key: str, sound: str, read_ms: int) -> bool:
    """Ask until the key is pressed; False: the leg has ended. Another key begins the sentence anew."""
    while session.channel.ready:
        if session.core.read_keys(session, sound or "silence", len(key), read_ms) == key:
            return True
    return False


def _forget(channel: Channel) -> None:
    for name in FORGOTTEN:
        channel.variables.set(name, None)
