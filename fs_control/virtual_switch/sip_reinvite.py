"""re-INVITEs: a new offer of sound within a call, from the phone or from the switch.

Owns the variables that such an offer leaves behind on the leg and on the one it talks to, in their order (traces
phone-hold-reinvite, hold-resume). Nothing is held here: that is `holding`. Easy to break: what the offer says is known
before CHANNEL_HOLD, what the ACK says only after it.
"""

from __future__ import annotations

from typing import Final

from fs_control.virtual_switch.place import HOST
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.sip_variables import (
    CODEC,
    RTP,
    Pair,
    dialog_variables,
    phone_description,
    switch_answer,
)

ALL_CODECS: Final = "PCMU@8000h@20i,PCMU,PCMA"
FIRST_OWN_NUMBER: Final = 120_000_000
"""About where the switch begins to number its own requests."""
FIRST_REOFFER: Final = -5
"""Version of a phone's first re-INVITE, counted from its first description; the recordings' phones count so."""


def offer_again(session: Session) -> None:
    """The switch sends a re-INVITE."""
    variables = session.channel.variables
    variables.set("rtp_local_sdp_str", switch_answer(session, variables.get("local_media_port") or "0"))


def offer_answered(session: Session) -> None:
    """The phone's answer to a re-INVITE of the switch has arrived."""
    variables, leg = session.channel.variables, session.leg
    if leg is None or session.channel.down:
        return
    network = ("sip_local_network_addr", "sip_reply_host", "sip_reply_port", "sip_network_ip", "sip_network_port")
    variables.update((name, variables.get(name) or "") for name in network)
    variables.set("ep_codec_string", CODEC[0][1])
    variables.update(dialog_variables(session, leg.user, HOST, leg.port))
    _describe(session, phone_description(_remote_port(session), 1))
    variables.set("rtp_use_codec_string", ALL_CODECS)
    variables.update(CODEC[2:5])
    variables.update(_sound(session))


def reoffered(session: Session, *, holds: bool) -> None:
    """A phone's re-INVITE has arrived: it only sends (`holds`), or sends and receives again."""
    variables = session.channel.variables
    version = FIRST_REOFFER + len(session.channel.holds) * 2 - (1 if not holds else 0)
    _describe(session, phone_description(_remote_port(session), version, "sendonly" if holds else ""))
    variables.set("ep_codec_string", CODEC[0][1])
    variables.set("rtp_use_codec_string", ALL_CODECS)
    variables.update(CODEC[2:4])
    variables.set("remote_audio_media_flow", "sendonly" if holds else "sendrecv")
    variables.set("audio_media_flow", "recvonly" if holds else "sendrecv")


def reoffer_acknowledged(session: Session) -> None:
    """The phone's ACK has arrived: the dialog is now the phone's to number."""
    variables = session.channel.variables
    flow = variables.get("audio_media_flow") or "sendrecv"
    variables.update(_sound(session))
    variables.set("rtp_local_sdp_str", switch_answer(session, variables.get("local_media_port") or "0", flow))
    variables.update(_dialog_from_phone(session))


def caller_offered_again(session: Session) -> None:
    """A caller's re-INVITE that changes nothing has been answered and acknowledged (trace session-timer)."""
    variables = session.channel.variables
    _describe(session, phone_description(_remote_port(session), 1))
    variables.set("rtp_local_sdp_str", switch_answer(session, variables.get("local_media_port") or "0"))
    variables.set("sip_cseq", str(int(variables.get("sip_cseq") or "1") + 1))


def caller_answered_again(session: Session) -> None:
    """A caller has agreed to a re-INVITE of the switch: the dialog is now the switch's to number.

    From and To have changed places (trace session-timer-switch).
    """
    variables = session.channel.variables
    offer_again(session)
    variables.update(
        [
            ("sip_reply_host", variables.get("sip_network_ip") or HOST),
            ("sip_reply_port", variables.get("sip_network_port") or "0"),
        ]
    )
    if variables.is_true("dlg_req_swap_direction"):
        return
    variables.set("dlg_req_swap_direction", "true")
    variables.set("sip_full_via", f"SIP/2.0/UDP {HOST};rport;branch=z9hG4bK{session.number}virtual")
    for name in ("full", "user", "port", "uri", "tag"):
        ours, theirs = ((f"sip_full_{side}" if name == "full" else f"sip_{side}_{name}") for side in ("to", "from"))
        called, calling = variables.get(ours), variables.get(theirs)
        variables.set(theirs, called)
        variables.set(ours, calling)
    variables.set("sip_to_display", variables.get("sip_from_display"))
    variables.set("sip_from_display", None)
    variables.set("sip_cseq", str(FIRST_OWN_NUMBER + session.number))


def _describe(session: Session, description: str) -> None:
    session.channel.variables.set("switch_r_sdp", description)
    partner = session.channel.partner
    if partner is not None:
        partner.variables.set("switch_m_sdp", description)


def _remote_port(session: Session) -> str:
    return session.channel.variables.get("remote_media_port") or "0"


def _sound(session: Session) -> list[Pair]:
    variables = session.channel.variables
    return [
        ("remote_media_ip", HOST),
        ("remote_media_port", _remote_port(session)),
        RTP[0],
        RTP[-1],
        ("rtp_2833_send_payload", variables.get("rtp_2833_send_payload") or "101"),
        ("rtp_2833_recv_payload", variables.get("rtp_2833_recv_payload") or "101"),
    ]


def _dialog_from_phone(session: Session) -> list[Pair]:
    """The dialog of a leg that we dialled, as its phone numbers and names it."""
    variables, leg = session.channel.variables, session.leg
    if leg is None:
        return []
    swapped = variables.is_true("dlg_req_swap_direction")
    ours, theirs = ("sip_to_tag", "sip_from_tag") if swapped else ("sip_from_tag", "sip_to_tag")
    our_tag, their_tag = variables.get(ours) or "", variables.get(theirs) or ""
    number = int(variables.get("sip_cseq") or "1") + 1 if swapped else 2
    via = f"SIP/2.0/UDP {HOST}:{leg.port};branch=z9hG4bK-{session.number}-1-{number * 5}"
    name = variables.get("sip_from_display") or variables.get("sip_to_display") or ""
    variables.set("sip_from_display", None)
    quoted = f'"{name}" ' if name else ""
    return [
        ("sip_to_tag", our_tag),
        ("sip_from_tag", their_tag),
        ("sip_cseq", str(number)),
        ("sip_call_id", variables.get("sip_call_id") or ""),
        ("dlg_req_swap_direction", "true"),
        ("sip_full_via", via),
        ("sip_recover_via", via),
        ("sip_full_from", f"<sip:{leg.user}@{HOST}:{leg.port}>;tag={their_tag}"),
        ("sip_to_display", name),
        (
            "sip_full_to",
            f"{quoted}<sip:{variables.get('sip_from_user')}@{HOST}>;tag={our_tag}",
        ),
    ]
