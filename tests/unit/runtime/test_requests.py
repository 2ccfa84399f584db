"""A person's wish is done, refused with the centre's reason, or not answered; nothing is left over."""

from __future__ import annotations

from collections.abc import Callable

import gevent
import pytest

from fs_control.commands import Reply
from fs_control.errors import NoReply, UserMistake
from fs_control.events import Event, SignInRequested
from fs_control.ids import AgentId, RequestId
from fs_control.runtime.requests import Requests


class Office:
    """Requests whose events are answered as a test says."""

    def __init__(self, answer: Callable[[RequestId], Reply | None]) -> None:
        self.asked: list[RequestId] = []
        self.requests = Requests(self._arrived)
        self._answer = answer

    def sign_in(self, seconds: float = 20.0) -> None:
        self.requests.ask(lambda request: SignInRequested(request=request, agent=AgentId(1), by="test"), seconds)

    def _arrived(self, event: Event) -> None:
        assert isinstance(event, SignInRequested)
        self.asked.append(event.request)
        reply = self._answer(event.request)
        if reply is not None:
            gevent.spawn(self.requests.answer, reply)


def test_a_granted_wish_returns() -> None:
    office = Office(Reply)
    office.sign_in()
    assert len(office.requests) == 0


def test_a_refusal_comes_with_code_and_values() -> None:
    office = Office(lambda request: Reply(request, "agent_already_signed_in", {"agent": "8001"}))
    with pytest.raises(UserMistake) as refused:
        office.sign_in()
    assert (refused.value.code, refused.value.values) == ("agent_already_signed_in", {"agent": "8001"})
    assert len(office.requests) == 0


def test_an_answer_may_come_before_the_wish_has_been_handed_over() -> None:
    def grant(event: Event) -> None:
        assert isinstance(event, SignInRequested)
        requests.answer(Reply(event.request))

    requests = Requests(grant)
    requests.ask(lambda request: SignInRequested(request=request, agent=AgentId(1), by="test"), 20.0)


def test_no_answer_is_told_as_such_and_a_late_one_disturbs_nobody() -> None:
    office = Office(lambda request: None)
    with pytest.raises(NoReply, match="centre_silent"):
        office.sign_in(seconds=0.01)
    office.requests.answer(Reply(office.asked[0]))
    assert len(office.requests) == 0


def test_each_gets_the_answer_to_their_own_wish() -> None:
    office = Office(lambda request: Reply(request, "refused") if request == "r2" else Reply(request))
    heard: list[str] = []

    def ask() -> None:
        try:
            office.sign_in()
            heard.append("done")
        except UserMistake as mistake:
            heard.append(mistake.code)

    gevent.joinall([gevent.spawn(ask) for _ in range(3)], timeout=20)
    assert heard == ["done", "refused", "done"]


def test_what_the_centre_has_to_tell_comes_with_the_answer() -> None:
    def grant(event: Event) -> None:
        assert isinstance(event, SignInRequested)
        requests.answer(Reply(event.request, values={"call": "1f3c8a2e"}))

    requests = Requests(grant)
    told = requests.ask(lambda request: SignInRequested(request=request, agent=AgentId(1), by="test"), 20.0)
    assert told == {"call": "1f3c8a2e"}
