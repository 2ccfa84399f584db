"""The head of a segment, written in pieces: a snapshot of thousands of calls that holds nobody up.

A centre is an immutable value, so it can be written down while life goes on. Owns how it is parted; what each part
looks like is pydantic's, as in `codec.encode_head`, and the bytes are the same. Easy to break: a piece must stay small
whatever is in it, so its number of entries follows from the size of the piece before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import islice
from types import GenericAlias
from typing import Any, Final, get_args, get_origin, get_type_hints
from zlib import crc32

from immutables import Map
from pydantic import TypeAdapter

from fs_control.centre import CallCentre
from fs_control.records import Directory
from fs_control.runtime.codec import HEAD_END, Gap, head_start, sum_of

PIECE: Final = 32 << 10
"""Bytes that a piece aims at: about a millisecond's work."""

_PARTED: Final = (CallCentre, Directory)
"""What is written field by field."""


def head_in_pieces(sequence: int, centre: CallCentre, gap: Gap | None, rest: Callable[[], None]) -> list[bytes]:
    """Write the first line of a segment, and `rest` after every piece. The sequence is that of the next event."""
    pieces = [head_start(sequence, gap)]
    total = crc32(pieces[0])
    for piece in _parts(centre, CallCentre):
        pieces.append(piece)
        total = crc32(piece, total)
        rest()
    return [sum_of(crc32(HEAD_END, total)), *pieces, HEAD_END, b"\n"]


def _parts(value: Any, kind: Any) -> Iterator[bytes]:
    """Yield what `TypeAdapter(kind).dump_json(value)` returns, in pieces."""
    if isinstance(value, _PARTED) and is_dataclass(value):
        yield from _fields(value)
    elif isinstance(value, Map | dict):
        yield from _entries(value, kind)
    else:
        yield _adapter(kind).dump_json(value)


def _fields(value: Any) -> Iterator[bytes]:
    owner: type = type(value)
    kinds = _kinds(owner)
    between = "{"
    for field in fields(value):
        yield f'{between}"{field.name}":'.encode()
        yield from _parts(getattr(value, field.name), kinds[field.name])
        between = ","
    yield b"}"


def _entries(entries: Mapping[Any, Any], kind: Any) -> Iterator[bytes]:
    adapter = _adapter(_as_dict(kind))
    left = iter(entries.items())
    count, between = 1, b"{"
    while some := dict(islice(left, count)):
        piece = adapter.dump_json(some)
        yield b"%b%b" % (between, piece[1:-1])
        between = b","
        count = max(1, min(2 * count, count * PIECE // len(piece)))
    yield b"{}" if between == b"{" else b"}"


def _as_dict(kind: Any) -> Any:
    """Return the kind of dict that has the same keys and values: of `PersistentMap[K, V]` and of `Mapping[K, V]`."""
    inner = get_args(kind)[0] if get_origin(kind) is None or hasattr(kind, "__metadata__") else kind
    return GenericAlias(dict, get_args(inner))


@cache
def _kinds(owner: type) -> dict[str, Any]:
    return get_type_hints(owner, include_extras=True)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
