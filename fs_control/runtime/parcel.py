"""A part of a journal in one file, that another machine can replay: a tar of segments, compressed.

Owns the format: the segments under their own names, from the last snapshot before the part to its last event, and
`replay.json` that says what they are. Easy to break: what comes from elsewhere is nothing but segments; no member gets
to name where it goes.
"""

from __future__ import annotations

import json
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import fs_control
from fs_control.errors import RemoteFault, UserMistake
from fs_control.ids import Micros
from fs_control.runtime.centre_replay import segments_since
from fs_control.runtime.codec import decode_event, decode_head
from fs_control.runtime.masking import Mask

LABEL: Final = "replay.json"
_SEGMENT: Final = re.compile(r"[0-9]{1,20}\.jsonl")
_LEFT_OUT: Final = b"left out: not readable, so nobody knows what it would give away"
"""Stands for a damaged line, so that the damage is where it was."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a parcel holds; the moments are those that were asked for."""

    since: Micros | None
    until: Micros | None
    masked: bool
    version: str = fs_control.__version__
    events: int = 0


def pack(folder: Path, file: Path, since: Micros | None, until: Micros | None, mask: Mask | None) -> Label:
    """Pack the part of a journal between two moments; numbers and names are masked where there is a mask.

    UserMistake `journal_has_nothing` or `parcel_not_written`.
    """
    paths = segments_since(folder, since)
    if not paths:
        raise UserMistake("journal_has_nothing", folder=str(folder))
    parts = [(path.name, lines) for path in paths if (lines := list(_lines(path, until)))]
    if mask is not None:
        for _, lines in parts:
            mask.learn(line for line in lines if _at(line) is not None)
        parts = [(name, [_masked(line, mask) for line in lines]) for name, lines in parts]
    label = Label(since, until, mask is not None, events=sum(len(lines) - 1 for _, lines in parts))
    try:
        _write(file, label, parts)
    except OSError as error:
        raise UserMistake("parcel_not_written", file=str(file), reason=error.strerror) from error
    return label


def unpack(file: Path, folder: Path) -> Label:
    """Put the segments of a parcel into a folder; UserMistake `parcel_not_read` where it is none."""
    try:
        with tarfile.open(file, "r:gz") as parcel:
            members = {member.name: member for member in parcel.getmembers() if member.isreg()}
            label = Label(**json.loads(_member(parcel, members[LABEL])))
            for name in filter(_SEGMENT.fullmatch, members):
                (folder / name).write_bytes(_member(parcel, members[name]))
    except (OSError, EOFError, zlib.error, tarfile.TarError, KeyError, TypeError, ValueError) as error:
        raise UserMistake("parcel_not_read", file=str(file), reason=type(error).__name__) from error
    return label


def _member(parcel: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    found = parcel.extractfile(member)
    assert found is not None  # it is a regular file
    with closing(found):
        return found.read()


def _lines(path: Path, until: Micros | None) -> Iterator[bytes]:
    """Yield the whole lines of a segment up to a moment; nothing of a segment that begins after it."""
    for line in path.read_bytes().split(b"\n")[:-1]:
        at = _at(line)
        if until is not None and at is not None and at > until:
            return
        yield line


def _at(line: bytes) -> Micros | None:
    """Return the moment of an event or a snapshot; None of a line that is not as it was written."""
    with suppress(RemoteFault):
        return decode_event(line)[1].at
    with suppress(RemoteFault):
        return decode_head(line)[0].at
    return None


def _masked(line: bytes, mask: Mask) -> bytes:
    return mask.line(line) if _at(line) is not None else _LEFT_OUT


def _write(file: Path, label: Label, parts: list[tuple[str, list[bytes]]]) -> None:
    file.touch(0o600)
    file.chmod(0o600)  # it may have been there
    with tarfile.open(file, "w:gz") as parcel:
        _add(parcel, LABEL, json.dumps(asdict(label)).encode())
        for name, lines in parts:
            _add(parcel, name, b"".join(line + b"\n" for line in lines))


def _add(parcel: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    member.mode = 0o600
    parcel.addfile(member, BytesIO(data))
