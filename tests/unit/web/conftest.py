"""A control socket in a folder of its own, and somebody who asks it over HTTP."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from fs_control.testing.control import FakeControl
from fs_control.testing.play import Play
from fs_control.web.control import ControlSocket
from fs_control.web.socket_path import socket_address

Ask = Callable[..., tuple[int, Any]]


def ask_at(path: Path, method: str, route: str, body: Any = None) -> tuple[int, Any]:
    """Send one request, `body` as JSON unless it is bytes, and return status and answer."""
    connection = HTTPConnection("localhost", timeout=30)
    connection.sock = socket.socket(socket.AF_UNIX)
    with socket_address(path) as address:
        connection.sock.connect(address)
    try:
        sent = body if body is None or isinstance(body, bytes) else json.dumps(body)
        connection.request(method, route, sent)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


@pytest.fixture
def play() -> Play:
    """Agent 1 talks with one caller, and another one waits."""
    play = Play(groups={"sales": (1, 2), "service": (3,)})
    play.sign_in(1)
    play.caller(number="13800138000", name="张三", call="first")
    play.answer(1)
    play.wait(2)
    play.caller(number="anonymous", call="second")
    return play


@pytest.fixture
def control(play: Play) -> FakeControl:
    return FakeControl(play.centre)


@pytest.fixture
def door(tmp_path: Path, control: FakeControl) -> Iterator[ControlSocket]:
    door = ControlSocket(tmp_path / "control.sock")
    door.start(control)
    yield door
    door.stop()


@pytest.fixture
def ask(door: ControlSocket) -> Ask:
    return lambda method, route, body=None: ask_at(door.path, method, route, body)
