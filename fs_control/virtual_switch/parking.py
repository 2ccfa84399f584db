"""Parking: a channel held by a controller, hearing nothing, waiting for orders.

Owns the loop of switch_ivr_park: one key per frame is taken (and its DTMF event fired), orders are carried out inside,
and before what SIP brought while there is no sound yet (trace sentence: the order comes before the caller's ACK).
The park of the `socket` application ends when the controller's connection does (`controlled` is cleared). Easy to
break: CHANNEL_PARK and CHANNEL_UNPARK always come in pairs, also when the caller hangs up.
"""

from __future__ import annotations

from fs_control.virtual_switch.causes import NORMAL_CLEARING, cause_named
from fs_control.virtual_switch.clock import MICROSECONDS
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState


def park(session: Session, *, reads: bool = True) -> None:
    """Hold the channel until it is moved, released or hung up; `reads`: there was sound when the waiting began."""
    channel = session.channel
    flags = channel.flags
    if flags.controlled or channel.state is ChannelState.RESET:
        return
    expires, cause = _timeout(session)
    flags.controlled = flags.parked = True
    channel.fire("CHANNEL_PARK")
    # Orders may have come before the park: the first frame is looked at in any case.
    session.look_again()
    sends = _sends_silence(session)
    while channel.ready and flags.controlled and flags.parked:
        reads = reads and channel.media_ready
        since = session.core.timing.now_us()
        session.next_frame(expires, reads=reads)
        if sends:
            channel.played_us += session.core.timing.now_us() - since
        if expires is not None and session.core.timing.now_us() >= expires:
            channel.hang_up(cause)
            break
        session.serve_orders()
        if not reads:
            session.take_signals()
            reads = True
        if channel.take_digit() and channel.digits:
            session.look_again()
    flags.controlled = flags.parked = False
    channel.fire("CHANNEL_UNPARK")


def park_session(session: Session) -> None:
    """Move a channel to park, out of whatever it is doing (switch_ivr_park_session)."""
    session.channel.flags.transfer = True
    session.channel.set_state(ChannelState.PARK)


def _sends_silence(session: Session) -> bool:
    """Whether the phone gets packets with nothing in them; asked when the waiting begins, and not again."""
    text = session.channel.variables.get("send_silence_when_idle") or ""
    return text.lstrip("-").strip("0").isdecimal()


def _timeout(session: Session) -> tuple[int | None, str]:
    """The variable park_timeout: `seconds[:cause]`; it works once."""
    text = session.channel.variables.get("park_timeout")
    if not text:
        return None, NORMAL_CLEARING
    session.channel.variables.set("park_timeout", None)
    session.channel.variables.set("park_after_bridge", None)
    seconds, _, cause = text.partition(":")
    if not seconds.isdecimal() or len(seconds) > 9:
        return None, NORMAL_CLEARING
    return session.core.timing.now_us() + int(seconds) * MICROSECONDS, cause_named(cause)
