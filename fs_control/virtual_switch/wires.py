"""A wire: one event socket connection, in either direction.

Owns reading commands, answering them in order, and sending events. A controller that dialled us is an inbound wire; one
that we dialled for a channel is an outbound wire and belongs to that channel's session. As in mod_event_socket, events
leave at the wire's own 20 ms steps, or right after a command has been answered. Easy to break: the end of a channel is
noticed at such a step too, after the events that tell of it (linger notice, or disconnect and close).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

import gevent
from gevent import socket

from fs_control.errors import RemoteFault
from fs_control.esl.frames import Frame, FrameReader, NeedData
from fs_control.virtual_switch.event import Event, to_bytes
from fs_control.virtual_switch.outbuffer import OutBuffer
from fs_control.virtual_switch.states import ChannelState
from fs_control.virtual_switch.subscription import Subscription
from fs_control.virtual_switch.timing import FRAME_US, Timer
from fs_control.virtual_switch.wire_commands import Reply, parse_command, run_command

if TYPE_CHECKING:
    from fs_control.virtual_switch.channel import Channel
    from fs_control.virtual_switch.core import Core
    from fs_control.virtual_switch.sessions import Session

GOODBYE: Final = b"Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n"
AUTH_SECONDS: Final = 25.0
DRAIN_SECONDS: Final = 2.0
READ_BYTES: Final = 65536


class Wire:
    """One connection."""

    def __init__(
        self, core: Core, connection: socket.socket, *, session: Session | None = None, full: bool = True
    ) -> None:
        self.core = core
        self.session = session
        self.full = full
        """Whether an outbound wire may do more than send orders to its own channel."""
        self.authenticated = session is not None
        self.subscription = Subscription()
        self.linger: float | None = None
        """Virtual seconds to stay after the channel's end; infinity: until `exit`; None: not at all."""
        self._socket = connection
        self._out = OutBuffer(connection.fileno())
        self._events: deque[Event] = deque()
        self._step: Timer | None = None
        self._origin_us = 0
        self._expiry: Timer | None = None
        self.met = session is None
        """Whether the controller has said `connect`, or will never say it any more."""
        self._noticed_end = False
        self._stopping = False
        self._peer_left = False
        """Whether the controller went of its own accord: what is sent now may not be read any more."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    # Life.

    def start(self) -> None:
        """Begin to read, in a greenlet of the wire's own."""
        if self.session is not None:
            self.session.hold()
            self.session.channel.on_change.append(self._look_at_channel)
        self.core.wires.add(self)
        self.core.traffic.wires += 1
        gevent.spawn(self._run).name = "wire"

    def stop(self) -> None:
        """End the wire; its greenlet says goodbye and closes."""
        if not self._stopping:
            self._stopping = True
            try:
                self._socket.shutdown(socket.SHUT_RD)
            except OSError:
                # The peer has closed already; the reader has noticed, or will.
                return

    def _run(self) -> None:
        if not self.authenticated:
            self.send(b"Content-Type: auth/request\n\n")
            self._expiry = self.core.timing.call_later(
                AUTH_SECONDS * self.core.timing.clock.rate, self._give_up_waiting
            )
        self._origin_us = self.core.timing.now_us()
        try:
            self._read()
        except RemoteFault as fault:
            self.reply(f"-ERR {fault.code}")
        finally:
            self._finish()

    def _give_up_waiting(self) -> None:
        if not self.authenticated:
            self.stop()

    def _read(self) -> None:
        reader = FrameReader()
        while not self._stopping:
            try:
                data = self._socket.recv(READ_BYTES)
            except OSError:
                return
            if not data or self._out.broken:
                self._peer_left = not self._stopping
                return
            reader.receive_data(data)
            self._serve_frames(reader)

    def _serve_frames(self, reader: FrameReader) -> None:
        while not self._stopping and not isinstance(frame := reader.next_frame(), NeedData):
            self._serve(frame)

    def _serve(self, frame: Frame) -> None:
        self.core.traffic.commands += 1
        reply = run_command(self, parse_command(frame))
        self.reply(reply)
        self._origin_us = self.core.timing.now_us()
        self._flush()

    def _finish(self) -> None:
        """Say goodbye, and let the channel go on without its controller."""
        self._flush()
        self._stopping = True
        for timer in (self._step, self._expiry):
            if timer is not None:
                timer.cancel()
        self.follow(None)
        self._leave_channel()
        self._say_goodbye()
        self._out.drain(DRAIN_SECONDS)
        self._out.close()
        self._socket.close()
        self.core.wires.discard(self)
        self.core.traffic.ended += 1
        self.meet()
        if self.session is not None:
            self.session.release()

    def _leave_channel(self) -> None:
        if self.session is None:
            return
        channel = self.session.channel
        channel.on_change.remove(self._look_at_channel)
        self.core.release_channel(channel)

    def _say_goodbye(self) -> None:
        head = b"Content-Type: text/disconnect-notice\n"
        if self.session is not None:
            uuid = to_bytes(self.session.channel.uuid)
            head += b"Controlled-Session-UUID: %b\nContent-Disposition: disconnect\n" % uuid
        self.send(b"%bContent-Length: %d\n\n%b" % (head, len(GOODBYE), GOODBYE))

    # Sending.

    def send(self, data: bytes) -> None:
        """Send bytes, after all that was sent before."""
        if not self._peer_left:
            self.core.traffic.bytes_sent += len(data)
        self._out.write(data)

    def reply(self, reply: Reply) -> None:
        """Answer a command: with a text, with a whole frame, or (None) not at all."""
        if isinstance(reply, str):
            reply = b"Content-Type: command/reply\nReply-Text: %b\n\n" % to_bytes(reply)
        if reply is not None:
            self.send(reply)

    # Events.

    def follow(self, channel: str | None, *, everything: bool = False) -> None:
        """Listen to one channel, to everything, or to nothing."""
        for uuid in {None, self.subscription.channel}:
            self.core.bus.forget(self, uuid)
        self.subscription.channel = channel
        if everything or channel is not None:
            self.core.bus.listen(self, channel)

    def wants(self, name: str, subclass: str | None) -> bool:
        """Whether events of this name were asked for."""
        return self.subscription.wants(name, subclass)

    def take(self, event: Event) -> None:
        """Queue an event for the next step."""
        if self.subscription.passes(event):
            self._events.append(event)
            self._plan_step()

    def drop_events(self) -> None:
        """Forget what has not been sent (noevents)."""
        self._events.clear()

    def _look_at_channel(self) -> None:
        if self.session is not None and self.session.channel.down:
            self._plan_step()

    def _plan_step(self) -> None:
        if self._step is None and not self._stopping:
            since = (self.core.timing.now_us() - self._origin_us) % FRAME_US
            self._step = self.core.timing.call_later((FRAME_US - since) / 1e6, self._take_step)

    def _take_step(self) -> None:
        self._step = None
        self._flush()

    def _flush(self) -> None:
        while self._events:
            self.send(self._events.popleft().frame())
        if self._out.broken:
            self.stop()
        elif self.session is not None and not self._noticed_end and self._sees_end(self.session.channel):
            self._noticed_end = True
            self._meet_end_of_channel(self.session)

    def _sees_end(self, channel: Channel) -> bool:
        """Whether the wire notices the end of its channel; one that will close waits for the last event."""
        return channel.down and (self.linger is not None or channel.running_state >= ChannelState.REPORTING)

    def _meet_end_of_channel(self, session: Session) -> None:
        if self.linger is None:
            self.stop()
            return
        endless = self.linger == float("inf")
        self.send(
            b"Content-Type: text/disconnect-notice\nControlled-Session-UUID: %b\nContent-Disposition: linger\n"
            b"Channel-Name: %b\nLinger-Time: %d\nContent-Length: 0\n\n"
            % (
                to_bytes(session.channel.uuid),
                to_bytes(session.channel.name),
                -1 if endless else int(self.linger),
            )
        )
        if not endless:
            self._expiry = self.core.timing.call_later(self.linger, self.stop)

    def meet(self) -> None:
        """The controller has said `connect`: the channel may park."""
        self.met = True
        if self.session is not None:
            self.session.look_again()
