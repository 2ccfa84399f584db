"""One record as one line of a file, with a checksum of its own, and the same record again.

Knows no file. A line is `{"crc":"xxxxxxxx","v":1,"record":{...}}`: the checksum (CRC-32) is of everything behind it, so
a damaged line is known for one, and those around it are read. Easy to break: what cannot be read is never guessed at,
and a line of a newer program is none of ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from zlib import crc32

from pydantic import TypeAdapter

VERSION: Final = 1

_LINE: Final = re.compile(rb'\{"crc":"([0-9a-f]{8})",(.*)\}', re.DOTALL)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Damaged:
    """A line that could not be read: its number in the file, from 1, and why (a word, never what stands there)."""

    line: int
    why: str


class LineCodec(Generic[T]):
    """Lines of one kind of thing."""

    def __init__(self, kind: type[T]) -> None:
        self._adapter: Final[TypeAdapter[T]] = TypeAdapter(kind)

    def encode(self, record: T, **beside: str | int) -> bytes:
        """Write one record as one line, its end included; `beside` it stands what is to be known of it.

        ValueError where it holds what cannot be written down.
        """
        told = {"v": VERSION, **beside}
        rest = json.dumps(told, ensure_ascii=True)[1:-1].encode() + b',"record":' + self._adapter.dump_json(record)
        return b'{"crc":"%08x",%b}\n' % (crc32(rest), rest)

    def decode(self, line: bytes) -> T | str:
        """Read one line without its end; a word says why it cannot be read."""
        found = self.values(line)
        if isinstance(found, str):
            return found
        if found.get("v") != VERSION:
            return "newer_program"
        try:
            return self._adapter.validate_python(found.get("record"))
        except ValueError:
            return "no_record"

    def values(self, line: bytes) -> dict[str, Any] | str:
        """Return everything that stands in a line, as plain values, or the word that says why it cannot be read."""
        found = _LINE.fullmatch(line)
        if found is None:
            return "no_line"
        if int(found[1], 16) != crc32(found[2]):
            return "checksum"
        try:
            values: dict[str, Any] = json.loads(line)
        except ValueError:
            return "no_line"
        return values

    def decode_all(self, data: bytes) -> Iterator[T | Damaged]:
        """Read line after line, each at the moment it is asked for; a last line without its end was cut short."""
        *lines, rest = data.split(b"\n")
        for number, line in enumerate(lines, start=1):
            found = self.decode(line)
            yield Damaged(number, found) if isinstance(found, str) else found
        if rest:
            yield Damaged(len(lines) + 1, "cut_short")
