"""As much SIP as a caller needs: requests and answers as text, read by header and written whole.

Pure: owns no socket. A message stays bytes where it may hold any (a caller's name in GBK), and everything else is
latin-1, which loses nothing. Source of every rule: RFC 3261.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import md5

EVENT_PAYLOAD_TYPE = 101


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


def offer(host: str, port: int, *, events: bool = True) -> str:
    """A session description: G.711, and keys as telephone events where the caller knows `events`."""
    lines = (
        "v=0",
        f"o=caller 1 1 IN IP4 {host}",
        "s=-",
        f"c=IN IP4 {host}",
        "t=0 0",
        f"m=audio {port} RTP/AVP 8 0{f' {EVENT_PAYLOAD_TYPE}' if events else ''}",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:0 PCMU/8000",
    )
    about_events = (f"a=rtpmap:{EVENT_PAYLOAD_TYPE} telephone-event/8000", f"a=fmtp:{EVENT_PAYLOAD_TYPE} 0-15")
    return "\r\n".join((*lines, *(about_events if events else ()), ""))


def authorization(challenge: str, method: str, uri: str, user: str, password: str) -> str:
    """Answer the header of a challenge (RFC 2617, 3.2.2, with `qop=auth`)."""
    asked = dict(re.findall(r'(realm|nonce)="([^"]*)"', challenge))
    realm, nonce = asked["realm"], asked["nonce"]
    who, what = _md5(f"{user}:{realm}:{password}"), _md5(f"{method}:{uri}")
    proof = _md5(f"{who}:{nonce}:00000001:fsc:auth:{what}")
    return (
        f'Digest username="{user}", realm="{realm}", nonce="{nonce}", uri="{uri}", response="{proof}", '
        'algorithm=MD5, qop=auth, nc=00000001, cnonce="fsc"'
    )


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def media_port_in(data: bytes) -> int:
    """Return where the other side wants our audio."""
    found = re.search(rb"\r\nm=audio (\d+) ", data)
    return int(found.group(1)) if found is not None else 0
