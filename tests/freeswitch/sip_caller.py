"""Somebody who calls: a small SIP phone that follows a caller's script.

Owns one call's two sockets, the greenlet that reads SIP and the one that follows the script. It is no sipp, because a
script may wait for what the caller hears and for a talk: `hears` and `talks` are told by whoever listens in on the
switch. Easy to break: a CANCEL may only follow a provisional answer (RFC 3261, 9.1), and steps that wait consume what
happened in order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import count
from time import monotonic

import gevent
from gevent import socket
from gevent.event import Event
from gevent.lock import Semaphore

from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    Press,
    PromptEdge,
    Speak,
    Step,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
    WaitForTalk,
)
from tests.freeswitch import rtp, sip
from tests.freeswitch.voice import Voice

HOST = "127.0.0.1"
RESEND_S = 0.5
GIVE_UP_S = 32.0
"""RFC 3261's timers T1 and 64*T1."""
ASKED_WHO = 407
"""Proxy Authentication Required."""


class KeysBy(Enum):
    """How a telephone tells which key was pressed."""

    EVENT = "RFC 4733, the successor of RFC 2833"
    INFO = "SIP INFO"
    TONE = "nothing but the sound"


@dataclass(frozen=True, slots=True)
class Handset:
    """What a caller calls with."""

    keys: KeysBy = KeysBy.EVENT
    headers: tuple[tuple[str, str], ...] = ()
    """What stands in the INVITE besides the headers that every call has."""
    password: str = ""
    """What a phone of the directory answers when it is asked who it is; "" for callers from outside."""
    user: str = ""
    """The name that goes with it, where that is not the caller's number."""
    voice: Voice | None = None
    """Who speaks and listens on it, where somebody does."""


ORDINARY = Handset()


