"""The events in tests/traces: what a real FreeSWITCH wrote on the wire, frame by frame."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TRACES = Path(__file__).parents[1] / "tests" / "traces"
ALWAYS_READ = ("Event-Name", "Unique-ID", "Application-UUID", "variable_originate_disposition")
"""What a controller looks at; the last of them is absent in most events, and so the dearest to look for."""


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """The bytes of one event, outer frame included, and the headers that are read from it."""

    frame: bytes
    names: tuple[str, ...]


def recorded_events() -> tuple[RecordedEvent, ...]:
    """Every event of every trace, in order."""
    return tuple(_with_names(frame) for path in sorted(TRACES.glob("*.jsonl.gz")) for frame in _frames(path))


def _frames(path: Path) -> Iterator[bytes]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            if entry.get("dir") == "recv" and "\nContent-Type: text/event-plain\n" in f"\n{entry['frame']}":
                yield entry["frame"].encode()


def _with_names(frame: bytes) -> RecordedEvent:
    event = frame.split(b"\n\n")[1]
    last, _, _ = event.rpartition(b"\n")[2].partition(b": ")
    return RecordedEvent(frame, (*ALWAYS_READ, last.decode()))
