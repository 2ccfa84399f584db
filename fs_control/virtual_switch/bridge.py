"""Two legs talking: the bridge itself, and what each leg does afterwards.

Owns switch_ivr_multi_threaded_bridge: one leg, the originator, bridges in its own session, the other loops its sound
back (EXCHANGE_MEDIA). Traces: bridge-*, queue-uuid-bridge, controller-dies-*. Easy to break: a leg that was moved away
leaves "clean" and its own after-bridge rules do not apply; the leg that stays behind follows park_after_bridge, then
transfer_after_bridge, then hangup_after_bridge, unless the other left while it held the call.
"""

from __future__ import annotations

from dataclasses import dataclass

from fs_control.virtual_switch.causes import NORMAL_CLEARING
from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.parking import park_session
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState
from fs_control.virtual_switch.transfer import transfer_after_bridge


@dataclass(slots=True)
class Side:
    """One leg's view of a bridge."""

    session: Session
    other: Session
    clean_exit: bool = False


def tie(first: Channel, second: Channel) -> None:
    """Note on each leg which one it is bridged to."""
    for one, other in ((first, second), (second, first)):
        one.variables.set("bridge_channel", other.name)
        one.variables.set("bridge_uuid", other.uuid)
        one.variables.set("signal_bond", other.uuid)


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
    shown = False
    while True:
        if channel.flags.transfer or (not channel.ready and not channel.down):
            ours.clean_exit = True
        if ours.clean_exit or channel.down or other.down or other.flags.transfer or theirs.clean_exit:
            break
        if not _still_bridged(other):
            break
        if channel.answered and not shown:
            shown = True
            _note_sent_identity(channel, other)
        session.serve_orders()
        _pass_answer(ours)
        if channel.take_digit() and channel.digits:
            session.look_again()
        session.next_frame()
    channel.variables.set("bridge_to", None)
    channel.flags.bridged = False
    if channel.flags.leg_holding or channel.flags.hangup_held:
        _leave_on_hold(ours, theirs)
    if session.peer is not None:
        session.peer.talks(other.uuid, begins=False)
    # The other leg notices at its next frame, when this one has long reported its end (trace queue-uuid-bridge).
    ours.other.look_again()


def _leave_on_hold(ours: Side, theirs: Side) -> None:
    """A leg leaves that holds the call: the other one is hung up, or goes where hold_hangup_xfer_exten says.

    That comes before the other leg's own after-bridge rules, which are never asked (audio_bridge_thread).
    """
    channel, other = ours.session.channel, ours.other.channel
    if other.ready and other.state is not ChannelState.PARK and not theirs.clean_exit:
        other.stop_broadcast()
        where = channel.variables.get("hold_hangup_xfer_exten")
        if where:
            other.variables.set("transfer_after_bridge", where)
        else:
            other.hang_up(NORMAL_CLEARING)
    if channel.flags.leg_holding:
        channel.let_go_of_hold()


def _pass_answer(ours: Side) -> None:
    """A bridge that began with early media: when the phone answers, the caller is answered too."""
    channel, other = ours.session.channel, ours.other.channel
    if channel.flags.bridge_originator:
        if other.answered and not channel.answered:
            ours.session.core.sip.answer(ours.session)
    elif channel.answered and not other.answered:
        ours.other.look_again()


def _still_bridged(other: Channel) -> bool:
    """Whether the other leg talks, or is still on its way into the bridge."""
    return other.flags.bridged or other.running_state is ChannelState.CONSUME_MEDIA


def _note_sent_identity(channel: Channel, other: Channel) -> None:
    """What the phone's display was told when the bridge began (send_display of switch_ivr_bridge.c)."""
    mine, theirs = channel.profile, other.profile
    if mine is None or theirs is None:
        return
    if channel.flags.bridge_originator:
        name, number = theirs.callee_id_name, theirs.callee_id_number or theirs.destination_number
    else:
        name = mine.caller_id_name or theirs.caller_id_name
        number = mine.caller_id_number or theirs.caller_id_number
    channel.show(name or number, number)


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
    if flags.redirect and channel.state in (ChannelState.HIBERNATE, ChannelState.CONSUME_MEDIA):
        # Another bridge waits for it; it need not sleep first (trace phone-refer-attended).
        channel.set_state(ChannelState.RESET)
    if flags.transfer or flags.redirect or ours.clean_exit or not peer_channel.answered:
        return
    # A caller who hung up first is sent on, too, as far as its last event shows (transfer-after-bridge-caller-first).
    variables = channel.variables
    where = variables.get("transfer_after_bridge")
    if variables.is_true("park_after_bridge"):
        park_session(session)
    elif where:
        transfer_after_bridge(session, where)
    elif variables.is_true("hangup_after_bridge"):
        channel.hang_up(peer_channel.hangup_cause or NORMAL_CLEARING)
