"""Two legs talking: `uuid_bridge`, the bridge itself, and what each leg does afterwards.

Owns switch_ivr_uuid_bridge and switch_ivr_multi_threaded_bridge: one leg, the originator, bridges in its own session
(state SOFT_EXECUTE), the other loops its sound back (EXCHANGE_MEDIA). Traces: queue-uuid-bridge, hold-resume,
controller-dies-*. Easy to break: a leg that was moved away leaves "clean" and its own after-bridge rules do not apply;
the leg that stays behind follows park_after_bridge, then transfer_after_bridge, then hangup_after_bridge.
"""

from __future__ import annotations

from dataclasses import dataclass

from fs_control.virtual_switch.causes import NORMAL_CLEARING
from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.event_names import UUID_BRIDGE_SITE
from fs_control.virtual_switch.parking import park_session
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState, Direction
from fs_control.virtual_switch.transfer import transfer_after_bridge

MAX_FETCH_FRAMES = 1000
"""How long the originator waits for the other leg (uuid_bridge_on_soft_execute)."""


@dataclass(slots=True)
class Side:
    """One leg's view of a bridge."""

    session: Session
    other: Session
    clean_exit: bool = False


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
        session.channel.flags.redirect = True
    originator.channel.variables.set("uuid_bridge", originatee.channel.uuid)
    tie(originator.channel, originatee.channel)
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


def tie(first: Channel, second: Channel) -> None:
    """Note on each leg which one it is bridged to."""
    for one, other in ((first, second), (second, first)):
        one.variables.set("bridge_channel", other.name)
        one.variables.set("bridge_uuid", other.uuid)
        one.variables.set("signal_bond", other.uuid)


def flip_caller_id(channel: Channel) -> None:
    """Swap caller and callee of a leg that we dialled, which now stands where a caller stands."""
    profile = channel.profile
    if profile is None:
        return
    variables = channel.variables
    if profile.callee_id_name:
        variables.set("pre_transfer_caller_id_name", profile.caller_id_name)
        profile.caller_id_name, profile.callee_id_name = profile.callee_id_name, profile.caller_id_name
    if profile.callee_id_number:
        variables.set("pre_transfer_caller_id_number", profile.caller_id_number)
        profile.caller_id_number, profile.callee_id_number = profile.callee_id_number, profile.caller_id_number
    profile.logical_direction = Direction.INBOUND
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
    theirs.logical_direction = None
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
        one.fire("CHANNEL_EXECUTE", extra, site=UUID_BRIDGE_SITE)
    bridge(session, other)
    moved = channel.flags.transfer or channel.flags.redirect or channel.down
    if not moved and channel.state not in (ChannelState.ROUTING, ChannelState.PARK):
        channel.set_state(ChannelState.EXECUTE)


def _fetch(session: Session, other: Session) -> bool:
    """Bring the other leg into SOFT_EXECUTE; False when either is gone or takes too long."""
    for _ in range(MAX_FETCH_FRAMES):
        if session.channel.down or other.channel.down:
            return False
        if other.channel.running_state is ChannelState.SOFT_EXECUTE:
            return other.channel.ready and session.channel.ready
        if other.channel.running_state is ChannelState.RESET:
            other.channel.set_state(ChannelState.SOFT_EXECUTE)
        session.skip_frames(1)
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


# The bridge.


def bridge(session: Session, peer: Session) -> None:
    """Join two answered legs until one leaves; runs in the session of the first."""
    channel, peer_channel = session.channel, peer.channel
    channel.flags.bridge_originator, peer_channel.flags.bridge_originator = True, False
    ours, theirs = Side(session, peer), Side(peer, session)
    handlers = {
        ChannelState.CONSUME_MEDIA: lambda _: False,
        ChannelState.EXCHANGE_MEDIA: lambda _: _exchange_media(theirs, ours),
    }
    peer.take_over(handlers)
    peer_channel.set_state(ChannelState.CONSUME_MEDIA)
    peer_channel.variables.set("call_uuid", channel.uuid)
    channel.mark_bridged_now()
    peer_channel.mark_bridged_now()
    channel.fire("CHANNEL_BRIDGE", before=_both(channel, peer_channel))
    for one, other in ((channel, peer_channel), (peer_channel, channel)):
        one.variables.set("bridge_to", other.uuid)
        one.variables.set("last_bridge_to", other.uuid)
    if peer.wait_until_running(ChannelState.CONSUME_MEDIA):
        tie(channel, peer_channel)
        peer_channel.set_state(ChannelState.EXCHANGE_MEDIA)
        _talk(ours, theirs)
        channel.flags.bridge_originator = False
        _wait_until_left(session, peer)
    peer.hand_back(handlers)
    _unbridge(ours, peer)


