"""Applications about the call itself: answer, hang up, wait.

Owns the ones without sound and without digits. `log` and `say` do nothing: there is no console, and no phrases are
installed, in which case FreeSWITCH's `say` completes at once too (trace ivr-digits). Easy to break: `sleep` ends at a
key press and leaves the key in the queue.
"""

from __future__ import annotations

from fs_control.virtual_switch.causes import cause_named
from fs_control.virtual_switch.parking import park
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.timing import FRAME_US
from fs_control.virtual_switch.transfer import transfer

MAX_SLEEP_MS = 2**31


def answer(session: Session, _argument: str | None) -> None:
    """Answer the call."""
    session.core.sip.answer(session)


def pre_answer(session: Session, _argument: str | None) -> None:
    """Let sound flow before the answer."""
    session.core.sip.pre_answer(session)


def ring_ready(session: Session, _argument: str | None) -> None:
    """Tell the caller that it rings."""
    session.core.sip.ring(session)


def hang_up(session: Session, argument: str | None) -> None:
    """End the call with a cause, NORMAL_CLEARING without one."""
    session.channel.hang_up(cause_named(argument or ""))


def park_here(session: Session, _argument: str | None) -> None:
    """Wait for a controller."""
    park(session)


def transfer_here(session: Session, argument: str | None) -> None:
    """Go back into the dialplan: `extension [dialplan [context]]`."""
    words = (argument or "").split()
    if words:
        transfer(session, *words[:3])


def do_nothing(_session: Session, _argument: str | None) -> None:
    """Complete at once."""


def sleep(session: Session, argument: str | None) -> None:
    """Wait so many milliseconds; a key press, a break or an end of the call cut it short."""
    text = (argument or "").strip()
    if not text.isdecimal() or len(text) > 10:
        return
    channel, timing = session.channel, session.core.timing
    end = timing.stamp_us() + min(int(text), MAX_SLEEP_MS) * 1000
    while channel.ready and not channel.digits:
        if channel.flags.break_requested:
            channel.flags.break_requested = False
            return
        if timing.now_us() >= end - FRAME_US // 2:
            return
        session.serve_orders()
        session.next_frame(end)
