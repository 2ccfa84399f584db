"""The door at which FreeSWITCH asks for phones: on loopback, with a password that is nowhere shown."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from gevent import socket

from fs_control.errors import UserMistake
from fs_control.switch.configuration import directory_answer, not_found_answer
from fs_control.web.phone_book import PhoneBook
from fs_control.web.phone_directory import PhoneDirectory
from tests.unit.web.questions import DOMAIN, PASSWORD, PHONE, credentials, form, reading


def directory(port: int = 0) -> PhoneDirectory:
    book = PhoneBook(reading(PHONE))
    book.refresh()
    return PhoneDirectory(DOMAIN, PASSWORD, book, port)


@pytest.fixture
def door() -> Iterator[PhoneDirectory]:
    door = directory()
    door.start()
    yield door
    door.stop()


def ask(door: PhoneDirectory, method: str, body: bytes, shown: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", door.bound_port, timeout=30)
    try:
        connection.request(method, "/directory", body, {"Authorization": shown})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_FreeSWITCH_is_answered(door: PhoneDirectory) -> None:
    assert ask(door, "POST", form(), credentials()) == (200, directory_answer(DOMAIN, (PHONE,)))
    assert ask(door, "GET", b"", credentials()) == (200, not_found_answer())


def test_a_stranger_is_not_answered_and_nobodys_password_is_logged(
    door: PhoneDirectory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(door, "POST", form(), credentials("a-guess")) == (401, "")
    assert ask(door, "POST", form(), credentials())[0] == 200
    logged = "".join(capsys.readouterr())
    assert "directory_password_wrong" in logged
    secrets = (PASSWORD, credentials(), "a-guess", credentials("a-guess"), PHONE.a1_hash)
    assert not any(secret in logged for secret in secrets)


def test_it_is_for_this_machine_alone(door: PhoneDirectory) -> None:
    assert door._server is not None
    assert door._server.socket.getsockname()[0] == "127.0.0.1"


def test_nonsense_does_not_disturb_it(door: PhoneDirectory, capsys: pytest.CaptureFixture[str]) -> None:
    for nonsense in (b"\x00\xff nonsense\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"POST "):
        with socket.create_connection(("127.0.0.1", door.bound_port), timeout=30) as stranger:
            stranger.sendall(nonsense)
            stranger.shutdown(socket.SHUT_WR)
            while stranger.recv(1000):
                pass
    assert ask(door, "POST", form(), credentials())[0] == 200
    assert "Traceback" not in "".join(capsys.readouterr())


def test_a_question_that_breaks_off_does_not_disturb_it(
    door: PhoneDirectory, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", door.bound_port), timeout=30) as stranger:
        head = f"POST / HTTP/1.1\r\nAuthorization: {credentials()}\r\nContent-Length: 500\r\n\r\nuser="
        stranger.sendall(head.encode())
        stranger.shutdown(socket.SHUT_WR)
        while stranger.recv(1000):
            pass
    assert ask(door, "POST", form(), credentials())[0] == 200
    assert "Traceback" not in "".join(capsys.readouterr())


def test_a_port_that_is_taken_is_named(door: PhoneDirectory) -> None:
    second = directory(door.bound_port)
    with pytest.raises(UserMistake) as refused:
        second.start()
    assert (refused.value.code, refused.value.values["port"]) == ("directory_port_refused", door.bound_port)
    second.stop()


def test_without_a_password_there_is_no_door() -> None:
    with pytest.raises(ValueError, match="password"):
        PhoneDirectory(DOMAIN, "", PhoneBook(reading()), 0)
