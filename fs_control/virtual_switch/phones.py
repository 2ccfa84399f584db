"""The SIP phones of the box: who is in the directory, and who is registered.

Owns the registrations with their events (trace registrations); what a phone does on a leg is `phone_calls`. Each call
uses the next behaviour of its phone, the last one for ever. Easy to break: a phone that is not registered cannot be
dialled as user/NUMBER, but still hears an INVITE that is sent to its port.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from fs_control.virtual_switch.event_names import EXPIRE_SITE, REGISTER_SITE, UNREGISTER_SITE
from fs_control.virtual_switch.phone_calls import PhoneCall
from fs_control.virtual_switch.place import HOST
from fs_control.virtual_switch.script import Phone, PhoneBehaviour, Reaction

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core
    from fs_control.virtual_switch.sessions import Session

FIRST_PORT = 6001
FORGOTTEN_AFTER_SECONDS = 1.0
"""Between `sofia::expire` and the moment from which nobody finds the phone (trace registration-expiry)."""
USER_AGENT = "deskphone"


@dataclass(slots=True)
class Registration:
    """Where a phone can be reached, until when."""

    call_id: str
    expires_epoch: int
    order: int
    """Registrations are counted from the start of the switch."""


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

    def registered(self) -> list[Entry]:
        """The phones that are registered, in the order in which they last did."""
        found = [entry for entry in self._entries.values() if entry.registration is not None]
        return sorted(found, key=lambda entry: entry.registration.order if entry.registration is not None else 0)

    def register(self, number: str) -> None:
        """REGISTER from a phone, for the first time or again."""
        entry = self._entries[number]
        now = self._core.timing.now_us() // 1_000_000
        number_of_it = next(self._call_ids)
        entry.registration = Registration(f"{number_of_it}-virtual@{HOST}", now + entry.phone.expires, number_of_it)
        headers = [
            *self._common(entry, entry.registration),
            ("status", "Registered(UDP)"),
            ("expires", str(entry.phone.expires)),
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
        """The registration of a phone runs out: the event comes first, a moment later the phone is forgotten."""
        entry = self._entries[number]
        registration = entry.registration
        if registration is None:
            return
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
        self._core.timing.call_later(FORGOTTEN_AFTER_SECONDS, self._forget, entry, registration)

    @staticmethod
    def _forget(entry: Entry, registration: Registration) -> None:
        """Drop a registration, unless the phone has registered again since."""
        if entry.registration is registration:
            entry.registration = None

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


def _contact(entry: Entry) -> str:
    return f'"" <sip:{entry.phone.number}@{HOST}:{entry.port}>'
