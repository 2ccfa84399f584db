"""An agent's desk phone whose keys are pressed during a call: hold, transfer, and joining two calls.

Owns what it does with each call in turn, as `SippPhone` does for phones that only answer and hang up; a scenario of
sipp knows of one call at a time, and these keys need two. Easy to break: a call that the switch has ended ends its
steps, for a key that is pressed then has no meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, count, repeat

import gevent

from fs_control.virtual_switch.script import (
    HangUp,
    Hold,
    Phone,
    PhoneBehaviour,
    Press,
    Reaction,
    Refer,
    ReferWithReplaces,
    Resume,
    Step,
    Wait,
)
from tests.freeswitch import sip
from tests.freeswitch.private_switch import PrivateSwitch, free_port
from tests.traces.record.desk_phone import DeskPhone, PhoneCall

OtherCall = Callable[[str], tuple[str, str, str]]
"""Gives the dialog of the call that a phone has made itself: Call-ID, To, From."""

UNAUTHORIZED = 401


@dataclass(frozen=True, slots=True)
class ReferAnywhere:
    """A step that no decent phone does: REFER with whatever it likes as Refer-To."""

    to: str


@dataclass(frozen=True, slots=True)
class RedirectAnywhere:
    """The only step of a phone that takes no call up, but names somebody else to be called instead (302)."""

    to: str


class KeyPhone:
    """A phone on the line."""

    def __init__(self, switch: PrivateSwitch, phone: Phone, other_call: OtherCall) -> None:
        assert all(each.reaction is Reaction.ANSWER for each in phone.behaviours), "a phone with keys answers"
        self._phone = phone
        self._port = phone.contact_port or free_port()
        self._desk: _Desk | None = None
        is_ours = phone.number in switch.secrets.phones
        self._door = switch.addresses.phones_port if is_ours else switch.addresses.trunks_port
        self._password = switch.secrets.phones.get(phone.number, "")
        self._other_call = other_call

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._port

    def start(self) -> None:
        """Plug it in; when this returns, calls reach it."""
        behaviours = chain(self._phone.behaviours[:-1], repeat(self._phone.behaviours[-1]))
        number, port = self._phone.number, self._port
        self._desk = _Desk(number, port, self._door, self._password, behaviours, self._other_call)
        if self._phone.registered:
            self._desk.register()

    def stop(self) -> None:
        """Pull the plug; its registration stays until the switch drops it."""
        if self._desk is not None:
            self._desk.leave()

    def invitations(self) -> list[sip.SipMessage]:
        """The INVITEs that came."""
        return self._desk.invited if self._desk is not None else []


class _Desk(DeskPhone):
    """The phone itself."""

    def __init__(
        self,
        number: str,
        port: int,
        door: int,
        password: str,
        behaviours: Iterable[PhoneBehaviour],
        other_call: OtherCall,
    ) -> None:
        self.invited: list[sip.SipMessage] = []
        self._behaviours = iter(behaviours)
        self._other_call = other_call
        self._over: set[str] = set()
        self._playing: list[gevent.Greenlet[..., None]] = []
        self._registrations = count(1)
        super().__init__(number, port, None, door, password)

    def register(self) -> None:
        """Register with the password of the directory."""
        host = "127.0.0.1"
        where = f"sip:{host}:{self._door}"
        me = f"<sip:{self._number}@{host}>"
        call = PhoneCall(f"{self._number}-{self._port}-register", f"{me};tag=r{next(self._registrations)}", me, where)
        self._calls[call.call_id] = call
        expires = ("Expires", "3600")
        answer = self._request(call, "REGISTER", [expires])
        if answer.status == UNAUTHORIZED:
            challenge = answer.get("WWW-Authenticate")
            proof = sip.authorization(challenge, "REGISTER", where, self._number, self._password)
            answer = self._request(call, "REGISTER", [expires, ("Authorization", proof)])
        assert answer.status == 200, f"{self._number} could not register: {answer.first_line}"

    def leave(self) -> None:
        """Be gone."""
        gevent.killall(self._playing)
        self.close()

    @property
    def _contact(self) -> str:
        return f"<sip:{self._number}@127.0.0.1:{self._port}>"

    def _offer(self, call: PhoneCall, direction: str) -> str:
        """PCMA, as the other phones of these tests."""
        described = super()._offer(call, direction)
        return described.replace("RTP/AVP 0 101", "RTP/AVP 8 101").replace("rtpmap:0 PCMU", "rtpmap:8 PCMA")

    def _take(self, message: sip.SipMessage) -> None:
        if not message.status and message.method in ("BYE", "CANCEL"):
            self._over.add(message.get("Call-ID"))
        super()._take(message)

    def _take_call(self, invite: sip.SipMessage) -> None:
        self.invited.append(invite)
        behaviour = next(self._behaviours)
        local = f"{invite.get('To')};tag={self._number}-in-{len(self.invited)}"
        call = PhoneCall(invite.get("Call-ID"), local, invite.get("From"), sip.uri_in(invite.get("Contact")))
        self._calls[call.call_id] = call
        gevent.sleep(behaviour.ring_after)
        elsewhere: object = next(iter(behaviour.steps), None)
        if isinstance(elsewhere, RedirectAnywhere):
            refusal = self._answer(invite, call, "302 Moved Temporarily")
            self._write(refusal.replace(self._contact.encode(), elsewhere.to.encode()))
            return
        self._write(self._answer(invite, call, "180 Ringing"))
        gevent.sleep(behaviour.answer_after)
        if call.call_id in self._over:
            self._write(self._answer(invite, call, "487 Request Terminated"))
            return
        self._agree(invite, call)
        talk = () if behaviour.talk is None else (Wait(behaviour.talk), HangUp())
        self._playing.append(gevent.spawn(self._play, call, (*behaviour.steps, *talk)))

    def _play(self, call: PhoneCall, steps: Iterable[Step]) -> None:
        for step in steps:
            if call.call_id in self._over:
                return
            self._do(call, step)

    def _do(self, call: PhoneCall, step: Step | ReferAnywhere) -> None:
        match step:
            case Wait(seconds):
                gevent.sleep(seconds)
            case Hold():
                self.hold(call)
            case Resume():
                self.resume(call)
            case Refer(to):
                self.send_on(call, to)
            case ReferAnywhere(to):
                self._request(call, "REFER", [("Refer-To", to)])
            case ReferWithReplaces():
                self.join(call, *self._other_call(self._number))
            case Press(digits, gap):
                for key in digits:
                    pressed = f"Signal={key}\r\nDuration=160\r\n"
                    self._request(call, "INFO", [("Content-Type", "application/dtmf-relay")], pressed)
                    gevent.sleep(gap)
            case HangUp():
                self.hang_up(call)
            case other:
                raise AssertionError(other)
