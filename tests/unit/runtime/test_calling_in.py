"""Who hears the dialplan's music is called in once the door is open, and nobody else."""

from __future__ import annotations

import pytest

from fs_control.esl import Api
from fs_control.ids import LegId
from fs_control.runtime.calling_in import CallingIn


class Switch:
    """What it was sent."""

    def __init__(self) -> None:
        self.sent: list[Api] = []

    def send(self, command, on_done=None, deadline_s=None) -> None:
        self.sent.append(command)


@pytest.fixture
def switch() -> Switch:
    return Switch()


def break_of(*legs: str) -> list[Api]:
    return [Api("uuid_break", leg) for leg in legs]


def test_nobody_is_called_in_before_the_door_is_open(switch: Switch):
    calling_in = CallingIn(switch, lambda _leg: False)
    calling_in.found((LegId("a"), LegId("b")))
    assert switch.sent == []
    calling_in.door_opened()
    assert switch.sent == break_of("a", "b")


def test_a_switch_that_is_found_again_has_those_called_in_who_came_meanwhile_and_each_once(switch: Switch):
    calling_in = CallingIn(switch, lambda _leg: False)
    calling_in.door_opened()
    calling_in.found((LegId("a"),))
    calling_in.found(())
    assert switch.sent == break_of("a")


def test_whoever_has_come_by_themselves_goes_on_hearing_what_we_play(switch: Switch):
    calling_in = CallingIn(switch, lambda leg: leg == "here")
    calling_in.found((LegId("here"), LegId("outside")))
    calling_in.door_opened()
    assert switch.sent == break_of("outside")


def test_a_leg_that_no_command_can_name_is_left_to_the_dialplan(switch: Switch):
    calling_in = CallingIn(switch, lambda _leg: False)
    calling_in.found((LegId("a b"), LegId("x\ny")))
    calling_in.door_opened()
    assert switch.sent == []
