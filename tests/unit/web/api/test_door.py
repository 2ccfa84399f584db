"""The API's port: had or refused by name, held by nobody who is silent, and closed with everything on it."""

from __future__ import annotations

import socket

import pytest
from structlog.testing import capture_logs

from fs_control.errors import UserMistake
from fs_control.testing.shelves import MemoryCallMemories, MemoryCallPages
from fs_control.web.api import door as room
from fs_control.web.api.application import Shelves
from fs_control.web.api.door import ApiDoor
from fs_control.web.api.token_book import TokenBook


def a_door(port: int = 0, host: str = "127.0.0.1") -> ApiDoor:
    book = TokenBook(list, lambda _moments: None)
    return ApiDoor(host, port, book, Shelves(MemoryCallPages(), MemoryCallMemories()))


def test_a_port_that_is_taken_is_named(api, control):
    second = a_door(api.port)
    with pytest.raises(UserMistake, match="api_port_refused") as refused:
        second.start(control)
    assert refused.value.values["port"] == api.port
    second.stop()


def test_it_listens_on_loopback_alone_unless_told_otherwise_and_then_says_so(control):
    for host, is_told in (("127.0.0.1", False), ("::1", False), ("0.0.0.0", True)):
        door = a_door(host=host)
        with capture_logs() as logs:
            door.start(control)
        door.stop()
        assert ("api_open_to_others" in {entry["action"] for entry in logs}) == is_told


def test_after_a_stop_nobody_is_answered(control):
    door = a_door()
    door.start(control)
    port = door.bound_port
    door.stop()
    door.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=60)


@pytest.mark.parametrize("said", [b"", b"GET /v1/health HTT", b"GET /v1/health HTTP/1.1\r\nHost: x\r\nX"])
def test_who_is_silent_is_let_go_without_a_word_in_the_log(api, monkeypatch, capfd, said):
    monkeypatch.setattr(room, "SILENT_S", 0.05)
    with socket.create_connection(("127.0.0.1", api.port), timeout=60) as stranger:
        stranger.sendall(said)
        while stranger.recv(4096):
            pass
    assert "Traceback" not in "".join(capfd.readouterr())
    assert api.ask("GET", "/v1/health").status == 200


def test_a_body_that_breaks_off_is_the_strangers_mistake(api, capfd):
    head = f"POST /v1/dial HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {api.token}\r\nContent-Length: 50\r\n\r\n{{"
    with socket.create_connection(("127.0.0.1", api.port), timeout=60) as stranger:
        stranger.sendall(head.encode())
        stranger.shutdown(socket.SHUT_WR)
        while stranger.recv(4096):
            pass
    assert "Traceback" not in "".join(capfd.readouterr())
    assert api.ask("GET", "/v1/health").status == 200
