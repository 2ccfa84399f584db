"""The door at which FreeSWITCH hands over its callers.

Owns listening, who is let in and how many, and the end of all links at a stop. It must not know what a call is for.
Easy to break: whom we turn away is decided before the first byte, so that the dialplan goes on to its next action at
once (the apology); running out of file descriptors turns callers away and does not close the door; and a leg may come
back on a new connection before its old one has ended (trace transfer-after-bridge), which is not the end of the leg.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from typing import Final

import gevent
import greenswitch
import structlog
from gevent.monkey import get_original
from gevent.server import StreamServer
from gevent.socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, socket

from fs_control.errors import UserMistake
from fs_control.esl import ChannelData
from fs_control.ids import LegId
from fs_control.runtime.call_link import CallLink, CallSettings, OnCall
from fs_control.runtime.dedupe import Deduplicator
from fs_control.runtime.door import check_listener, may_enter, peers_from
from fs_control.runtime.link import EventHandler

OnEnd = Callable[[LegId, str], None]
"""Gets the leg whose last link has ended, and a reason for the log."""

BACKLOG: Final = 512
"""Callers who arrive while the loop is busy for a moment; the kernel cuts it to net.core.somaxconn."""

_REFUSALS: Final = {
    errno.EADDRINUSE: "listen_port_taken",
    errno.EACCES: "listen_port_forbidden",
    errno.EADDRNOTAVAIL: "listen_address_unknown",
}
"""Why the machine will not let us listen, as codes of sentences; anything else is `listen_failed`."""

_close_now: Final[Callable[[int], None]] = get_original("os", "close")
"""gevent's own close comes a turn of the loop later, when the descriptor is needed already."""

_log: Final = structlog.get_logger()


class CallServer(greenswitch.OutboundESLServer):
    """Listens, lets FreeSWITCH in, gives each caller's link to `on_call`, and tells `on_end` when a leg has none left.

    `allowed_peers` are addresses or networks; without them the server listens on loopback only. With port 0 the
    machine chooses one, to be read from `bound_port`.
    """

    def __init__(
        self,
        bind_address: str,
        bind_port: int,
        *,
        on_call: OnCall,
        on_end: OnEnd,
        on_event: EventHandler | None = None,
        max_connections: int = 2000,
        allowed_peers: Sequence[str] = (),
        settings: CallSettings | None = None,
        deduplicator: Deduplicator | None = None,
    ) -> None:
        self._peers: Final = peers_from(allowed_peers)
        check_listener(bind_address, self._peers)
        super().__init__(bind_address, bind_port, application=on_call, max_connections=max_connections)
        self.links: Final[set[CallLink]] = set()
        self._newest: Final[dict[LegId, CallLink]] = {}
        self._on_call: Final = on_call
        self._on_end: Final = on_end
        self._on_event: Final = on_event
        self._settings: Final = settings or CallSettings()
        self._deduplicator: Final = deduplicator
        self._listener: _Listener | None = None

    def listen(self) -> None:
        """Begin to listen and return (greenswitch stays here); UserMistake where the machine will not let us."""
        host, port = self.bind_address, self.bind_port[0]
        listener = _Listener(_bind(host, port), self._welcome)
        listener.start()
        self._listener = listener
        self._running = True
        self.bound_port = listener.server_port
        _log.info("call server", action="listening", host=host, port=self.bound_port)

    def stop(self, deadline_s: float = 2.0) -> None:
        """Let nobody in any more, say good-bye on every link, wait at most `deadline_s`, then `kill`."""
        self._close_door()
        goodbyes = [gevent.spawn(link.stop, deadline_s) for link in tuple(self.links)]
        gevent.joinall(goodbyes, timeout=deadline_s)
        self.kill()

    def kill(self) -> None:
        """Close everything at once; when it returns the sockets and the greenlets are gone."""
        self._close_door()
        for link in tuple(self.links):
            link.kill()

    def _close_door(self) -> None:
        self._running = False
        if self._listener is not None:
            self._listener.close()

    def _welcome(self, sock: socket, address: tuple[str, int]) -> None:
        """One connection, from its first moment to its end, in a greenlet of its own."""
        reason = self._reason_to_turn_away(address[0])
        if reason:
            _log.warning("call server", action="connection_turned_away", peer=address[0], reason=reason)
            sock.close()
            return
        link = CallLink(
            address[:2],
            sock,
            self._settings,
            on_call=self._take_call,
            on_end=self._end_call,
            on_event=self._on_event,
            deduplicator=self._deduplicator,
        )
        self._accept_call(link)

    def _accept_call(self, session: CallLink) -> None:
        self.links.add(session)
        self.connection_count += 1
        try:
            session.connect()
            session.receive_events()
        finally:
            self.links.discard(session)
            self.connection_count -= 1

    def _take_call(self, link: CallLink, channel: ChannelData) -> None:
        self._newest[link.leg] = link
        self._on_call(link, channel)

    def _end_call(self, link: CallLink, reason: str) -> None:
        if self._newest.get(link.leg) is link:
            del self._newest[link.leg]
            self._on_end(link.leg, reason)

    def _reason_to_turn_away(self, peer: str) -> str:
        if not may_enter(peer, self._peers):
            return "peer_not_allowed"
        if self.connection_count >= self.max_connections:
            return "too_many_connections"
        return ""


def _bind(host: str, port: int) -> socket:
    sock = socket(AF_INET6 if ":" in host else AF_INET)
    try:
        sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        code = _REFUSALS.get(error.errno or 0, "listen_failed")
        raise UserMistake(code, host=host, port=port, reason=error.strerror or str(error)) from None
    sock.setblocking(False)
    return sock


class _Listener(StreamServer):
    """A StreamServer that stays open when the process has no file descriptor left.

    One descriptor is kept in reserve: with it the caller who cannot be served is accepted and let go, so that the
    dialplan hears of it at once instead of waiting in the backlog.
    """

    _reserve: int

    def init_socket(self) -> None:
        super().init_socket()
        self._reserve = _open_reserve()

    def do_read(self) -> tuple[socket, object] | None:  # type: ignore[override]  # the stub forgets "nobody there"
        try:
            return super().do_read()
        except OSError as error:
            if error.errno not in (errno.EMFILE, errno.ENFILE):
                raise
        self._turn_away()
        return None

    def _turn_away(self) -> None:
        _close_now(self._reserve)
        try:
            accepted = super().do_read()
            if accepted is not None:
                _close_now(accepted[0].detach())
        finally:
            self._reserve = _open_reserve()
        _log.error("call server", action="connection_turned_away", reason="no_file_descriptor_left")

    def close(self) -> None:
        was_open = not self.closed
        super().close()
        if was_open:
            _close_now(self._reserve)


def _open_reserve() -> int:
    return os.open(os.devnull, os.O_RDONLY)
