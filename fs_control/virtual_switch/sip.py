"""What mod_sofia would do: channels for INVITEs in both directions, answers, refusals and ends of calls.

Owns the variables sip_*, rtp_* and their kin, which say what a SIP call of these phones looked like in the traces, and
the small part of SIP that the switch notices: 180, 200, 4xx to 6xx, BYE, CANCEL. There is no SIP on any wire here.
Easy to break: the variables of a call are one ordered list; many of them are set again, and so move, at the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING

from fs_control.virtual_switch.causes import NORMAL_CLEARING, Q850, SIP_REFUSALS
from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.event import to_text
from fs_control.virtual_switch.profile import CallerProfile
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState, Direction

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

Pair = tuple[str, str]

SIP_PORT = 5060
ACK_SECONDS = 0.005
FIRST_CALLER_PORT = 15060
_CODEC: tuple[Pair, ...] = (
    ("ep_codec_string", "CORE_PCM_MODULE.PCMU@8000h@20i@64000b"),
    ("rtp_use_codec_string", "PCMU,PCMA"),
    ("remote_video_media_flow", "inactive"),
    ("remote_text_media_flow", "inactive"),
    ("remote_audio_media_flow", "sendrecv"),
    ("audio_media_flow", "sendrecv"),
)
_RTP: tuple[Pair, ...] = (
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
_PROFILE: tuple[Pair, ...] = (
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
_AUDIO_STATISTICS: tuple[Pair, ...] = (
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
"""There is no RTP in the box, as there was none from the phones of the traces."""


class Sip:
    """The endpoint: makes channels and tells them what the phones did."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._ports = count(20000, 2)
        self._caller_ports = count(FIRST_CALLER_PORT)

    # Callers.

    def invite(self, number: str, caller_number: str, caller_name: bytes) -> Session:
        """An INVITE arrives from a caller; the session has not run yet."""
        core = self._core
        port = FIRST_CALLER_PORT + next(self._caller_ports) % 40000
        session = core.new_session(Direction.INBOUND, core.new_uuid())
        channel = session.channel
        who = caller_number or "anonymous"
        name = to_text(caller_name) or who
        address = f"{who}@127.0.0.1:{port}"
        channel.name = f"sofia/internal/{address}"
        session.take_over({ChannelState.NEW: lambda _: self._parse_invite(session, number, who, name, port)})
        return session

    def _parse_invite(self, session: Session, number: str, who: str, name: str, port: int) -> bool:
        channel = session.channel
        now = self._core.timing.stamp_us()
        profile = CallerProfile(
            Direction.INBOUND,
            channel.uuid,
            channel.name,
            number,
            caller_id_name=name,
            caller_id_number=who,
            orig_caller_id_name=name,
            orig_caller_id_number=who,
            username=who,
            dialplan="XML",
            network_addr="127.0.0.1",
            ani=who,
            index=1,
            own_uuid=self._core.new_uuid(),
        )
        profile.times.profile_created = profile.times.created = now
        channel.profile = profile
        channel.has_media = True
        channel.variables.update(_inbound_variables(session, number, who, name, port, now))
        session.take_over({})
        channel.set_state(ChannelState.INIT)
        return False

    def answer(self, session: Session) -> None:
        """Send 200 OK to a caller."""
        channel = session.channel
        if channel.answered or channel.down:
            return
        self._offer_media(session)
        channel.mark_answered()
        self._core.timing.call_later(ACK_SECONDS, self._acknowledged, session)
        if session.peer is not None:
            session.peer.answered()

    def pre_answer(self, session: Session) -> None:
        """Send 183 with sound to a caller."""
        channel = session.channel
        if not (channel.answered or channel.early_media or channel.down):
            self._offer_media(session)
            channel.mark_early_media()

    def _offer_media(self, session: Session) -> None:
        variables = session.channel.variables
        if variables.get("local_media_port") is None:
            port = self._media_port()
            variables.set("rtp_local_sdp_str", _sdp("FreeSWITCH", port))
            remote = variables.get("remote_media_port") or "0"
            variables.update(_media_variables(port, session.number, remote_port=remote))

    def _acknowledged(self, session: Session) -> None:
        """The caller's ACK has arrived."""
        variables = session.channel.variables
        tag = f"{session.number}VirtualTo"
        variables.set("sip_to_tag", tag)
        for name in ("sip_from_tag", "sip_cseq", "sip_call_id", "sip_full_via", "sip_from_display", "sip_full_from"):
            variables.set(name, "1" if name == "sip_cseq" else variables.get(name))
        variables.set("sip_full_to", f"{variables.get('sip_full_to') or ''};tag={tag}")

    # Phones.

    def dial(self, session: Session, user: str, host: str, port: int) -> None:
        """Fill in a leg to a phone; its caller profile is there already."""
        channel = session.channel
        channel.variables.update(_outbound_start(session, user, host, port))

    def dialled(self, session: Session, user: str, host: str, port: int) -> None:
        """The INVITE has been sent."""
        media_port = self._media_port()
        session.channel.variables.update(
            [
                ("rtp_use_codec_string", "PCMU,PCMA"),
                ("local_media_ip", "127.0.0.1"),
                ("local_media_port", media_port),
                ("advertised_media_ip", "127.0.0.1"),
                ("audio_media_flow", "sendrecv"),
                ("rtp_local_sdp_str", _sdp("FreeSWITCH", media_port)),
                ("sip_outgoing_contact_uri", "<sip:mod_sofia@127.0.0.1:5060>"),
                ("sip_req_uri", f"{user}@{host}:{port}"),
                ("sip_to_host", f"{host}:{port}"),
                ("sip_from_host", "127.0.0.1"),
                *_PROFILE,
            ]
        )

    def rings(self, session: Session, user: str, host: str, port: int) -> None:
        """180 Ringing came from the phone."""
        if not session.channel.down:
            self._replied(session, host, port)
            session.channel.variables.update(_dialog_variables(session, user, host, port))
            session.channel.mark_ring_ready()

    def accepts(self, session: Session, user: str, host: str, port: int) -> None:
        """200 OK came from the phone."""
        channel = session.channel
        if channel.down:
            return
        self._replied(session, host, port)
        channel.has_media = True
        channel.variables.update(_dialog_variables(session, user, host, port))
        channel.variables.set("switch_r_sdp", _sdp("user1", str(port + 1000)))
        channel.variables.update([*_CODEC[:-1], *_RTP])
        media_port = channel.variables.get("local_media_port") or "0"
        channel.variables.update(_media_variables(media_port, session.number, remote_port=str(port + 1000)))
        channel.mark_answered()

    def refuses(self, session: Session, status: int, host: str, port: int) -> None:
        """The phone, or the switch for it, refuses the INVITE."""
        channel = session.channel
        phrase, cause = SIP_REFUSALS[status]
        if channel.down:
            return
        channel.variables.set("sip_call_id", channel.uuid)
        self._replied(session, host, port)
        channel.variables.update(
            [
                ("sip_hangup_disposition", "recv_refuse"),
                ("sip_invite_failure_status", str(status)),
                ("sip_invite_failure_phrase", phrase),
                *_term_variables(status, cause),
            ]
        )
        channel.hang_up(cause)

    # Both.

    def bye(self, session: Session) -> None:
        """The phone or the caller hangs up: BYE after the answer, CANCEL before it."""
        session.signal(lambda: self._ended_by_peer(session))

    @staticmethod
    def _ended_by_peer(session: Session) -> None:
        channel = session.channel
        if channel.down:
            return
        if not channel.answered:
            channel.variables.set("sip_hangup_disposition", "recv_cancel")
            channel.hang_up("ORIGINATOR_CANCEL")
            return
        channel.variables.update(_term_variables(200, NORMAL_CLEARING))
        partner = channel.partner
        if partner is not None:
            partner.variables.set("sip_hangup_phrase", "OK")
        channel.hang_up(NORMAL_CLEARING)
        if partner is not None:
            partner.variables.set("last_bridge_proto_specific_hangup_cause", "sip:200")
        channel.variables.set("sip_hangup_disposition", "recv_bye")

    def hung_up(self, session: Session) -> None:
        """The channel ends: what the switch sends to the other end, if it was not the other end that ended it."""
        channel = session.channel
        if channel.variables.get("sip_hangup_disposition") is None:
            channel.variables.update(_hangup_variables(channel))
        if channel.answered or channel.early_media:
            channel.variables.update(_AUDIO_STATISTICS)

    def _media_port(self) -> str:
        return str(20000 + next(self._ports) % 40000)

    def _replied(self, session: Session, host: str, port: int) -> None:
        """Any answer of the phone: now its address is known."""
        channel = session.channel
        if channel.profile is not None:
            channel.profile.network_addr = host
        channel.variables.update(
            [
                ("sip_local_network_addr", "127.0.0.1"),
                ("sip_reply_host", host),
                ("sip_reply_port", str(port)),
                ("sip_network_ip", host),
                ("sip_network_port", str(port)),
            ]
        )


