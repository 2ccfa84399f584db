"""An API at a real port, tokens for it, and somebody who asks it over HTTP."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from typing import Any

import pytest

from fs_control.ids import NEVER, AgentId, Micros
from fs_control.ports import RememberedCall
from fs_control.records import ApiToken, Scope
from fs_control.testing.control import FakeControl
from fs_control.testing.ended_calls import BEGAN
from fs_control.testing.shelves import MemoryCallMemories, MemoryCallPages
from fs_control.web.api.application import Shelves
from fs_control.web.api.credentials import make_token
from fs_control.web.api.door import ApiDoor
from fs_control.web.api.token_book import TokenBook

LATER = Micros(2 * BEGAN)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: HTTPMessage
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        assert self.headers["Content-Type"] == "application/problem+json"
        return str(self.json["code"])


@dataclass(slots=True)
class Api:
    """Asks, with the token of a program that may do everything unless told otherwise."""

    port: int
    book: TokenBook
    tokens: list[ApiToken] = field(default_factory=list)
    noted: dict[str, Micros] = field(default_factory=dict)
    token: str = ""

    def let_in(self, *scopes: Scope, agent: int | None = None, expires_at: Micros = LATER, name: str = "") -> str:
        """Make a token and return it."""
        made = make_token(secrets.token_bytes)
        named = name or f"program{len(self.tokens)}"
        of = None if agent is None else AgentId(agent)
        self.tokens.append(ApiToken(made.id, named, made.digest, frozenset(scopes), NEVER, "test", expires_at, of))
        self.book.refresh()
        return made.text

    def ask(self, method: str, route: str, body: Any = None, *, token: str | None = None, **headers: str) -> Answer:
        """Send one request, `body` as JSON unless it is bytes; an empty token is none."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        shown = self.token if token is None else token
        sent = body if body is None or isinstance(body, bytes) else json.dumps(body)
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        if shown:
            said.setdefault("Authorization", f"Bearer {shown}")
        try:
            connection.request(method, route, sent, said)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode())
        finally:
            connection.close()

    def get(self, route: str, **named: Any) -> Any:
        """Ask for something that is there."""
        answer = self.ask("GET", route, **named)
        assert answer.status == 200, answer.text
        return answer.json


@pytest.fixture
def pages() -> MemoryCallPages:
    return MemoryCallPages()


@pytest.fixture
def memories() -> MemoryCallMemories:
    kept = RememberedCall("+8613800138000", "801", "4001", BEGAN, "张三")
    return MemoryCallMemories({"13800138000": kept})


@pytest.fixture
def api(control: FakeControl, pages: MemoryCallPages, memories: MemoryCallMemories) -> Iterator[Api]:
    tokens: list[ApiToken] = []
    noted: dict[str, Micros] = {}

    def note(moments: Mapping[str, Micros]) -> None:
        noted.update(moments)

    book = TokenBook(lambda: tokens, note)
    door = ApiDoor("127.0.0.1", 0, book, Shelves(pages, memories))
    door.start(control)
    asker = Api(door.bound_port, book, tokens, noted)
    asker.token = asker.let_in(*Scope, name="crm")
    yield asker
    door.stop()
