"""How many calls the switch takes: at once, and per second."""

from __future__ import annotations

from fs_control.virtual_switch.process import start_virtual_switch
from fs_control.virtual_switch.script import CallerScript
from fs_control.virtual_switch.throttle import Throttle
from tests.unit.virtual_switch.box import PASSWORD
from tests.unit.virtual_switch.calls import CALLER, NUMBER


class Second:
    """A clock that a test moves."""

    now = 0

    def __call__(self) -> int:
        return self.now


def test_each_second_brings_a_new_allowance_of_one_less_than_its_number() -> None:
    clock = Second()
    throttle = Throttle(clock, per_second=3)
    assert [throttle.admits(0) for _ in range(3)] == [True, True, False]
    clock.now = 999_999
    assert not throttle.admits(0)
    clock.now = 1_000_000
    assert throttle.admits(0)
    assert (throttle.last, throttle.peak) == (2, 2)


def test_a_second_without_calls_counts_as_one() -> None:
    clock = Second()
    throttle = Throttle(clock, per_second=2)
    throttle.admits(0)
    clock.now = 5_000_000
    throttle.look()
    assert throttle.last == 0


def test_no_more_at_once_than_the_switch_holds() -> None:
    throttle = Throttle(Second(), at_once=2)
    assert [throttle.admits(count) for count in (0, 1, 2)] == [True, True, False]


def test_a_caller_beyond_the_limit_is_turned_away_without_a_channel() -> None:
    switch = start_virtual_switch("127.0.0.1:1", PASSWORD, max_sessions=1)
    try:
        with switch.stage() as stage:
            first, second = (stage.place_call(CallerScript(NUMBER, CALLER)) for _ in range(2))
            assert stage.wait_for_end(second).cause == "NORMAL_TEMPORARY_FAILURE"
            assert [channel["uuid"] for channel in stage.snapshot().channels] == [first]
    finally:
        switch.stop()
