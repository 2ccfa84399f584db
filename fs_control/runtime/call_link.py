"""The connection that FreeSWITCH makes to us for one caller.

Owns the handshake (`connect` and `linger`, sent in one piece), the leg's id and its end. It must not know which call
this is nor what should happen to it. Easy to break: a leg can end without the connection ending (a linger notice) and
the other way round; whichever comes first is the end of the leg, told once, and from then on every command gets
CallGone. Facts come on the inbound link, so events are asked for here only with `events`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog
from gevent.socket import socket
from greenswitch.esl import OutboundSession

from fs_control.errors import RemoteFault
from fs_control.esl import ChannelData, Connect, DisconnectNotice, EventMessage, Linger, Message, MyEvents, Role
from fs_control.ids import LegId
from fs_control.runtime.callbacks import run_callback
from fs_control.runtime.dedupe import Deduplicator
from fs_control.runtime.link import ANY_EVENT, EventHandler, Link, tune_socket
from fs_control.runtime.outcome import Result
from fs_control.runtime.wire import Wire, WireLimits

OnCall = Callable[["CallLink", ChannelData], None]
"""Gets a new caller's link and channel; must not block."""

OnEnd = Callable[["CallLink", str], None]
"""Gets the link whose leg has ended, and a reason for the log; called once for each `OnCall`."""

_log: Final = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class CallSettings:
    """How a server treats each of its links."""

    linger_s: int = 5
    handshake_s: float = 5.0
    """FreeSWITCH answers `connect` in a millisecond; a stranger who says nothing is not kept."""
    events: bool = False
    """Ask for the leg's events on this connection too."""
    limits: WireLimits | None = None


class CallLink(Link, OutboundSession):
    """One caller's connection; `leg` is "" until the handshake is through."""

    def __init__(
        self,
        client_address: tuple[str, int],
        sock: socket,
        settings: CallSettings,
        *,
        on_call: OnCall,
        on_end: OnEnd,
        on_event: EventHandler | None = None,
        deduplicator: Deduplicator | None = None,
    ) -> None:
        self.leg = LegId("")
        self.session_data: ChannelData | None = None
        self._settings: Final = settings
        self._on_call: Final = on_call
        self._on_end: Final = on_end
        self._deduplicator = deduplicator
        self._peer: Final = f"{client_address[0]}:{client_address[1]}"
        self._ended = False
        tune_socket(sock)
        self._wire: Wire = Wire(
            sock,
            Role.OUTBOUND,
            f"from {self._peer}",
            on_message=self._on_message,
            on_gone=self._on_gone,
            limits=settings.limits,
        )
        super().__init__(client_address, sock)
        self.sock_file.close()  # greenswitch's reader; an open one would keep the socket open as well
        self.event_handlers.clear()  # greenswitch's own handlers match by application name; the owner matches
        if on_event is not None:
            self.register_handle(ANY_EVENT, on_event)

    # --- the handshake ---------------------------------------------------------------------------------------------

    def connect(self) -> None:
        """Ask for the call and return at once (greenswitch waits here); `on_call` follows, or the link is dropped."""
        limit_s = self._settings.handshake_s
        self._wire.send(Connect(), self._take_call, limit_s)
        self._wire.send(Linger(self._settings.linger_s), self._take_lingering, limit_s)
        if self._settings.events:
            self._wire.send(MyEvents(), None, limit_s)

    def _take_call(self, result: Result) -> None:
        if not isinstance(result, ChannelData):
            self._wire.drop(f"no_call: {result.code if isinstance(result, RemoteFault) else 'answer_without_channel'}")
            return
        leg = result.get("Unique-ID")
        if not leg:
            self._wire.drop("no_call: channel_without_id")
            return
        self.leg, self.session_data = LegId(leg), result
        self._wire.name = f"leg {leg}"
        self._outbound_connected = True
        if not run_callback(self._on_call, self, result):
            self._wire.drop("call_not_taken")  # the dialplan's next action has the caller

    def _take_lingering(self, result: Result) -> None:
        if isinstance(result, RemoteFault) and self.session_data is not None and not self._ended:
            _log.warning("call link", action="linger_refused", leg=self.leg, code=result.code)

    # --- the end ---------------------------------------------------------------------------------------------------

    def stop(self, deadline_s: float = 2.0) -> None:
        """Leave the call to the switch: say good-bye, wait at most `deadline_s`, then `kill`."""
        self._wire.stop(deadline_s)

    def kill(self, reason: str = "stopped") -> None:
        """Leave the call to the switch at once; when it returns the socket and the greenlets are gone."""
        self._wire.kill(reason)

    def on_disconnect(self, event: DisconnectNotice) -> None:
        """The leg has hung up; where nobody waits for its last events the switch need not keep the dead session."""
        if event.linger:
            self._lingering = True
            self._end("hung_up")
            if not self._settings.events:
                self._wire.leave()

    def on_hangup(self, event: EventMessage) -> None:
        """Do nothing: the notice ends a leg, also where no events are asked for."""

    def on_event(self, event: EventMessage) -> None:
        """Do nothing: greenswitch matches answers by application name here, which confuses legs."""

    def _on_message(self, message: Message) -> None:
        match message:
            case EventMessage():
                self.handle_event(message)
            case DisconnectNotice():
                self.on_disconnect(message)

    def _on_gone(self, reason: str) -> None:
        if self.session_data is None:
            _log.warning("call link", action="stranger_dropped", peer=self._peer, reason=reason)
        self._end(reason)

    def _end(self, reason: str) -> None:
        if self._ended:
            return
        self._ended, self.connected, self._outbound_connected = True, False, False
        if self.session_data is not None:
            _log.info("call link", action="leg_ended", leg=self.leg, reason=reason)
            run_callback(self._on_end, self, reason)
