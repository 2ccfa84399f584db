"""Playing a trace again: the commands that were sent go to a virtual switch, and what it says is recorded.

Owns one replay: a switch process of its own, the phones and callers of the trace, and a controller that sends each
command when the trace's controller did: after everything that the trace shows as received before it has come here too,
and after the pause that the controller made then. The switch's time moves only when the replay lets it, so that
nothing depends on how busy the machine is. Easy to break: what does not come within PATIENCE is a difference for the
comparison to report, never an end of the replay.
"""

from __future__ import annotations

import select
import socket
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fs_control.virtual_switch.clock import MICROSECONDS, SwitchClock
from fs_control.virtual_switch.process import VirtualSwitchProcess, start_virtual_switch
from fs_control.virtual_switch.stage import Stage
from fs_control.virtual_switch.traffic import Traffic
from tests.conformance.cast import Act, acts_of
from tests.conformance.differences import Difference, allowances
from tests.conformance.laboratory import HOLD_MUSIC, HOSTNAME, PASSWORD, extensions, installed_sounds
from tests.conformance.recording import Frame, Kind, Recording, Row

PATIENCE = 2.0
"""Seconds to wait for what the trace says should have come, longer than it took there."""
ALREADY = 0.010
"""A connection on which the controller speaks so many seconds after a command was there already at the command."""
SETTLE = 0.4
"""How long each recording went on after its last command."""
ARRIVAL = 10.0
"""Real seconds within which what the switch has sent must be here."""


@dataclass
class Replay:
    """What came of playing a trace again."""

    recording: Recording
    ours: Recording
    names: dict[str, str]
    """Ids that the replay itself had to translate: those of the trace, and what they are here."""


class Connection:
    """One wire of the replay, from the controller's side."""

    def __init__(self, wire: str, connection: socket.socket) -> None:
        self.wire = wire
        self.socket = connection
        self.open = True
        self.received = 0
        self._data = b""

    def receive(self) -> list[str]:
        """Read what is there; whole frames as text, in the form of the recordings."""
        try:
            data = self.socket.recv(262144)
        except OSError:
            data = b""
        if not data:
            self.close()
            return []
        self.received += len(data)
        self._data += data
        return list(iter(self._next, None))

    def _next(self) -> str | None:
        head, blank, rest = self._data.partition(b"\n\n")
        if not blank:
            return None
        lengths = [line.split(b": ", 1)[1] for line in head.split(b"\n") if line.startswith(b"Content-Length: ")]
        length = int(lengths[-1]) if lengths else 0
        if len(rest) < length:
            return None
        body, self._data = rest[:length], rest[length:]
        return head.decode() + "\n\n" + body.decode("utf-8", "replace")

    def send(self, text: str) -> bool:
        """Send a command; a switch that is gone takes it and says nothing. Whether it is on its way."""
        if self.open:
            try:
                self.socket.sendall(text.encode("utf-8", "surrogateescape"))
            except OSError:
                self.close()
        return self.open

    def close(self) -> None:
        """Go away."""
        self.open = False
        self.socket.close()


