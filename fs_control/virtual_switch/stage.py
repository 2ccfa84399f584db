"""The stage, seen from the director's chair: a typed client of the virtual switch's stage port.

Owns one connection and speaks the protocol of `stage_server`. Works in a plain process and in one patched by gevent,
because it uses nothing but a socket. Easy to break: `wait_for_end` keeps its connection busy while it waits, so callers
that wait for several calls at once each need a Stage of their own.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from threading import Lock
from typing import Any

from fs_control.errors import RemoteFault, UserMistake
from fs_control.virtual_switch.dialplan import Extension
from fs_control.virtual_switch.script import CallerScript, Phone, PhoneBehaviour
from fs_control.virtual_switch.traffic import Traffic

REPLY_SECONDS = 10.0
ADVANCE_SECONDS = 60.0
"""What a stepped switch may take to get to another moment."""


@dataclass(frozen=True, slots=True)
class JournalNote:
    """One thing that happened to a caller: when (virtual microseconds), its kind, its detail.

    Kinds: dialled, answered, prompt_start, prompt_end, pressed, talk_start, talk_end, hangs_up, ended.
    """

    at: int
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class CallJournal:
    """What one caller lived through."""

    call: str
    label: str
    number: str
    caller_number: str
    cause: str
    """Empty while the call lasts."""
    notes: tuple[JournalNote, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CallJournal:
        """Read what the stage port sent."""
        notes = tuple(JournalNote(int(at), str(kind), str(detail)) for at, kind, detail in data["notes"])
        return cls(
            call=str(data["call"]),
            label=str(data["label"]),
            number=str(data["number"]),
            caller_number=str(data["caller_number"]),
            cause=str(data["cause"]),
            notes=notes,
        )

    def heard(self) -> tuple[str, ...]:
        """The prompts the caller heard, in order."""
        return tuple(note.detail for note in self.notes if note.kind == "prompt_start")

    def pressed(self) -> str:
        """The keys the caller pressed."""
        return "".join(note.detail for note in self.notes if note.kind == "pressed")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What there is in the switch at one moment."""

    now: int
    channels: tuple[Mapping[str, str], ...]
    wires: int
    jobs: int
    greenlets: int
    callers: tuple[CallJournal, ...]
    phones: tuple[Mapping[str, Any], ...]


class Stage:
    """Directs a virtual switch."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._socket = socket.create_connection((host, port), timeout=REPLY_SECONDS)
        self._lines = self._socket.makefile("rb")
        self._lock = Lock()

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave; the play goes on."""
        self._lines.close()
        self._socket.close()

    def set_phone(self, phone: Phone) -> None:
        """Add a phone, or change what it does from its next call on; registers or unregisters it."""
        self._ask("set_phone", phone=phone.to_json())

    def set_outsider(self, number: str, *behaviours: PhoneBehaviour) -> None:
        """Put somebody behind the gateway, or change what they do: a phone that never registers."""
        self.set_phone(Phone(number, behaviours or (PhoneBehaviour(),), registered=False))

    def expire_phone(self, number: str) -> None:
        """Let a phone's registration run out."""
        self._ask("expire_phone", number=number)

    def set_dialplan(
        self, extensions: Sequence[Extension], caller_context: str = "default", phone_context: str = ""
    ) -> None:
        """Replace the dialplan for calls that are routed from now on; callers arrive in `caller_context`.

        Phones that dial say who they are and arrive in `phone_context`; without one they arrive as callers do.
        """
        data = [extension.to_json() for extension in extensions]
        self._ask("set_dialplan", extensions=data, caller_context=caller_context, phone_context=phone_context)

    def place_call(self, script: CallerScript) -> str:
        """Let a caller dial; the call's id, which is the Unique-ID of the caller's leg."""
        return str(self._ask("place_call", script=script.to_json()))

    def journal(self, call: str) -> CallJournal:
        """What a caller has lived through so far."""
        return CallJournal.from_json(self._ask("journal", call=call))

    def wait_for_end(self, call: str, seconds: float = 30.0) -> CallJournal:
        """Wait until a call is over (real seconds); UserMistake `stage_still_running` when it is not by then."""
        return CallJournal.from_json(self._ask("wait_for_end", patience=seconds, call=call, seconds=seconds))

    def advance(self, until_us: int, seen: Traffic) -> tuple[int, Traffic]:
        """Let the time of a stepped switch pass, to a moment or until there is more than was `seen`.

        First the switch waits for the commands that it is said to have been sent, and for the wires that are said to
        have ended. Returns the virtual moment, in microseconds since 1970 UTC, and what there is now.
        """
        data = self._ask("advance", patience=ADVANCE_SECONDS, until_us=until_us, **asdict(seen))
        return int(data["now"]), Traffic(**{name: int(data[name]) for name in asdict(seen)})

    def snapshot(self) -> Snapshot:
        """Look around."""
        data = self._ask("snapshot")
        return Snapshot(
            now=int(data["now"]),
            channels=tuple(data["channels"]),
            wires=int(data["wires"]),
            jobs=int(data["jobs"]),
            greenlets=int(data["greenlets"]),
            callers=tuple(CallJournal.from_json(each) for each in data["callers"]),
            phones=tuple(data["phones"]),
        )

    def _ask(self, operation: str, patience: float = 0.0, **values: object) -> Any:
        """Send one request and return its result; UserMistake when refused, RemoteFault when the switch is gone."""
        with self._lock:
            try:
                self._socket.settimeout(REPLY_SECONDS + patience)
                self._socket.sendall(json.dumps({"op": operation, **values}).encode("ascii") + b"\n")
                line = self._lines.readline()
            except OSError as broken:
                raise RemoteFault("stage_gone", detail=str(broken)) from broken
        if not line:
            raise RemoteFault("stage_gone", detail="closed")
        answer = json.loads(line)
        if answer["ok"]:
            return answer["result"]
        error = answer["error"]
        raise UserMistake(error["code"], **error["values"])
