"""How events and snapshots are written down and read again, by yesterday's program or by tomorrow's.

An event is written with its name and the version of its shape. When a shape changes, its version in
`events.VERSIONS` goes up and `UPGRADES` gets a line that turns the old shape into the next one; no line is ever
removed. The same goes for the snapshot and `CENTRE_VERSION`. What cannot be read is a RemoteFault, never a guess:
easy to break, because a field that is not known would be passed over in silence, so what is newer than this program
is refused by its version.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from fs_control.centre import CallCentre
from fs_control.errors import RemoteFault
from fs_control.events import VERSIONS, Event

Shape = dict[str, Any]

CENTRE: Final = "CallCentre"
CENTRE_VERSION: Final = 4


def _same(shape: Shape) -> Shape:
    """Only fields with a default were added."""
    return shape


UPGRADES: Final[dict[tuple[str, int], Callable[[Shape], Shape]]] = {
    ("SwitchFound", 1): _same,
    ("DirectoryLoaded", 1): _same,
    (CENTRE, 1): _same,
    (CENTRE, 2): _same,
    ("DirectoryLoaded", 2): _same,
    ("DirectoryLoaded", 3): _same,
    ("SwitchFound", 2): _same,
    (CENTRE, 3): _same,
    ("CallOffered", 1): _same,
    ("CallReturned", 1): _same,
    ("SwitchFound", 3): lambda shape: {**shape, "asks_ends": False},
}
"""(name of event or CENTRE, old version) -> how its fields become those of the next version."""


@dataclass(frozen=True, slots=True)
class _Line:
    seq: int
    type: str
    v: int
    event: Shape


@dataclass(frozen=True, slots=True)
class _Head:
    next: int
    v: int
    snapshot: Shape


_LINE: Final = TypeAdapter(_Line)
_HEAD: Final = TypeAdapter(_Head)
_KINDS: Final = {kind.__name__: kind for kind in VERSIONS}
_EVENTS: Final = {kind: TypeAdapter[Event](kind) for kind in VERSIONS}
_CENTRE: Final = TypeAdapter(CallCentre)


def encode_event(sequence: int, event: Event) -> bytes:
    """Write one event as one line, its end included; ValueError where it holds what cannot be written."""
    kind = type(event)
    start = f'{{"seq":{sequence},"type":"{kind.__name__}","v":{VERSIONS[kind]},"event":'
    return b"".join((start.encode(), _EVENTS[kind].dump_json(event), b"}\n"))


def decode_event(line: bytes) -> tuple[int, Event]:
    """Read one line: its sequence and the event. RemoteFault where it is not what `encode_event` writes."""
    try:
        found = _LINE.validate_json(line, strict=True)
        kind = _KINDS.get(found.type)
        if kind is None or found.v > VERSIONS[kind]:
            raise RemoteFault("journal_event_unknown", event=found.type[:80], version=found.v)
        shape = _upgraded(found.type, found.v, VERSIONS[kind], found.event)
        return found.seq, _EVENTS[kind].validate_python(shape)
    except (ValueError, KeyError, TypeError) as error:
        raise RemoteFault("journal_line_unreadable", starts_with=repr(line[:80]), why=_first_problem(error)) from error


def encode_head(sequence: int, centre: CallCentre) -> bytes:
    """Write the first line of a segment: the centre as it is, and the sequence of the event that comes next."""
    return b'{"next":%d,"v":%d,"snapshot":%b}\n' % (sequence, CENTRE_VERSION, _CENTRE.dump_json(centre))


def decode_head(line: bytes) -> tuple[CallCentre, int]:
    """Read what `encode_head` wrote: the centre and the next sequence; RemoteFault where it is something else."""
    try:
        found = _HEAD.validate_json(line, strict=True)
        if found.v > CENTRE_VERSION:
            raise RemoteFault("snapshot_unreadable", why=f"version {found.v}")
        return _CENTRE.validate_python(_upgraded(CENTRE, found.v, CENTRE_VERSION, found.snapshot)), found.next
    except (ValueError, KeyError, TypeError) as error:
        raise RemoteFault("snapshot_unreadable", why=_first_problem(error)) from error


def _upgraded(name: str, version: int, wanted: int, shape: Shape) -> Shape:
    for old in range(version, wanted):
        shape = UPGRADES[name, old](shape)
    return shape


def _first_problem(error: Exception) -> str:
    """Say where and what, without the value: it may be a caller's."""
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return repr(error)[:200]
