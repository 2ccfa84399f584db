"""How events and snapshots are written down and read again, by yesterday's program or by tomorrow's.

An event is written with its name and the version of its shape. When a shape changes, its version in
`events.VERSIONS` goes up and `UPGRADES` gets a line that turns the old shape into the next one; no line is ever
removed. The same goes for the snapshot and `CENTRE_VERSION`. What cannot be read is a RemoteFault, never a guess:
easy to break, because a field that is not known would be passed over in silence, so what is newer than this program
is refused by its version. Every line begins with a checksum of the rest of it (`{"crc":"1c291ca3",...`); the lines
of programs before that have none and begin with what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

from pydantic import TypeAdapter, ValidationError

from fs_control.centre import CallCentre
from fs_control.errors import RemoteFault
from fs_control.events import VERSIONS, Event
from fs_control.ids import Micros

Shape = dict[str, Any]

SUM: Final = b'{"crc":"'
"""How a line begins."""
_SUMMED: Final = len(b'{"crc":"00000000",')
_WITHOUT_SUM: Final = (b'{"seq":', b'{"next":')
"""How the lines of programs without checksums begin."""

CENTRE: Final = "CallCentre"
CENTRE_VERSION: Final = 5


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
    (CENTRE, 4): _same,
    ("CallOffered", 1): _same,
    ("CallReturned", 1): _same,
    ("CallReturned", 2): _same,
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


@dataclass(frozen=True, slots=True)
class Gap:
    """Events that happened and are on no disk: from the first to the last sequence, since when, and why."""

    first: int
    last: int
    since: Micros
    why: str


HEAD_END: Final = b"}"
"""What stands behind the centre in a head."""

_GAP: Final = TypeAdapter(Gap)
_FLAT: Final = rb'\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}'
"""A JSON object without another one in it."""
_GAP_IN_HEAD: Final = re.compile(rb'\{"crc":"[0-9a-f]{8}","next":\d+,"v":\d+,"gap":(%b),' % _FLAT)
_OF_TODAY: Final = re.compile(
    rb'\{"crc":"[0-9a-f]{8}","next":(\d+),"v":%d,(?:"gap":%b,)?"snapshot":' % (CENTRE_VERSION, _FLAT)
)
"""How a head begins that was written by a program with the same `CENTRE_VERSION`."""

_LINE: Final = TypeAdapter(_Line)
_HEAD: Final = TypeAdapter(_Head)
_KINDS: Final = {kind.__name__: kind for kind in VERSIONS}
_EVENTS: Final = {kind: TypeAdapter[Event](kind) for kind in VERSIONS}
_CENTRE: Final = TypeAdapter(CallCentre)


def encode_event(sequence: int, event: Event) -> bytes:
    """Write one event as one line, its end included; ValueError where it holds what cannot be written."""
    kind = type(event)
    start = f'"seq":{sequence},"type":"{kind.__name__}","v":{VERSIONS[kind]},"event":'
    rest = b"".join((start.encode(), _EVENTS[kind].dump_json(event), b"}"))
    return b"%b%b\n" % (sum_of(crc32(rest)), rest)


def decode_event(line: bytes) -> tuple[int, Event]:
    """Read one line: its sequence and the event. RemoteFault where it is not what `encode_event` writes."""
    try:
        found = _LINE.validate_json(_checked(line), strict=True)
        kind = _KINDS.get(found.type)
        if kind is None or found.v > VERSIONS[kind]:
            raise RemoteFault("journal_event_unknown", event=found.type[:80], version=found.v)
        shape = _upgraded(found.type, found.v, VERSIONS[kind], found.event)
        return found.seq, _EVENTS[kind].validate_python(shape)
    except (ValueError, KeyError, TypeError) as error:
        raise RemoteFault("journal_line_unreadable", starts_with=repr(line[:80]), why=_first_problem(error)) from error


def encode_head(sequence: int, centre: CallCentre, gap: Gap | None = None) -> bytes:
    """Write the first line of a segment: the centre as it is, and the sequence of the event that comes next."""
    rest = b"".join((head_start(sequence, gap), _CENTRE.dump_json(centre), HEAD_END))
    return b"%b%b\n" % (sum_of(crc32(rest)), rest)


def head_start(sequence: int, gap: Gap | None) -> bytes:
    """Write what stands between the checksum of a head and the centre."""
    told = b"" if gap is None else b'"gap":%b,' % _GAP.dump_json(gap)
    return b'"next":%d,"v":%d,%b"snapshot":' % (sequence, CENTRE_VERSION, told)


def sum_of(total: int) -> bytes:
    """Write how a line begins whose rest has this checksum."""
    return b'{"crc":"%08x",' % total


def decode_head(line: bytes) -> tuple[CallCentre, int]:
    """Read what `encode_head` wrote: the centre and the next sequence; RemoteFault where it is something else."""
    try:
        checked = _checked(line)
        plain = _OF_TODAY.match(checked)
        if plain is not None:  # the usual case, without the detour over a shape that may be an older one
            return _CENTRE.validate_json(checked[plain.end() : -1]), int(plain[1])
        found = _HEAD.validate_json(checked, strict=True)
        if found.v > CENTRE_VERSION:
            raise RemoteFault("snapshot_unreadable", why=f"version {found.v}")
        return _CENTRE.validate_python(_upgraded(CENTRE, found.v, CENTRE_VERSION, found.snapshot)), found.next
    except (ValueError, KeyError, TypeError) as error:
        raise RemoteFault("snapshot_unreadable", why=_first_problem(error)) from error


def decode_gap(line: bytes) -> Gap | None:
    """Read the gap that a head names; None where there is none, or none that can be read."""
    found = _GAP_IN_HEAD.match(line)
    try:
        return _GAP.validate_json(found[1]) if found is not None else None
    except ValueError:
        return None


def _checked(line: bytes) -> bytes:
    """Return a line, without its end, that is as it was written as far as can be told; RemoteFault where it is not."""
    line = line.removesuffix(b"\n")
    if line.startswith(_WITHOUT_SUM):
        return line
    if not line.startswith(SUM):
        raise RemoteFault("journal_line_foreign")
    if line[len(SUM) : _SUMMED] != b'%08x",' % crc32(line[_SUMMED:]):
        raise RemoteFault("journal_checksum_wrong")
    return line


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
