"""Transfer: a channel goes back into the dialplan, to another number.

Owns switch_ivr_session_transfer: a new caller profile with the new destination, the old number as RDNIS, and the state
ROUTING. Easy to break: the transfer flag goes up before the state changes, so that a bridge that ends because of it
leaves this leg alone.
"""

from __future__ import annotations

from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState

MAX_FORWARDS = 70


def transfer(session: Session, extension: str, dialplan: str | None = None, context: str | None = None) -> bool:
    """Send a channel to an extension; False when it has been sent on too often and was hung up."""
    channel = session.channel
    variables = channel.variables
    left = _forwards_left(variables.get("max_forwards"))
    if left <= 0:
        channel.hang_up("EXCHANGE_ROUTING_ERROR")
        return False
    variables.set("max_forwards", str(left))
    session.take_over({})
    old = channel.profile
    if old is None:
        return False
    use_dialplan = dialplan or variables.get("force_transfer_dialplan") or old.dialplan or "XML"
    use_context = context or variables.get("force_transfer_context") or old.context or "default"
    target = extension or "service"
    variables.set("signal_bond", None)
    channel.flags.transfer = True
    # The leg that is left behind must not leave its cause with this one.
    left_behind = session.core.find_channel(variables.get("bridge_to") or "")
    if left_behind is not None:
        left_behind.variables.set("signal_bond", None)
    rdnis = old.destination_number
    profile = channel.step_profile(session.core.new_uuid())
    if profile is None:
        return False
    profile.dialplan, profile.context = use_dialplan, use_context
    profile.destination_number, profile.rdnis = target, rdnis
    channel.other_leg = None
    channel.set_state(ChannelState.ROUTING)
    epoch = session.core.timing.now_us() // 1_000_000
    profile.transfer_source = f"{epoch}:{profile.own_uuid}:bl_xfer:{target}/{use_context}/{use_dialplan}"
    variables.push("transfer_history", profile.transfer_source)
    variables.set("transfer_source", profile.transfer_source)
    return True


def transfer_after_bridge(session: Session, where: str) -> None:
    """Follow the variable transfer_after_bridge: `extension[:dialplan[:context]]`; it works once."""
    session.channel.variables.set("transfer_after_bridge", None)
    extension, _, rest = where.partition(":")
    dialplan, _, context = rest.partition(":")
    transfer(session, extension, dialplan, context)


def _forwards_left(text: str | None) -> int:
    if not text:
        return MAX_FORWARDS
    return int(text) - 1 if text.isdecimal() and len(text) < 6 else 0
