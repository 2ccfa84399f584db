"""What the end of the application `bridge` says: which order it was, and what came of the leg that it named.

The controller names its order like the leg (Event-UUID is origination_uuid), so that the end can be told from all else
even when there never was a leg.
"""

from __future__ import annotations

import pytest

from fs_control.virtual_switch.script import Phone, PhoneBehaviour, Reaction
from tests.unit.virtual_switch.box import Box, Headers, Line
from tests.unit.virtual_switch.calls import MUSIC, answered_call

AGENT = "22222222-2222-3333-4444-555555555555"
RINGS = PhoneBehaviour(Reaction.NO_ANSWER)
EVENTS = "CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_ANSWER CHANNEL_HANGUP"


def order(line: Line, variables: str = "") -> None:
    """Have the caller's own leg ring the agent, with music, and go on whatever comes of it."""
    for each in ("continue_on_fail=true", f"transfer_ringback={MUSIC}"):
        line.app("set", each)
    dial = f"{{origination_uuid={AGENT},ignore_early_media=true{variables}}}user/1001@127.0.0.1"
    line.app("bridge", dial, f"Event-UUID: {AGENT}", wait=False)


def end(line: Line) -> Headers:
    """The end of the order; the caller is in our hands again."""
    done = line.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    assert done["Application-UUID"] == AGENT
    assert line.app("playback", "silence_stream://20")["Application-Response"] == "FILE PLAYED"
    return done


@pytest.mark.parametrize(
    ("phone", "cause"),
    [
        (Phone("1001", (RINGS,)), "NO_ANSWER"),
        (Phone("1001", (PhoneBehaviour(Reaction.BUSY),)), "USER_BUSY"),
        (Phone("1001", (PhoneBehaviour(Reaction.DECLINE),)), "CALL_REJECTED"),
        (Phone("1001", (PhoneBehaviour(Reaction.UNREACHABLE),)), "NORMAL_TEMPORARY_FAILURE"),
        (Phone("1001", registered=False), "USER_NOT_REGISTERED"),
        (Phone("1001", (PhoneBehaviour(answer_after=0.1, talk=0.3),)), "SUCCESS"),
    ],
    ids=["no answer", "busy", "declined", "unreachable", "not registered", "talked"],
)
def test_the_end_names_the_order_and_its_outcome(box: Box, phone: Phone, cause: str) -> None:
    box.phone(phone)
    _, line = answered_call(box)
    order(line, ",originate_timeout=2")
    assert end(line)["variable_originate_disposition"] == cause


def test_who_answers_and_leaves_at_once_gives_the_caller_back(box: Box) -> None:
    """Within a frame of the answer the caller's session has not looked yet: then nobody was joined."""
    box.phone(Phone("1001", (PhoneBehaviour(answer_after=0.1, talk=0.0),)))
    inbound = box.inbound(EVENTS)
    _, line = answered_call(box)
    order(line)
    done = end(line)
    expected = "SUCCESS" if "CHANNEL_BRIDGE" in line.order else "NORMAL_CLEARING"
    assert done["variable_originate_disposition"] == expected
    inbound.event("CHANNEL_ANSWER", Unique_ID=AGENT)
    assert inbound.event("CHANNEL_HANGUP", Unique_ID=AGENT)["Hangup-Cause"] == "NORMAL_CLEARING"


def test_a_phone_that_is_not_registered_has_no_leg_at_all(box: Box) -> None:
    box.phone(Phone("1001", registered=False))
    inbound = box.inbound(EVENTS)
    _, line = answered_call(box)
    inbound.event("CHANNEL_ANSWER")
    seen = len(inbound.events)
    order(line)
    end(line)
    inbound.settle()
    assert inbound.events[seen:] == []


def test_killing_the_leg_that_rings_gives_the_caller_back(box: Box) -> None:
    box.phone(Phone("1001", (RINGS,)))
    inbound = box.inbound(EVENTS)
    _, line = answered_call(box)
    order(line)
    inbound.event("CHANNEL_PROGRESS", Unique_ID=AGENT)
    assert inbound.ask(f"api uuid_kill {AGENT}").startswith("+OK")
    assert end(line)["variable_originate_disposition"] == "NORMAL_CLEARING"
    assert inbound.event("CHANNEL_HANGUP", Unique_ID=AGENT)["Hangup-Cause"] == "NORMAL_CLEARING"


def test_a_second_order_is_told_from_the_first(box: Box) -> None:
    """The variable of the first order is overwritten even where the second one makes no leg."""
    box.phone(Phone("1001", (PhoneBehaviour(answer_after=0.1, talk=0.1),)))
    _, line = answered_call(box)
    order(line)
    assert end(line)["variable_originate_disposition"] == "SUCCESS"
    box.phone(Phone("1001", registered=False))
    order(line)
    assert end(line)["variable_originate_disposition"] == "USER_NOT_REGISTERED"


def test_the_answer_of_the_leg_runs_its_api_command(box: Box) -> None:
    box.phone(Phone("1001", (PhoneBehaviour(answer_after=0.1),)))
    uuid, line = answered_call(box)
    line.app("set", "socket_resume=true")
    order(line, f",api_on_answer='uuid_setvar {uuid} socket_resume false'")
    line.event("CHANNEL_BRIDGE")
    assert line.ask("getvar socket_resume") == "false"
