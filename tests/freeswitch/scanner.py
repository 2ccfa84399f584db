"""Somebody who tries the doors of a SIP server with well-known names and passwords, as the tools of the trade do.

Owns one socket on an address that is nobody's carrier, and no call: each attempt is a request, the answer to the
challenge where one comes, and what became of it. Easy to break: it answers as the switch asks, or the passwords would
never be tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count, cycle, islice, product
from uuid import uuid4

from gevent import socket

from tests.freeswitch import sip

HOST = "127.0.0.66"
"""Of this machine, like the carriers' 127.0.0.1, and not in their network."""
SWITCH = "127.0.0.1"
ANSWER_S = 5.0

NAMES = ("100", "101", "102", "200", "1000", "1001", "1002", "8001", "admin", "sip", "test", "user", "trunk")
PASSWORDS = ("{name}", "1234", "123456", "password", "{name}{name}", "admin", "changeme", "")
TOOLS = ("friendly-scanner", "sipvicious", "VaxSIPUserAgent/3.1", "pplsip", "Zoiper rv2.8.30", "eyeBeam release 3006o")
DIALLED = (
    "100",
    "1001",
    "8001",
    "4001234567",
    "13900139000",
    "913900139000",
    "0013900139000",
    "00441224007007",
    "900441224007007",
    "011441224007007",
    "+441224007007",
    "*98",
    "100@1.1.1.1",
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: a REGISTER, or an INVITE to a number."""

    method: str
    door: int
    name: str
    password: str
    tool: str
    dialled: str = ""


def attempts(phones_port: int, trunks_port: int, number: int) -> Iterator[Attempt]:
    """So many tries, half of them registrations, at both doors."""
    tools = cycle(TOOLS)
    guesses = [(name, password.format(name=name)) for password, name in product(PASSWORDS, NAMES)]
    doors = cycle((phones_port, phones_port, trunks_port))
    dialled = cycle(DIALLED)
    registrations = (Attempt("REGISTER", next(doors), *guess, next(tools)) for guess in guesses)
    calls = (Attempt("INVITE", next(doors), *guess, next(tools), next(dialled)) for guess in cycle(guesses))
    return islice(chain(islice(registrations, number // 2), calls), number)


class Scanner:
    """The one who tries."""

    def __init__(self) -> None:
        self._socket = socket.socket(type=socket.SOCK_DGRAM)
        self._socket.bind((HOST, 0))
        self._socket.settimeout(ANSWER_S)
        self._calls = (f"scan-{uuid4().hex}" for _ in count())

    def __enter__(self) -> Scanner:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._socket.close()

    def attempt(self, attempt: Attempt) -> int:
        """Try; the final status of the last answer."""
        call = next(self._calls)
        answer = self._ask(attempt, call, 1, ())
        challenge = answer.get("WWW-Authenticate") or answer.get("Proxy-Authenticate")
        if challenge:
            name = "Authorization" if answer.status == 401 else "Proxy-Authorization"
            uri = _uri(attempt)
            proof = sip.authorization(challenge, attempt.method, uri, attempt.name, attempt.password)
            answer = self._ask(attempt, call, 2, ((name, proof),))
        return answer.status

    def _ask(self, attempt: Attempt, call: str, number: int, more: tuple[tuple[str, str], ...]) -> sip.SipMessage:
        host, port = self._socket.getsockname()
        via = f"SIP/2.0/UDP {host}:{port};branch=z9hG4bK-{call}-{number}"
        to = _uri(attempt) if attempt.method == "INVITE" else f"sip:{attempt.name}@{SWITCH}"
        headers = [
            ("Via", via),
            ("From", f"<sip:{attempt.name}@{SWITCH}>;tag={call}"),
            ("To", f"<{to}>"),
            ("Call-ID", call),
            ("CSeq", f"{number} {attempt.method}"),
            ("Contact", f"<sip:{attempt.name}@{host}:{port}>"),
            ("User-Agent", attempt.tool),
            ("Max-Forwards", "70"),
            *more,
        ]
        body = ""
        if attempt.method == "INVITE":
            headers.append(("Content-Type", "application/sdp"))
            body = sip.offer(host, port)
        first_line = f"{attempt.method} {_uri(attempt)} SIP/2.0"
        self._socket.sendto(sip.write_message(first_line, headers, body), (SWITCH, attempt.door))
        answer = self._final_answer(call, number)
        if attempt.method == "INVITE":
            self._acknowledge(attempt, answer)
        return answer

    def _final_answer(self, call: str, number: int) -> sip.SipMessage:
        while True:
            answer = sip.read_message(self._socket.recv(65_536))
            is_ours = answer.get("Call-ID") == call and answer.get("CSeq").startswith(f"{number} ")
            if is_ours and answer.status >= 200:
                return answer

    def _acknowledge(self, attempt: Attempt, answer: sip.SipMessage) -> None:
        copied = [(name, answer.get(name)) for name in ("Via", "From", "To", "Call-ID")]
        sequence = ("CSeq", f"{answer.get('CSeq').split()[0]} ACK")
        ack = sip.write_message(f"ACK {_uri(attempt)} SIP/2.0", [*copied, sequence, ("Max-Forwards", "70")])
        self._socket.sendto(ack, (SWITCH, attempt.door))


def _uri(attempt: Attempt) -> str:
    if attempt.method == "REGISTER":
        return f"sip:{SWITCH}:{attempt.door}"
    return f"sip:{attempt.dialled}" if "@" in attempt.dialled else f"sip:{attempt.dialled}@{SWITCH}:{attempt.door}"