def _inbound_variables(session: Session, number: str, who: str, name: str, port: int, now: int) -> Iterable[Pair]:
    caller, target = f"{who}@127.0.0.1:{port}", f"{number}@127.0.0.1:{SIP_PORT}"
    tag = f"{session.number}VirtualTag001"
    yield from (
        ("direction", "inbound"),
        ("uuid", session.channel.uuid),
        ("call_uuid", session.channel.uuid),
        ("session_id", str(session.number)),
        ("sip_from_user", who),
        ("sip_from_port", str(port)),
        ("sip_from_uri", caller),
        ("sip_from_host", "127.0.0.1"),
        ("video_media_flow", "disabled"),
        ("text_media_flow", "disabled"),
        ("channel_name", session.channel.name),
        ("sip_call_id", f"{session.number}-1@127.0.0.1"),
        ("sip_local_network_addr", "127.0.0.1"),
        ("sip_network_ip", "127.0.0.1"),
        ("sip_network_port", str(port)),
        ("sip_invite_stamp", str(now)),
        ("sip_received_ip", "127.0.0.1"),
        ("sip_received_port", str(port)),
        ("sip_via_protocol", "udp"),
        ("sip_from_user_stripped", who),
        ("sip_from_tag", tag),
        ("sofia_profile_name", "internal"),
        ("sofia_profile_url", "sip:mod_sofia@127.0.0.1:5060"),
        ("recovery_profile_name", "internal"),
        ("sip_full_via", f"SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK-{session.number}-1-0"),
        ("sip_from_display", name),
        ("sip_full_from", f'"{name}" <sip:{caller}>;tag={tag}'),
        ("sip_full_to", f"<sip:{target}>"),
        ("sip_req_user", number),
        ("sip_req_port", str(SIP_PORT)),
        ("sip_req_uri", target),
        ("sip_req_host", "127.0.0.1"),
        ("sip_to_user", number),
        ("sip_to_port", str(SIP_PORT)),
        ("sip_to_uri", target),
        ("sip_to_host", "127.0.0.1"),
        ("sip_contact_user", who),
        ("sip_contact_port", str(port)),
        ("sip_contact_uri", caller),
        ("sip_contact_host", "127.0.0.1"),
        ("sip_via_host", "127.0.0.1"),
        ("sip_via_port", str(port)),
        ("max_forwards", "70"),
        ("switch_r_sdp", _sdp("user1", str(port + 1))),
        *_CODEC,
        ("remote_media_ip", "127.0.0.1"),
        ("remote_media_port", str(port + 1)),
        *_RTP,
        ("endpoint_disposition", "RECEIVED"),
    )