class SipCaller:
    """One call."""

    def __init__(
        self,
        name: str,
        script: CallerScript,
        door: int,
        note: Callable[[str, str], None],
        handset: Handset = ORDINARY,
    ) -> None:
        """Get ready to call the switch's port `door`; `name` becomes the Call-ID: a word, and unique."""
        self.call_id = name
        self.over = Event()
        self.status = 0
        """The final answer to the INVITE; 0 as long as there is none."""
        self._script = script
        self._note = note
        self._handset = handset
        self._sip = _bound_socket()
        self._rtp = _bound_socket()
        self._door = (HOST, door)
        self._remote_uri = f"sip:{script.number}@{HOST}:{door}"
        self._to = f"<{self._remote_uri}>"
        self._media = 0
        self._rtp_sequence = 1
        self._taken = Event()
        self._answered = Event()
        self._provisional = Event()
        self._replied: dict[str, Event] = {}
        self._requests = count(3)
        """CSeq of the requests within the call; the INVITE has 1, or 2 where it had to be sent again."""
        self._invite, self._proof = 1, ""
        self._heard: deque[tuple[str, PromptEdge]] = deque()
        self._hearing = Event()
        self._talks = Semaphore(0)
        """Counts the talks that were not waited for."""
        self._greenlets: list[gevent.Greenlet[..., None]] = [gevent.spawn(self._listen)]

    # --- the outer world -------------------------------------------------------------------------------------------

    def dial(self) -> None:
        """Send the INVITE and begin to follow the script."""
        self._note("dialled", self._script.number)
        self._greenlets.append(gevent.spawn(self._request, "INVITE"))
        self._greenlets.append(gevent.spawn(self._play))

    def taken(self) -> None:
        """The switch has begun to handle the call; from now on hanging up is an event of this call."""
        self._taken.set()

    def hears(self, prompt: str, edge: PromptEdge) -> None:
        """A prompt begins or ends on this call."""
        self._heard.append((prompt, edge))
        self._hearing.set()

    def talks(self) -> None:
        """The caller is joined with somebody."""
        self._talks.release()

    def leave(self) -> None:
        """Hang up if need be, and be gone."""
        if not self.over.is_set() and self._provisional.is_set():
            self._hang_up()
            self.over.wait(1.0)
        self.over.set()
        gevent.killall(self._greenlets)
        self._sip.close()
        self._rtp.close()

    @property
    def dialog(self) -> tuple[str, str, str]:
        """The Call-ID, the To and the From by which another request can name this call (RFC 3891)."""
        return self.call_id, self._to, self._from

    # --- the script ------------------------------------------------------------------------------------------------

    def _play(self) -> None:
        for step in self._script.steps:
            if self.over.is_set():
                return
            self._do(step)

    def _do(self, step: Step) -> None:
        match step:
            case WaitForAnswer():
                self._answered.wait()
            case Wait(seconds):
                gevent.sleep(seconds)
            case WaitForPrompt(text, edge):
                self._wait_for_prompt(text, edge)
            case WaitForTalk():
                self._talks.acquire()
            case Press(digits, gap):
                for number, key in enumerate(digits):
                    gevent.sleep(gap if number else 0)
                    self._press(key)
            case Speak(seconds):
                timestamp = self._rtp_sequence * rtp.SAMPLES_PER_FRAME
                self._sound(rtp.speech_packets(seconds, self._rtp_sequence, timestamp))
            case HangUp():
                self._taken.wait()
                self._hang_up()

    def _wait_for_prompt(self, text: str, edge: PromptEdge) -> None:
        while True:
            while self._heard:
                prompt, heard = self._heard.popleft()
                if heard is edge and text in prompt:
                    return
            self._hearing.clear()
            self._hearing.wait()

    def _press(self, key: str) -> None:
        self._note("pressed", key)
        timestamp = self._rtp_sequence * rtp.SAMPLES_PER_FRAME
        match self._handset.keys:
            case KeysBy.EVENT:
                self._sound(rtp.key_packets(key, self._rtp_sequence, timestamp))
            case KeysBy.TONE:
                self._sound(rtp.tone_packets(key, self._rtp_sequence, timestamp))
            case KeysBy.INFO:
                self._request("INFO", "application/dtmf-relay", f"Signal={key}\r\nDuration=160\r\n")

    def _sound(self, packets: Iterable[bytes]) -> None:
        for packet in packets:
            self._rtp.sendto(packet, (HOST, self._media))
            self._rtp_sequence += 1
            gevent.sleep(rtp.FRAME_MS / 1000)

    def _hang_up(self) -> None:
        self._note("hangs_up", "")
        self._request("BYE" if self._answered.is_set() else "CANCEL")

    # --- SIP -------------------------------------------------------------------------------------------------------

    def _request(self, method: str, content_type: str = "", body: str = "") -> None:
        """Send a request until it is answered."""
        if method == "CANCEL":
            self._provisional.wait(GIVE_UP_S)
        replied = self._replied[method] = Event()
        number = self._invite if method in ("INVITE", "CANCEL") else next(self._requests)
        deadline = monotonic() + GIVE_UP_S
        while not replied.is_set() and monotonic() < deadline:
            self._send(method, number, content_type, body)
            replied.wait(RESEND_S)

    def _send(self, method: str, number: int, content_type: str = "", body: str = "") -> None:
        host, port = self._sip.getsockname()
        branch = f"{'invite' if method in ('INVITE', 'CANCEL') else method.lower()}-{number}"
        caller = self._script.caller_number
        headers = [
            ("Via", f"SIP/2.0/UDP {host}:{port};branch=z9hG4bK-{self.call_id}-{branch}"),
            ("From", self._from),
            ("To", self._to),
            ("Call-ID", self.call_id),
            ("CSeq", f"{number} {method}"),
            ("Contact", f"<sip:{caller}@{host}:{port}>"),
            ("Max-Forwards", "70"),
        ]
        if method == "INVITE":
            headers += self._handset.headers
            headers += [("Proxy-Authorization", self._proof)] if self._proof else []
            content_type, body = "application/sdp", self._offer()
        if content_type:
            headers.append(("Content-Type", content_type))
        self._sip.sendto(sip.write_message(f"{method} {self._remote_uri} SIP/2.0", headers, body), self._door)

    @property
    def _from(self) -> str:
        name = self._script.caller_name.decode("latin-1")
        shown = f'"{name}" ' if name else ""
        return f"{shown}<sip:{self._script.caller_number}@{HOST}>;tag=caller"

    def _offer(self) -> str:
        voice = self._handset.voice
        port = voice.port if voice is not None else int(self._rtp.getsockname()[1])
        return sip.offer(HOST, port, events=self._handset.keys is not KeysBy.TONE)

    def _listen(self) -> None:
        while True:
            data = self._sip.recv(65_536)
            message = sip.read_message(data)
            if message.status == 0:
                self._asked(message)
            elif message.method == "INVITE":
                self._invite_answered(message, data)
            elif message.status >= 200:
                self._replied[message.method].set()
                if message.method == "BYE":
                    self.over.set()

    def _asked(self, request: sip.SipMessage) -> None:
        """The switch wants something: its BYE ends the call, all else is agreed to."""
        if request.method == "ACK":
            return
        self._sip.sendto(sip.answer_to(request, "200 OK"), self._door)
        if request.method == "BYE":
            self.over.set()

    def _invite_answered(self, answer: sip.SipMessage, data: bytes) -> None:
        self._replied["INVITE"].set()
        self._provisional.set()
        if answer.status < 200:
            self._media = sip.media_port_in(data) or self._media  # a 183 tells where early media is taken
            return
        self.status = answer.status
        if answer.status < 300:
            self._to, self._remote_uri = answer.get("To"), sip.uri_in(answer.get("Contact"))
            self._media = sip.media_port_in(data)
            if self._handset.voice is not None:
                self._handset.voice.speak_to(self._media)
            self._send("ACK", self._invite)
            self._answered.set()
        elif answer.status == ASKED_WHO and self._handset.password and not self._proof:
            self._acknowledge_refusal(answer)
            self._say_who(answer.get("Proxy-Authenticate"))
        else:
            self._acknowledge_refusal(answer)
            self.over.set()

    def _say_who(self, challenge: str) -> None:
        user, password = self._handset.user or self._script.caller_number, self._handset.password
        self._proof = sip.authorization(challenge, "INVITE", self._remote_uri, user, password)
        self._invite = 2
        self._greenlets.append(gevent.spawn(self._request, "INVITE"))

    def _acknowledge_refusal(self, answer: sip.SipMessage) -> None:
        """The ACK of a refusal belongs to the INVITE's own transaction (RFC 3261, 17.1.1.3)."""
        copied = [(name, answer.get(name)) for name in ("Via", "From", "To", "Call-ID")]
        last = [("CSeq", f"{self._invite} ACK"), ("Max-Forwards", "70")]
        self._sip.sendto(sip.write_message(f"ACK {self._remote_uri} SIP/2.0", [*copied, *last]), self._door)


def _bound_socket() -> socket.socket:
    bound = socket.socket(type=socket.SOCK_DGRAM)
    bound.bind((HOST, 0))
    return bound
