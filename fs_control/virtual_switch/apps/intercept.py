"""The application `intercept`: this leg takes another one out of whatever it does and talks with it.

Owns switch_ivr_intercept_session (switch_ivr_bridge.c). Trace originate-intercept. Easy to break: it completes at
once, before the legs are joined; and where the other leg is gone it does nothing, so that its own leg's dialplan goes
on, which for a leg that was originated is the end.
"""

from __future__ import annotations

from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.uuid_bridge import uuid_bridge


def intercept(session: Session, argument: str | None) -> None:
    """Take the leg `UUID`; whoever talked with it is hung up (PICKED_OFF)."""
    core = session.core
    wanted = core.find_session(argument or "")
    if wanted is None or wanted.channel.down:
        return
    if session.channel.variables.is_true("intercept_unbridged_only") and wanted.channel.flags.bridged:
        return
    if session.channel.variables.is_true("intercept_unanswered_only") and wanted.channel.answered:
        return
    partner = core.find_session(wanted.channel.variables.get("bridge_to") or "")
    core.sip.answer(session)
    core.sip.answer(wanted)
    if wanted.channel.flags.leg_holding:
        wanted.channel.let_go_of_hold()
    if partner is not None and partner is not session:
        partner.channel.variables.set("park_after_bridge", "true")
    uuid_bridge(session, wanted)
    if partner is not None and partner is not session:
        partner.channel.hang_up("PICKED_OFF")
