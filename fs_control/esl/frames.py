"""Frames: where one unit of the Event Socket stream ends and the next begins.

Owns cutting bytes into frames (header block, blank line, body of Content-Length bytes) in both directions: what the
switch sends us, and the commands sent to a switch. It must not know what a header means, except Content-Length.
Easy to break: a frame must come out the same however the bytes were cut on their way, limits included, and no byte
may be scanned again for each piece that arrives. Source: mod_event_socket.c of FreeSWITCH 1.10.12, `read_packet`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Final

from fs_control.errors import BrokenInvariant, RemoteFault


class NeedData(Enum):
    """The type of NEED_DATA, so that `is NEED_DATA` narrows a result."""

    NEED_DATA = "need data"


NEED_DATA: Final = NeedData.NEED_DATA
"""No whole frame is here yet: feed more bytes. Never an error, never the end."""

MAX_HEADER_BLOCK_BYTES: Final = 256 * 1024
"""The largest block is the reply to `connect`, a whole channel as headers: 9 KB in the traces. A channel with some
hundred variables more still fits 25 times over, and a stranger who never sends a blank line costs us no more."""

MAX_BODY_BYTES: Final = 16 * 1024 * 1024
"""The largest body is a listing (`show channels as json`): about 1 KB a channel, so ten thousand channels fit.
FreeSWITCH itself stops reading a command at 10 MiB."""

_MAX_LENGTH_DIGITS: Final = 12
"""More digits than any allowed length has; a number of a million digits would cost seconds to convert."""

_EMPTY_LINE_BYTES: Final = b"\r\n"
_EMPTY_LINES: Final = re.compile(rb"[\r\n]+")
_BLANK_LINE: Final = re.compile(rb"\n\r?\n")
_BLANK_LINE_BYTES: Final = 3
"""The longest spelling of the end of a header block: FreeSWITCH writes LF LF, and reads CR LF CR LF as well."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame as it was on the wire: a header block without its blank line, and the body."""

    block: bytes = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def lines(self) -> tuple[bytes, ...]:
        """The lines of the header block, undecoded; the first line of a command (`api status`) has no colon."""
        return tuple(line.removesuffix(b"\r") for line in self.block.split(b"\n"))

    def header(self, name: bytes) -> bytes | None:
        """The undecoded value of the first header called `name` in any case, or None."""
        return _find_header(self.block, name)


class FrameReader:
    """Cuts one direction of one connection into frames.

    Feed with `receive_data`, then take frames until `NEED_DATA`. Once it has raised RemoteFault it does so for ever:
    after a broken frame nobody knows where the next one starts.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._scanned = 0
        self._block: bytes | None = None
        self._body_bytes = 0
        self._ended = False
        self._fault: RemoteFault | None = None

    @property
    def ended(self) -> bool:
        """Whether the end of the stream has been fed; frames fed before it may still be waiting."""
        return self._ended

    def receive_data(self, data: bytes) -> None:
        """Take bytes as they came from the socket; b"" says that the peer will send no more."""
        if self._ended and data:
            raise BrokenInvariant("esl_data_after_end", bytes=len(data))
        if not data:
            self._ended = True
        if self._fault is None:
            self._buffer += data

    def next_frame(self) -> Frame | NeedData:
        """The next whole frame, or NEED_DATA; RemoteFault when the stream is broken, too large, or cut in a frame."""
        if self._fault is not None:
            raise self._fault
        try:
            return self._read()
        except RemoteFault as fault:
            self._fault = fault
            self._buffer.clear()
            raise

    def _read(self) -> Frame | NeedData:
        if self._block is None:
            self._block = self._take_block()
            if self._block is None:
                return self._wait()
            self._body_bytes = _body_length(self._block)
        if len(self._buffer) < self._body_bytes:
            return self._wait()
        frame = Frame(self._block, bytes(self._buffer[: self._body_bytes]))
        del self._buffer[: self._body_bytes]
        self._block = None
        return frame

    def _take_block(self) -> bytes | None:
        self._skip_empty_lines()
        end = _BLANK_LINE.search(self._buffer, self._scanned)
        size = len(self._buffer) if end is None else end.start()
        # A block not yet ended may still turn out to have been all there but for its blank line.
        if size > MAX_HEADER_BLOCK_BYTES + (_BLANK_LINE_BYTES - 1 if end is None else 0):
            raise RemoteFault("esl_header_block_too_large", limit=MAX_HEADER_BLOCK_BYTES)
        if end is None:
            self._scanned = max(0, size - (_BLANK_LINE_BYTES - 1))
            return None
        block = bytes(self._buffer[:size])
        del self._buffer[: end.end()]
        self._scanned = 0
        return block

    def _skip_empty_lines(self) -> None:
        """Empty lines before a frame mean nothing (in the trace header-traps two of them follow a body)."""
        if self._buffer and self._buffer[0] in _EMPTY_LINE_BYTES:
            empty = _EMPTY_LINES.match(self._buffer)
            assert empty is not None  # the first byte is one
            del self._buffer[: empty.end()]

    def _wait(self) -> NeedData:
        if self._ended and (self._block is not None or self._buffer):
            raise RemoteFault("esl_cut_in_frame")
        return NEED_DATA


def _find_header(block: bytes, name: bytes) -> bytes | None:
    label = _label(name)
    lines = b"\n%b\n" % block
    found = lines.lower().find(label)
    if found < 0:
        return None
    start = found + len(label)
    return lines[start : lines.find(b"\n", start)].removesuffix(b"\r").lstrip(b" ")


@lru_cache(maxsize=64)  # the names that are asked for are few
def _label(name: bytes) -> bytes:
    return b"\n%b:" % name.lower()


def _body_length(block: bytes) -> int:
    """How many bytes of body the header block announces; 0 when it says nothing."""
    text = _find_header(block, b"content-length")
    if text is None:
        return 0
    digits = text.rstrip(b" ")
    if not digits.isdigit():
        raise RemoteFault("esl_bad_content_length", value=digits[:40])
    if len(digits) > _MAX_LENGTH_DIGITS or int(digits) > MAX_BODY_BYTES:
        raise RemoteFault("esl_body_too_large", limit=MAX_BODY_BYTES)
    return int(digits)
