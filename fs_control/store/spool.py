"""The folder in which records wait for the database when they have become too many for memory.

Owns the files: one for each batch, `<number>-<records>.jsonl`, complete and on disk or not there at all; what the
database refused is in `refused/`, and a file of which a part could not be read in `damaged/`. Knows no database and
waits for disks, so whoever has other work calls it from a thread. Easy to break: nobody but the owner may read here,
and a file is removed only when what is in it is safe elsewhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from fs_control.store.whole_files import UNBORN, make_private, write_whole

_NAME: Final = re.compile(r"(\d{12})-(\d+)\.jsonl")
_TAME: Final = re.compile(r"[0-9A-Za-z_-][0-9A-Za-z._-]{0,99}")


TOGETHER: Final = 500
"""So many records that were refused make one batch when they are handed over again."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One file that waits."""

    path: Path
    records: int


@dataclass(frozen=True, slots=True)
class SpoolFacts:
    """What lies in the folder: the batches, oldest first, the bytes of everything, and what was put aside."""

    batches: tuple[Batch, ...] = ()
    bytes_used: int = 0
    refused: int = 0
    damaged: int = 0
    oldest_at: float | None = None
    """When the oldest batch was written, in seconds since 1970."""

    @property
    def records(self) -> int:
        """Return how many records wait."""
        return sum(batch.records for batch in self.batches)


class Spool:
    """The folder of one kind of record. Every method may raise OSError, and then nothing has changed."""

    def __init__(self, folder: Path) -> None:
        self.folder: Final = folder
        self._refused = folder / "refused"
        self._damaged = folder / "damaged"
        self._next: int | None = None
        """The number of the next batch; None until it is known which there are."""

    def open(self) -> SpoolFacts:
        """Make the folder, or close it to others; remove what was being written when a process died."""
        make_private(self.folder)
        for folder in (self.folder, self._refused):
            for unborn in folder.glob(f"*{UNBORN}"):
                unborn.unlink()
        return self.look()

    def look(self) -> SpoolFacts:
        """Return what lies there now."""
        batches, oldest_at, used = [], None, 0
        following = self._next or 1
        for path, seen in _seen(self.folder):
            named = _NAME.fullmatch(path.name)
            used += seen.st_size
            if named is not None:
                batches.append(Batch(path, int(named[2])))
                oldest_at = min(oldest_at or seen.st_mtime, seen.st_mtime)
                following = max(following, int(named[1]) + 1)
        self._next = following
        refused, damaged = list(_seen(self._refused)), list(_seen(self._damaged))
        used += sum(seen.st_size for _, seen in (*refused, *damaged))
        return SpoolFacts(tuple(batches), used, len(refused), len(damaged), oldest_at)

    def keep(self, lines: bytes, records: int) -> None:
        """Write a batch; when this returns, a power cut takes nothing of it.

        A folder that could not be looked into before is opened now: by its number a batch could replace another one.
        """
        if self._next is None:
            self.open()
        assert self._next is not None  # whoever opens looks
        path = self.folder / f"{self._next:012d}-{records}.jsonl"
        self._next += 1
        write_whole(path, lines)

    def refuse(self, name: str, line: bytes) -> None:
        """Put one record aside that the database does not take; of the same name there is one."""
        make_private(self._refused)
        tame = name if _TAME.fullmatch(name) else sha256(name.encode(errors="surrogatepass")).hexdigest()
        write_whole(self._refused / f"{tame}.jsonl", line)

    def set_damaged_aside(self, batch: Batch) -> None:
        """Put a file aside of which everything that can be read is safe elsewhere."""
        make_private(self._damaged)
        batch.path.replace(self._damaged / batch.path.name)

    def hand_over_again(self) -> int:
        """Let everything that was refused wait again, and return how many records that is.

        For a moment a record may be in both places, and is stored once all the same.
        """
        paths = self.refused()
        for begin in range(0, len(paths), TOGETHER):
            some = paths[begin : begin + TOGETHER]
            self.keep(b"".join(path.read_bytes() for path in some), len(some))
            for path in some:
                path.unlink(missing_ok=True)
        return len(paths)

    def refused(self) -> list[Path]:
        """Return the files of what was refused, by name."""
        return sorted(self._refused.glob("*.jsonl"))

    def damaged(self) -> list[Path]:
        """Return the files of which a part could not be read."""
        return sorted(self._damaged.glob("*.jsonl"))


def outbox_folders(var: Path) -> tuple[Path, Path]:
    """Return the folders of ended calls and of what leaders did."""
    return var / "outbox", var / "outbox" / "leaders"


def lines_naming(folders: Iterable[Path], prefix: str) -> list[bytes]:
    """Return the lines in these folders' files that name something which begins with `prefix`; for searches by hand."""
    wanted = f'"{prefix}'.encode()
    found: list[bytes] = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.jsonl"))):
        try:
            found += [line for line in path.read_bytes().split(b"\n") if wanted in line]
        except FileNotFoundError:
            continue  # the engine has just stored it
    return found


def _seen(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the files of a folder by name, but those that have gone meanwhile."""
    for path in sorted(folder.glob("*.jsonl")):
        with suppress(FileNotFoundError):
            yield path, path.stat()