class Controller:
    """Plays one recording."""

    def __init__(
        self, recording: Recording, acts: list[Act], switch: VirtualSwitchProcess, stage: Stage, listener: socket.socket
    ) -> None:
        self._recording = recording
        self._allowed = allowances()
        self._acts = acts
        self._switch = switch
        self._stage = stage
        self._listener = listener
        self._connections: dict[str, Connection] = {}
        self._seen = Traffic()
        """What the switch has sent that is here, and what it was sent."""
        self._wanted: Counter[tuple[str, str]] = Counter()
        self._came: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
        self._rows: list[Row] = []
        self._began = self._now = self._last = round(switch.clock.virtual_anchor * MICROSECONDS)
        self._sent_at = 0.0
        """When the trace's controller sent the last command that was sent here too."""
        self.names: dict[str, str] = {}

    def play(self) -> Recording:
        """Play every row and every act, and record what came."""
        before = 0.0
        acts = list(self._acts)
        for row in self._recording.rows:
            while acts and acts[0].t <= row.t:
                act = acts.pop(0)
                self._perform(act, act.t - before)
                before = max(before, act.t)
            self._play_row(row, row.t - before)
            before = row.t
        self._wait(self._nothing_missing, before - self._sent_at)
        self._pass(self._now, SETTLE)
        return Recording(self._recording.name, self._recording.about, tuple(self._rows))

    def _play_row(self, row: Row, pause: float) -> None:
        if row.wire not in self._connections:
            # A controller answers a new connection at once, whenever it comes.
            pause = 0.0
            if row.received:
                self._open(row.wire, pause)
        if row.received:
            self._expect(row, pause)
        else:
            self._send(row, pause)

    def leave(self) -> None:
        """Close every connection."""
        for connection in self._connections.values():
            connection.close()

    def _perform(self, act: Act, pause: float) -> None:
        """Let a caller dial, a phone register, a registration run out."""
        self._wait(self._nothing_missing, act.t - self._sent_at)
        self._pause(pause)
        if act.phone is not None:
            self._stage.set_phone(act.phone)
        if act.expires:
            self._stage.expire_phone(act.expires)
        if act.call is not None:
            uuid = self._stage.place_call(act.call)
            if act.uuid:
                self.names[act.uuid] = uuid

    # Wires.

    def _open(self, wire: str, seconds: float) -> Connection | None:
        """The connection of a wire: ours to the switch, or the switch's to us."""
        if wire.startswith("inbound"):
            self._connections[wire] = Connection(wire, socket.create_connection(("127.0.0.1", self._switch.event_port)))
            self._seen.wires += 1
        else:
            self._wait(self._is_called, seconds)
            if self._is_called():
                self._connections[wire] = Connection(wire, self._listener.accept()[0])
        return self._connections.get(wire)

    def _is_called(self) -> bool:
        """Whether the switch has a connection for us that we have not taken."""
        return bool(select.select([self._listener], [], [], 0)[0])

    def _expect(self, row: Row, pause: float) -> None:
        """From now on this frame is waited for before the next command."""
        if row.direction == "eof" and not self._closed_by_switch(row):
            self._wait(self._nothing_missing, pause)
            self._pause(pause)
            self._go_away(row.wire)
        elif row.index not in self._recording.raced and not self._may_be_missing(row):
            self._wanted[row.wire, row.label] += 1

    def _may_be_missing(self, row: Row) -> bool:
        missing = Difference(row.wire, row.index, row.label, "missing")
        return any(allowance.covers(self._recording.name, missing) for allowance in self._allowed)

    def _go_away(self, wire: str) -> None:
        """The trace's controller died, or closed, without a word."""
        connection = self._connections.get(wire)
        if connection is not None and connection.open:
            connection.close()
            self._seen.ended += 1
            self._note(wire, "eof", "")

    def _closed_by_switch(self, row: Row) -> bool:
        """Whether the switch closed: it says so before, a controller that dies says nothing."""
        before = [each for each in self._recording.received(row.wire) if each.index < row.index]
        return bool(before) and before[-1].frame.kind is Kind.NOTICE

    def _send(self, row: Row, pause: float) -> None:
        taken = row.t - self._sent_at
        for wire in self._recording.wires:
            # A connection is no frame: that it was there already shows only when it is spoken on, a moment later.
            first = next(each for each in self._recording.rows if each.wire == wire)
            if wire.startswith("outbound") and wire not in self._connections and 0 <= first.t - row.t < ALREADY:
                self._open(wire, taken)
        connection = self._connections.get(row.wire) or self._open(row.wire, taken)
        self._wait(self._nothing_missing, taken)
        self._sent_at = row.t
        self._pause(pause)
        text = self._translate(row.frame.text)
        self._note(row.wire, "send", text)
        if connection is not None and connection.send(text):
            self._seen.commands += 1

    def _translate(self, text: str) -> str:
        for theirs, ours in self.names.items():
            text = text.replace(theirs, ours)
        return text

    # Waiting.

    def _nothing_missing(self) -> bool:
        return all(len(self._came[key]) >= count for key, count in self._wanted.items())

    def _pause(self, seconds: float) -> None:
        """Let the controller's own pause pass, counted from the last thing that the trace shows before it."""
        self._wait(self._nothing_missing, seconds)
        self._pass(self._last, seconds)

    def _wait(self, done: Callable[[], bool], seconds: float) -> None:
        """Wait for something that took so long in the trace, and PATIENCE longer."""
        end = self._now + round((seconds + PATIENCE) * MICROSECONDS)
        while not done() and self._now < end:
            self._step(end)
        if not done():
            # It will not come any more: what is missing now is not waited for again.
            for key, count in self._wanted.items():
                self._wanted[key] = min(count, len(self._came[key]))

    def _pass(self, since: int, seconds: float) -> None:
        """Let so many seconds pass, counted from a moment."""
        until = since + round(seconds * MICROSECONDS)
        while self._now < until:
            self._step(until)

    def _step(self, until: int) -> None:
        """Let time pass until something comes, at most to a moment."""
        self._now, there = self._stage.advance(until, self._seen)
        patience = time.monotonic() + ARRIVAL
        while self._missing(there) or self._seen.ended < there.ended:
            if time.monotonic() > patience:
                raise TimeoutError(f"{self._recording.name}: {self._missing(there)} bytes did not come: {there}")
            self._read(0.05)
        self._seen = there

    def _missing(self, there: Traffic) -> int:
        return there.bytes_sent - sum(each.received for each in self._connections.values())

    def _read(self, seconds: float) -> None:
        opened = {each.socket: each for each in self._connections.values() if each.open}
        for each in select.select(list(opened), [], [], seconds)[0]:
            connection = opened[each]
            for text in connection.receive():
                self._note(connection.wire, "recv", text)
            if not connection.open:
                self._seen.ended += 1
                self._note(connection.wire, "eof", "")

    def _note(self, wire: str, direction: str, text: str) -> None:
        row = Row(len(self._rows), round((self._now - self._began) / MICROSECONDS, 4), wire, direction, Frame(text))
        self._rows.append(row)
        self._last = self._now
        if row.received:
            self._came[wire, row.label].append(row.t)
            self._learn(row)

    def _learn(self, row: Row) -> None:
        """Find out what an id of the trace is here, where later commands of the trace may name it."""
        place = sum(each.received and each.wire == row.wire and each.label == row.label for each in self._rows) - 1
        same = [each for each in self._recording.received(row.wire) if each.label == row.label]
        if place >= len(same):
            return
        for name in ("Unique-ID", "Job-UUID") if row.frame.kind in (Kind.CHANNEL, Kind.REPLY) else ():
            theirs, ours = same[place].frame.get(name), row.frame.get(name)
            if theirs and ours:
                self.names.setdefault(theirs, ours)


