"""Handing a call to a controller: the application `socket`.

Owns what the channel does about it: connect, wait for the controller's `connect`, park while the connection lasts, and
go on in the dialplan when it ends. Traces socket-resume, controller-dies-*. Easy to break: a refused connection returns
at once; with socket_resume the dialplan goes on, without it an application that is still running runs to its end first.
"""

from __future__ import annotations

from gevent import socket as gevent_socket

from fs_control.virtual_switch.parking import park
from fs_control.virtual_switch.sessions import Session
from fs_control.virtual_switch.states import ChannelState
from fs_control.virtual_switch.timing import FRAME_US
from fs_control.virtual_switch.wires import Wire

DEFAULT_PORT = 8084
CONNECT_SECONDS = 5.0
SLOWEST_MEETING_US = 16_000
"""From `connect` to the first order: a controller that says `myevents` in that time hears of the park."""
BEFORE_FRAME_US = 3_000


def socket(session: Session, argument: str | None) -> None:
    """Connect to the first of `host:port[|host:port] [async] [full]` that answers, and obey it."""
    words = (argument or "").split()
    if not words or "async" not in words[1:]:
        # Without `async` the controller's own thread would run the channel; nothing of ours dials that way.
        return
    connection = _connect(session, words[0].split("|"))
    if connection is None:
        return
    wire = Wire(session.core, connection, session=session, full="full" in words[1:])
    wire.start()
    while session.channel.ready and not wire.met:
        session.wait_for_news()
    reads = session.channel.media_ready
    session.pause(_until_park(session), reads=reads)
    park(session, reads=reads)
    session.serve_orders()
    flags = session.channel.flags
    moved = flags.redirect or flags.transfer or session.channel.state is ChannelState.HIBERNATE
    if not moved and session.channel.variables.is_true("socket_resume"):
        session.channel.set_state(ChannelState.EXECUTE)


def _until_park(session: Session) -> int:
    """Until shortly before the frame in which the first order will be looked at."""
    now = session.core.timing.now_us()
    frame = session.core.timing.frame_us(now + SLOWEST_MEETING_US) + FRAME_US
    return frame - BEFORE_FRAME_US - now


def _connect(session: Session, hosts: list[str]) -> gevent_socket.socket | None:
    for address in hosts:
        host, _, port = address.partition(":")
        session.channel.variables.set("socket_host", host)
        if port and not (port.isdecimal() and len(port) < 6):
            continue
        try:
            target = (host, int(port or DEFAULT_PORT))
            with session.core.timing.outside():
                connection: gevent_socket.socket = gevent_socket.create_connection(target, timeout=CONNECT_SECONDS)
        except (OSError, OverflowError):
            # Nobody there: the next host, and after the last one the dialplan's next action.
            continue
        connection.settimeout(None)
        return connection
    return None
