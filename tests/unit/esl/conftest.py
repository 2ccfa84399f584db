"""Recordings of a real FreeSWITCH (tests/traces), and what replays one of their wires through a Connection."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from fs_control.esl import NEED_DATA, Connection, Message, Role
from fs_control.esl.commands import AnsweredBy, Command
from fs_control.esl.states import Trigger

TRACES = Path(__file__).parents[2] / "traces"


@dataclass(frozen=True, slots=True)
class Recorded(Command):
    """A command as the recorder sent it, some of which we would never send."""

    frame: str

    @property
    def answered_by(self) -> AnsweredBy:  # type: ignore[override]  # one class here stands for many commands
        verbs = {"connect": AnsweredBy.CHANNEL, "api": AnsweredBy.API_RESPONSE}
        return verbs.get(self.frame.split()[0], AnsweredBy.REPLY)

    def _trigger(self) -> Trigger:
        verbs = {"auth": Trigger.SEND_AUTH, "connect": Trigger.SEND_CONNECT, "exit": Trigger.SEND_EXIT}
        return verbs.get(self.frame.split()[0], Trigger.SEND_COMMAND)

    def _lines(self) -> tuple[str, ...]:
        return (self.frame,)

    def encode(self) -> bytes:
        return self.frame.encode()


@dataclass(frozen=True)
class Wire:
    """One recorded connection: what came, and after how many frames each command went out."""

    trace: str
    name: str
    frames: tuple[bytes, ...]
    sends: tuple[tuple[int, Recorded], ...]
    ended: bool

    @property
    def role(self) -> Role:
        return Role.OUTBOUND if self.name.startswith("outbound") else Role.INBOUND

    def replay(self, chunks: Iterable[bytes]) -> tuple[list[Message], Connection]:
        """Feed the chunks; each command goes out before the frame that it preceded in the recording is taken."""
        connection = Connection(self.role)
        taken: list[Message] = []
        sends = list(reversed(self.sends))
        for chunk in chunks:
            connection.receive_data(chunk)
            while True:
                while sends and sends[-1][0] <= len(taken):
                    connection.send(sends.pop()[1])
                message = connection.next_message()
                if message is NEED_DATA:
                    break
                taken.append(message)
        return taken, connection


@cache
def load_trace(name: str) -> tuple[Wire, ...]:
    """All wires of one trace."""
    with gzip.open(TRACES / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file][1:]
    wires = {}
    for wire in dict.fromkeys(record["wire"] for record in records):
        frames: list[bytes] = []
        sends: list[tuple[int, Recorded]] = []
        ended = False
        for record in records:
            if record["wire"] != wire:
                continue
            if record["dir"] == "send":
                sends.append((len(frames), Recorded(record["frame"])))
            elif record["dir"] == "recv":
                frames.append(record["frame"].encode())
            else:
                ended = True
        wires[wire] = Wire(name, wire, tuple(frames), tuple(sends), ended)
    return tuple(wires.values())


@pytest.fixture(name="load_trace")
def _load_trace() -> Callable[[str], tuple[Wire, ...]]:
    return load_trace


@pytest.fixture(name="messages_of")
def _messages_of() -> Callable[[str, str], list[Message]]:
    """The messages of one wire of one trace, decoded whole."""

    def messages_of(trace: str, wire: str) -> list[Message]:
        found = next(each for each in load_trace(trace) if each.name == wire)
        return found.replay([b"".join(found.frames)])[0]

    return messages_of
