"""Joining two legs that exist already: `uuid_bridge`.

Owns switch_ivr_uuid_bridge: both legs leave whatever they do, get new profiles, and one of them, the originator,
fetches the other and bridges in its own session (SOFT_EXECUTE). Traces queue-uuid-bridge, hold-resume and
consult-transfer. Easy to break: a leg that is taken out of another bridge must leave that one clean, without its
after-bridge rules.
"""

from __future__ import annotations

from fs_control.virtual_switch.bridge import bridge, tie
from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.event_names import UUID_BRIDGE_SITE
from fs_control.virtual_switch.parking import park_session
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState, Direction
from fs_control.virtual_switch.transfer import transfer_after_bridge

MAX_FETCH_LOOKS = 1000
"""How often the originator looks for the other leg (uuid_bridge_on_soft_execute)."""
LOOK_US = 20_300
"""From one look to the next: a sleep of 20 ms, counted from its own beginning and not from a frame, and a little."""
UNKNOWN = "Unknown"


def uuid_bridge(originator: Session, originatee: Session) -> bool:
    """Take two legs out of whatever they do and join them; False when that cannot be."""
    if originator.channel.down or originatee.channel.down or originator is originatee:
        return False
    if originator.channel.direction is Direction.OUTBOUND and not originator.channel.flags.dialplan:
        flip_caller_id(originator.channel)
        originator.channel.flags.dialplan = True
    if not originator.channel.media_ready:
        if not originatee.channel.media_ready:
            return False
        originator, originatee = originatee, originator
    if originatee.channel.direction is Direction.OUTBOUND:
        originatee.channel.flags.dialplan = False
    for session in (originator, originatee):
        session.channel.variables.set("bridge_to", None)
        session.channel.flags.redirect = True
    originator.channel.variables.set("uuid_bridge", originatee.channel.uuid)
    tie(originator.channel, originatee.channel)
    _turn_displays(originator.channel, originatee.channel)
    _exchange_profiles(originator, originatee)
    for session in (originator, originatee):
        session.channel.stop_broadcast()
        session.channel.flags.transfer = True
    _note_history(originator, originatee)
    _note_history(originatee, originator)
    for session in (originator, originatee):
        session.take_over(UUID_BRIDGE_STATES)
        session.channel.flags.bridge_originator = False
        session.channel.flags.uuid_bridge_originator = False
    originator.channel.flags.next_uuid_bridge_originator = True
    for session in (originator, originatee):
        sleeping = session.channel.state is ChannelState.HIBERNATE
        session.channel.set_state(ChannelState.CONSUME_MEDIA if sleeping else ChannelState.HIBERNATE)
    return True


def _turn_displays(originator: Channel, originatee: Channel) -> None:
    """See to it that the originator is shown as who calls, and the other as who is called."""
    if _stands_as_callee(originator):
        _invert_caller_id(originator)
        if originator.direction is Direction.INBOUND:
            originatee.flags.called = False
    if not _stands_as_callee(originatee):
        _invert_caller_id(originatee)
        if originatee.direction is Direction.INBOUND:
            originatee.flags.called = True


def _stands_as_callee(channel: Channel) -> bool:
    """Whether its display is that of a leg which was dialled (switch_channel_outbound_display)."""
    return channel.flags.called if channel.direction is Direction.INBOUND else not channel.flags.dialplan


def _invert_caller_id(channel: Channel) -> None:
    """Swap caller and callee in the profile, without a word (switch_channel_invert_cid)."""
    profile = channel.profile
    if profile is None:
        return
    name, number = profile.caller_id_name, profile.caller_id_number
    profile.caller_id_name = profile.callee_id_name or UNKNOWN
    profile.caller_id_number = profile.callee_id_number or UNKNOWN
    profile.callee_id_name, profile.callee_id_number = name, number


def flip_caller_id(channel: Channel) -> None:
    """Swap caller and callee of a leg that we dialled, which now stands where a caller stands."""
    profile = channel.profile
    if profile is None:
        return
    variables = channel.variables
    variables.set("pre_transfer_caller_id_name", profile.caller_id_name)
    profile.caller_id_name, profile.callee_id_name = profile.callee_id_name, profile.caller_id_name
    variables.set("pre_transfer_caller_id_number", profile.caller_id_number)
    profile.caller_id_number, profile.callee_id_number = profile.callee_id_number, profile.caller_id_number
    if channel.flags.bridged:
        profile.callee_id_name = profile.callee_id_number = ""
    variables.set("channel_cid_flipped", "yes")
    channel.fire("CALL_UPDATE", before=(("Direction", "RECV"),))


