"""A timer fires once, when it is due in the centre's time, unless it was cancelled or replaced."""

from __future__ import annotations

from dataclasses import dataclass, field

import gevent
import pytest

from fs_control.events import TimerFired
from fs_control.ids import Micros, TimerId
from fs_control.runtime.timers import Timers
from fs_control.testing.fake_event_socket import wait_until
from tests.unit.runtime.desk import Notes

LONG = Micros(10**12)
SHORT = Micros(1)


@dataclass
class Ruler:
    """A clock that remembers the lengths that it was asked for."""

    lengths: list[Micros] = field(default_factory=list)

    def now(self) -> Micros:
        return Micros(0)

    def real_seconds(self, length: Micros) -> float:
        self.lengths.append(length)
        return length / 1_000_000


class Room:
    def __init__(self) -> None:
        self.heard = Notes()
        self.ruler = Ruler()
        self.timers = Timers(self.ruler, self.heard)

    def fired(self) -> list[str]:
        return [event.timer for event in self.heard if isinstance(event, TimerFired)]


@pytest.fixture
def room() -> Room:
    return Room()


def test_a_timer_fires_once_and_is_gone(room: Room) -> None:
    room.timers.start(TimerId("wait:1"), SHORT)
    wait_until(room.fired)
    assert (room.fired(), len(room.timers)) == (["wait:1"], 0)


def test_a_cancelled_timer_never_fires(room: Room) -> None:
    room.timers.start(TimerId("a"), SHORT)
    room.timers.start(TimerId("b"), SHORT)
    room.timers.cancel(TimerId("a"))
    wait_until(room.fired)
    assert room.fired() == ["b"]


def test_to_cancel_what_is_not_there_is_no_mistake(room: Room) -> None:
    room.timers.cancel(TimerId("nobody"))
    assert len(room.timers) == 0


def test_a_timer_of_the_same_name_is_replaced(room: Room) -> None:
    room.timers.start(TimerId("a"), LONG)
    room.timers.start(TimerId("a"), SHORT)
    assert len(room.timers) == 1
    wait_until(room.fired)
    gevent.sleep(0)
    assert (room.fired(), len(room.timers)) == (["a"], 0)


def test_after_a_restart_a_timer_has_what_was_left_of_it_and_what_is_overdue_fires_at_once(room: Room) -> None:
    room.timers.resume({TimerId("late"): Micros(5), TimerId("left"): Micros(100 + LONG)}, now=Micros(100))
    assert room.ruler.lengths == [0, LONG]
    wait_until(room.fired)
    assert (room.fired(), len(room.timers)) == (["late"], 1)
    room.timers.stop()


def test_after_the_stop_nothing_runs_and_nothing_is_started(room: Room) -> None:
    room.timers.start(TimerId("a"), SHORT)
    room.timers.stop()
    room.timers.start(TimerId("b"), SHORT)
    assert len(room.timers) == 0
    gevent.sleep(0.01)
    assert room.fired() == []
