"""Asking one server one question: `ports.WebClient` on the standard library's HTTP, in a gevent-patched process.

Owns the deadline, which covers the look-up of the name and the last byte alike, the limit of what is read, and that
the address that was judged is the one that is spoken to. Redirects are answers like any other status: not followed.
Easy to break: certificates are checked for the name although the connection goes to an address; and a server that
sends without a pause would never let anybody else run, the deadline neither, so every read makes way.
"""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import SplitResult, quote, urlsplit

import gevent
from gevent import socket

from fs_control import __version__
from fs_control.outside.hosts import DEFAULT_PORTS, Hosts
from fs_control.outside.json_values import values_from
from fs_control.ports import WebAnswer, WebRequest

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_BYTES: Final = 64 * 1024
_MOST_AROUND: Final = 4 * MOST_BYTES
"""Of everything, with headers and the marks between chunks: http.client would skip some of it without end."""

_AS_IT_IS: Final = "/%:@!$&'()*+,;=~-._"

TIMEOUT: Final = "timeout"
UNREACHABLE: Final = "unreachable"
NOT_ALLOWED: Final = "host_not_allowed"
TOO_LARGE: Final = "too_large"


class _TooLarge(Exception):
    """More came than anybody reads."""


class _NotAllowed(Exception):
    """A name that is allowed stands for an address that is not."""


class _AtMost(RawIOBase):
    """What a server sends, up to a limit; after each packet others run."""

    def __init__(self, given: BufferedReader, most: int) -> None:
        self._given, self._left = given, most

    def readable(self) -> bool:
        """Tell that this is for reading."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read what has come."""
        gevent.sleep(0)
        count = self._given.readinto1(buffer)
        self._left -= count
        if self._left < 0:
            raise _TooLarge
        return count

    def close(self) -> None:
        """Close the connection's file as well."""
        self._given.close()
        super().close()


class _Answer(HTTPResponse):
    """An answer of which no part is endless."""

    def __init__(self, sock: socket.socket, *given: Any, **named: Any) -> None:
        super().__init__(sock, *given, **named)
        self.fp = BufferedReader(_AtMost(self.fp, _MOST_AROUND))


class HttpClient:
    """Asks the hosts that the operator allows."""

    def __init__(self, hosts: Hosts, context: ssl.SSLContext | None = None) -> None:
        self._hosts = hosts
        self._context = context or ssl.create_default_context()

    def fetch(self, request: WebRequest) -> WebAnswer:
        """Ask and wait; whatever goes wrong is an answer."""
        target = _target(request.url)
        if target is None or not self._hosts.allow(*_host_and_port(target)):
            return WebAnswer(ok=False, reason=NOT_ALLOWED)
        limit = gevent.Timeout(request.deadline_s)
        try:
            with limit:
                return self._ask(request, target)
        except gevent.Timeout as over:
            if over is not limit:
                raise
            return WebAnswer(ok=False, reason=TIMEOUT)

    def _ask(self, request: WebRequest, target: SplitResult) -> WebAnswer:
        try:
            status, body = self._exchange(request, target)
        except _NotAllowed:
            return WebAnswer(ok=False, reason=NOT_ALLOWED)
        except _TooLarge:
            return WebAnswer(ok=False, reason=TOO_LARGE)
        except (OSError, HTTPException, ValueError):  # ValueError: what cannot stand in a request line
            return WebAnswer(ok=False, reason=UNREACHABLE)
        if not 200 <= status < 300:
            return WebAnswer(ok=False, reason=f"status_{status}")
        return values_from(body, request.want)

    def _exchange(self, request: WebRequest, target: SplitResult) -> tuple[int, bytes]:
        host, port = _host_and_port(target)
        connection = self._connection(target.scheme, host, port)
        connection.response_class = _Answer
        try:
            connection.sock = self._connect(host, port)
            if target.scheme == "https":
                connection.sock = self._secured(connection.sock, host)
                connection.sock.do_handshake()
            path = _path_of(target)
            body = request.body.encode() if request.body else None
            connection.request(request.method, path, body, self._headers(host, port, has_body=body is not None))
            with connection.getresponse() as response:
                return response.status, _read(response)
        finally:
            connection.close()

    def _connection(self, scheme: str, host: str, port: int) -> HTTPConnection:
        if scheme == "https":
            return HTTPSConnection(host, port, context=self._context)
        return HTTPConnection(host, port)

    def _connect(self, host: str, port: int) -> socket.socket:
        """Connect to an address that the name stands for and that is allowed; the name is not looked up again."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [(int(family), address) for family, _, _, _, address in found]
        allowed = [each for each in addresses if self._hosts.allow_address(str(each[1][0]), port)]
        if not allowed:
            raise _NotAllowed
        return _first_that_answers(allowed)

    def _secured(self, plain: socket.socket, host: str) -> ssl.SSLSocket:
        return self._context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)

    def _headers(self, host: str, port: int, *, has_body: bool) -> dict[str, str]:
        headers = {"Accept": "application/json", "User-Agent": f"fs-control/{__version__}", "Connection": "close"}
        if has_body:
            headers["Content-Type"] = "application/json"
        return {**headers, **self._hosts.headers_for(host, port)}


def _target(url: str) -> SplitResult | None:
    """Read a URL; None where it is none of ours, or holds a name and a password."""
    try:
        target = urlsplit(url)
        is_ours = target.scheme in DEFAULT_PORTS and target.hostname and target.port != 0
    except ValueError:
        return None
    return target if is_ours and "@" not in target.netloc else None


def _host_and_port(target: SplitResult) -> tuple[str, int]:
    return target.hostname or "", target.port or DEFAULT_PORTS[target.scheme]


def _path_of(target: SplitResult) -> str:
    """Return what stands in the request line: letters of other scripts are encoded, what is encoded stays."""
    path, query = quote(target.path or "/", safe=_AS_IT_IS), quote(target.query, safe=f"{_AS_IT_IS}?")
    return f"{path}?{query}" if query else path


def _first_that_answers(addresses: Sequence[tuple[int, tuple[Any, ...]]]) -> socket.socket:
    failure = OSError()
    for family, address in addresses:
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.connect(address)
        except OSError as error:
            sock.close()
            failure = error
        except BaseException:  # the time is over
            sock.close()
            raise
        else:
            return sock
    raise failure


def _read(response: HTTPResponse) -> bytes:
    """Read all there is, if it is not too much."""
    body = response.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise _TooLarge
    return body
