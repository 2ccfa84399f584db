"""The transfer key of a phone: REFER, blind or with Replaces.

Owns sofia_handle_sip_i_refer: a blind REFER sends the OTHER leg into the dialplan (trace phone-refer-blind), one with
Replaces joins the other legs of the phone's two calls. Easy to break: the context in which the other leg arrives is its
own force_transfer_context, not that of the phone's leg.
"""

from __future__ import annotations

from fs_control.virtual_switch.place import HOST
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState
from fs_control.virtual_switch.transfer import transfer
from fs_control.virtual_switch.uuid_bridge import uuid_bridge


def refer(session: Session, number: str, by: str) -> None:
    """A phone (`by`) sends the one it talks to on to a number."""
    variables = session.channel.variables
    partner = session.channel.partner
    other = None if partner is None else session.core.find_session(partner.uuid)
    variables.set("transfer_disposition", "recv_replace")
    variables.set("transfer_to", f"blind:{number if other is None else other.channel.uuid}")
    variables.set("transfer_destination", f"blind:{number}")
    if other is None:
        variables.set("endpoint_disposition", "ATTENDED_TRANSFER_ERROR")
        return
    variables.set("transfer_fallback_extension", by)
    other.channel.variables.set("sip_h_Referred-By", f"<sip:{by}@{HOST}>")
    other.channel.variables.set("sip_refer_to", f"<sip:{number}@{HOST}>")
    variables.set("endpoint_disposition", "BLIND_TRANSFER")
    transfer(other, number)


def refer_with_replaces(first: Session, second: Session) -> None:
    """A phone joins those to whom it talks in its two calls, and leaves both.

    Where only one of its calls is a bridge, the one who talks in it goes where the other call was to lead.
    """
    first.channel.variables.set("transfer_disposition", "recv_replace")
    second.channel.variables.set("transfer_disposition", "replaced")
    mine, theirs = _partner(first), _partner(second)
    if mine is not None and theirs is not None:
        _join(first, second, mine, theirs)
        return
    stays, leaves = (mine, second) if mine is not None else (theirs, first)
    if stays is None:
        first.channel.variables.set("endpoint_disposition", "ATTENDED_TRANSFER_ERROR")
        return
    profile = leaves.channel.profile
    transfer(stays, profile.destination_number if profile is not None else "")
    leaves.channel.hang_up("ATTENDED_TRANSFER")


def _join(first: Session, second: Session, mine: Session, theirs: Session) -> None:
    theirs.channel.variables.set("transfer_disposition", "bridge")
    first.channel.variables.set("transfer_to", f"att:{theirs.channel.uuid}")
    uuid_bridge(mine, theirs)
    second.channel.variables.set("endpoint_disposition", "ATTENDED_TRANSFER")
    second.channel.variables.set("park_timeout", "2:attended_transfer")
    second.channel.set_state(ChannelState.PARK)


def _partner(session: Session) -> Session | None:
    partner = session.channel.partner if session.channel.flags.bridged else None
    return None if partner is None else session.core.find_session(partner.uuid)
