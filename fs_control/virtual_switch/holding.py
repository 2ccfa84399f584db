"""Putting a call on hold: from outside (`uuid_hold`) and by the hold key of a phone.

Owns switch_ivr_hold, switch_ivr_unhold and switch_core_media_toggle_hold: the leg's call state, CHANNEL_HOLD and
CHANNEL_UNHOLD, and the music that the OTHER leg hears meanwhile. Traces hold-resume, phone-hold-reinvite. Easy to
break: whoever resumes waits until the music has ended, so CHANNEL_UNHOLD comes after its CHANNEL_EXECUTE_COMPLETE.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.broadcast import FOR_EVER, broadcast
from fs_control.virtual_switch.event_names import HOLD_SITE, UNHOLD_SITE
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.sip_reinvite import offer_again, offer_answered, reoffer_acknowledged, reoffered
from fs_control.virtual_switch.states import CallState

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

ANSWER_SECONDS: Final = 0.01
"""What a phone takes to answer a re-INVITE."""
MAX_WAIT_FRAMES: Final = 250
"""How long to wait for the end of the music (switch_channel_wait_for_flag, 5 s)."""


def hold(session: Session) -> bool:
    """Hold a call from outside; False when it is held already."""
    channel = session.channel
    if channel.call_state is CallState.HELD:
        return False
    channel.mark_held()
    offer_again(session)
    session.core.timing.call_later(ANSWER_SECONDS, offer_answered, session)
    _play_music(session)
    channel.fire("CHANNEL_HOLD", site=HOLD_SITE)
    return True


def unhold(session: Session) -> bool:
    """Take a call back from outside; False when it is not held."""
    channel = session.channel
    if channel.call_state is not CallState.HELD:
        return False
    channel.mark_unheld()
    offer_again(session)
    offer_answered(session)
    channel.set_call_state(CallState.ACTIVE)
    _stop_music(session)
    channel.fire("CHANNEL_UNHOLD", site=UNHOLD_SITE)
    return True


def hold_by_phone(session: Session) -> None:
    """The phone's hold key: a re-INVITE that only sends."""
    channel = session.channel
    if channel.down or channel.flags.leg_holding:
        return
    reoffered(session, holds=True)
    channel.mark_held()
    channel.fire("CHANNEL_HOLD")
    _play_music(session)
    reoffer_acknowledged(session)


def resume_by_phone(session: Session) -> None:
    """The hold key again: a re-INVITE that sends and receives."""
    channel = session.channel
    if channel.down or not channel.flags.leg_holding:
        return
    reoffered(session, holds=False)
    _stop_music(session)
    channel.mark_unheld()
    channel.fire("CHANNEL_UNHOLD")
    reoffer_acknowledged(session)
    channel.set_call_state(CallState.ACTIVE)


def hold_music(core: Core, session: Session) -> str:
    """What the other leg hears: the leg's variable hold_music, or the switch's own."""
    variables = session.channel.variables
    return variables.get("temp_hold_music") or variables.get("hold_music") or core.settings.hold_music


def _play_music(session: Session) -> None:
    other = _partner(session)
    music = hold_music(session.core, session)
    if other is not None and music and music != "silence":
        broadcast(other, music, FOR_EVER)


def _stop_music(session: Session) -> None:
    other = _partner(session)
    if other is None:
        return
    other.channel.stop_broadcast()
    for _ in range(MAX_WAIT_FRAMES):
        if not other.channel.flags.broadcast:
            return
        session.skip_frames(1)


def _partner(session: Session) -> Session | None:
    partner = session.channel.partner
    return None if partner is None else session.core.find_session(partner.uuid)
