"""The session of a channel: the one greenlet that runs its states and applications, and its queue of orders.

Owns running: states one after the other (switch_core_session_run), applications, the queue of what controllers send,
the locks that keep a dead channel until its readers let go. Easy to break: the session looks at its news only at the
next 20 ms frame; an order that arrives while an application runs is carried out INSIDE it, unless it is event-locked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import gevent
from gevent.event import Event as Signal

from fs_control.virtual_switch.causes import cause_named
from fs_control.virtual_switch.channel import Channel
from fs_control.virtual_switch.dial_string import split_scope
from fs_control.virtual_switch.media_bug import MediaBug
from fs_control.virtual_switch.states import ChannelState, Direction
from fs_control.virtual_switch.timing import FRAME_US

if TYPE_CHECKING:
    from fs_control.virtual_switch.apps import Application
    from fs_control.virtual_switch.core import Core
    from fs_control.virtual_switch.legs import Leg
    from fs_control.virtual_switch.recording import Recording
    from fs_control.virtual_switch.session_timers import SessionTimer

StateHandler = Callable[["Session"], bool]
"""Runs before the standard behaviour of a state; True lets that follow."""

RESTART_AFTER_US = 500_000
"""An application with loops is not started again when it took less than this (switch_ivr_parse_event)."""
MAX_DEPTH = 16
"""How deep orders may run inside one another (SWITCH_MAX_STACKS)."""


class Peer(Protocol):
    """The SIP phone at the other end of a channel, as far as it notices anything."""

    def answered(self) -> None:
        """The call was answered."""

    def hears(self, prompt: str, *, begins: bool) -> None:
        """A prompt begins or ends in the phone's ear."""

    def talks(self, other: str, *, begins: bool) -> None:
        """Talking with another channel begins or ends."""

    def ended(self, cause: str) -> None:
        """The call is over."""


@dataclass(frozen=True, slots=True)
class Order:
    """One `sendmsg`: an application to execute, or a hang-up."""

    application: str
    """Empty: hang up, with the cause in `argument`."""
    argument: str | None = None
    uuid: str | None = None
    """Event-UUID, which comes back as Application-UUID."""
    loops: int = 1
    lock: bool = False
    lead_frames: int = 0
    """Frames to let pass before it starts (uuid_broadcast)."""