def _beginning(recording: Recording) -> float:
    """When a trace began, by the clock of its switch, in seconds since 1970 UTC."""
    stamps = ((row.t, row.frame.get("Event-Date-Timestamp")) for row in recording.received())
    return min((int(stamp) / MICROSECONDS - t for t, stamp in stamps if stamp.isdecimal()), default=0.0)


def replay(recording: Recording, python: str = sys.executable) -> Replay:
    """Play a trace against a virtual switch of its own, run by an interpreter (another one for another switch)."""
    with installed_sounds() as sounds:
        return _replay(recording, python, sounds)


def _replay(recording: Recording, python: str, sounds: Path) -> Replay:
    acts = acts_of(recording)
    settings = recording.scene.get("settings", {})
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"127.0.0.1:{listener.getsockname()[1]}"
    now = _beginning(recording)
    switch = start_virtual_switch(
        address,
        PASSWORD,
        clock=SwitchClock(now, now),
        stepped=True,
        hostname=HOSTNAME,
        sound_folder=sounds,
        hold_music=HOLD_MUSIC,
        media_timeout=settings.get("media_timeout_ms", 0) / 1000,
        session_timeout=settings.get("session_timeout_s", 0),
        sessions_per_second=settings.get("sessions_per_second", 0),
        quiet_transfers=not settings.get("transfer_events"),
        python=python,
    )
    try:
        with switch.stage() as stage:
            context = settings.get("context", "default")
            stage.set_dialplan(extensions(address), context, context if settings.get("auth_calls") else "")
            controller = Controller(recording, acts, switch, stage, listener)
            try:
                return Replay(recording, controller.play(), controller.names)
            finally:
                controller.leave()
    finally:
        switch.stop()
        listener.close()
