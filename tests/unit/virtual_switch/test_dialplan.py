"""Finding the extension for a number."""

from __future__ import annotations

import json

import pytest

from fs_control.errors import UserMistake
from fs_control.virtual_switch.dialplan import Action, Dialplan, Extension, to_controller

EXTENSION = Extension("line", r"^(400\d+)$", (Action("answer"), Action("sleep", "100")))


def test_the_first_pattern_that_matches_wins() -> None:
    other = Extension("other", r".", (Action("park"),))
    match = Dialplan([EXTENSION, other]).find("4001", "default")
    assert match is not None
    assert match.extension is EXTENSION
    assert match.groups == ("4001", "4001")


def test_what_the_groups_matched_stands_in_the_arguments() -> None:
    match = Dialplan([Extension("phones", r"^9(10\d\d)$", ())]).find("91002", "default")
    assert match is not None
    assert match.filled_in("user/$1@127.0.0.1,$0,$2,${1},$$") == "user/1002@127.0.0.1,91002,,${1},$$"


def test_another_context_is_another_dialplan() -> None:
    assert Dialplan([EXTENSION]).find("4001", "public") is None


def test_the_empty_pattern_takes_every_number_and_matches_no_digits() -> None:
    match = Dialplan([Extension("all", "", (Action("park"),))]).find("nosuchext", "default")
    assert match is not None
    assert match.groups == ()


def test_without_a_dialplan_every_number_goes_to_the_controller_again_and_again() -> None:
    plan = to_controller("127.0.0.1:8084")
    match = plan.find("95588", plan.caller_context)
    assert match is not None
    offers = [action for action in match.extension.actions if action.application == "socket"]
    assert offers == [Action("socket", "127.0.0.1:8084 async full")] * 21
    assert match.extension.actions[-1] == Action("hangup", "NORMAL_TEMPORARY_FAILURE")


def test_an_extension_comes_back_from_json() -> None:
    assert Extension.from_json(json.loads(json.dumps(EXTENSION.to_json()))) == EXTENSION


@pytest.mark.parametrize("data", [{}, {"name": "x", "pattern": "(", "actions": []}, {"name": "x", "pattern": "x"}])
def test_an_extension_that_makes_no_sense_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(UserMistake, match="dialplan_invalid"):
        Extension.from_json(data)
