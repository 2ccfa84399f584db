"""Listening in on a customer's leg, keys that stand for others, and a key that accepts, as in the traces of them."""

from __future__ import annotations

from fs_control.virtual_switch.script import Phone, PhoneBehaviour
from tests.unit.virtual_switch.box import Box, Line
from tests.unit.virtual_switch.calls import answered_call

ANSWERS = PhoneBehaviour(answer_after=0.1)
EVENTS = (
    "CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_HANGUP DTMF MEDIA_BUG_START MEDIA_BUG_STOP PLAYBACK_START BACKGROUND_JOB"
)
BOUND = (
    "bind_digit_action:supervise,1,api:uuid_recv_dtmf,leader 0"
    "^bind_digit_action:supervise,2,api:uuid_recv_dtmf,leader 1"
)


def listening(box: Box) -> tuple[str, Line]:
    """A leader listens to a caller: the caller's uuid, and the inbound wire."""
    box.phone(Phone("1002", (ANSWERS,)))
    inbound = box.inbound(EVENTS)
    uuid, _ = answered_call(box)
    inbound.ask(f"bgapi originate {{origination_uuid=leader}}user/1002@127.0.0.1 'm:^:{BOUND}^eavesdrop:{uuid}' inline")
    inbound.event("MEDIA_BUG_START", Unique_ID=uuid)
    return uuid, inbound


def told(inbound: Line, key: str) -> str:
    inbound.ask(f"api uuid_recv_dtmf leader {key}")
    return inbound.event("DTMF", Unique_ID="leader")["DTMF-Digit"]


def test_a_key_that_is_bound_stands_for_another_and_one_that_is_not_for_itself(box: Box) -> None:
    _, inbound = listening(box)
    assert [told(inbound, key) for key in ("~1", "~2", "~3", "2")] == ["0", "1", "3", "2"]


def test_the_star_ends_listening_and_the_leg_with_it(box: Box) -> None:
    uuid, inbound = listening(box)
    assert told(inbound, "~*") == "*"
    inbound.event("MEDIA_BUG_STOP", Unique_ID=uuid)
    assert inbound.event("CHANNEL_HANGUP", Unique_ID="leader")["Hangup-Cause"] == "NORMAL_CLEARING"


def asked(box: Box, keys: str, *, seconds: int = 30) -> tuple[Line, Line]:
    """A phone that must press 1 is rung for a caller, and presses these keys: the caller's wire and the inbound one."""
    box.phone(Phone("1001", (ANSWERS,)))
    inbound = box.inbound(EVENTS)
    _, line = answered_call(box)
    line.app("set", "continue_on_fail=true")
    variables = f"group_confirm_key=1,group_confirm_file=silence_stream://100,group_confirm_timeout={seconds}"
    line.app("bridge", f"{{{variables},leg_timeout=5}}[origination_uuid=a-1]user/1001@127.0.0.1", wait=False)
    inbound.event("PLAYBACK_START", Unique_ID="a-1")
    for key in keys:
        inbound.ask(f"api uuid_recv_dtmf a-1 {key}")
    return line, inbound


def test_the_key_accepts(box: Box) -> None:
    _, inbound = asked(box, "1")
    inbound.event("CHANNEL_BRIDGE")


def test_another_key_lets_the_sentence_begin_anew(box: Box) -> None:
    _, inbound = asked(box, "5")
    inbound.event("PLAYBACK_START", Unique_ID="a-1")
    inbound.ask("api uuid_recv_dtmf a-1 1")
    inbound.event("CHANNEL_BRIDGE")


def test_who_presses_nothing_is_not_joined(box: Box) -> None:
    line, inbound = asked(box, "", seconds=1)
    assert inbound.event("CHANNEL_HANGUP", Unique_ID="a-1")["Hangup-Cause"] == "ALLOTTED_TIMEOUT"
    ended = line.event("CHANNEL_EXECUTE_COMPLETE", Application="bridge")
    assert ended["variable_originate_disposition"] == "ALLOTTED_TIMEOUT"


def test_an_originate_that_makes_no_leg_tells_of_it_by_its_job_alone(box: Box) -> None:
    inbound = box.inbound(EVENTS)
    inbound.ask("bgapi originate {origination_uuid=c-1}sofia/gateway/nowhere/123 fs_control XML fs_control_return")
    assert inbound.event("BACKGROUND_JOB")["Job-Command"] == "originate"
    assert [each["Event-Name"] for each in inbound.events] == ["BACKGROUND_JOB"]
