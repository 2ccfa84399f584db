"""Asking a real server over a real socket: limits, names, headers, certificates."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import gevent
import pytest
from gevent import socket
from gevent.pywsgi import WSGIServer
from gevent.server import StreamServer

from fs_control.outside.client import HttpClient
from fs_control.outside.hosts import Hosts
from fs_control.ports import WebRequest


def a_request(url: str, method: str = "GET", body: str = "", deadline_s: float = 20.0, **want: str) -> WebRequest:
    return WebRequest(method, url, body, deadline_s, want)


class Server:
    """Answers what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.server = WSGIServer(("127.0.0.1", 0), self.answer, log=None)
        self.server.start()
        self.address = f"127.0.0.1:{self.server.server_port}"

    def answer(self, environ, start_response):
        self.asked.append({**environ, "body": environ["wsgi.input"].read()})
        start_response("200 OK", [])
        return [b'{"a": 1}']


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.server.stop(timeout=1)


def asking(server: Server, **headers: str) -> HttpClient:
    return HttpClient(Hosts.named(["127.0.0.1", "crm.example"], {server.address: headers}))


def test_a_question_is_sent_as_json_with_the_headers_of_its_host(server: Server) -> None:
    request = a_request(f"http://{server.address}/路?q=%20值", "POST", '{"名": 1}', a="a")
    answer = asking(server, Authorization="Bearer s3cret").fetch(request)
    assert (answer.ok, answer.values) == (True, {"a": 1})
    (asked,) = server.asked
    assert (asked["REQUEST_METHOD"], asked["CONTENT_TYPE"]) == ("POST", "application/json")
    assert asked["HTTP_AUTHORIZATION"] == "Bearer s3cret"
    assert asked["body"] == '{"名": 1}'.encode()


def test_a_request_is_not_for_printing() -> None:
    assert "s3cret" not in repr(a_request("http://h/s3cret", body="s3cret"))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/", "http:///x", "//127.0.0.1/", "http://u:p@127.0.0.1/", "http://127.0.0.1:99999/", "http://[/",
        "file:///etc/passwd", "", "http://2130706433/", "http://0x7f000001/", "http://127.0.0.1.nip.example/",
    ],
)  # fmt: skip
def test_what_is_no_url_of_an_allowed_host_is_refused(server: Server, url: str) -> None:
    assert asking(server).fetch(a_request(url)).reason == "host_not_allowed"
    assert server.asked == []


def test_a_name_that_leads_to_this_machine_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is allowed must not lead behind the wall, whoever answers for it."""
    here = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.server.server_port))
    monkeypatch.setattr("fs_control.outside.client.socket.getaddrinfo", lambda *_, **__: [here])
    hosts = HttpClient(Hosts.named(["crm.example"], {}))
    assert hosts.fetch(a_request(f"http://crm.example:{server.server.server_port}/")).reason == "host_not_allowed"
    assert server.asked == []
    assert asking(server).fetch(a_request(f"http://crm.example:{server.server.server_port}/")).ok


def test_a_name_that_nobody_knows_is_unreachable(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_knows(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("fs_control.outside.client.socket.getaddrinfo", nobody_knows)
    assert asking(server).fetch(a_request("http://crm.example/")).reason == "unreachable"


def test_a_look_up_of_a_name_that_hangs_ends_at_the_deadline(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fs_control.outside.client.socket.getaddrinfo", lambda *_, **__: gevent.sleep(600))
    assert asking(server).fetch(a_request("http://crm.example/", deadline_s=0.05)).reason == "timeout"


def test_a_body_that_drips_ends_at_the_deadline() -> None:
    """The deadline is for everything, not for each packet."""

    def drip(sock: socket.socket, _address: object) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
        with suppress(OSError):  # the end of the connection
            while True:
                sock.sendall(b"x")
                gevent.sleep(0.01)

    dripping = StreamServer(("127.0.0.1", 0), drip)
    dripping.start()
    url = f"http://127.0.0.1:{dripping.server_port}/"
    assert HttpClient(Hosts.named(["127.0.0.1"], {})).fetch(a_request(url, deadline_s=0.3)).reason == "timeout"
    dripping.stop(timeout=1)


@pytest.mark.parametrize(
    ("said", "again"),
    [
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", b"x: y\r\n" * 1000),
        (b"HTTP/1.1 200 OK\r\n\r\n", b" " * 10_000),
    ],
)
def test_what_a_server_sends_without_end_is_not_read_without_end(said: bytes, again: bytes) -> None:
    def pour(sock: socket.socket, _address: object) -> None:
        with suppress(OSError):  # nobody reads any more
            sock.sendall(said)
            while True:
                sock.sendall(again)

    server = StreamServer(("127.0.0.1", 0), pour)
    server.start()
    url = f"http://127.0.0.1:{server.server_port}/"
    assert HttpClient(Hosts.named(["127.0.0.1"], {})).fetch(a_request(url)).reason == "too_large"
    server.stop(timeout=1)


@pytest.mark.parametrize("said", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"])
def test_a_server_that_speaks_no_http_is_unreachable(said: bytes) -> None:
    def say(sock: socket.socket, _address: object) -> None:
        sock.sendall(said)
        sock.shutdown(socket.SHUT_WR)
        sock.recv(65_536)

    server = StreamServer(("127.0.0.1", 0), say)
    server.start()
    url = f"http://127.0.0.1:{server.server_port}/"
    assert HttpClient(Hosts.named(["127.0.0.1"], {})).fetch(a_request(url)).reason == "unreachable"
    server.stop(timeout=1)


def test_a_certificate_that_nobody_vouches_for_is_not_believed(server: Server) -> None:
    """Whoever sits between us and the server learns nothing: here it does not even speak TLS."""
    https = HttpClient(Hosts.named(["127.0.0.1"], {}))
    assert https.fetch(a_request(f"https://{server.address}/")).reason == "unreachable"
    assert https._context.verify_mode is ssl.CERT_REQUIRED
    assert https._context.check_hostname
