"""The folder in which the switch leaves a file of each leg that is over: looking, reading, putting aside, removing.

Every method blocks on the disk and is for a thread of its own. It knows no database and decides nothing. Easy to break:
the switch writes a file under its final name, so one that cannot be read may be half a file, and only its age tells;
and a leg's name comes from outside, so it is a name in this folder or none at all.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Looked:
    """What was seen in a folder."""

    files: list[CdrFile] = field(default_factory=list)
    closed: str = ""
    """Why a file could not be opened that is there: it stays where it is, and holds up no other."""


class CdrFolder:
    """One folder; a folder that is not there is an empty one."""

    def __init__(self, path: Path) -> None:
        self.path: Final = path

    def is_there(self) -> bool:
        """Whether there is such a folder at all."""
        return self.path.is_dir()

    def look(self, known: Collection[str], limit: int) -> Looked:
        """Read some files but those whose names are known; OSError where the folder cannot be looked into."""
        looked = Looked()
        try:
            with os.scandir(self.path) as entries:
                for entry in entries:
                    if len(looked.files) == limit:
                        break
                    if entry.name.endswith(SUFFIX) and entry.name not in known:
                        self._look_at(entry, looked)
        except FileNotFoundError:
            pass
        return looked

    def _look_at(self, entry: os.DirEntry[str], looked: Looked) -> None:
        try:
            if entry.is_file(follow_symlinks=False):
                changed = entry.stat(follow_symlinks=False).st_mtime
                looked.files.append(CdrFile(entry.name, abs(time.time() - changed), self._cdr(entry.name)))
        except FileNotFoundError:
            return  # somebody has taken it away
        except OSError as error:
            looked.closed = error.strerror or type(error).__name__

    def _cdr(self, name: str) -> Cdr | None:
        """Read a file of the folder; a link in its place leads nowhere, and a pipe holds nobody up."""
        descriptor = os.open(self.path / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
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
