"""Asking who calls, beside the inbox: an answer for each question, also where there is none to be had."""

from __future__ import annotations

from collections.abc import Iterator

import gevent
import pytest
from gevent.event import Event as Wake

from fs_control.commands import LookUpCaller
from fs_control.errors import RemoteFault
from fs_control.events import CallerLookedUp
from fs_control.ids import CallId, Micros, PhoneNumber, parse_phone_number, seconds
from fs_control.records import CallerFacts
from fs_control.runtime.clock import ShiftedClock
from fs_control.runtime.look_ups import LookUps
from fs_control.testing.callers import MemoryCallers
from fs_control.testing.fake_event_socket import wait_until
from tests.unit.runtime.desk import MORNING, Notes, SetClock

CALLER = parse_phone_number("13800138000")


class SlowCallers(MemoryCallers):
    """A database that answers when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.may_answer = Wake()
        self.asked: list[PhoneNumber] = []

    def look_up(self, caller: PhoneNumber, number: str, now: Micros) -> CallerFacts:
        """Wait, and answer."""
        self.asked.append(caller)
        self.may_answer.wait()
        return super().look_up(caller, number, now)


class Counter:
    """Look-ups at work, and what they told."""

    def __init__(self, callers: MemoryCallers, workers: int = 1) -> None:
        self.clock, self.told = SetClock(), Notes()
        self.look_ups = LookUps(callers, self.clock, self.told)
        self.workers = [gevent.spawn(self.look_ups.run) for _ in range(workers)]

    def ask(self, call: str) -> None:
        """Somebody calls."""
        self.look_ups.put(LookUpCaller(CallId(call), CALLER, "4001", self.clock.at))

    def answers(self) -> list[tuple[str, str]]:
        """For whom there was an answer, each with its fault."""
        return [(each.call, each.fault) for each in self.told if isinstance(each, CallerLookedUp)]


@pytest.fixture
def callers() -> MemoryCallers:
    return MemoryCallers()


@pytest.fixture
def counter(callers: MemoryCallers) -> Iterator[Counter]:
    counter = Counter(callers)
    yield counter
    gevent.killall(counter.workers)


def test_M6_what_the_database_knows_is_told(counter: Counter, callers: MemoryCallers) -> None:
    callers.save("13800138000", owner=7)
    counter.ask("one")
    wait_until(lambda: bool(counter.told))
    (told,) = counter.told
    assert isinstance(told, CallerLookedUp)
    assert told.facts.customer is not None
    assert (told.call, told.facts.customer.owner, told.fault) == ("one", 7, "")


@pytest.mark.parametrize(
    ("fault", "code"),
    [(RemoteFault("database_away", reason="a test"), "database_away"), (ZeroDivisionError(), "ZeroDivisionError")],
)
def test_a_fault_is_told_and_the_next_caller_is_looked_up(
    counter: Counter, callers: MemoryCallers, fault: Exception, code: str
) -> None:
    callers.fault = fault
    counter.ask("one")
    wait_until(lambda: bool(counter.told))
    callers.fault = None
    counter.ask("two")
    wait_until(lambda: len(counter.told) == 2)
    assert counter.answers() == [("one", code), ("two", "")]


def test_a_database_that_hangs_holds_up_nobody_who_asks_and_is_not_asked_for_strangers() -> None:
    """Questions that have been given up are dropped."""
    slow = SlowCallers()
    counter = Counter(slow)
    for call in ("one", "two"):
        counter.ask(call)
    wait_until(lambda: bool(slow.asked))
    counter.clock.at = Micros(MORNING + seconds(0.3))
    counter.ask("three")
    slow.may_answer.set()
    wait_until(lambda: len(counter.told) == 2)
    assert counter.answers() == [("one", ""), ("three", "")]
    gevent.killall(counter.workers)


def test_several_callers_are_looked_up_at_once() -> None:
    slow = SlowCallers()
    counter = Counter(slow, workers=2)
    for call in ("one", "two"):
        counter.ask(call)
    wait_until(lambda: len(slow.asked) == 2)
    slow.may_answer.set()
    wait_until(lambda: len(counter.told) == 2)
    gevent.killall(counter.workers)


@pytest.mark.parametrize(("rate", "within_s"), [(1.0, 0.3), (8.0, 2.4)])
def test_a_database_has_300_ms_of_real_time_however_fast_our_clock_is(rate: float, within_s: float) -> None:
    look_ups = LookUps(MemoryCallers(), ShiftedClock(MORNING, MORNING, rate), Notes())
    assert look_ups.within == seconds(within_s)