def _both(channel: Channel, peer: Channel) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("Bridge-A-Unique-ID", channel.uuid), ("Bridge-B-Unique-ID", peer.uuid)


def _exchange_media(ours: Side, theirs: Side) -> bool:
    """The state of the leg that was bridged to."""
    session, channel = ours.session, ours.session.channel
    _talk(ours, theirs)
    moved = channel.flags.transfer or channel.flags.redirect or ours.clean_exit
    if not moved and channel.state is ChannelState.EXCHANGE_MEDIA:
        where = channel.variables.get("transfer_after_bridge")
        if channel.variables.is_true("park_after_bridge"):
            park_session(session)
        elif where:
            transfer_after_bridge(session, where)
        else:
            channel.hang_up(NORMAL_CLEARING)
    elif channel.state is ChannelState.EXCHANGE_MEDIA:
        channel.variables.set("park_timeout", "3")
        channel.set_state(ChannelState.PARK)
    return False


def _talk(ours: Side, theirs: Side) -> None:
    """Pass sound to the other leg until one of both leaves (audio_bridge_thread)."""
    session, channel, other = ours.session, ours.session.channel, ours.other.channel
    channel.flags.bridged = True
    if session.peer is not None:
        session.peer.talks(other.uuid, begins=True)
    _note_sent_identity(channel)
    while True:
        if channel.flags.transfer or (not channel.ready and not channel.down):
            ours.clean_exit = True
        if ours.clean_exit or channel.down or other.down or other.flags.transfer or theirs.clean_exit:
            break
        if not _still_bridged(other):
            break
        session.serve_orders()
        if channel.take_digit() and channel.digits:
            session.look_again()
        session.next_frame()
    channel.variables.set("bridge_to", None)
    channel.flags.bridged = False
    if session.peer is not None:
        session.peer.talks(other.uuid, begins=False)
    # The other leg notices at its next frame, when this one has long reported its end (trace queue-uuid-bridge).
    ours.other.look_again()


def _still_bridged(other: Channel) -> bool:
    """Whether the other leg talks, or is still on its way into the bridge."""
    return other.flags.bridged or other.running_state is ChannelState.CONSUME_MEDIA


def _note_sent_identity(channel: Channel) -> None:
    """What the phone's display was told when the bridge began."""
    profile = channel.profile
    if profile is None:
        return
    inbound = channel.direction is Direction.INBOUND
    name, number = (
        (profile.callee_id_name, profile.callee_id_number)
        if inbound
        else (profile.caller_id_name, profile.caller_id_number)
    )
    channel.variables.set("last_sent_callee_id_name", name or number)
    channel.variables.set("last_sent_callee_id_number", number)


def _wait_until_left(session: Session, peer: Session) -> None:
    """Wait until the other leg has left the bridge (its loop ends a frame after ours)."""
    peer.channel.stop_broadcast()
    while peer.channel.state is ChannelState.EXCHANGE_MEDIA and peer.channel.flags.bridged:
        peer.look_again()
        session.skip_frames(1)


def _unbridge(ours: Side, peer: Session) -> None:
    """Say that it is over, and follow the rules for the time after."""
    session, channel, peer_channel = ours.session, ours.session.channel, peer.channel
    for one, other in ((channel, peer_channel), (peer_channel, channel)):
        if one.hangup_cause:
            other.variables.set("bridge_hangup_cause", one.hangup_cause)
    peer_channel.variables.set("call_uuid", peer_channel.uuid)
    channel.fire("CHANNEL_UNBRIDGE", before=_both(channel, peer_channel))
    flags = channel.flags
    if flags.transfer or flags.redirect or ours.clean_exit or channel.down or not peer_channel.answered:
        return
    variables = channel.variables
    where = variables.get("transfer_after_bridge")
    if variables.is_true("park_after_bridge"):
        park_session(session)
    elif where:
        transfer_after_bridge(session, where)
    elif variables.is_true("hangup_after_bridge"):
        channel.hang_up(peer_channel.hangup_cause or NORMAL_CLEARING)
