"""As much SIP as a caller needs: requests and answers as text, read by header and written whole.

Pure: owns no socket. A message stays bytes where it may hold any (a caller's name in GBK), and everything else is
latin-1, which loses nothing. Source of every rule: RFC 3261; the audio keys: RFC 4733.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

KEYS = "0123456789*#ABCD"
EVENT_PAYLOAD_TYPE = 101
FRAME_MS = 20
SOURCE_ID = 0xF5C
SAMPLES_PER_FRAME = 160


@dataclass(frozen=True, slots=True)
class SipMessage:
    """A request or an answer."""

    first_line: str
    headers: tuple[tuple[str, str], ...]

    @property
    def status(self) -> int:
        """The status of an answer, 0 for a request."""
        return int(self.first_line.split()[1]) if self.first_line.startswith("SIP/2.0 ") else 0

    @property
    def method(self) -> str:
        """The method of a request, or of the request that is answered."""
        return self.get("CSeq").split()[1]

    def get(self, name: str) -> str:
        """Return the first header of a name, "" where there is none."""
        return next((value for header, value in self.headers if header.lower() == name.lower()), "")

    def get_all(self, name: str) -> list[str]:
        """Return every header of a name."""
        return [value for header, value in self.headers if header.lower() == name.lower()]


def read_message(data: bytes) -> SipMessage:
    """Read one datagram; what its body says is of no interest to a caller."""
    head = data.partition(b"\r\n\r\n")[0].decode("latin-1")
    first_line, *lines = head.split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return SipMessage(first_line, tuple((name.strip(), value.strip()) for name, _, value in pairs))


def write_message(first_line: str, headers: list[tuple[str, str]], body: str = "") -> bytes:
    """Write one datagram."""
    lines = [first_line, *(f"{name}: {value}" for name, value in headers), f"Content-Length: {len(body)}", "", body]
    return "\r\n".join(lines).encode("latin-1")


def answer_to(request: SipMessage, status: str) -> bytes:
    """Write an answer to a request."""
    copied = [(name, value) for name in ("Via", "From", "To", "Call-ID", "CSeq") for value in request.get_all(name)]
    return write_message(f"SIP/2.0 {status}", copied)


def uri_in(header: str) -> str:
    """Return the address in a Contact header."""
    found = re.search(r"<([^>]+)>", header)
    return found.group(1) if found is not None else header.partition(";")[0]


def offer(host: str, port: int) -> str:
    """A session description: G.711 and keys as telephone events."""
    lines = (
        "v=0",
        f"o=caller 1 1 IN IP4 {host}",
        "s=-",
        f"c=IN IP4 {host}",
        "t=0 0",
        f"m=audio {port} RTP/AVP 8 0 {EVENT_PAYLOAD_TYPE}",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:0 PCMU/8000",
        f"a=rtpmap:{EVENT_PAYLOAD_TYPE} telephone-event/8000",
        f"a=fmtp:{EVENT_PAYLOAD_TYPE} 0-15",
        "",
    )
    return "\r\n".join(lines)


def media_port_in(data: bytes) -> int:
    """Return where the other side wants our audio."""
    found = re.search(rb"\r\nm=audio (\d+) ", data)
    return int(found.group(1)) if found is not None else 0


def key_packets(key: str, sequence: int, timestamp: int, frames: int = 5) -> list[bytes]:
    """One key as RTP telephone events: `frames` packets that grow, then the end three times."""
    packets = []
    for number in range(frames + 3):
        kind = EVENT_PAYLOAD_TYPE | (0x80 if number == 0 else 0)
        header = struct.pack("!BBHII", 0x80, kind, (sequence + number) & 0xFFFF, timestamp, SOURCE_ID)
        end_and_volume = 10 | (0x80 if number >= frames else 0)
        length = min(number + 1, frames) * SAMPLES_PER_FRAME
        packets.append(header + struct.pack("!BBH", KEYS.index(key.upper()), end_and_volume, length))
    return packets
