"""Whose link is whose, also for a caller who comes again before the end of the old connection was told."""

from __future__ import annotations

from dataclasses import dataclass, field

import gevent

from fs_control.esl import Command
from fs_control.ids import CallId, LegId
from fs_control.runtime.callers import Callers, OnDone

LEG, CALL = LegId("leg"), CallId("call")


@dataclass(eq=False)
class FakeLink:
    connected: bool = True
    killed: list[str] = field(default_factory=list)

    def send(self, command: Command, on_done: OnDone | None = None, deadline_s: float | None = None) -> None:
        raise AssertionError("nothing is said here")

    def kill(self, reason: str = "stopped") -> None:
        self.connected = False
        self.killed.append(reason)


def test_a_caller_has_a_link_until_it_ends() -> None:
    callers, link = Callers(), FakeLink()
    callers.add(LEG, CALL, link)
    assert callers.link(LEG) is link
    link.connected = False
    assert callers.remove(LEG)
    assert (callers.link(LEG), len(callers)) == (None, 0)


def test_the_end_of_a_link_nobody_knows_says_nothing() -> None:
    assert not Callers().remove(LEG)


def test_a_caller_who_came_again_is_still_there_when_the_old_link_ends() -> None:
    callers, old, new = Callers(), FakeLink(), FakeLink()
    callers.add(LEG, CALL, old)
    old.connected = False
    callers.add(LEG, CallId("call again"), new)
    assert not callers.remove(LEG)
    assert callers.link(LEG) is new
    callers.give_back(CALL)  # the call of the old link; its leg is not ours to close any more
    gevent.sleep(0)
    assert new.killed == []


def test_a_caller_whose_call_is_given_up_is_given_back() -> None:
    callers, link = Callers(), FakeLink()
    callers.add(LEG, CALL, link)
    callers.give_back(CALL)
    gevent.sleep(0)
    assert link.killed == ["call_given_up"]


def test_a_caller_whose_link_is_gone_is_no_mistake_to_give_back() -> None:
    callers, link = Callers(), FakeLink()
    callers.add(LEG, CALL, link)
    callers._links.clear()
    callers.give_back(CALL)
    gevent.sleep(0)
    assert link.killed == []


def test_nobody_to_give_back_is_no_mistake() -> None:
    Callers().give_back(CALL)
