"""The folder in which the switch leaves a file of each leg that is over: looking, reading, putting aside, removing.

Every method blocks on the disk and is for a thread of its own. It knows no database and decides nothing. Easy to break:
the switch writes a file under its final name, so one that cannot be read may be half a file, and only its age tells;
and a leg's name comes from outside, so it is a name in this folder or none at all.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from fs_control.errors import RemoteFault
from fs_control.ids import LegId
from fs_control.records import SwitchLeg
from fs_control.switch.cdr import SUFFIX, Cdr, decode_cdr

UNREAD: Final = "unread"
"""Below it: what could not be read, for somebody to look at."""

MOST_UNREAD: Final = 1000
"""So many are kept to be looked at; what comes then is removed."""

MOST_BYTES: Final = 1 << 20
"""Far more than a leg's file ever was (25 KB); what is longer is none."""

_LEG: Final = re.compile(r"[0-9A-Za-z-]{1,64}")


@dataclass(frozen=True, slots=True)
class CdrFile:
    """A file that was looked at; `cdr` is None where it could not be read, or not yet."""

    name: str
    age_s: float
    cdr: Cdr | None


class CdrFolder:
    """One folder; a folder that is not there is an empty one."""

    def __init__(self, path: Path) -> None:
        self.path: Final = path

    def is_there(self) -> bool:
        """Whether there is such a folder at all."""
        return self.path.is_dir()

    def look(self, known: Collection[str], limit: int) -> list[CdrFile]:
        """Read some files but those whose names are known; OSError where the folder cannot be looked into."""
        try:
            with os.scandir(self.path) as entries:
                return list(islice(self._read(entries, known), limit))
        except FileNotFoundError:
            return []

    def _read(self, entries: Iterable[os.DirEntry[str]], known: Collection[str]) -> Iterator[CdrFile]:
        for entry in entries:
            if not entry.name.endswith(SUFFIX) or entry.name in known or not entry.is_file(follow_symlinks=False):
                continue
            try:
                changed = entry.stat(follow_symlinks=False).st_mtime
                yield CdrFile(entry.name, abs(time.time() - changed), self._cdr(entry.name))
            except FileNotFoundError:
                continue

    def _cdr(self, name: str) -> Cdr | None:
        with open(self.path / name, "rb") as file:
            data = file.read(MOST_BYTES + 1)
        try:
            return decode_cdr(data)
        except RemoteFault:
            return None

    def legs(self, wanted: Iterable[LegId]) -> dict[LegId, SwitchLeg]:
        """Return those of some legs whose files are there and whole."""
        found: dict[LegId, SwitchLeg] = {}
        for leg in wanted:
            try:
                cdr = self._cdr(f"{leg}{SUFFIX}") if _LEG.fullmatch(leg) else None
            except OSError:  # not there, or not for us: whoever looks through the folder tells of that
                continue
            if cdr is not None and cdr.leg.leg == leg:
                found[leg] = cdr.leg
        return found

    def put_aside(self, name: str) -> None:
        """Take a file out of the way that cannot be read; OSError where that cannot be."""
        aside = self.path / UNREAD
        aside.mkdir(mode=0o700, exist_ok=True)
        if len(os.listdir(aside)) < MOST_UNREAD:
            os.replace(self.path / name, aside / name)
        else:
            os.unlink(self.path / name)

    def remove(self, names: Iterable[str]) -> list[str]:
        """Remove files and return those that are gone now; OSError never."""
        gone = []
        for name in names:
            try:
                (self.path / name).unlink(missing_ok=True)
            except OSError:
                continue
            gone.append(name)
        return gone
