"""An agent's desk phone with several lines: it holds, calls a colleague and transfers, which sipp cannot do at once.

Owns one UDP socket, the thread that reads it and the calls on it. Source of every rule: RFC 3261, for transfers RFC
3515 and RFC 3891. Easy to break: nothing is sent twice, which loopback allows and no network would.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from queue import Queue
from threading import Thread
from time import sleep

from tests.freeswitch import sip
from tests.traces.record.switch import HOST, SIP_PORT
from tests.traces.record.trace import Trace

RING_S = 0.6
ANSWER_S = 20.0
SIPP_VERSION = 2353687637
"""The version of the first session description in the scenarios of sipp/; a phone here describes itself alike."""


@dataclass(slots=True)
class PhoneCall:
    """One dialog; `local` and `remote` are its From and To as this phone writes them, tags included."""

    call_id: str
    local: str
    remote: str
    target: str
    """The far end's Contact, where requests go."""
    cseq: int = 1
    descriptions: int = 0
    """How many session descriptions were sent; each has a version of its own."""
    answers: Queue[sip.SipMessage] = field(default_factory=Queue)
    """Final answers to our requests."""


class DeskPhone:
    """A phone that answers every call after a short ring, and does what it is told."""

    def __init__(
        self, number: str, port: int, trace: Trace | None, door: int = SIP_PORT, password: str | None = None
    ) -> None:
        """Listen at a port; what it does is noted in a trace, if there is one. `door`: where the switch takes calls."""
        self._number = number
        self._port = port
        self._trace = trace
        self._door = door
        self._password = f"{number}pw" if password is None else password
        self._calls: dict[str, PhoneCall] = {}
        self._answered: Queue[PhoneCall] = Queue()
        self._socket = socket.socket(type=socket.SOCK_DGRAM)
        self._socket.bind((HOST, port))
        Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Pull the plug."""
        self._socket.close()

    def answered(self) -> PhoneCall:
        """Wait for the next call that came in and was answered."""
        return self._answered.get(timeout=ANSWER_S)

    def dial(self, number: str) -> PhoneCall:
        """Call a number and wait until it is answered."""
        self._act("dials", number=number)
        call_id = f"{self._number}-call-{len(self._calls) + 1}"
        remote = f"<sip:{number}@{HOST}:{self._door}>"
        local = f"<sip:{self._number}@{HOST}>;tag={self._number}"
        call = PhoneCall(call_id, local, remote, f"sip:{number}@{HOST}:{self._door}")
        self._calls[call_id] = call
        self._invite(call, "sendrecv")
        return call

    def resume(self, call: PhoneCall) -> None:
        """Press hold again: sound both ways."""
        self._act("resumes")
        self._invite(call, "sendrecv")

    def hold(self, call: PhoneCall) -> None:
        """Press hold: the far end shall send no sound."""
        self._act("holds")
        self._invite(call, "sendonly")

    def send_on(self, call: PhoneCall, number: str) -> int:
        """Send the far end to a number (blind transfer), and return the answer to the REFER."""
        self._act("refers", number=number)
        headers = [("Refer-To", f"<sip:{number}@{HOST}>"), ("Referred-By", f"<sip:{self._number}@{HOST}>")]
        return self._request(call, "REFER", headers).status

    def transfer(self, call: PhoneCall, to: PhoneCall) -> int:
        """Connect the far ends of two calls (attended transfer), and return the answer to the REFER."""
        self._act("transfers", attended=True)
        return self.join(call, to.call_id, to.remote, to.local)

    def join(self, call: PhoneCall, call_id: str, remote: str, local: str) -> int:
        """Connect the far ends of a call and of another one, which is told by its Call-ID, To and From."""
        tags = f"to-tag={_tag(remote)};from-tag={_tag(local)}"
        replaces = f"{call_id};{tags}".replace(";", "%3B").replace("=", "%3D")
        number = remote.partition("sip:")[2].partition("@")[0]
        return self._request(
            call,
            "REFER",
            [
                ("Refer-To", f"<sip:{number}@{HOST}:{self._door}?Replaces={replaces}>"),
                ("Referred-By", f"<sip:{self._number}@{HOST}>"),
            ],
        ).status

    def hang_up(self, call: PhoneCall) -> None:
        """Send BYE."""
        self._act("hangs up")
        self._request(call, "BYE")

    # --- what we ask -----------------------------------------------------------------------------------------------

    def _invite(self, call: PhoneCall, direction: str) -> None:
        headers, offer = [("Content-Type", "application/sdp")], self._offer(call, direction)
        answer = self._request(call, "INVITE", headers, offer)
        if answer.status == 407:  # asked for a password
            self._send(call, "ACK")
            challenge = answer.get("Proxy-Authenticate")
            proof = sip.authorization(challenge, "INVITE", call.target, self._number, self._password)
            answer = self._request(call, "INVITE", [*headers, ("Proxy-Authorization", proof)], offer)
        assert answer.status == 200, answer.first_line
        call.remote, call.target = answer.get("To"), sip.uri_in(answer.get("Contact"))
        self._send(call, "ACK")

    def _request(
        self, call: PhoneCall, method: str, headers: list[tuple[str, str]] | None = None, body: str = ""
    ) -> sip.SipMessage:
        call.cseq += 1
        self._send(call, method, headers, body)
        return call.answers.get(timeout=ANSWER_S)

    def _send(self, call: PhoneCall, method: str, headers: list[tuple[str, str]] | None = None, body: str = "") -> None:
        branch = f"z9hG4bK-{call.call_id}-{call.cseq}-{method}"
        common = [
            ("Via", f"SIP/2.0/UDP {HOST}:{self._port};branch={branch}"),
            ("From", call.local),
            ("To", call.remote),
            ("Call-ID", call.call_id),
            ("CSeq", f"{call.cseq} {method}"),
            ("Contact", self._contact),
            ("Max-Forwards", "70"),
        ]
        self._write(sip.write_message(f"{method} {call.target} SIP/2.0", common + (headers or []), body))

    # --- what we are asked -----------------------------------------------------------------------------------------

    def _listen(self) -> None:
        while True:
            try:
                message = sip.read_message(self._socket.recv(65_536))
            except OSError:  # closed
                return
            self._take(message)

    def _take(self, message: sip.SipMessage) -> None:
        call = self._calls.get(message.get("Call-ID"))
        if message.status >= 200 and call is not None:
            call.answers.put(message)
        elif message.status or message.method == "ACK":
            return
        elif message.method != "INVITE":
            self._write(sip.answer_to(message, "200 OK"))
        elif call is not None:
            self._agree(message, call)
        else:
            Thread(target=self._take_call, args=(message,), daemon=True).start()

    def _take_call(self, invite: sip.SipMessage) -> None:
        local = f"{invite.get('To')};tag={self._number}-in"
        call = PhoneCall(invite.get("Call-ID"), local, invite.get("From"), sip.uri_in(invite.get("Contact")))
        self._calls[call.call_id] = call
        self._write(self._answer(invite, call, "180 Ringing"))
        sleep(RING_S)
        self._agree(invite, call)
        self._answered.put(call)

    def _agree(self, invite: sip.SipMessage, call: PhoneCall) -> None:
        self._write(self._answer(invite, call, "200 OK", self._offer(call, "sendrecv")))

    def _answer(self, invite: sip.SipMessage, call: PhoneCall, status: str, body: str = "") -> bytes:
        headers = [
            *(("Via", via) for via in invite.get_all("Via")),
            ("From", invite.get("From")),
            ("To", call.local),
            ("Call-ID", call.call_id),
            ("CSeq", invite.get("CSeq")),
            ("Contact", self._contact),
        ]
        if body:
            headers.append(("Content-Type", "application/sdp"))
        return sip.write_message(f"SIP/2.0 {status}", headers, body)

    # --- common ----------------------------------------------------------------------------------------------------

    @property
    def _contact(self) -> str:
        return f"<sip:{HOST}:{self._port};transport=UDP>"

    def _offer(self, call: PhoneCall, direction: str) -> str:
        """Describe our sound; nothing is ever sent to that port, as with sipp."""
        lines = (
            "v=0",
            f"o=user1 53655765 {SIPP_VERSION + call.descriptions} IN IP4 {HOST}",
            "s=-",
            f"c=IN IP4 {HOST}",
            "t=0 0",
            f"m=audio {self._port + 4000} RTP/AVP 0 101",
            "a=rtpmap:0 PCMU/8000",
            "a=rtpmap:101 telephone-event/8000",
            f"a={direction}",
            "",
        )
        call.descriptions += 1
        return "\r\n".join(lines)

    def _write(self, message: bytes) -> None:
        self._socket.sendto(message, (HOST, self._door))

    def _act(self, does: str, **details: object) -> None:
        if self._trace is not None:
            self._trace.add_act(f"phone {self._number}", does, **details)


def _tag(header: str) -> str:
    return header.partition(";tag=")[2].partition(";")[0]
