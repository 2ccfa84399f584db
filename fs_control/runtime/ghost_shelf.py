"""The ghosts that were healed, on disk: one file each, with what the journal has of the call that led there.

Owns the folder `var/ghosts`: its form, its bounds, and reading it again. It is for people who look for the defect, so
the journal's lines are kept as they are. Easy to break: a journal is long and a disk may be slow, so all of it is done
in a thread; and what is kept names callers, so nobody else may read it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import gevent
import structlog
from gevent.lock import BoundedSemaphore
from gevent.pool import Group
from pydantic import TypeAdapter, ValidationError

from fs_control.ids import Micros, seconds
from fs_control.records import Ghost
from fs_control.runtime.journal import segments

log = structlog.get_logger(__name__)

GHOSTS: Final = "ghosts"
"""The name of the folder, beside that of the journal."""

KEPT_FOR: Final = seconds(90 * 24 * 3600)
MOST_KEPT: Final = 500
"""What is older or more is removed, the oldest first."""

MOST_LINES: Final = 200
"""Of the journal, the last ones."""

LONGEST_LINE: Final = 1 << 16
"""A longer one is a snapshot or a directory, and no event of a call."""

BYTES_READ: Final = 256 << 20
"""Of the journal, from its end, in whole files: a call that has lasted longer is not told from its beginning."""

PIECE: Final = 1 << 18
"""Of a journal that is searched: what is read and looked through at once."""


@dataclass(frozen=True, slots=True)
class KeptGhost:
    """A ghost with the lines of the journal in which its call or its leg was named, the oldest first."""

    ghost: Ghost
    journal: tuple[str, ...] = field(default=())


_KEPT: Final = TypeAdapter(KeptGhost)


class GhostShelf:
    """Keeps ghosts; made for the folder of ghosts and that of the journal."""

    def __init__(self, folder: Path, journal: Path) -> None:
        self._folder: Final = folder
        self._journal: Final = journal
        self._one_at_a_time: Final = BoundedSemaphore()
        self._at_work: Final = Group()

    def keep(self, ghost: Ghost) -> None:
        """Have a ghost written down, and return at once; what cannot be written is told in the log."""
        log.warning("ghost", action="ghost_healed", kind=ghost.kind, call=ghost.call, done=ghost.done)
        self._at_work.spawn(self._keep, ghost)

    def wait_until_kept(self, seconds_: float) -> bool:
        """Wait until everything is written; False where that took longer."""
        return bool(self._at_work.join(timeout=seconds_))

    def _keep(self, ghost: Ghost) -> None:
        with self._one_at_a_time:
            fault = gevent.get_hub().threadpool.apply(self._try_to_write, (ghost,))
        if fault is not None:
            log.error("ghost not kept", action="ghost_not_kept", kind=ghost.kind, why=fault.strerror)

    def _try_to_write(self, ghost: Ghost) -> OSError | None:
        """Write in a thread, and return what the disk has against it."""
        try:
            self._write(ghost)
        except OSError as error:
            return error
        return None

    def _write(self, ghost: Ghost) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = KeptGhost(ghost, tuple(lines_about(self._journal, ghost)))
        path = self._folder / f"{ghost.at}-{ghost.kind}-{sha256(ghost.subject.encode()).hexdigest()[:8]}.json"
        unborn = path.with_suffix(".new")
        unborn.unlink(missing_ok=True)
        unborn.touch(0o600)
        unborn.write_bytes(_KEPT.dump_json(kept, indent=1))
        unborn.replace(path)
        self._remove_old(ghost.at)

    def _remove_old(self, now: Micros) -> None:
        files = _files(self._folder)
        for place, (moment, path) in enumerate(files):
            if len(files) - place > MOST_KEPT or moment < now - KEPT_FOR:
                path.unlink(missing_ok=True)


def lines_about(journal: Path, ghost: Ghost) -> Iterator[str]:
    """Return the last lines of a journal that name a ghost's call, one of its legs, or what it is about."""
    names = [name.encode() for name in (ghost.call or "", *ghost.legs) if name]
    found: dict[bytes, None] = {}
    looked_through = 0
    for path in reversed(segments(journal)):
        if not names or looked_through >= BYTES_READ or len(found) >= MOST_LINES:
            break
        with suppress(OSError):  # removed meanwhile, or not to be read: the others tell as much as they can
            looked_through += path.stat().st_size
            found = dict.fromkeys((*_lines_with(names, path), *found))  # two files may hold the same line
    return (line.decode("utf-8", "replace").rstrip("\n") for line in list(found)[-MOST_LINES:])


def names_in(journal: Path, names: Collection[str]) -> frozenset[str]:
    """Return those of some names of calls and legs that a journal holds anywhere.

    The files are read and not mapped: what a disk does not give of a mapped file ends the process, and what it is slow
    to give holds up the hub, for the interpreter is not let go of meanwhile.
    """
    missing = {name.encode() for name in names}
    overlap = max(map(len, missing), default=1) - 1
    for path in reversed(segments(journal)):
        with suppress(OSError):  # removed meanwhile, or not to be read: who is not known is left alone
            for text in _pieces(path, overlap):
                missing -= {name for name in missing if name in text}
        if not missing:
            break
    return frozenset(name for name in names if name.encode() not in missing)


def _pieces(path: Path, overlap: int) -> Iterator[bytes]:
    """Yield a file piece by piece, each with the end of the one before."""
    with path.open("rb") as file:
        end = b""
        while piece := file.read(PIECE):
            yield end + piece
            end = (end + piece)[-overlap:] if overlap else b""


def _lines_with(names: Collection[bytes], path: Path) -> Iterator[bytes]:
    """Yield the lines of a file that hold one of some names; where a piece holds none, its lines are not looked at."""
    with path.open("rb") as file:
        while piece := file.read(PIECE) + file.readline():
            if any(name in piece for name in names):
                yield from (line for line in piece.splitlines(keepends=True) if _tells_of(names, line))


def _tells_of(names: Collection[bytes], line: bytes) -> bool:
    return len(line) <= LONGEST_LINE and b'"snapshot":' not in line and any(name in line for name in names)


def _files(folder: Path) -> list[tuple[int, Path]]:
    """Return the files of ghosts with the moments in their names, the oldest first."""
    named = [(path.name.partition("-")[0], path) for path in folder.glob("*.json")]
    return sorted((int(moment), path) for moment, path in named if moment.isdecimal())


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder holds: the ghosts, newest first, and how many files could not be read."""

    ghosts: tuple[KeptGhost, ...]
    unreadable: int = 0


def read_shelf(folder: Path, since: Micros) -> Shelf:
    """Read the ghosts that were healed since a moment; a folder that is not there holds none."""
    ghosts: list[KeptGhost] = []
    unreadable = 0
    for moment, path in reversed(_files(folder)):
        if moment < since:
            break
        try:
            ghosts.append(_KEPT.validate_json(path.read_bytes()))
        except (ValidationError, OSError):
            unreadable += 1
    return Shelf(tuple(ghosts), unreadable)


def as_json(kept: KeptGhost) -> Mapping[str, Any]:
    """Return a kept ghost for machines."""
    found: dict[str, Any] = json.loads(_KEPT.dump_json(kept))
    return {**found["ghost"], "journal": found["journal"]}
