"""What mod_sofia would do: channels for INVITEs in both directions, answers, refusals and ends of calls.

Owns the small part of SIP that the switch notices: INVITE, 180, 200, 4xx to 6xx, ACK, BYE, CANCEL. There is no SIP on
any wire here; what a phone does reaches the channel as a call of a method. Easy to break: a BYE is seen by the session
at its next frame, and everything it brings about happens in that same frame (trace caller-hangs-up-in-playback).
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from fs_control.virtual_switch.causes import NORMAL_CLEARING, SIP_REFUSALS
from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.event import to_text
from fs_control.virtual_switch.event_names import INVITE_SITE
from fs_control.virtual_switch.holding import hold_by_phone, resume_by_phone
from fs_control.virtual_switch.loopback import is_loop
from fs_control.virtual_switch.place import HOST
from fs_control.virtual_switch.profile import CallerProfile
from fs_control.virtual_switch.refer import refer, refer_with_replaces
from fs_control.virtual_switch.script import CallerScript
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.sip_variables import (
    CODEC,
    PROFILE,
    RTP,
    Origin,
    audio_statistics,
    dialled_call_id,
    dialog_variables,
    directory_variables,
    hangup_variables,
    inbound_variables,
    media_variables,
    our_tag,
    outbound_variables,
    outgoing_contact,
    phone_description,
    switch_answer,
    switch_offer,
    term_variables,
)
from fs_control.virtual_switch.states import ChannelState, Direction

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core

ACK_SECONDS = 0.005
OWN_REFUSAL = 503
"""The status that the switch gives to itself when nobody listens at an address."""
FIRST_CALLER_PORT = 15060
PORTS = 40000


class Sip:
    """The endpoint: makes channels and tells them what the phones did."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._media_ports = count(0, 2)
        self._caller_ports = count(1)

    # Callers.

    def invite(self, script: CallerScript) -> Session:
        """An INVITE arrives from a caller; the session has not run yet."""
        core = self._core
        session = core.new_session(Direction.INBOUND, core.new_uuid())
        origin = self._origin(session, script)
        session.channel.name = f"sofia/internal/{origin.address}"
        session.take_over({ChannelState.NEW: lambda _: self._parse_invite(session, script, origin)})
        return session

    def _origin(self, session: Session, script: CallerScript) -> Origin:
        """A caller's own address and port, or the contact of the phone from which it dials."""
        entry = self._core.phones.find(script.phone)
        if entry is not None:
            entry.calls += 1
            call_id = f"{script.phone}-call-{entry.calls}"
            return Origin(script.phone, "", entry.port, call_id, script.phone, number=2, registered=True)
        who = script.caller_number or "anonymous"
        port = FIRST_CALLER_PORT + next(self._caller_ports) % PORTS
        number = session.number
        return Origin(who, to_text(script.caller_name) or who, port, f"{number}-1@{HOST}", f"{number}VirtualTag001")

    def _context(self, origin: Origin) -> str:
        dialplan = self._core.dialplan
        return (origin.registered and dialplan.phone_context) or dialplan.caller_context

    def _said_who(self, origin: Origin) -> tuple[tuple[str, str], ...]:
        """What is known of a phone that gave its password, where there is one to be given.

        Among it is the event with which FreeSWITCH looked the phone up, which becomes variables whole.
        """
        if not (origin.registered and self._core.dialplan.phone_context):
            return ()
        question = self._core.bus.describe("REQUEST_PARAMS", (), INVITE_SITE).headers
        return (("sip_authorized", "true"), *question, *directory_variables(origin.user))

    def _parse_invite(self, session: Session, script: CallerScript, origin: Origin) -> bool:
        channel = session.channel
        now = self._core.timing.stamp_us()
        who, name = origin.user, origin.name or origin.user
        profile = CallerProfile(
            Direction.INBOUND,
            channel.uuid,
            channel.name,
            script.number,
            caller_id_name=name,
            caller_id_number=who,
            orig_caller_id_name=name,
            orig_caller_id_number=who,
            username=who,
            dialplan="XML",
            network_addr=HOST,
            ani=who,
            context=self._context(origin),
            index=1,
            own_uuid=self._core.new_uuid(),
        )
        profile.times.profile_created = profile.times.created = now
        channel.profile = profile
        channel.has_media = True
        channel.variables.update(inbound_variables(session, script.number, origin, now, self._said_who(origin)))
        channel.variables.set("sip_allow", script.allow)
        channel.tell_codecs()
        session.take_over({})
        channel.set_state(ChannelState.INIT)
        return False

    def answer(self, session: Session) -> None:
        """Send 200 OK to a caller."""
        channel = session.channel
        if channel.answered or channel.down:
            return
        if not is_loop(session):
            self._offer_media(session)
            self._core.timing.call_later(ACK_SECONDS, session.signal, lambda: self._acknowledged(session))
        self._answered(channel)
        if session.peer is not None:
            session.peer.answered()

    def _answered(self, channel: Channel) -> None:
        """The call is answered; what the channel wants done then is done at once (api_on_answer)."""
        channel.mark_answered()
        command = channel.variables.get("api_on_answer")
        if command:
            self._core.run_api(command)

    @staticmethod
    def ring(session: Session) -> None:
        """Send 180 to a caller; from now on its dialog has a tag of ours (trace early-media-pre-answer)."""
        channel = session.channel
        if channel.early_media or channel.answered or channel.flags.ring_ready or channel.down:
            return
        if not is_loop(session):
            channel.variables.set("sip_to_tag", our_tag(session))
        channel.mark_ring_ready()

    def pre_answer(self, session: Session) -> None:
        """Send 183 with sound to a caller."""
        channel = session.channel
        if not (channel.answered or channel.early_media or channel.down):
            if not is_loop(session):
                self._offer_media(session)
            channel.mark_early_media()

    def _offer_media(self, session: Session) -> None:
        variables = session.channel.variables
        if variables.get("local_media_port") is None:
            port = self._media_port()
            variables.set("rtp_local_sdp_str", switch_answer(session, port))
            remote = variables.get("remote_media_port") or "0"
            variables.update(media_variables(port, session.number, remote_port=remote))

    def _acknowledged(self, session: Session) -> None:
        """The caller's ACK has arrived."""
        variables = session.channel.variables
        tag = our_tag(session)
        variables.set("sip_to_tag", tag)
        for name in ("sip_from_tag", "sip_cseq", "sip_call_id", "sip_full_via", "sip_from_display", "sip_full_from"):
            variables.set(name, "1" if name == "sip_cseq" else variables.get(name))
        variables.set("sip_full_to", f"{variables.get('sip_full_to') or ''};tag={tag}")
        session.timer.start()

    # Phones.

    def dial(self, session: Session, user: str, host: str, port: int) -> None:
        """Fill in a leg to a phone; its caller profile is there already."""
        channel = session.channel
        channel.variables.update(outbound_variables(session, user, host, port))

    def dialled(self, session: Session, user: str, host: str, port: int) -> None:
        """The INVITE has been sent."""
        media_port = self._media_port()
        codec = session.channel.variables.get("originator_codec")
        session.channel.variables.update(
            [
                ("rtp_use_codec_string", codec or "PCMU,PCMA"),
                ("local_media_ip", "127.0.0.1"),
                ("local_media_port", media_port),
                ("advertised_media_ip", "127.0.0.1"),
                ("audio_media_flow", "sendrecv"),
                *((("video_media_flow", "inactive"),) if codec else ()),
                ("rtp_local_sdp_str", switch_offer(session, media_port, with_pcma=codec is None)),
                ("sip_outgoing_contact_uri", outgoing_contact(session)),
                ("sip_req_uri", f"{user}@{host}:{port}"),
                ("sip_to_host", f"{host}:{port}"),
                ("sip_from_host", "127.0.0.1"),
                *PROFILE,
            ]
        )

    def rings(self, session: Session, user: str, host: str, port: int) -> None:
        """180 Ringing came from the phone."""
        if not session.channel.down:
            self._replied(session, host, port)
            session.channel.variables.update(dialog_variables(session, user, host, port))
            session.channel.mark_ring_ready()

    def accepts(self, session: Session, user: str, host: str, port: int) -> None:
        """200 OK came from the phone."""
        channel = session.channel
        if channel.down:
            return
        known = channel.early_media
        if not known:
            channel.has_media = True
        self._describe_sound(session, user, host, port)
        if not known:
            self._agree_on_sound(session, port)
            channel.tell_codecs()
            self._tell_caller_of_sound(channel)
        self._answered(channel)
        session.timer.start()

    def _describe_sound(self, session: Session, user: str, host: str, port: int) -> None:
        """A 183 or 200 says where the phone's sound comes from."""
        variables = session.channel.variables
        self._replied(session, host, port)
        if session.channel.early_media or not session.channel.has_media:
            variables.set(*CODEC[0])
        variables.update(dialog_variables(session, user, host, port))
        variables.set("switch_r_sdp", phone_description(str(port + 1000)))

    @staticmethod
    def _agree_on_sound(session: Session, port: int) -> None:
        """Both ends know what is sent."""
        channel = session.channel
        codecs = channel.variables.get("rtp_use_codec_string") or ""
        channel.variables.update([*CODEC[:-1], *RTP])
        # The list keeps its new place and says what was offered to the phone.
        channel.variables.replace("rtp_use_codec_string", codecs)
        media_port = channel.variables.get("local_media_port") or "0"
        channel.variables.update(media_variables(media_port, session.number, remote_port=str(port + 1000)))

    @staticmethod
    def _tell_caller_of_sound(channel: Channel) -> None:
        """The caller for whom a leg is dialled learns what sound it sends."""
        caller = channel.partner if channel.variables.get("originator") else None
        if caller is not None:
            caller.variables.set("switch_m_sdp", channel.variables.get("switch_r_sdp"))
            for name, flow in (("video", "inactive"), ("text", "inactive"), ("audio", "sendrecv")):
                caller.variables.set(f"{name}_media_flow", flow)
            for name in ("status", "phrase"):
                caller.variables.set(f"sip_invite_failure_{name}", None)

    def refuses(self, session: Session, status: int, host: str, port: int) -> None:
        """The phone, or the switch for it, refuses the INVITE."""
        channel = session.channel
        phrase, cause = SIP_REFUSALS[status]
        if channel.down:
            return
        channel.variables.set("sip_call_id", dialled_call_id(session))
        # What the switch says to itself comes from nowhere (trace bridge-unreachable).
        self._replied(session, *((host, port) if status != OWN_REFUSAL else ("", 0)))
        channel.variables.update(
            [
                ("sip_hangup_disposition", "recv_refuse"),
                ("sip_invite_failure_status", str(status)),
                ("sip_invite_failure_phrase", phrase),
                *term_variables(status, cause),
            ]
        )
        caller = channel.partner if channel.variables.get("originator") else None
        if caller is not None:
            caller.variables.set("sip_invite_failure_status", str(status))
            caller.variables.set("sip_invite_failure_phrase", phrase)
            caller.variables.set("sip_hangup_phrase", phrase)
        channel.hang_up(cause)

    def progresses(self, session: Session, user: str, host: str, port: int) -> None:
        """183 Session Progress with sound came from the phone; it is told before the sound is agreed on."""
        channel = session.channel
        if channel.down or channel.answered:
            return
        self._describe_sound(session, user, host, port)
        caller = channel.partner if channel.variables.get("originator") else None
        if caller is not None:
            caller.variables.set("switch_m_sdp", channel.variables.get("switch_r_sdp"))
        channel.mark_early_media()
        channel.has_media = True
        self._agree_on_sound(session, port)
        channel.tell_codecs()

    # Both.

    def holds(self, session: Session) -> None:
        """The phone or the caller presses hold."""
        session.signal(lambda: hold_by_phone(session))

    def resumes(self, session: Session) -> None:
        """The phone or the caller takes the call back."""
        session.signal(lambda: resume_by_phone(session))

    def refers(self, session: Session, number: str, by: str) -> None:
        """The phone sends the other one on to a number."""
        session.signal(lambda: refer(session, number, by))

    def refers_with_replaces(self, session: Session, other: Session, by: str) -> None:
        """The phone joins those to whom it talks in two calls."""
        session.signal(lambda: refer_with_replaces(session, other, by))

    def vanishes(self, session: Session) -> None:
        """Nothing comes from the phone or the caller any more."""
        text = session.channel.variables.get("media_timeout") or ""
        milliseconds = int(text) if text.isdecimal() and len(text) < 10 else 0
        seconds = milliseconds / 1000 or self._core.settings.media_timeout
        self._core.timing.call_later(seconds, session.channel.hang_up, "MEDIA_TIMEOUT")

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
        channel.variables.update(term_variables(200, NORMAL_CLEARING))
        if channel.partner is not None:
            channel.partner.variables.set("sip_hangup_phrase", "OK")
        channel.hang_up(NORMAL_CLEARING)
        channel.variables.set("sip_hangup_disposition", "recv_bye")

    def hung_up(self, session: Session) -> None:
        """The channel ends: what the switch sends to the other end, if it was not the other end that ended it."""
        channel = session.channel
        if is_loop(session):
            channel.variables.set("is_loopback", "1")
            return
        session.timer.stop()
        if channel.variables.get("sip_hangup_disposition") is None and not session.timer.expired:
            channel.variables.update(hangup_variables(channel))
        if channel.answered or channel.early_media:
            channel.variables.update(audio_statistics(channel))

    def _media_port(self) -> str:
        return str(20000 + next(self._media_ports) % PORTS)

    def _replied(self, session: Session, host: str, port: int) -> None:
        """Any answer of the phone: now its address is known."""
        channel = session.channel
        if channel.profile is not None and host:
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