class Session:
    """The life of one channel."""

    def __init__(self, core: Core, channel: Channel, number: int) -> None:
        self.core = core
        self.channel = channel
        self.number = number
        self.peer: Peer | None = None
        self.leg: Leg | None = None
        """Where the switch dialled, if it did."""
        self.timer: SessionTimer
        """Given to it by the core."""
        self.recordings: dict[str, Recording] = {}
        self.audio_bug: MediaBug | None = None
        """What uuid_audio has put on the channel."""
        self.actions: deque[tuple[str, str | None]] = deque()
        """What the dialplan has still to run."""
        self.overrides: Mapping[ChannelState, StateHandler] = {}
        self.readers = 0
        """How many keep the channel from being destroyed (wires, bridges, originate)."""
        self._orders: deque[Order] = deque()
        self._signals: deque[Callable[[], None]] = deque()
        self._depth = 0
        self._ran = False
        self._news = Signal()
        self._settled = Signal()
        channel.on_change.append(self._news.set)
        self.greenlet: gevent.Greenlet[[], None] | None = None

    # Life.

    def start(self) -> None:
        """Begin to run."""
        self.greenlet = gevent.spawn(self._run)
        self.greenlet.name = f"session-{self.channel.uuid}"

    def _run(self) -> None:
        channel = self.channel
        try:
            while channel.running_state is not ChannelState.REPORTING:
                if channel.state is not channel.running_state or not self._ran:
                    self._run_state(channel.state)
                else:
                    self._rest()
        finally:
            # Also when a state handler is broken: the call ends, the switch goes on, the loop reports the error.
            self._destroy()

    def _run_state(self, state: ChannelState) -> None:
        self._ran = True
        self.channel.enter(state)
        self._settled.set()
        override = self.overrides.get(state)
        if override is None or override(self):
            standard = self.core.state_handlers.get(state)
            if standard is not None and self.channel.state is state:
                standard(self)

    def _rest(self) -> None:
        """Sleep until somebody changes the state; orders are carried out meanwhile."""
        self.serve_orders()
        if self.channel.state is self.channel.running_state:
            self.wait_for_news()

    def _destroy(self) -> None:
        channel = self.channel
        if not channel.down:
            channel.hang_up("DESTINATION_OUT_OF_ORDER")
        channel.state = ChannelState.DESTROY
        while self.readers:
            self._news.wait()
            self._news.clear()
        self._orders.clear()
        self.core.remove(self)
        channel.fire("CHANNEL_DESTROY")
        channel.enter(ChannelState.DESTROY)
        self._settled.set()

    def hold(self) -> None:
        """Keep the channel until `release`."""
        self.readers += 1

    def release(self) -> None:
        """Let the channel go."""
        self.readers -= 1
        self._news.set()

    def wait_until_running(self, *states: ChannelState) -> bool:
        """Wait until the session runs one of the states; False when it went down first."""
        while self.channel.running_state not in states:
            if self.channel.down and self.channel.running_state >= ChannelState.HANGUP:
                return False
            self._settled.clear()
            self._settled.wait()
        return True

    # Frames.

    def next_frame(self, until_us: int | None = None, *, reads: bool = True) -> None:
        """Wait for the next frame at which there is news, or for a moment; return at once when that has passed.

        Every loop of an application is `while ready: look at the news; next_frame()`. One that reads no sound hears
        nothing of SIP either, before it takes the signals itself.
        """
        timing = self.core.timing
        if not self._news.is_set() and not timing.wait_for(self._news, until_us):
            return
        self._news.clear()
        boundary = timing.next_frame_us()
        if until_us is not None and until_us < boundary:
            timing.sleep_until(until_us)
        else:
            timing.await_frame(boundary)
        if reads:
            self.take_signals()

    def skip_frames(self, count: int) -> None:
        """Let frames pass, whatever happens meanwhile; news are still there afterwards."""
        timing = self.core.timing
        timing.await_frame(timing.stamp_us() + count * FRAME_US)
        self.take_signals()

    def pause(self, length_us: int, *, reads: bool = True) -> None:
        """Let so many microseconds pass, whatever happens meanwhile; news are still there afterwards."""
        timing = self.core.timing
        timing.sleep_until(timing.now_us() + length_us)
        if reads:
            self.take_signals()

    def wait_for_news(self) -> None:
        """Wait until there is news, between two frames."""
        self._news.wait()
        self._news.clear()
        self.take_signals()

    def signal(self, act: Callable[[], None]) -> None:
        """Let the session itself do something at its next frame: how SIP messages of the phone reach a channel."""
        self._signals.append(act)
        self._news.set()

    def take_signals(self) -> None:
        """Do what SIP messages of the phone have left to do."""
        while self._signals:
            self._signals.popleft()()

    def look_again(self) -> None:
        """There is more to look at: the next frame comes without waiting for news."""
        self._news.set()

    # Orders.

    def order(self, order: Order) -> None:
        """Queue what a controller sent."""
        self._orders.append(order)
        self._news.set()

    def forget_orders(self) -> None:
        """Drop what has not begun (uuid_break all)."""
        self._orders.clear()

    def serve_orders(self) -> None:
        """Carry out what is queued, one after the other; nothing while an event-locked application runs."""
        if self._depth >= MAX_DEPTH:
            return
        self._depth += 1
        try:
            while self._orders and not self.channel.flags.event_lock:
                self._carry_out(self._orders.popleft())
                self.channel.fire("PRIVATE_COMMAND")
                # What it waited for inside may have been news for whoever runs around it.
                self.look_again()
                if self.channel.flags.break_requested:
                    break
        finally:
            self._depth -= 1

    def _carry_out(self, order: Order) -> None:
        flags = self.channel.flags
        flags.event_lock += order.lock
        try:
            if order.lead_frames and self.channel.media_ready:
                self.skip_frames(order.lead_frames)
            if order.application:
                self._execute_ordered(order)
            else:
                self.channel.hang_up(cause_named(order.argument or ""))
        finally:
            flags.event_lock -= order.lock

    def _execute_ordered(self, order: Order) -> None:
        """Run an ordered application, with its loops (CMD_EXECUTE of switch_ivr_parse_event)."""
        flags, variables = self.channel.flags, self.channel.variables
        outermost = not flags.broadcast
        flags.stop_broadcast = False
        flags.broadcast = True
        done = 0
        while order.loops < 0 or done < order.loops:
            done += 1
            began = self.core.timing.now_us()
            variables.set("app_uuid", order.uuid)
            variables.set("current_loop", str(done))
            variables.set("total_loops", str(order.loops))
            alive = self.execute(order.application, order.argument)
            if not alive or not self.channel.ready or flags.stop_broadcast:
                break
            if self.core.timing.now_us() - began < RESTART_AFTER_US:
                break
        variables.set("current_loop", None)
        variables.set("total_loops", None)
        if outermost:
            flags.broadcast = False
        if flags.stop_broadcast:
            flags.broadcast = False
            flags.break_requested = True

    # Applications.

    def execute(self, name: str, argument: str | None) -> bool:
        """Run one application; False when the channel is hung up or the application could not run."""
        if self.channel.down:
            return False
        application = self.core.applications.get(name)
        if application is None:
            self.channel.hang_up("DESTINATION_OUT_OF_ORDER")
            return False
        if application.needs_media and not self.channel.media_ready:
            if self.channel.direction is Direction.OUTBOUND:
                return False
            self.core.sip.pre_answer(self)
        expanded = None if argument is None else self.channel.expand(argument)
        if expanded is not None and expanded.startswith("%"):
            self._run_scoped(application, name, expanded)
        else:
            self._run_application(application, name, expanded)
        return True

    def _run_scoped(self, application: Application, name: str, argument: str) -> None:
        """Run an application with variables of its own: `%[a=b]argument`."""
        pairs, bare = split_scope(argument)
        self.channel.variables.open_scope(pairs)
        try:
            self._run_application(application, name, bare)
        finally:
            self.channel.variables.close_scope()

    def _run_application(self, application: Application, name: str, argument: str | None) -> None:
        uuid = self._begin(name, argument)
        application.run(self, argument)
        self._complete(name, argument, uuid)

    def _begin(self, name: str, argument: str | None) -> str:
        variables = self.channel.variables
        uuid = variables.get("app_uuid") or self.core.new_uuid()
        variables.set("app_uuid", None)
        self.channel.applications.append((name, argument))
        self.channel.application_stamps.append(self.core.timing.now_us())
        self.channel.shown_application = (name, argument)
        variables.set("current_application", name)
        variables.set("current_application_data", argument)
        variables.set("current_application_response", None)
        self.channel.fire("CHANNEL_EXECUTE", _application_headers(name, argument, None, uuid))
        self.channel.flags.break_requested = False
        variables.set("current_application", name)
        return uuid

    def _complete(self, name: str, argument: str | None, uuid: str) -> None:
        response = self.channel.variables.get("current_application_response") or "_none_"
        self.channel.fire("CHANNEL_EXECUTE_COMPLETE", _application_headers(name, argument, response, uuid))

    def respond(self, response: str) -> None:
        """Set what the running application reports as Application-Response."""
        self.channel.variables.set("current_application_response", response)

    def take_over(self, handlers: Mapping[ChannelState, StateHandler]) -> None:
        """Let handlers run before the standard behaviour of their states, instead of any before them."""
        self.overrides = handlers

    def hand_back(self, handlers: Mapping[ChannelState, StateHandler]) -> None:
        """Give up the states that these handlers took over, unless somebody else has taken over since."""
        if self.overrides is handlers:
            self.overrides = {}


def _application_headers(name: str, argument: str | None, response: str | None, uuid: str) -> list[tuple[str, str]]:
    headers = [("Application", name)]
    if argument:
        headers.append(("Application-Data", argument))
    if response is not None:
        headers.append(("Application-Response", response))
    return [*headers, ("Application-UUID", uuid)]
