"""Who hears the dialplan's music is called in once the door is open, and nobody else."""

from __future__ import annotations

import pytest

from fs_control.errors import RemoteFault
from fs_control.esl import ApiResponse
from fs_control.ids import LegId
from fs_control.runtime.calling_in import CallingIn

OURS = "call-1"


class Switch:
    """Who was called in, and the calls that legs carry."""

    def __init__(self) -> None:
        self.broken: list[str] = []
        self.asked: list[str] = []
        self.calls: dict[str, str] = {}
        self.is_deaf = False

    def send(self, command, on_done=None, deadline_s=None) -> None:
        if command.command == "uuid_break":
            self.broken.append(command.argument)
            return
        leg, _, variable = command.argument.partition(" ")
        assert (command.command, variable) == ("uuid_getvar", "fsc_call_id")
        self.asked.append(leg)
        answer = ApiResponse(command, self.calls.get(leg, "_undef_").encode())
        on_done(RemoteFault("no_reply") if self.is_deaf else answer)


@pytest.fixture
def switch() -> Switch:
    return Switch()


def calling(switch: Switch, *here: str) -> CallingIn:
    return CallingIn(switch, lambda leg: leg in here, lambda call: call == OURS)


def test_nobody_is_called_in_before_the_door_is_open(switch: Switch):
    calling_in = calling(switch)
    calling_in.found((LegId("a"), LegId("b")))
    assert switch.asked == []
    calling_in.door_opened()
    assert switch.broken == ["a", "b"]


def test_a_switch_that_is_found_again_has_those_called_in_who_came_meanwhile_and_each_once(switch: Switch):
    calling_in = calling(switch)
    calling_in.door_opened()
    calling_in.found((LegId("a"),))
    calling_in.found(())
    assert switch.broken == ["a"]


def test_whoever_has_come_by_themselves_goes_on_hearing_what_we_play(switch: Switch):
    calling_in = calling(switch, "here")
    calling_in.found((LegId("here"), LegId("outside")))
    calling_in.door_opened()
    assert switch.broken == ["outside"]


def test_who_hears_what_another_controller_plays_goes_on_hearing_it(switch: Switch):
    switch.calls = {"ours": OURS, "theirs": "call-of-another"}
    calling_in = calling(switch)
    calling_in.door_opened()
    calling_in.found((LegId("ours"), LegId("theirs"), LegId("new")))
    assert switch.broken == ["ours", "new"]


def test_a_caller_of_whom_nothing_is_told_is_left_to_the_dialplan(switch: Switch):
    switch.is_deaf = True
    calling_in = calling(switch)
    calling_in.door_opened()
    calling_in.found((LegId("a"),))
    assert (switch.asked, switch.broken) == (["a"], [])


def test_a_leg_that_no_command_can_name_is_left_to_the_dialplan(switch: Switch):
    calling_in = calling(switch)
    calling_in.found((LegId("a b"), LegId("x\ny")))
    calling_in.door_opened()
    assert switch.asked == []
