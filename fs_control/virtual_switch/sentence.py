"""Several files played as one prompt: `file_string://one!two!three`.

Owns what FreeSWITCH tells of the single files (filestring::open, ::close and ::fail of mod_dptools), and when. That a
sentence is one prompt to everybody else is `apps.playback`'s. Trace sentence. Easy to break: the next file is opened
when one frame of the last one is still to be played, and nothing is told of a sentence that is broken off.
"""

from __future__ import annotations

import math
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fs_control.virtual_switch.audio import SentencePart, lead_ms, sentence_parts
from fs_control.virtual_switch.event_names import FILE_STRING_SITE
from fs_control.virtual_switch.timing import FRAME_US

if TYPE_CHECKING:
    from fs_control.virtual_switch.bus import EventBus

MS: Final = 1000


class Sentence:
    """The files of one prompt while it plays; a prompt that is no sentence has none, and nothing is told of it."""

    def __init__(self, bus: EventBus, name: str, sound_folder: Path | None) -> None:
        self._bus = bus
        self._left: deque[SentencePart] = deque(sentence_parts(name, sound_folder))
        self._open = ""
        self._end_us = float(lead_ms([part.length for part in self._left]) * MS)
        """How much of the prompt has been played when the open file ends."""

    @property
    def next_change_us(self) -> float:
        """How much of the prompt will have been played when the next file is opened; infinite: no more will be."""
        return self._end_us - FRAME_US if self._open else math.inf

    def begin(self) -> None:
        """Open the first file that is there."""
        while self._left and not self._open:
            part = self._left.popleft()
            if part.length is None:
                self._tell("fail", part.name)
            else:
                self._tell("open", part.name)
                self._open = part.name
                self._end_us += part.length.total_ms * MS

    def advance(self, played_us: int) -> None:
        """Say which files have ended and begun."""
        while self._open and played_us >= self.next_change_us:
            self._tell("close", self._open)
            self._open = ""
            self.begin()

    def _tell(self, what: str, name: str) -> None:
        headers = [("File", name)]
        self._bus.fire("CUSTOM", lambda: headers, subclass=f"filestring::{what}", site=FILE_STRING_SITE)
