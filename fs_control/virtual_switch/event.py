"""One event of the switch, and how it is written on the wire.

Owns percent-encoding exactly as FreeSWITCH does it (switch_url_encode): a `%` before two upper-case hex digits is
left alone, so a value that holds `%0A` goes out as `%0A` and decodes to a newline (trace header-traps). Text may hold
surrogate escapes: those are the raw bytes of a caller's name that was no UTF-8. Nothing here knows what is in an event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

ENCODING = "utf-8"
ERRORS = "surrogateescape"

_UNSAFE = re.compile(rb"""%(?![0-9A-F]{2})|[^ -~]|[ #&+:;<=>?@\[\\\]^`{|}"]""")


def to_bytes(text: str) -> bytes:
    """Text as it goes on the wire; surrogate escapes become the bytes they came from."""
    return text.encode(ENCODING, ERRORS)


def to_text(data: bytes) -> str:
    """Bytes from the wire as text that gives the same bytes back."""
    return data.decode(ENCODING, ERRORS)


def percent_encode(value: bytes) -> bytes:
    """Encode a header value as FreeSWITCH does; what is encoded already stays as it is."""
    return _UNSAFE.sub(lambda found: b"%%%02X" % found.group()[0], value)


@lru_cache(maxsize=65536)
def header_line(name: str, value: str) -> bytes:
    """One line of an event, cached: most headers of a channel repeat in all its events."""
    return b"%b: %b\n" % (to_bytes(name), percent_encode(to_bytes(value)) or b"_undef_")


@dataclass(slots=True)
class Event:
    """An event as fired: headers in their order (a name may come twice), and a body or none."""

    name: str
    headers: list[tuple[str, str]]
    body: str | None = None
    _frame: bytes | None = field(default=None, repr=False)

    def get(self, name: str) -> str | None:
        """The first value of a header, its name in any case."""
        wanted = name.lower()
        return next((value for header, value in self.headers if header.lower() == wanted), None)

    def serialized(self) -> bytes:
        """The event as text: encoded headers, the body if any (its bytes as they are)."""
        lines = b"".join([header_line(name, value) for name, value in self.headers])
        if not self.body:
            return lines + b"\n"
        body = to_bytes(self.body)
        return b"%bContent-Length: %d\n\n%b" % (lines, len(body), body)

    def frame(self) -> bytes:
        """The text/event-plain frame, made once and shared by every wire that sends it."""
        if self._frame is None:
            payload = self.serialized()
            self._frame = b"Content-Length: %d\nContent-Type: text/event-plain\n\n%b" % (len(payload), payload)
        return self._frame
