"""The application `bridge`: ring somebody for the caller and let the two talk.

Owns audio_bridge_function of mod_dptools and what a failure means for the caller (switch_channel_handle_cause):
continue_on_fail, failure_causes, transfer_on_fail. Traces bridge-*. Easy to break: without the first two a caller
whose bridge fails is hung up with that cause, but NO_ANSWER, NO_USER_RESPONSE and ORIGINATOR_CANCEL let it go on.
"""

from __future__ import annotations

from fs_control.virtual_switch.bridge import bridge
from fs_control.virtual_switch.dial_string import separate
from fs_control.virtual_switch.dialling import Request, dial
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState
from fs_control.virtual_switch.transfer import transfer


def bridge_to(session: Session, argument: str | None) -> None:
    """Dial `{a=b}kind/address,...|...` and talk; on failure do what the variables say."""
    if not argument:
        return
    peer, cause = dial(session.core, session, Request(argument))
    if peer is None:
        session.channel.variables.set("originate_failed_cause", cause)
        handle_failure(session, cause)
        return
    try:
        bridge(session, peer)
    finally:
        peer.release()


def handle_failure(session: Session, cause: str) -> None:
    """Go on, go elsewhere, or hang up."""
    channel = session.channel
    if channel.down:
        return
    if cause != "ATTENDED_TRANSFER":
        if _goes_on(session, cause):
            return
        if channel.variables.is_true("transfer_on_fail"):
            return
        _transfer_on_failure(session, cause)
    if not channel.flags.transfer and channel.state is not ChannelState.ROUTING:
        channel.hang_up(cause)


def _goes_on(session: Session, cause: str) -> bool:
    variables = session.channel.variables
    go_on, end = variables.get("continue_on_fail"), variables.get("failure_causes")
    if end and not _names(end, cause):
        return True
    if go_on:
        return variables.is_true("continue_on_fail") or _names(go_on, cause)
    return not end and cause in ("NO_ANSWER", "NO_USER_RESPONSE", "ORIGINATOR_CANCEL")


def _transfer_on_failure(session: Session, cause: str) -> None:
    """transfer_on_fail: `CAUSES [EXTENSION [DIALPLAN [CONTEXT]]]`."""
    causes, *where = (session.channel.variables.get("transfer_on_fail") or "").split(" ")
    if causes and _names(causes, cause):
        extension = where[0] if where and where[0].lower() != "auto_cause" else cause
        transfer(session, extension, *where[1:3])


def _names(causes: str, cause: str) -> bool:
    return cause.lower() in [each.strip().lower() for each in separate(causes, ",")]
