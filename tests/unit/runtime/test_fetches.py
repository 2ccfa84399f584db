"""Questions to other people's servers, beside the inbox: each is answered, and no log tells more than the host."""

from __future__ import annotations

from collections.abc import Iterator

import gevent
import pytest
from gevent.event import Event as Signal
from structlog.testing import capture_logs

from fs_control.commands import CollectDigits, FetchUrl
from fs_control.events import UrlFetched
from fs_control.ids import CallId, LegId, OpId, seconds
from fs_control.ports import WebAnswer, WebRequest
from fs_control.runtime import fetches
from fs_control.runtime.clock import WallClock
from fs_control.runtime.fetches import Fetches
from fs_control.runtime.vault import Vault
from fs_control.switch import SecretDigits
from fs_control.testing.web import MemoryWeb
from tests.unit.runtime.desk import Notes

CALL, OP = CallId("call"), OpId("call.2")
URL = "https://crm.example.com/x?pin={secret:pin}"


def a_question(url: str = URL, op: OpId | None = OP) -> FetchUrl:
    return FetchUrl(CALL, op, "POST", url, '{"pin": "{secret:pin}"}', seconds(3), {"a": "b"})


class Desk:
    """Questions go in, answers are noted."""

    def __init__(self) -> None:
        self.web, self.vault, self.told = MemoryWeb(), Vault(), Notes()
        self.fetches = Fetches(self.web, self.vault, WallClock(), self.told)

    def keep(self, digits: str) -> None:
        """A caller has typed something secret."""
        self.vault.expect(CollectDigits(CALL, LegId("leg"), OpId("call.1"), (), 8, seconds(5), secret="secret:pin"))
        self.vault.hidden(SecretDigits(LegId("leg"), None, OpId("call.1"), digits))

    def ask(self, question: FetchUrl) -> None:
        """Ask, and wait until it is answered."""
        self.fetches.put(question)
        self.fetches._pool.join()


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.fetches.stop()


def test_a_secret_is_put_in_and_the_log_tells_the_host_alone(desk: Desk) -> None:
    desk.keep("47#1")
    with capture_logs() as logs:
        desk.ask(a_question())
    (asked,) = desk.web.asked
    assert (asked.url, asked.body) == ("https://crm.example.com/x?pin=47%231", '{"pin": "47#1"}')
    assert (asked.deadline_s, asked.want) == (3.0, {"a": "b"})
    assert desk.told == [UrlFetched(call=CALL, op=OP, ok=False, reason="unreachable")]
    assert [(log["host"], log["outcome"]) for log in logs] == [("crm.example.com", "unreachable")]
    assert "47" not in str(logs)


def test_a_secret_that_is_not_there_is_lost_and_nobody_is_asked(desk: Desk) -> None:
    desk.ask(a_question())
    assert desk.told == [UrlFetched(call=CALL, op=OP, ok=False, reason="secret_lost")]
    assert desk.web.asked == []


def test_the_values_come_along(desk: Desk) -> None:
    desk.web.answers["http://h/"] = WebAnswer(ok=True, values={"a": 1})
    desk.ask(FetchUrl(CALL, OP, "GET", "http://h/", "", seconds(3), {"a": "b"}))
    assert desk.told == [UrlFetched(call=CALL, op=OP, ok=True, values={"a": 1})]


def test_where_nobody_waits_nobody_is_told(desk: Desk) -> None:
    desk.ask(FetchUrl(CALL, None, "GET", "http://h/", "", seconds(3), {}))
    assert len(desk.web.asked) == 1
    assert desk.told == []


def test_a_defect_costs_one_question(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(_request: WebRequest) -> WebAnswer:
        raise RuntimeError("47#1")

    monkeypatch.setattr(desk.web, "fetch", explode)
    with capture_logs() as logs:
        desk.ask(FetchUrl(CALL, OP, "GET", "http://h/", "", seconds(3), {}))
    assert desk.told == [UrlFetched(call=CALL, op=OP, ok=False, reason="unreachable")]
    assert "47#1" not in str(logs)


def test_one_question_too_many_is_answered_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    enough = Signal()

    def wait(_request: WebRequest) -> WebAnswer:
        enough.wait()
        return WebAnswer(ok=True)

    monkeypatch.setattr(desk.web, "fetch", wait)
    for _ in range(fetches.AT_ONCE + 1):
        desk.fetches.put(FetchUrl(CALL, OP, "GET", "http://h/", "", seconds(3), {}))
        gevent.sleep(0)
    assert desk.told == [UrlFetched(call=CALL, op=OP, ok=False, reason="busy")]
    enough.set()


@pytest.mark.parametrize("url", ["", "http://[", "http:///", "//x\x1b/"])
def test_a_url_that_is_none_has_no_host_to_be_told(desk: Desk, url: str) -> None:
    with capture_logs() as logs:
        desk.ask(FetchUrl(CALL, OP, "GET", url, "", seconds(3), {}))
    assert [log["host"] for log in logs] == [""]
