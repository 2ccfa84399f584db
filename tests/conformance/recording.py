"""A recording of event socket traffic as values: what was sent and received on which wire, frame by frame.

Owns reading a trace (`*.jsonl.gz` or `*.jsonl`, one JSON object per line, see tests/traces/README.md) and reading one
frame: its headers, the event in it, its body. The replay writes what it saw in the same form, so that both sides are
read by the same code. Easy to break: a body is cut off by the Content-Length inside the event, never by a blank line.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

TRACES = Path(__file__).parents[1] / "traces"
SUFFIXES = (".jsonl.gz", ".jsonl")
BEFORE_THE_PARK = ("CHANNEL_ANSWER", "CHANNEL_PROGRESS_MEDIA")
"""What an api command can bring about before the caller's session has parked for the first time."""

Header = tuple[str, str]


class Kind(Enum):
    """What a received frame is."""

    REPLY = "reply"
    API = "api"
    EVENT = "event"
    CHANNEL = "channel"
    """The answer to `connect`: the channel as headers."""
    NOTICE = "notice"
    LOG = "log"
    """A line of the switch's log, asked for with `log`."""
    OTHER = "other"


@dataclass(frozen=True)
class Frame:
    """One frame as text, and what it says."""

    text: str

    @cached_property
    def _parts(self) -> tuple[str, str]:
        head, _, body = self.text.partition("\n\n")
        return head, body

    @property
    def envelope(self) -> list[Header]:
        """The headers of the frame itself, as they came."""
        return headers_of(self._parts[0])

    @cached_property
    def kind(self) -> Kind:
        """What sort of frame it is."""
        names = dict(self.envelope)
        match names.get("Content-Type", ""):
            case "text/event-plain":
                return Kind.EVENT
            case "api/response":
                return Kind.API
            case "log/data":
                return Kind.LOG
            case "text/disconnect-notice":
                return Kind.NOTICE
            case "command/reply":
                return Kind.CHANNEL if "Event-Name" in names else Kind.REPLY
        return Kind.OTHER

    @cached_property
    def headers(self) -> list[Header]:
        """The headers that count, still encoded: the event's, or else the frame's own."""
        if self.kind is Kind.EVENT:
            return headers_of(self._parts[1].partition("\n\n")[0])
        return self.envelope

    @cached_property
    def values(self) -> dict[str, str]:
        """The same by name and decoded; the first of a name wins."""
        found: dict[str, str] = {}
        for name, value in self.headers:
            found.setdefault(name, decoded(value))
        return found

    @property
    def body(self) -> str:
        """The body: the event's own, or the frame's."""
        if self.kind is Kind.EVENT:
            return self._parts[1].partition("\n\n")[2]
        return self._parts[1]

    def get(self, name: str) -> str:
        """A decoded value, or the empty text."""
        return self.values.get(name, "")

    @cached_property
    def label(self) -> str:
        """What the frame is in a few words, the same for frames that may stand for each other."""
        match self.kind:
            case Kind.EVENT:
                names = ("Event-Name", "Event-Subclass", "Action", "Application", "DTMF-Digit")
                words = [self.get(name) for name in names]
                if words[0] == "CHANNEL_STATE":
                    words.append(self.get("Channel-State"))
            case Kind.NOTICE:
                words = ["notice", self.get("Content-Disposition")]
            case kind:
                words = [kind.value]
        return " ".join(word for word in words if word)


def headers_of(text: str) -> list[Header]:
    """The headers of a block, in order and as they came."""
    pairs = (line.partition(": ") for line in text.split("\n"))
    return [(name, value) for name, colon, value in pairs if colon]


def decoded(value: str) -> str:
    """A header value without its percent-encoding; bytes that are no UTF-8 stay as surrogate escapes."""
    return unquote(value, errors="surrogateescape")


@dataclass(frozen=True)
class Row:
    """One line of a recording."""

    index: int
    """Its place in the recording, from 0."""
    t: float
    wire: str
    direction: str
    """send, recv or eof."""
    frame: Frame

    @property
    def received(self) -> bool:
        """Whether the controller received it: a frame, or the end of the connection."""
        return self.direction != "send"

    @property
    def label(self) -> str:
        """What came, in a few words."""
        return self.direction if self.direction == "eof" else self.frame.label


@dataclass(frozen=True)
class Recording:
    """A whole trace."""

    name: str
    about: str
    rows: tuple[Row, ...]
    scene: dict[str, Any] = field(default_factory=dict)
    """Settings and acts, where the recorder wrote them down (README of the traces); empty in older traces."""

    def received(self, wire: str | None = None) -> list[Row]:
        """What the controller received, on one wire or on all."""
        return [row for row in self.rows if row.received and wire in (None, row.wire)]

    @cached_property
    def raced(self) -> frozenset[int]:
        """Places of the parks that came while `myevents` was on its way: FreeSWITCH tells of them or does not.

        A session parks within a millisecond of `connect`, and a controller says `myevents` within a millisecond of it;
        one that answers by `uuid_answer`, or lets sound flow by `uuid_pre_answer`, has done so before the virtual
        switch parks, which waits to be heard.
        """
        begun: set[str] = set()
        parks: set[int] = set()
        for row in self.received():
            if row.wire.startswith("outbound") and row.wire not in begun and row.frame.kind is Kind.EVENT:
                parks.update([row.index] if row.label == "CHANNEL_PARK" else [])
                begun.update([] if row.frame.get("Event-Name") in BEFORE_THE_PARK else [row.wire])
        return frozenset(parks)

    @cached_property
    def hupall(self) -> int:
        """The place of the first `hupall`, which ends every leg there is, in no particular order."""
        places = (row.index for row in self.rows if not row.received and row.frame.text.startswith("api hupall"))
        return next(places, len(self.rows))

    @cached_property
    def wires(self) -> tuple[str, ...]:
        """Names of the wires, in the order in which they appear."""
        return tuple(dict.fromkeys(row.wire for row in self.rows))


def read_recording(path: Path) -> Recording:
    """Read a trace."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        first, *rest = (json.loads(line) for line in lines)
    rows = tuple(
        Row(index, float(row["t"]), row["wire"], row["dir"], Frame(row["frame"])) for index, row in enumerate(rest)
    )
    return Recording(str(first["trace"]), str(first.get("about", "")), rows, first.get("scene", {}))


def recordings(folder: Path = TRACES) -> list[Path]:
    """Every trace in a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIXES))


def trace_name(path: Path) -> str:
    """The name of a trace's file without its endings."""
    return path.name.partition(".jsonl")[0]
