"""Numbers behind the gateway, as the traces dial-* have them, and callers who hear before the answer."""

from __future__ import annotations

import pytest

from fs_control.virtual_switch.script import Phone, PhoneBehaviour, Reaction
from tests.unit.virtual_switch.box import Box, Line
from tests.unit.virtual_switch.calls import answered_call

NUMBER = "02112345678"


def dialled(box: Box, gateway: str = "carrier") -> Line:
    """A caller for whom the number is dialled."""
    _, line = answered_call(box)
    line.app("set", "continue_on_fail=true")
    line.app("bridge", f"{{originate_timeout=3}}sofia/gateway/{gateway}/{NUMBER}", wait=False)
    return line


def outcome(line: Line) -> str:
    done = line.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    return done["variable_originate_disposition"]


def test_whoever_has_the_number_answers_and_hangs_up(box: Box) -> None:
    box.phone(Phone(NUMBER, (PhoneBehaviour(answer_after=0.2, talk=0.5),), registered=False))
    assert outcome(dialled(box)) == "SUCCESS"


@pytest.mark.parametrize(
    ("reaction", "cause"),
    [
        (Reaction.BUSY, "USER_BUSY"),
        (Reaction.DECLINE, "CALL_REJECTED"),
        (Reaction.NO_ANSWER, "NO_ANSWER"),
        (Reaction.UNREACHABLE, "NORMAL_TEMPORARY_FAILURE"),
    ],
)
def test_who_does_not_answer_says_why(box: Box, reaction: Reaction, cause: str) -> None:
    box.phone(Phone(NUMBER, (PhoneBehaviour(reaction),), registered=False))
    assert outcome(dialled(box)) == cause


def test_a_number_that_nobody_has_and_a_gateway_that_is_not_there(box: Box) -> None:
    assert outcome(dialled(box)) == "NORMAL_TEMPORARY_FAILURE"
    assert outcome(dialled(box, gateway="nowhere")) == "INVALID_GATEWAY"
