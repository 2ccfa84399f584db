"""One socket to a switch: commands out, answers back to whoever asked, everything else to the owner.

Owns a socket, the `esl.Connection` that speaks on it, the greenlet that reads it and who waits for which answer. It
must not know what an event means, nor reconnect. Every end (end of stream, error, broken protocol, stop) takes one
way: `drop` sets the reason, the reader wakes, fails all waiters and calls `on_gone` once. Easy to break: FreeSWITCH
answers in the order of the commands and names none, so a waiter that gave up leaves its slot to the late answer.
Callbacks run in the wire's greenlets, never inside `send`, and must not block.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from socket import socket
from time import monotonic
from typing import Final

import gevent
from gevent.event import AsyncResult, Event

from fs_control.errors import BrokenInvariant, CallGone, NoReply, RemoteFault, SwitchRefused
from fs_control.esl import (
    NEED_DATA,
    ApiResponse,
    ChannelData,
    Command,
    CommandReply,
    Connection,
    DisconnectNotice,
    Exit,
    Message,
    Role,
    RudeRejection,
    State,
)
from fs_control.runtime.callbacks import run_callback
from fs_control.runtime.outcome import Answer, Result, result_of

OnDone = Callable[[Result], None]

READ_BYTES: Final = 65_536
"""About ten events; a fuller read means that more is waiting, and other greenlets get their turn first."""

KILL_S: Final = 2.0
"""The greenlets end in the next turn of the loop; only a callback that blocks, against the rule, can take longer."""

_OVER: Final = (State.LEAVING, State.REFUSED, State.DISCONNECTED, State.CLOSED)
"""The states in which a new command would never be answered."""


@dataclass(frozen=True, slots=True)
class WireLimits:
    """What one peer may cost us."""

    unsent_bytes: int = 4 * 1024 * 1024
    """Some thousand commands, as many as may be without an answer. A switch that has not read them is not going to."""
    write_s: float = 5.0
    """How long a peer may leave us standing with bytes that it does not read."""
    deadline_s: float = 5.0
    """How long a command waits for its answer where its sender does not say."""


@dataclass(slots=True)
class _Slot:
    """The place of one answer in the order of the wire; nobody waits in it any more where `on_done` is None."""

    command: Command
    on_done: OnDone | None
    due: float

    def settle(self, result: Result) -> None:
        """Tell the waiter, once."""
        on_done, self.on_done = self.on_done, None
        if on_done is not None:
            run_callback(on_done, result)


class Wire:
    """One connection, from a connected socket to its end; it is never opened again.

    `on_message` gets what answers no command (events, notices, requests), in the order of the wire; `on_gone` gets the
    reason (a code for the log) when all is over. Give the wire a greenlet of its own with `start`, or lend it one by
    calling `run` in it.
    """

    def __init__(
        self,
        sock: socket,
        role: Role,
        name: str,
        *,
        on_message: Callable[[Message], None],
        on_gone: Callable[[str], None],
        limits: WireLimits | None = None,
    ) -> None:
        self.name = name
        self.last_heard = monotonic()
        self.reason = ""
        self._sock: Final = sock
        self._role: Final = role
        self._connection: Final = Connection(role)
        self._on_message: Final = on_message
        self._on_gone: Final = on_gone
        self._limits: Final = limits or WireLimits()
        self._slots: Final[deque[_Slot]] = deque()
        self._lingers = False
        self._unsent: Final[deque[bytes]] = deque()
        self._unsent_bytes = 0
        self._reader: gevent.Greenlet[..., object] | None = None
        self._writer: gevent.Greenlet[..., object] | None = None
        self._alarm: gevent.Greenlet[..., object] | None = None
        self._alarm_due = 0.0
        self._gone: Final = Event()

    # --- life ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Read in a greenlet of the wire's own."""
        self._reader = gevent.spawn(self.run)

    def run(self) -> None:
        """Read in the calling greenlet until the wire is gone."""
        current = gevent.getcurrent()
        if isinstance(current, gevent.Greenlet):
            self._reader = current
            current.name = f"wire {self.name}"
        try:
            while not self.reason:
                self._read_once()
        finally:
            self._finish()

    @property
    def is_gone(self) -> bool:
        """Whether all is over and `on_gone` has been told."""
        return self._gone.is_set()

    @property
    def is_own_greenlet(self) -> bool:
        """Whether the caller is the reader: it may not wait for the wire, for it would wait for itself."""
        return gevent.getcurrent() is self._reader

    def wait_gone(self, timeout_s: float | None = None) -> bool:
        """Wait until the wire is gone; False when it still stands after `timeout_s`."""
        return self._gone.wait(timeout_s)

    def drop(self, reason: str) -> None:
        """Give the connection up at once. Only the first reason counts."""
        if not self.reason:
            self.reason = reason
            self._sock.close()  # wakes the reader and the writer, whatever they wait for

    def stop(self, deadline_s: float, reason: str = "stopped") -> None:
        """Say good-bye, let the switch close, and after `deadline_s` close ourselves; returns when the wire is gone."""
        if self.is_own_greenlet:
            gevent.spawn(self.stop, deadline_s, reason)
            return
        if self.leave():
            self.wait_gone(deadline_s)
        self.kill(reason)

    def leave(self) -> bool:
        """Say good-bye and return at once; the switch closes. False where nobody is there who would."""
        if self.reason or self._connection.state not in (State.READY, State.LINGERING):
            return False
        try:
            self._enqueue(Exit(), self._left, self._limits.deadline_s)
        except RemoteFault as full:
            self.drop(full.code)
        return not self.reason

    def _left(self, result: Result) -> None:
        if isinstance(result, NoReply):
            self.drop("no_goodbye")

    def kill(self, reason: str = "stopped") -> None:
        """Close without good-bye; when it returns the socket and the greenlets are gone."""
        self.drop(reason)
        if not self.is_own_greenlet:
            greenlets = [greenlet for greenlet in (self._reader, self._writer) if greenlet is not None]
            gevent.joinall(greenlets, timeout=KILL_S)

    # --- commands --------------------------------------------------------------------------------------------------

    def send(self, command: Command, on_done: OnDone | None = None, deadline_s: float | None = None) -> None:
        """Write `command` and return at once; `on_done` gets its result exactly once, and never inside this call.

        The result is the answer, or CallGone, SwitchRefused or NoReply. UserMistake when this kind of connection
        does not know the command.
        """
        fault = self._reason_not_to_send()
        if fault is None:
            try:
                self._enqueue(command, on_done, self._limits.deadline_s if deadline_s is None else deadline_s)
            except RemoteFault as full:
                self.drop(full.code)
                fault = self._gone_fault()
        if fault is not None:
            gevent.spawn(_Slot(command, on_done, due=0.0).settle, fault)

    def call(self, command: Command, deadline_s: float | None = None) -> Answer:
        """Write `command` and wait for its answer; its faults are raised. For handshakes, never in a callback."""
        if self.is_own_greenlet:
            raise BrokenInvariant("wire_waits_for_itself", command=type(command).__name__)
        waiting: AsyncResult[Result] = AsyncResult()
        self.send(command, waiting.set, deadline_s)
        match waiting.get():
            case CommandReply() | ChannelData() | ApiResponse() as answer:
                return answer
            case CallGone() | SwitchRefused() | NoReply() as fault:
                raise fault
            case None:
                raise BrokenInvariant("wire_without_result", command=type(command).__name__)

    def _reason_not_to_send(self) -> CallGone | NoReply | None:
        if self.reason or self._connection.state in _OVER:
            return self._gone_fault()
        return CallGone("leg_hung_up", link=self.name) if self._lingers else None

    def _gone_fault(self) -> CallGone | NoReply:
        """An outbound connection is its leg; behind an inbound one legs live on, and nobody knows what was done."""
        if self._role is Role.OUTBOUND:
            return CallGone("call_link_gone", link=self.name, reason=self.reason)
        return NoReply("switch_link_gone", link=self.name, reason=self.reason)

    def _enqueue(self, command: Command, on_done: OnDone | None, deadline_s: float) -> None:
        # No switch to another greenlet from here to the end: the order of slots is the order of bytes.
        data = self._connection.send(command)
        slot = _Slot(command, on_done, monotonic() + deadline_s)
        self._slots.append(slot)
        self._wake_at(slot.due)
        self._unsent.append(data)
        self._unsent_bytes += len(data)
        if self._unsent_bytes > self._limits.unsent_bytes:
            self.drop("peer_does_not_read")
        elif self._writer is None:
            self._writer = gevent.spawn(self._write)

    # --- writing ---------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        """Write what is there and end: an idle wire has no writer. Commands of one moment leave in one piece."""
        try:
            while self._unsent and not self.reason:
                data = b"".join(self._unsent)
                self._unsent.clear()
                with gevent.Timeout(self._limits.write_s):
                    self._sock.sendall(data)
                self._unsent_bytes -= len(data)
        except gevent.Timeout:
            self.drop("peer_does_not_read")
        except OSError as error:
            self.drop(f"write_failed: {error.strerror}")
        finally:
            self._writer = None

    # --- reading ---------------------------------------------------------------------------------------------------

    def _read_once(self) -> None:
        try:
            data = self._sock.recv(READ_BYTES)
        except OSError as error:
            self.drop(f"read_failed: {error.strerror}")
            return
        self.last_heard = monotonic()
        self._connection.receive_data(data)
        self._take_messages()
        if not data:
            self.drop("closed_by_peer")
        elif len(data) == READ_BYTES:
            gevent.sleep(0)

    def _take_messages(self) -> None:
        try:
            while not self.reason and (message := self._connection.next_message()) is not NEED_DATA:
                self._take(message)
        except RemoteFault as fault:
            self.drop(fault.code)

    def _take(self, message: Message) -> None:
        match message:
            case CommandReply() | ChannelData() | ApiResponse():
                self._slots.popleft().settle(result_of(message))
                return
            case DisconnectNotice(linger=True):
                self._lingers = True
                self._fail_waiters(CallGone("leg_hung_up", link=self.name))
            case DisconnectNotice():
                self.drop("said_goodbye")
            case RudeRejection():
                self.drop("address_rejected")
        run_callback(self._on_message, message)

    def _finish(self) -> None:
        self.drop("killed")  # only where the greenlet was: every other end has given its reason
        if self._alarm is not None:
            self._alarm.kill(block=False)
        self._fail_waiters(self._gone_fault())
        run_callback(self._on_gone, self.reason)
        self._gone.set()

    def _fail_waiters(self, fault: CallGone | NoReply) -> None:
        for slot in tuple(self._slots):
            slot.settle(fault)

    # --- deadlines -------------------------------------------------------------------------------------------------

    def _wake_at(self, due: float) -> None:
        """Have one alarm, at the earliest deadline. An answer does not move it; without waiters there is none."""
        if self._alarm is not None and self._alarm_due <= due:
            return
        if self._alarm is not None:
            self._alarm.kill(block=False)
        self._alarm_due = due
        self._alarm = gevent.spawn_later(max(0.0, due - monotonic()), self._expire)

    def _expire(self) -> None:
        self._alarm = None
        now = monotonic()
        late = [slot for slot in self._slots if slot.due <= now]
        waiting = [slot.due for slot in self._slots if slot.due > now and slot.on_done is not None]
        if waiting:
            self._wake_at(min(waiting))
        for slot in late:
            slot.settle(NoReply("no_answer", link=self.name, command=type(slot.command).__name__))
