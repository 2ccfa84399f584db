"""One bridge that rings several phones at once, as the traces ring-all-* have it."""

from __future__ import annotations

import pytest

from fs_control.virtual_switch.script import Phone, PhoneBehaviour, Reaction
from tests.unit.virtual_switch.box import Box, Line
from tests.unit.virtual_switch.calls import answered_call

BOTH = "[origination_uuid=a-1]user/1001@127.0.0.1,[origination_uuid=a-2]user/1002@127.0.0.1"
ANSWERS = PhoneBehaviour(answer_after=0.2)
RINGS = PhoneBehaviour(Reaction.NO_ANSWER)
BUSY = PhoneBehaviour(Reaction.BUSY)
DECLINES = PhoneBehaviour(Reaction.DECLINE)


def rung(box: Box, *phones: PhoneBehaviour, variables: str = "") -> tuple[Line, Line]:
    """A caller for whom phones ring, the first of them 1001: its wire, and one that is told of the legs."""
    for number, behaviour in enumerate(phones, 1001):
        box.phone(Phone(str(number), (behaviour,)))
    inbound = box.inbound("CHANNEL_PROGRESS CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE")
    _, line = answered_call(box)
    line.app("set", "continue_on_fail=true")
    line.app("bridge", f"{{originate_timeout=3{variables}}}{BOTH}", wait=False)
    return line, inbound


def test_who_answers_gets_the_caller_and_the_other_has_lost_the_race(box: Box) -> None:
    line, inbound = rung(box, RINGS, ANSWERS)
    lost = inbound.event("CHANNEL_HANGUP", Unique_ID="a-1")
    assert (lost["Hangup-Cause"], lost["variable_group_dial_status"]) == ("LOSE_RACE", "loser")
    assert line.event("CHANNEL_BRIDGE")["Bridge-B-Unique-ID"] == "a-2"
    gone = inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="a-1")
    assert gone["variable_call_completed_elsewhere"] == "true"


@pytest.mark.parametrize("first", [BUSY, DECLINES])
def test_one_who_refuses_leaves_it_to_the_others(box: Box, first: PhoneBehaviour) -> None:
    line, _ = rung(box, first, ANSWERS)
    assert line.event("CHANNEL_BRIDGE")["Bridge-B-Unique-ID"] == "a-2"


def test_where_all_refuse_the_end_tells_the_first_ones_cause(box: Box) -> None:
    line, _ = rung(box, DECLINES, BUSY)
    done = line.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    assert done["variable_originate_disposition"] == "CALL_REJECTED"
    assert done["variable_originate_causes"] == "ARRAY::a-1;CALL_REJECTED|:a-2;USER_BUSY"


def test_a_leg_can_be_taken_out_while_the_other_rings_on(box: Box) -> None:
    line, inbound = rung(box, RINGS, RINGS)
    for leg in ("a-1", "a-2"):
        inbound.event("CHANNEL_PROGRESS", Unique_ID=leg)
    inbound.ask("api uuid_kill a-1 PICKED_OFF")
    inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="a-1")
    assert inbound.ask("api uuid_exists a-2") == "true"
    done = line.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    assert done["variable_originate_causes"] == "ARRAY::a-1;PICKED_OFF|:a-2;NO_ANSWER"
