"""A recording in the making: what went over each wire when, and who did what beside it.

Owns the format of tests/traces, which README.md there describes, and the clock of one recording. Easy to break: a
trace is packed with no name and no time inside, so that the same recording packed again gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

SWITCH = "FreeSWITCH 1.10.12"


@dataclass(slots=True)
class Trace:
    """One trace; several threads may add to it."""

    name: str
    about: str
    settings: dict[str, object]
    """What the switch had other than the laboratory usually has."""
    began: float = field(default_factory=monotonic)
    frames: list[dict[str, object]] = field(default_factory=list)
    acts: list[dict[str, object]] = field(default_factory=list)

    over: bool = False
    """From now on nothing is noted."""

    def restart(self) -> None:
        """Begin to count the time."""
        self.began = monotonic()

    def add_frame(self, wire: str, direction: str, frame: str) -> None:
        """Note a frame: `direction` is send, recv or eof."""
        if not self.over:
            self.frames.append({"t": self._now(), "wire": wire, "dir": direction, "frame": frame})

    def add_act(self, who: str, does: str, **details: object) -> None:
        """Note what a caller or a phone does, which no wire tells."""
        self.acts.append({"t": self._now(), "who": who, "does": does, **details})

    def save(self, folder: Path) -> Path:
        """Write `NAME.jsonl.gz` and return where."""
        scene = {"settings": self.settings, "acts": self.acts}
        head = {"trace": self.name, "switch": SWITCH, "about": self.about, "scene": scene}
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, *self.frames))
        path = folder / f"{self.name}.jsonl.gz"
        path.write_bytes(pack(text.encode()))
        return path

    def _now(self) -> float:
        return round(monotonic() - self.began, 4)


def pack(data: bytes) -> bytes:
    """Compress, with nothing inside that differs from one day to the next."""
    return gzip.compress(data, mtime=0)
