"""The SIP phones of the box: who is in the directory, who is registered, and what each does with a call.

Owns the registrations with their events (trace registrations) and playing a phone's behaviour on a leg. Each call uses
the next behaviour of its phone, the last one for ever. Easy to break: a phone that is not registered cannot be dialled
as user/NUMBER, but still hears an INVITE that is sent to its port.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from fs_control.virtual_switch.event_names import EXPIRE_SITE, REGISTER_SITE, UNREGISTER_SITE
from fs_control.virtual_switch.script import Phone, PhoneBehaviour, Reaction
from fs_control.virtual_switch.timing import Timer

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core
    from fs_control.virtual_switch.sessions import Session

HOST = "127.0.0.1"
FIRST_PORT = 6001
EXPIRES_SECONDS = 3600
USER_AGENT = "virtual-phone"
STATUS = {Reaction.BUSY: 486, Reaction.DECLINE: 603, Reaction.UNREACHABLE: 503}


@dataclass(slots=True)
class Registration:
    """Where a phone can be reached, until when."""

    call_id: str
    expires_epoch: int


@dataclass(slots=True)
class Entry:
    """A phone as the switch knows it."""

    phone: Phone
    port: int
    behaviours: deque[PhoneBehaviour] = field(default_factory=deque)
    registration: Registration | None = None
    calls: int = 0

    def next_behaviour(self) -> PhoneBehaviour:
        """What it does with the next call."""
        self.calls += 1
        return self.behaviours.popleft() if len(self.behaviours) > 1 else self.behaviours[0]

    @property
    def contact(self) -> str:
        """Its address as in `sofia_contact`."""
        return f"sofia/internal/sip:{self.phone.number}@{HOST}:{self.port}"


class Phones:
    """The directory."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._entries: dict[str, Entry] = {}
        self._ports = count(FIRST_PORT)
        self._call_ids = count(1)

    def set(self, phone: Phone) -> None:
        """Add a phone or change it; registering and unregistering fire their events."""
        entry = self._entries.get(phone.number)
        if entry is None:
            entry = self._entries[phone.number] = Entry(phone, phone.contact_port or next(self._ports))
        entry.phone = phone
        entry.port = phone.contact_port or entry.port
        entry.behaviours = deque(phone.behaviours)
        if phone.registered:
            self.register(phone.number)
        elif entry.registration is not None:
            self.unregister(phone.number)

    def find(self, number: str) -> Entry | None:
        """The phone with a number, registered or not."""
        return self._entries.get(number)

    def at_port(self, port: int) -> Entry | None:
        """The phone that listens at a port."""
        return next((entry for entry in self._entries.values() if entry.port == port), None)

    def all(self) -> list[Entry]:
        """All phones, in the order they were added."""
        return list(self._entries.values())

    def register(self, number: str) -> None:
        """REGISTER from a phone, for the first time or again."""
        entry = self._entries[number]
        now = self._core.timing.now_us() // 1_000_000
        entry.registration = Registration(f"{next(self._call_ids)}-virtual@{HOST}", now + EXPIRES_SECONDS)
        headers = [
            *self._common(entry, entry.registration),
            ("status", "Registered(UDP)"),
            ("expires", str(EXPIRES_SECONDS)),
            ("to-user", number),
            ("to-host", HOST),
            ("network-ip", HOST),
            ("network-port", str(entry.port + 1000)),
            ("username", "unknown"),
            ("realm", HOST),
            ("user-agent", USER_AGENT),
        ]
        self._core.bus.fire("CUSTOM", lambda: headers, subclass="sofia::register", site=REGISTER_SITE)

    def unregister(self, number: str) -> None:
        """REGISTER with Expires 0 from a phone."""
        entry = self._entries[number]
        if entry.registration is None:
            return
        contact, call_id = _contact(entry), entry.registration.call_id
        entry.registration = None
        headers = [
            ("profile-name", "internal"),
            ("username", "unknown"),
            ("from-user", number),
            ("from-host", HOST),
            ("contact", contact),
            ("call-id", call_id),
            ("rpid", "unknown"),
            ("realm", "unknown"),
            ("network-ip", HOST),
            ("network-port", str(entry.port + 1000)),
            ("user-agent", USER_AGENT),
            ("expires", "0"),
        ]
        self._core.bus.fire("CUSTOM", lambda: headers, subclass="sofia::unregister", site=UNREGISTER_SITE)

    def expire(self, number: str) -> None:
        """The registration of a phone runs out."""
        entry = self._entries[number]
        if entry.registration is None:
            return
        registration, entry.registration = entry.registration, None
        headers = [
            ("profile-name", "internal"),
            ("call-id", registration.call_id),
            ("user", number),
            ("username", number),
            ("host", HOST),
            ("contact", _contact(entry)),
            ("expires", str(registration.expires_epoch)),
            ("user-agent", USER_AGENT),
            ("realm", HOST),
            ("network-ip", HOST),
            ("network-port", str(entry.port + 1000)),
        ]
        self._core.bus.fire("CUSTOM", lambda: headers, subclass="sofia::expire", site=EXPIRE_SITE)

    @staticmethod
    def _common(entry: Entry, registration: Registration) -> list[tuple[str, str]]:
        return [
            ("profile-name", "internal"),
            ("from-user", entry.phone.number),
            ("from-host", HOST),
            ("presence-hosts", "n/a"),
            ("contact", _contact(entry)),
            ("call-id", registration.call_id),
            ("rpid", "unknown"),
        ]

    def call(self, session: Session, entry: Entry | None, user: str, port: int) -> PhoneCall:
        """Put a phone at the other end of a leg; None: nobody listens at that address."""
        behaviour = PhoneBehaviour(Reaction.UNREACHABLE) if entry is None else entry.next_behaviour()
        call = PhoneCall(self._core, session, behaviour, user, port)
        session.peer = call
        return call


class PhoneCall:
    """One call on a phone: plays the behaviour and is told what the switch does."""

    def __init__(self, core: Core, session: Session, behaviour: PhoneBehaviour, user: str, port: int) -> None:
        self._core = core
        self._session = session
        self._behaviour = behaviour
        self._user = user
        self._port = port
        self._timer: Timer | None = None

    def invited(self) -> None:
        """The INVITE has arrived."""
        self._after(self._behaviour.ring_after, self._react)

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        self._timer = self._core.timing.call_later(seconds, act)

    def _react(self) -> None:
        status = STATUS.get(self._behaviour.reaction)
        if status is not None:
            self._core.sip.refuses(self._session, status, HOST, self._port)
            return
        self._core.sip.rings(self._session, self._user, HOST, self._port)
        if self._behaviour.reaction is Reaction.ANSWER:
            self._after(self._behaviour.answer_after, self._answer)

    def _answer(self) -> None:
        self._core.sip.accepts(self._session, self._user, HOST, self._port)
        if self._behaviour.talk is not None:
            self._after(self._behaviour.talk, self._hang_up)

    def _hang_up(self) -> None:
        self._core.sip.bye(self._session)

    def answered(self) -> None:
        """Nothing to do: it is the phone that answers."""

    def hears(self, prompt: str, *, begins: bool) -> None:
        """Phones do not listen to prompts."""

    def talks(self, other: str, *, begins: bool) -> None:
        """Phones do not mind with whom they talk."""

    def ended(self, cause: str) -> None:
        """The call is over: whatever the phone still meant to do falls away."""
        if self._timer is not None:
            self._timer.cancel()


def _contact(entry: Entry) -> str:
    return f'"" <sip:{entry.phone.number}@{HOST}:{entry.port}>'