def _exchange_profiles(originator: Session, originatee: Session) -> None:
    """Give both legs a new profile and a copy of the other's; the dialled leg takes the caller's name and number."""
    for session in (originatee, originator):
        profile = session.channel.profile
        if profile is None:
            return
        variables = session.channel.variables
        variables.set("original_destination_number", profile.destination_number)
        variables.set("original_caller_id_name", profile.caller_id_name)
        variables.set("original_caller_id_number", profile.caller_id_number)
    theirs = originatee.channel.step_profile(originatee.core.new_uuid())
    ours = originator.channel.step_profile(originator.core.new_uuid())
    if theirs is None or ours is None:
        return
    originatee.channel.other_leg, originatee.channel.other_type = ours.copy(with_times=False), "originator"
    originator.channel.other_leg, originator.channel.other_type = theirs.copy(), "originatee"
    ours.callee_id_name, ours.callee_id_number = theirs.callee_id_name, theirs.callee_id_number
    theirs.caller_id_name, theirs.caller_id_number = ours.caller_id_name, ours.caller_id_number


def _note_history(session: Session, other: Session) -> None:
    profile = session.channel.profile
    if profile is None:
        return
    epoch = session.core.timing.now_us() // 1_000_000
    profile.transfer_source = f"{epoch}:{profile.own_uuid}:uuid_br:{other.channel.uuid}"
    session.channel.variables.push("transfer_history", profile.transfer_source)
    session.channel.variables.set("transfer_source", profile.transfer_source)


# The states of `uuid_bridge`.


def _on_hibernate(session: Session) -> bool:
    session.channel.set_state(ChannelState.RESET)
    return False


def _on_reset(session: Session) -> bool:
    if session.channel.flags.uuid_bridge_originator:
        session.channel.set_state(ChannelState.SOFT_EXECUTE)
    return True


def _on_soft_execute(session: Session) -> bool:
    """The originator fetches the other leg and bridges; the other leg waits in this state."""
    channel = session.channel
    session.take_over({})
    if not channel.flags.uuid_bridge_originator:
        return True
    other = session.core.find_session(channel.variables.get("uuid_bridge") or "")
    channel.variables.set("uuid_bridge", None)
    if other is None:
        _after_lost_partner(session)
    else:
        other.hold()
        try:
            _fetch_and_bridge(session, other)
        finally:
            other.release()
    channel.flags.uuid_bridge_originator = False
    return False


def _fetch_and_bridge(session: Session, other: Session) -> None:
    channel = session.channel
    if not _fetch(session, other):
        for one, the_other in ((channel, other.channel), (other.channel, channel)):
            if one.down:
                the_other.hang_up("DESTINATION_OUT_OF_ORDER")
        return
    for one, the_other in ((channel, other.channel), (other.channel, channel)):
        extra = (("Application", "uuid_bridge"), ("Application-Data", the_other.uuid))
        one.shown_application = ("uuid_bridge", the_other.uuid)
        one.fire("CHANNEL_EXECUTE", extra, site=UUID_BRIDGE_SITE)
    bridge(session, other)
    moved = channel.flags.transfer or channel.flags.redirect or channel.down
    if not moved and channel.state not in (ChannelState.ROUTING, ChannelState.PARK):
        channel.set_state(ChannelState.EXECUTE)


def _fetch(session: Session, other: Session) -> bool:
    """Bring the other leg into SOFT_EXECUTE; False when either is gone or takes too long."""
    for _ in range(MAX_FETCH_LOOKS):
        if session.channel.down or other.channel.down:
            return False
        if other.channel.running_state is ChannelState.SOFT_EXECUTE:
            return other.channel.ready and session.channel.ready
        if other.channel.running_state is ChannelState.RESET:
            other.channel.set_state(ChannelState.SOFT_EXECUTE)
        session.pause(LOOK_US)
    return False


def _after_lost_partner(session: Session) -> None:
    variables = session.channel.variables
    where = variables.get("transfer_after_bridge")
    if variables.is_true("park_after_bridge"):
        park_session(session)
    elif where:
        transfer_after_bridge(session, where)
    else:
        session.channel.hang_up("DESTINATION_OUT_OF_ORDER")


UUID_BRIDGE_STATES = {
    ChannelState.HIBERNATE: _on_hibernate,
    ChannelState.CONSUME_MEDIA: _on_hibernate,
    ChannelState.RESET: _on_reset,
    ChannelState.SOFT_EXECUTE: _on_soft_execute,
}
