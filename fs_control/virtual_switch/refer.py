"""The transfer key of a phone: REFER, blind or with Replaces.

Owns sofia_handle_sip_i_refer: a blind REFER sends the OTHER leg into the dialplan (trace phone-refer-blind), one with
Replaces joins the other legs of the phone's two calls. Easy to break: the context in which the other leg arrives is its
own force_transfer_context, not that of the phone's leg.
"""

from __future__ import annotations

from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.clock import MICROSECONDS
from fs_control.virtual_switch.place import HOST
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.sip_variables import SIP_PORT
from fs_control.virtual_switch.states import ChannelState, Direction
from fs_control.virtual_switch.transfer import transfer
from fs_control.virtual_switch.uuid_bridge import uuid_bridge

BLIND_LINE, ATTENDED_LINE, FOLLOW_LINE = 9670, 9288, 9370
"""Where in sofia.c the first event of each kind of transfer is fired."""


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
    _tell(session, "transferor", BLIND_LINE)
    _tell(other, "transferee", BLIND_LINE + 5)
    transfer(other, number)


def _tell(session: Session, part: str, line: int, **headers: str | None) -> None:
    """Say what part a leg has in a transfer, where the SIP profile wants that told (fire-transfer-events)."""
    if session.core.settings.transfer_events:
        extra = [(f"att_xfer_{name}", value) for name, value in headers.items() if value is not None]
        site = ("sofia.c", "sofia_handle_sip_i_refer", line)
        session.channel.fire("CUSTOM", extra, site=site, subclass=f"sofia::{part}")


def refer_with_replaces(first: Session, second: Session, by: str) -> None:
    """A phone (`by`) joins those to whom it talks in its two calls, and leaves both.

    Where only one of its calls is a bridge, the one who talks in it goes where the other call was to lead.
    """
    call_id = second.channel.variables.get("sip_call_id") or ""
    first.channel.variables.set("transfer_disposition", "recv_replace")
    first.channel.variables.set("_sofia_replaces_", call_id)
    first.channel.variables.set("refer_uuid", second.channel.uuid)
    second.channel.variables.set("transfer_disposition", "replaced")
    mine, theirs = _partner(first), _partner(second)
    if mine is not None and theirs is not None:
        _join(first, second, mine, theirs)
    elif mine is not None:
        _follow(mine, second, first, by)
        second.channel.hang_up("ATTENDED_TRANSFER")
    elif theirs is not None:
        first.channel.flags.leg_holding = second.channel.flags.leg_holding = False
        second.channel.hang_up("ATTENDED_TRANSFER")
        _follow(theirs, first, first, by)
        first.channel.hang_up("ATTENDED_TRANSFER")


def _follow(stays: Session, other: Session, referred: Session, by: str) -> None:
    """Let the one who talks go where the phone's other call was to lead."""
    replaced = referred.core.find_channel(referred.channel.variables.get("refer_uuid") or "")
    number = "" if replaced is None or replaced.profile is None else replaced.profile.destination_number
    stays.channel.variables.set("sip_h_Referred-By", f"<sip:{by}@{HOST}>")
    stays.channel.variables.set("sip_refer_to", _refer_to(number, replaced))
    partner = stays.channel.partner
    ids = {"original_call_id": other.channel.uuid, "destination_call_id": stays.channel.uuid}
    _tell(referred, "transferor", FOLLOW_LINE, **ids, destination_peer_uuid=None if partner is None else partner.uuid)
    _tell(stays, "transferee", FOLLOW_LINE + 7)
    profile = other.channel.profile
    transfer(stays, "" if profile is None else profile.destination_number)


def _refer_to(number: str, replaced: Channel | None) -> str:
    """The Refer-To of a phone: whom to call, and which call that takes the place of."""
    if replaced is None:
        return f"<sip:{number}@{HOST}:{SIP_PORT}>"
    variables = replaced.variables
    tags = f"to-tag={variables.get('sip_to_tag')};from-tag={variables.get('sip_from_tag')}"
    return f"<sip:{number}@{HOST}:{SIP_PORT}?Replaces={variables.get('sip_call_id')};{tags}>"


def _join(first: Session, second: Session, mine: Session, theirs: Session) -> None:
    theirs.channel.variables.set("transfer_disposition", "bridge")
    first.channel.variables.set("transfer_to", f"att:{theirs.channel.uuid}")
    for each in (theirs, mine):
        _note_history(each, first.channel)
    ids = {"original_call_id": mine.channel.uuid, "destination_call_id": theirs.channel.uuid}
    _tell(second, "replaced", ATTENDED_LINE, replaced_by=mine.channel.uuid)
    _tell(first, "transferor", ATTENDED_LINE + 6, **ids, destination_peer_uuid=second.channel.uuid)
    _tell(mine, "transferee", ATTENDED_LINE + 17)
    uuid_bridge(mine, theirs)
    second.channel.variables.set("endpoint_disposition", "ATTENDED_TRANSFER")
    second.channel.flags.leg_holding = False
    second.channel.variables.set("park_timeout", "2:attended_transfer")
    second.channel.set_state(ChannelState.PARK)
    second.wait_until_running(ChannelState.PARK)


def _note_history(session: Session, referring: Channel) -> None:
    """Who joined the leg with whom (mark_transfer_record)."""
    profile = session.channel.profile
    if profile is None:
        return
    epoch = session.core.timing.now_us() // MICROSECONDS
    joined = f"{_address(referring)}/{_address(session.channel)}"
    profile.transfer_source = f"{epoch}:{profile.own_uuid}:att_xfer:{joined}"
    session.channel.variables.push("transfer_history", profile.transfer_source)
    session.channel.variables.set("transfer_source", profile.transfer_source)


def _address(channel: Channel) -> str:
    """User and host of the other end, as the dialog names it."""
    side = "from" if channel.direction is Direction.INBOUND else "to"
    return f"{channel.variables.get(f'sip_{side}_user')}@{channel.variables.get(f'sip_{side}_host')}"


def _partner(session: Session) -> Session | None:
    partner = session.channel.partner
    return None if partner is None else session.core.find_session(partner.uuid)
