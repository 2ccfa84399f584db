"""A controller on plain greenswitch that answers each call, bridges it to the next phone, and hangs up.

    tools/bench-env python -m bench.greenswitch_application 127.0.0.1 8084 40

The last argument is how many phones there are. Written as greenswitch's own documentation writes its applications, on
its own server, reader and event handling. It has no flow, no line, no journal and no record.
"""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402  (the patch has to come first)
import sys
from itertools import cycle

from greenswitch import OutboundESLServer
from greenswitch.esl import OutboundSession, OutboundSessionHasGoneAway

FIRST_PHONE = 1000
MAX_CALLS = 2000


def main(host: str, port: str, phones: str) -> None:
    """Serve for ever."""
    free = cycle(range(FIRST_PHONE, FIRST_PHONE + int(phones)))
    server = OutboundESLServer(
        bind_address=host,
        bind_port=int(port),
        application=lambda session: _Call(session, f"user/{next(free)}@{host}"),
        max_connections=MAX_CALLS,
    )
    server.listen()


class _Call:
    def __init__(self, session: OutboundSession, phone: str) -> None:
        self._session = session
        self._phone = phone

    def run(self) -> None:
        try:
            self._session.myevents()  # without them greenswitch does not know when a bridge has ended
            self._session.answer()
            self._session.bridge(self._phone)
            self._session.hangup()
        except OutboundSessionHasGoneAway:
            return  # the caller has hung up


if __name__ == "__main__":
    main(*sys.argv[1:])
