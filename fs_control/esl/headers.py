"""Percent-encoded header blocks (events, and the channel that answers `connect`), looked up on demand.

Owns finding a header in the bytes and decoding its value. It must not know what any header means. An event has about
148 headers and we read a few, so nothing is decoded before it is asked for. Easy to break: lines are split BEFORE
values are decoded, because a caller's name may hold an encoded line break (trace header-traps). Names are matched
exactly as the switch spells them. The switch does not encode again what looks encoded: who types `%0A` into a name
is read as a line break (`variable_enc` in that trace), so a decoded value is never safe to write out as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

_EMPTY_VALUE: Final = b"_undef_"
"""What the switch writes for a header without a value (switch_event.c, `switch_event_serialize`)."""

_PERCENT: Final = ord("%")  # to look for a byte as a number is four times as fast as for bytes of length one


def decode_text(raw: bytes) -> str:
    """Bytes of the wire as text: UTF-8, else GB18030, else UTF-8 with replacement characters.

    Carriers in China send caller names in GBK, a subset of GB18030. That encoding accepts nearly any bytes, so it is
    asked second and for one value alone: one odd name must not decide how its neighbours are read.
    """
    try:
        return raw.decode()
    except UnicodeDecodeError:
        pass  # the next charset is asked
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


class Headers:
    """The headers of one event or channel, kept as the bytes that came."""

    __slots__ = ("_block",)

    def __init__(self, block: bytes) -> None:
        """Take a block without a body; line breaks at its end do no harm."""
        # With a line break at both ends every header, the first and the last too, lies between two of them.
        self._block: Final = b"\n%b\n" % block

    def get(self, name: str) -> str | None:
        """The text of the first header of that name, "" when it is empty, None when there is none."""
        value = self.get_bytes(name)
        return None if value is None else decode_text(value)

    def get_bytes(self, name: str) -> bytes | None:
        """Like `get`, without reading the bytes as text: percent-decoded only."""
        block, label = self._block, _label(name)
        start = block.find(label)
        if start < 0:
            return None
        start += len(label)
        return _decode_value(block[start : block.find(b"\n", start)])

    def get_all(self, name: str) -> tuple[str, ...]:
        """The texts of all headers of that name, in the order of the wire."""
        label = _label(name)
        # Each line keeps its leading break, so that neighbouring headers of one name do not share it.
        lines = (b"\n" + line for line in self._block.split(b"\n"))
        return tuple(decode_text(_decode_value(line[len(label) :])) for line in lines if line.startswith(label))

    def items(self) -> Iterator[tuple[str, str]]:
        """All headers, decoded, in the order of the wire: slow, for people who look at one event."""
        for line in self._block.split(b"\n"):
            name, separator, value = line.partition(b": ")
            if separator:
                yield decode_text(name), decode_text(_decode_value(value))

    def __eq__(self, other: object) -> bool:
        return self._block == other._block if isinstance(other, Headers) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._block)

    def __repr__(self) -> str:
        # The values are people's numbers and names, which have no place in a log.
        return f"<Headers of {len(self._block) - 2} bytes>"


@lru_cache(maxsize=1024)  # the names we ask for are few; variables named by a flow's author may be many
def _label(name: str) -> bytes:
    return b"\n" + name.encode("utf-8", "surrogatepass") + b": "


def _decode_value(raw: bytes) -> bytes:
    if _PERCENT in raw:
        return unquote_to_bytes(raw)
    return b"" if raw == _EMPTY_VALUE else raw
