"""The one connection that we keep to a FreeSWITCH: facts come in on it, and commands to any leg go out.

Owns connecting, the password, the subscription, noticing a dead peer and coming back after a loss. It must not know
what an event means. Easy to break: `on_found`, `on_event` and `on_lost` all run in the reader of one connection, so
they come in the order of the wire; after `stop` or `kill` there is no `on_lost`, for then the switch is well and we
are the ones who left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

import gevent
import greenswitch
import structlog
from gevent import socket
from gevent.event import Event

from fs_control.errors import NoReply, RemoteFault, SwitchRefused
from fs_control.esl import Auth, AuthRequest, EventMessage, Filter, Message, Role, Subscribe
from fs_control.runtime.backoff import Backoff
from fs_control.runtime.callbacks import place_of
from fs_control.runtime.dedupe import Deduplicator
from fs_control.runtime.faults import PasswordRefused, SwitchSilent, SwitchTurnedUsAway, SwitchUnreachable
from fs_control.runtime.introduction import WHICH_CORE, Introduction, Listing, OnFound
from fs_control.runtime.link import ANY_EVENT, EventHandler, Link, tune_socket
from fs_control.runtime.wire import Wire, WireLimits

_log: Final = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class InboundTimes:
    """How patient a link is."""

    connect_s: float = 5.0
    """For the TCP connection, the password request and the answer to the password together."""
    introduction_s: float = 10.0
    """For each of the first questions; a listing of some thousand channels takes the switch a moment."""
    probe_after_s: float = 20.0
    """A switch from which nothing came for so long is asked whether it is there; a busy one never is."""
    probe_deadline_s: float = 10.0
    password_wait_s: float = 30.0
    """A wrong password does not mend itself, and FreeSWITCH logs each attempt."""
    backoff: Backoff = field(default_factory=Backoff)


class InboundLink(Link, greenswitch.InboundESL):
    """One supervised connection. `start` it once; it comes back by itself until `stop` or `kill`.

    `chance` gives numbers in [0, 1), such as `random.random`; `limits` apply to each connection.
    """

    def __init__(
        self,
        host: str,
        port: int,
        password: str,
        subscription: Subscribe,
        filters: Sequence[Filter] = (),
        *,
        on_found: OnFound,
        on_lost: Callable[[str], None],
        on_event: EventHandler,
        chance: Callable[[], float],
        times: InboundTimes | None = None,
        limits: WireLimits | None = None,
        deduplicator: Deduplicator | None = None,
    ) -> None:
        self.times: Final = times or InboundTimes()
        Auth(password)  # a password that cannot be sent is refused here and not at every attempt
        super().__init__(host, port, password, timeout=self.times.connect_s)
        self._subscription: Final = subscription
        self._filters: Final = filters
        self._on_found: Final = on_found
        self._on_lost: Final = on_lost
        self._chance: Final = chance
        self._limits: Final = limits
        self._deduplicator = deduplicator
        self._wire: Wire | None = None
        self._supervisor: gevent.Greenlet[..., object] | None = None
        self._stopping: Final = Event()
        self._found = False
        self._log: Final = _log.bind(host=host, port=port)
        self.register_handle(ANY_EVENT, on_event)

    # --- one connection --------------------------------------------------------------------------------------------

    def connect(self) -> None:
        """Connect and give the password, within `times.connect_s` altogether.

        Raises SwitchUnreachable, SwitchSilent, SwitchTurnedUsAway or PasswordRefused, and then nothing is left open.
        """
        self._connect()

    def _connect(self) -> Wire:
        self._wire = None
        self._auth_request_event.clear()
        try:
            with gevent.Timeout(self.times.connect_s, SwitchSilent("switch_silent", host=self.host, port=self.port)):
                self._wire = wire = self._open_wire()
                self._auth_request_event.wait()
                self.authenticate()
        except BaseException:
            self._kill_wire("not_connected")
            raise
        self.connected = not wire.is_gone
        return wire

    def authenticate(self) -> None:
        """Answer the password request; PasswordRefused, or SwitchTurnedUsAway where the switch has closed instead."""
        try:
            self.call(Auth(self.password), self.times.connect_s)
        except SwitchRefused as fault:
            raise PasswordRefused("switch_password_wrong", host=self.host, port=self.port) from fault
        except NoReply as fault:
            reason = self._wire.reason if self._wire is not None else ""
            raise SwitchTurnedUsAway("switch_closed", host=self.host, port=self.port, reason=reason) from fault

    def _open_wire(self) -> Wire:
        try:
            sock = socket.create_connection((self.host, self.port))
        except OSError as error:
            raise SwitchUnreachable(
                "switch_unreachable", host=self.host, port=self.port, reason=error.strerror or str(error)
            ) from error
        tune_socket(sock)
        wire = Wire(
            sock,
            Role.INBOUND,
            f"to {self.host}:{self.port}",
            on_message=self._on_message,
            on_gone=self._on_gone,
            limits=self._limits,
        )
        wire.start()
        return wire

    def _on_message(self, message: Message) -> None:
        match message:
            case EventMessage():
                self.handle_event(message)
            case AuthRequest():
                self._auth_request_event.set()

    def _on_gone(self, reason: str) -> None:
        self._auth_request_event.set()  # whoever waits for the request must not wait on
        was_found, self.connected, self._found = self._found, False, False
        if was_found and not self._stopping.is_set():
            self._log.warning("inbound link", action="switch_lost", reason=reason)
            self._on_lost(reason)

    # --- supervision -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Connect, and come back after every loss, in a greenlet of the link's own."""
        self._supervisor = gevent.Greenlet(self._supervise)
        self._supervisor.name = f"inbound link {self.host}:{self.port}"
        self._supervisor.start()

    def stop(self, deadline_s: float = 2.0) -> None:
        """Leave for good: say good-bye, wait at most `deadline_s` for the switch to close, then `kill`."""
        if self._is_reader:
            gevent.spawn(self.stop, deadline_s)
            return
        self._stopping.set()
        if self._wire is not None:
            self._wire.stop(deadline_s)
        self.kill()

    def kill(self) -> None:
        """Leave for good, at once; when it returns the socket and the greenlets are gone."""
        self._stopping.set()
        self._kill_wire("stopped")
        if self._supervisor is not None:
            self._supervisor.kill(block=not self._is_reader)

    @property
    def _is_reader(self) -> bool:
        return self._wire is not None and self._wire.is_own_greenlet

    def _kill_wire(self, reason: str) -> None:
        if self._wire is not None:
            self._wire.kill(reason)

    def _supervise(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                wire = self._connect()
                introduction = Introduction(self._tell_found)
                introduction.hold(wire, self._subscription, self._filters, self.times.introduction_s)
            except RemoteFault as fault:
                if self._stopping.is_set():
                    return
                failures += 1
                self._kill_wire(fault.code)
                wait_s = self._wait_after(fault, failures)
            except Exception as error:  # noqa: BLE001 - a defect here must not leave the engine deaf for ever
                failures += 1
                self._kill_wire("link_crashed")
                wait_s = self.times.backoff.wait_s(failures, self._chance())
                self._log.error("inbound link", action="link_crashed", place=place_of(error), retry_in_s=wait_s)
            else:
                failures = 0
                self._watch(wire)
                wait_s = self.times.backoff.wait_s(1, self._chance())
            self._stopping.wait(wait_s)

    def _tell_found(self, core: str, listing: Listing) -> None:
        self._found = True
        self._log.info("inbound link", action="switch_found", core=core, legs=len(listing.legs))
        self._on_found(core, listing)

    def _wait_after(self, fault: RemoteFault, failures: int) -> float:
        if isinstance(fault, PasswordRefused):
            self._log.error("inbound link", action="switch_password_wrong", retry_in_s=self.times.password_wait_s)
            return self.times.password_wait_s
        wait_s = self.times.backoff.wait_s(failures, self._chance())
        reason = fault.values.get("reason")
        self._log.warning("inbound link", action=fault.code, reason=reason, failures=failures, retry_in_s=wait_s)
        return wait_s

    def _watch(self, wire: Wire) -> None:
        """Return when the wire is gone; drop it where the switch does not even answer a small question."""
        while not wire.wait_gone(self.times.probe_after_s):
            if monotonic() - wire.last_heard < self.times.probe_after_s:
                continue
            try:
                wire.call(WHICH_CORE, self.times.probe_deadline_s)
            except RemoteFault:
                wire.drop("switch_silent")