def _media_variables(port: str, number: int, *, remote_port: str) -> Iterable[Pair]:
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


def _outbound_start(session: Session, user: str, host: str, port: int) -> Iterable[Pair]:
    yield from (
        ("direction", "outbound"),
        ("is_outbound", "true"),
        ("uuid", session.channel.uuid),
        ("call_uuid", session.channel.uuid),
        ("session_id", str(session.number)),
        ("sip_local_network_addr", "127.0.0.1"),
        ("sip_profile_name", "internal"),
        ("video_media_flow", "disabled"),
        ("text_media_flow", "disabled"),
        ("channel_name", session.channel.name),
        ("sip_destination_url", f"sip:{user}@{host}:{port}"),
    )


def _dialog_variables(session: Session, user: str, host: str, port: int) -> Iterable[Pair]:
    profile = session.channel.profile
    caller = "" if profile is None else profile.caller_id_number
    branch = f"SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bK{session.number}virtual"
    from_tag, to_tag = f"{session.number}VirtualFrom", f"{session.number}VirtualTag011"
    yield from (
        ("sip_recover_contact", f"<sip:{host}:{port};transport=UDP>"),
        ("sip_full_via", branch),
        ("sip_recover_via", branch),
        ("sip_full_from", f"<sip:{caller}@127.0.0.1>;tag={from_tag}"),
        ("sip_full_to", f"<sip:{user}@{host}:{port}>;tag={to_tag}"),
        ("sip_from_user", caller),
        ("sip_from_uri", f"{caller}@127.0.0.1"),
        ("sip_from_host", "127.0.0.1"),
        ("sip_to_user", user),
        ("sip_to_port", str(port)),
        ("sip_to_uri", f"{user}@{host}:{port}"),
        ("sip_to_host", host),
        ("sip_contact_params", "transport=UDP"),
        ("sip_contact_user", "nobody"),
        ("sip_contact_port", str(port)),
        ("sip_contact_uri", f"nobody@{host}:{port}"),
        ("sip_contact_host", host),
        ("sip_to_tag", to_tag),
        ("sip_from_tag", from_tag),
        ("sip_cseq", str(120_000_000 + session.number)),
        ("sip_call_id", session.channel.uuid),
    )


def _term_variables(status: int, cause: str) -> Iterable[Pair]:
    yield from (
        ("sip_term_status", str(status)),
        ("proto_specific_hangup_cause", f"sip:{status}"),
        ("sip_term_cause", str(Q850.get(cause, 16))),
    )


def _hangup_variables(channel: Channel) -> list[Pair]:
    """What the switch sends when it is the one that hangs up."""
    if channel.answered:
        return [("sip_hangup_disposition", "send_bye")]
    if channel.direction is Direction.INBOUND:
        return [("sip_hangup_disposition", "send_refuse")]
    return [
        ("sip_hangup_disposition", "send_cancel"),
        ("sip_invite_failure_status", "487"),
        ("sip_invite_failure_phrase", "CANCEL"),
    ]


def _sdp(owner: str, port: str) -> str:
    lines = (
        "v=0",
        f"o={owner} 53655765 2353687637 IN IP4 127.0.0.1",
        "s=-",
        "c=IN IP4 127.0.0.1",
        "t=0 0",
        f"m=audio {port} RTP/AVP 0 101",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:101 telephone-event/8000",
    )
    return "".join(f"{line}\r\n" for line in lines)
