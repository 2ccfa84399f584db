"""The variables of a SIP call: sip_*, rtp_* and their kin, with the names and the order of the traces.

Owns what the variables of a call by these phones look like at each step of SIP (INVITE, 180, 200, refusal, end).
Pure: lists of pairs made from a session's number, addresses and ports. Easy to break: setting a variable again moves
it to the end of the channel's list, so the order of the steps is the order in every later event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from fs_control.virtual_switch.causes import Q850
from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.place import HOST
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import Direction
from fs_control.virtual_switch.timing import FRAME_US

Pair = tuple[str, str]

SIP_PORT = 5060
NO_USER = "nobody"
"""What FreeSWITCH calls the user of an address that names none."""
FRAME_BYTES = 172
"""20 ms of PCMU and its RTP header."""
CODEC: tuple[Pair, ...] = (
    ("ep_codec_string", "CORE_PCM_MODULE.PCMU@8000h@20i@64000b"),
    ("rtp_use_codec_string", "PCMU,PCMA"),
    ("remote_video_media_flow", "inactive"),
    ("remote_text_media_flow", "inactive"),
    ("remote_audio_media_flow", "sendrecv"),
    ("audio_media_flow", "sendrecv"),
)
RTP: tuple[Pair, ...] = (
    ("rtp_audio_recv_pt", "0"),
    ("rtp_use_codec_name", "PCMU"),
    ("rtp_use_codec_rate", "8000"),
    ("rtp_use_codec_ptime", "20"),
    ("rtp_use_codec_channels", "1"),
    ("rtp_last_audio_codec_string", "PCMU@8000h@20i@1c"),
    ("read_codec", "PCMU"),
    ("original_read_codec", "PCMU"),
    ("read_rate", "8000"),
    ("original_read_rate", "8000"),
    ("write_codec", "PCMU"),
    ("write_rate", "8000"),
    ("dtmf_type", "rfc2833"),
)
PROFILE: tuple[Pair, ...] = (
    ("sofia_profile_name", "internal"),
    ("recovery_profile_name", "internal"),
    ("sofia_profile_url", "sip:mod_sofia@127.0.0.1:5060"),
)


_NO_SOUND: tuple[str, ...] = (
    *("in_raw_bytes", "in_media_bytes", "in_packet_count", "in_media_packet_count", "in_skip_packet_count"),
    *("in_jitter_packet_count", "in_dtmf_packet_count", "in_cng_packet_count", "in_flush_packet_count"),
    "in_largest_jb_size",
)
_NO_SOUND_OUT: tuple[str, ...] = (
    *("audio_out_raw_bytes", "audio_out_media_bytes", "audio_out_packet_count", "audio_out_media_packet_count"),
    *("audio_out_skip_packet_count", "audio_out_dtmf_packet_count", "audio_out_cng_packet_count"),
    *("audio_rtcp_packet_count", "audio_rtcp_octet_count"),
)
AUDIO_STATISTICS: tuple[Pair, ...] = (
    *((f"rtp_audio_{name}", "0") for name in _NO_SOUND),
    ("rtp_audio_in_jitter_min_variance", "0.00"),
    ("rtp_audio_in_jitter_max_variance", "0.00"),
    ("rtp_audio_in_jitter_loss_rate", "0.00"),
    ("rtp_audio_in_jitter_burst_rate", "0.00"),
    ("rtp_audio_in_mean_interval", "0.00"),
    ("rtp_audio_in_flaw_total", "0"),
    ("rtp_audio_in_quality_percentage", "100.00"),
    ("rtp_audio_in_mos", "4.50"),
    *((f"rtp_{name}", "0") for name in _NO_SOUND_OUT),
)
"""A call without any sound: there is no RTP in the box, as there was none from the phones of the traces."""


ELSEWHERE: Final = ("LOSE_RACE", "PICKED_OFF")
"""Causes that tell a phone not to count the call as missed."""


def audio_statistics(channel: Channel) -> Iterable[Pair]:
    """What a call's sound came to: frames that were waited for, and frames of prompts that were sent."""
    times = None if channel.profile is None else channel.profile.times
    begun = 0 if times is None else times.answered or times.progress_media
    waited = (times.hungup - begun) // FRAME_US if times is not None and begun else 0
    sent = channel.sent_us // FRAME_US
    figures = {
        "rtp_audio_in_skip_packet_count": waited,
        "rtp_audio_out_raw_bytes": sent * FRAME_BYTES,
        "rtp_audio_out_media_bytes": sent * FRAME_BYTES,
        "rtp_audio_out_packet_count": sent,
        "rtp_audio_out_media_packet_count": sent,
    }
    return ((name, str(figures.get(name, value))) for name, value in AUDIO_STATISTICS)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an INVITE came from, as its headers say."""

    user: str
    name: str
    """What the display shall show; empty: the INVITE does not say, so it is the number."""
    port: int
    call_id: str
    tag: str
    number: int = 1
    """CSeq."""
    registered: bool = False
    """Sent by a phone of the directory from its registered contact, whose From names no port."""

    @property
    def address(self) -> str:
        """User and host of the From."""
        return f"{self.user}@{HOST}" if self.registered else f"{self.user}@{HOST}:{self.port}"

    @property
    def full_from(self) -> str:
        """The From, whole."""
        display = f'"{self.name}" ' if self.name else ""
        return f"{display}<sip:{self.address}>;tag={self.tag}"

    def from_variables(self) -> Iterable[Pair]:
        """The parts of the From."""
        port = () if self.registered else (("sip_from_port", str(self.port)),)
        return (("sip_from_user", self.user), *port, ("sip_from_uri", self.address), ("sip_from_host", HOST))

    def contact_variables(self) -> Iterable[Pair]:
        """The parts of the Contact; that of a phone of the directory names no user."""
        user = NO_USER if self.registered else self.user
        params = (("sip_contact_params", "transport=UDP"),) if self.registered else ()
        return (
            *params,
            ("sip_contact_user", user),
            ("sip_contact_port", str(self.port)),
            ("sip_contact_uri", f"{user}@{HOST}:{self.port}"),
            ("sip_contact_host", HOST),
        )


def directory_variables(user: str) -> Iterable[Pair]:
    """What the directory says of a phone that gave its password (sofia_reg.c, sofia_reg_parse_auth)."""
    names = ("sip_number_alias", "sip_auth_username", "sip_auth_realm", "number_alias")
    asked = ("requested_user_name", "requested_domain_name", "user_name", "domain_name")
    return ((name, HOST if "realm" in name or "domain" in name else user) for name in (*names, *asked))


def inbound_variables(
    session: Session, number: str, origin: Origin, now: int, said_who: Iterable[Pair] = ()
) -> Iterable[Pair]:
    """What an INVITE to `number` says; `now` is microseconds since 1970 UTC, `said_who` what its password brought."""
    target, port = f"{number}@{HOST}:{SIP_PORT}", str(origin.port)
    yield from (
        ("direction", "inbound"),
        ("uuid", session.channel.uuid),
        ("call_uuid", session.channel.uuid),
        ("session_id", str(session.number)),
        *origin.from_variables(),
        ("video_media_flow", "disabled"),
        ("text_media_flow", "disabled"),
        ("channel_name", session.channel.name),
        ("sip_call_id", origin.call_id),
        ("sip_local_network_addr", HOST),
        ("sip_network_ip", HOST),
        ("sip_network_port", port),
        ("sip_invite_stamp", str(now)),
        ("sip_received_ip", HOST),
        ("sip_received_port", port),
        ("sip_via_protocol", "udp"),
        *said_who,
        ("sip_from_user_stripped", origin.user),
        ("sip_from_tag", origin.tag),
        ("sofia_profile_name", "internal"),
        ("sofia_profile_url", "sip:mod_sofia@127.0.0.1:5060"),
        ("recovery_profile_name", "internal"),
        ("sip_full_via", f"SIP/2.0/UDP {HOST}:{port};branch=z9hG4bK-{session.number}-1-0"),
        *((("sip_from_display", origin.name),) if origin.name else ()),
        ("sip_full_from", origin.full_from),
        ("sip_full_to", f"<sip:{target}>"),
        ("sip_req_user", number),
        ("sip_req_port", str(SIP_PORT)),
        ("sip_req_uri", target),
        ("sip_req_host", HOST),
        ("sip_to_user", number),
        ("sip_to_port", str(SIP_PORT)),
        ("sip_to_uri", target),
        ("sip_to_host", HOST),
        *origin.contact_variables(),
        ("sip_via_host", HOST),
        ("sip_via_port", port),
        ("max_forwards", "70"),
        ("switch_r_sdp", phone_description(str(origin.port + 1))),
        *CODEC,
        ("remote_media_ip", HOST),
        ("remote_media_port", str(origin.port + 1)),
        *RTP,
        ("endpoint_disposition", "RECEIVED"),
    )


def media_variables(port: str, number: int, *, remote_port: str) -> Iterable[Pair]:
    """Both ends of the sound, once it is agreed."""
    yield from (
        ("local_media_ip", "127.0.0.1"),
        ("local_media_port", port),
        ("advertised_media_ip", "127.0.0.1"),
        ("rtp_use_timer_name", "soft"),
        ("rtp_use_pt", "0"),
        ("rtp_use_ssrc", str(2_000_000_000 + number)),
        ("rtp_2833_send_payload", "101"),
        ("rtp_2833_recv_payload", "101"),
        ("remote_media_ip", "127.0.0.1"),
        ("remote_media_port", remote_port),
    )


def outbound_variables(session: Session, user: str, host: str, port: int) -> Iterable[Pair]:
    """What a leg to a phone, or through a gateway, begins with, before its INVITE is sent."""
    gateway = session.leg.gateway if session.leg is not None else ""
    yield from (
        ("direction", "outbound"),
        ("is_outbound", "true"),
        ("uuid", session.channel.uuid),
        ("call_uuid", session.channel.uuid),
        ("session_id", str(session.number)),
        ("sip_local_network_addr", "127.0.0.1"),
        ("sip_profile_name", "gateway" if gateway else "internal"),
        *((("sip_gateway_name", gateway),) if gateway else ()),
        ("video_media_flow", "disabled"),
        ("text_media_flow", "disabled"),
        ("channel_name", session.channel.name),
        ("sip_destination_url", f"sip:{user}@{host}:{port}"),
    )


def outgoing_contact(session: Session) -> str:
    """The Contact of our INVITE; a gateway has one of its own."""
    gateway = session.leg.gateway if session.leg is not None else ""
    user, params = (f"gw+{gateway}", f";transport=udp;gw={gateway}") if gateway else ("mod_sofia", "")
    return f"<sip:{user}@{HOST}:{SIP_PORT}{params}>"


def our_tag(session: Session) -> str:
    """The tag that we give the dialog of a caller."""
    return f"{session.number}VirtualTo"


def _shown_to_phone(session: Session) -> Pair:
    """Number and name in the From of our INVITE; once sent they stay, whatever becomes of the profile."""
    channel, profile = session.channel, session.channel.profile
    sent = channel.variables.get("sip_from_user")
    if sent is not None:
        return sent, channel.variables.get("sip_from_display") or ""
    return ("", "") if profile is None else (profile.caller_id_number, profile.caller_id_name)


def dialog_variables(session: Session, user: str, host: str, port: int) -> Iterable[Pair]:
    """What the first answer of a phone (180 or 200) adds: the SIP dialog."""
    caller, name = _shown_to_phone(session)
    branch = f"SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bK{session.number}virtual"
    from_tag, to_tag = f"{session.number}VirtualFrom", f"{session.number}VirtualTag011"
    display = (("sip_from_display", name),) if name else ()
    yield from (
        ("sip_recover_contact", f"<sip:{host}:{port};transport=UDP>"),
        ("sip_full_via", branch),
        ("sip_recover_via", branch),
        *display,
        ("sip_full_from", (f'"{name}" ' if name else "") + f"<sip:{caller}@127.0.0.1>;tag={from_tag}"),
        ("sip_full_to", f"<sip:{user}@{host}:{port}>;tag={to_tag}"),
        ("sip_from_user", caller),
        ("sip_from_uri", f"{caller}@127.0.0.1"),
        ("sip_from_host", "127.0.0.1"),
        ("sip_to_user", user),
        ("sip_to_port", str(port)),
        ("sip_to_uri", f"{user}@{host}:{port}"),
        ("sip_to_host", host),
        ("sip_contact_params", "transport=UDP"),
        ("sip_contact_user", NO_USER),
        ("sip_contact_port", str(port)),
        ("sip_contact_uri", f"{NO_USER}@{host}:{port}"),
        ("sip_contact_host", host),
        ("sip_to_tag", to_tag),
        ("sip_from_tag", from_tag),
        ("sip_cseq", str(120_000_000 + session.number)),
        ("sip_call_id", dialled_call_id(session)),
    )


def term_variables(status: int, cause: str) -> Iterable[Pair]:
    """How the other end ended the call: the SIP status and the cause it stands for."""
    yield from (
        ("sip_term_status", str(status)),
        ("proto_specific_hangup_cause", f"sip:{status}"),
        ("sip_term_cause", str(Q850.get(cause, 16))),
    )


def hangup_variables(channel: Channel) -> list[Pair]:
    """What the switch sends when it is the one that hangs up."""
    elsewhere = [("call_completed_elsewhere", "true")] if channel.hangup_cause in ELSEWHERE else []
    if channel.answered:
        return [*elsewhere, ("sip_hangup_disposition", "send_bye")]
    if channel.direction is Direction.INBOUND:
        return [*elsewhere, ("sip_hangup_disposition", "send_refuse")]
    return [
        *elsewhere,
        ("sip_hangup_disposition", "send_cancel"),
        ("sip_invite_failure_status", "487"),
        ("sip_invite_failure_phrase", "CANCEL"),
    ]


def phone_description(port: str, version: int = 0, flow: str = "") -> str:
    """The SDP of a caller or a phone: one PCMU stream and telephone events; each new offer has a new version."""
    attributes = (_PCMU, _EVENTS, flow) if flow else (_PCMU, _EVENTS)
    return _description(f"user1 53655765 {2353687637 + version}", "-", port, "0 101", attributes)


def switch_answer(session: Session, port: str, flow: str = "sendrecv") -> str:
    """The SDP with which the switch answers an offer."""
    return _switch_description(session, port, "0 101", (_PCMU, _EVENTS, _EVENT_RANGE), flow)


def switch_offer(session: Session, port: str, *, with_pcma: bool) -> str:
    """The SDP in an INVITE of the switch: its own codecs, or the one that the caller of this leg talks."""
    payloads, codecs = ("0 8 101 13", (_PCMU, _PCMA)) if with_pcma else ("0 101 13", (_PCMU,))
    return _switch_description(
        session, port, payloads, (*codecs, _EVENTS, _EVENT_RANGE, "rtpmap:13 CN/8000"), "sendrecv"
    )


_PCMU, _PCMA, _EVENTS = "rtpmap:0 PCMU/8000", "rtpmap:8 PCMA/8000", "rtpmap:101 telephone-event/8000"
_EVENT_RANGE = "fmtp:101 0-15"


def _switch_description(session: Session, port: str, payloads: str, attributes: tuple[str, ...], flow: str) -> str:
    origin = session.core.started_us // 1_000_000 + session.number
    attributes = (*attributes, "ptime:20", flow)
    return _description(f"FreeSWITCH {origin} {origin + 1}", "FreeSWITCH", port, payloads, attributes)


def _description(origin: str, name: str, port: str, payloads: str, attributes: tuple[str, ...]) -> str:
    lines = (
        "v=0",
        f"o={origin} IN IP4 127.0.0.1",
        f"s={name}",
        "c=IN IP4 127.0.0.1",
        "t=0 0",
        f"m=audio {port} RTP/AVP {payloads}",
        *(f"a={attribute}" for attribute in attributes),
    )
    return "".join(f"{line}\r\n" for line in lines)


def dialled_call_id(session: Session) -> str:
    """The Call-ID of a leg that the switch dials: an id of its own, the same in all its messages."""
    return str(uuid5(NAMESPACE_URL, session.channel.uuid))
