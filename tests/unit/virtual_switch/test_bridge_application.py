"""The application `bridge`: whom it rings, what the caller hears of it, and what a failure means."""

from __future__ import annotations

import pytest

from fs_control.virtual_switch.script import HangUp, Phone, PhoneBehaviour, Reaction, Wait, WaitForAnswer
from tests.unit.virtual_switch.box import Box, Headers, Line
from tests.unit.virtual_switch.calls import answered_call, call

EVENTS = "CHANNEL_CREATE CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HANGUP_COMPLETE CHANNEL_PROGRESS_MEDIA"
BUSY = PhoneBehaviour(Reaction.BUSY)
RINGS = PhoneBehaviour(Reaction.NO_ANSWER)
ANSWERS = PhoneBehaviour(answer_after=0.1)


def phones(box: Box, first: PhoneBehaviour, second: PhoneBehaviour = ANSWERS) -> None:
    box.phone(Phone("1001", (first,)))
    box.phone(Phone("1002", (second,)))


def failed(line: Line, dial: str, *variables: str) -> Headers:
    """Bridge for a caller who goes on after a failure; what the application's end says."""
    for each in ("continue_on_fail=true", *variables):
        line.app("set", each)
    return line.app("bridge", dial)


def test_caller_and_phone_talk_until_the_phone_hangs_up(box: Box) -> None:
    phones(box, PhoneBehaviour(answer_after=0.1, talk=0.2))
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box)
    done = line.app("bridge", "{origination_uuid=b-1}user/1001@127.0.0.1")
    assert (done["variable_originate_disposition"], done["variable_DIALSTATUS"]) == ("SUCCESS", "SUCCESS")
    assert (done["variable_bridge_hangup_cause"], done["Answer-State"]) == ("NORMAL_CLEARING", "answered")
    created = inbound.event("CHANNEL_CREATE", Unique_ID="b-1")
    assert (created["Other-Type"], created["Other-Leg-Unique-ID"]) == ("originator", uuid)
    assert (created["Caller-Caller-ID-Name"], created["variable_originator"]) == ("Zhang San", uuid)


def test_an_unanswered_caller_is_answered_by_the_phone(box: Box) -> None:
    phones(box, ANSWERS)
    uuid, line = call(box)
    line.app("bridge", "user/1001@127.0.0.1", wait=False)
    line.event("CHANNEL_BRIDGE")
    assert "answered" in [note.kind for note in box.stage.journal(uuid).notes]


@pytest.mark.parametrize(
    ("behaviour", "cause", "status"),
    [(BUSY, "USER_BUSY", "BUSY"), (PhoneBehaviour(Reaction.DECLINE), "CALL_REJECTED", "DONTCALL")],
)
def test_a_failure_is_told_and_the_caller_goes_on(box: Box, behaviour: PhoneBehaviour, cause: str, status: str) -> None:
    phones(box, behaviour)
    _, line = answered_call(box)
    done = failed(line, "user/1001@127.0.0.1")
    assert (done["variable_originate_disposition"], done["variable_DIALSTATUS"]) == (cause, status)
    assert done["variable_originate_failed_cause"] == done["variable_last_bridge_hangup_cause"] == cause


def test_without_continue_on_fail_the_caller_is_hung_up_with_the_cause(box: Box) -> None:
    phones(box, BUSY)
    uuid, line = answered_call(box)
    line.app("bridge", "user/1001@127.0.0.1", wait=False)
    assert box.stage.wait_for_end(uuid).cause == "USER_BUSY"


def test_nobody_answering_always_lets_the_caller_go_on(box: Box) -> None:
    phones(box, RINGS)
    _, line = answered_call(box)
    done = line.app("bridge", "{leg_timeout=1}user/1001@127.0.0.1")
    assert (done["variable_originate_disposition"], done["variable_DIALSTATUS"]) == ("NO_ANSWER", "NOANSWER")


@pytest.mark.parametrize(
    ("variables", "goes_on"),
    [
        (("continue_on_fail=USER_BUSY,NO_ANSWER",), True),
        (("continue_on_fail=NO_ANSWER",), False),
        (("continue_on_fail=false",), False),
        (("failure_causes=CALL_REJECTED",), True),
        (("failure_causes=USER_BUSY",), False),
    ],
)
def test_causes_may_be_named(box: Box, variables: tuple[str, ...], goes_on: bool) -> None:
    phones(box, BUSY)
    uuid, line = answered_call(box)
    line.app("set", variables[0])
    line.app("bridge", "user/1001@127.0.0.1", wait=goes_on)
    if goes_on:
        assert line.app("playback", "silence_stream://20")["Application-Response"] == "FILE PLAYED"
    else:
        assert box.stage.wait_for_end(uuid).cause == "USER_BUSY"


def test_transfer_on_fail_sends_the_caller_elsewhere(box: Box) -> None:
    phones(box, BUSY)
    uuid, line = answered_call(box)
    line.app("set", "transfer_on_fail=user_busy 4005550000 XML default")
    line.app("bridge", "user/1001@127.0.0.1", wait=False)
    elsewhere = box.accept()
    elsewhere.ask("connect")
    assert (elsewhere.ask("getvar uuid"), elsewhere.ask("getvar destination_number")) == (uuid, "4005550000")


def test_a_bar_rings_one_after_the_other(box: Box) -> None:
    phones(box, BUSY)
    _, line = answered_call(box)
    line.app("bridge", "user/1001@127.0.0.1|[colour=red]user/1002@127.0.0.1", wait=False)
    bridged = line.event("CHANNEL_BRIDGE")
    assert bridged["Other-Leg-Destination-Number"] == "1002"
    assert line.ask(f"api uuid_getvar {bridged['Bridge-B-Unique-ID']} colour") == "red"


def test_a_comma_rings_together_and_the_slower_one_loses(box: Box) -> None:
    phones(box, RINGS)
    inbound = box.inbound(EVENTS)
    _, line = answered_call(box)
    line.app("bridge", "[origination_uuid=slow]user/1001@127.0.0.1,user/1002@127.0.0.1", wait=False)
    line.event("CHANNEL_BRIDGE")
    lost = inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="slow")
    assert (lost["Hangup-Cause"], lost["variable_group_dial_status"]) == ("LOSE_RACE", "loser")


def test_exported_variables_are_the_legs_too(box: Box) -> None:
    phones(box, ANSWERS)
    _, line = answered_call(box)
    line.app("export", "nolocal:team=blue")
    line.app("export", "case=7")
    assert line.ask("getvar case") == "7"
    line.app("bridge", "{origination_uuid=b-1}user/1001@127.0.0.1", wait=False)
    line.event("CHANNEL_BRIDGE")
    assert (line.ask("api uuid_getvar b-1 team"), line.ask("api uuid_getvar b-1 case")) == ("blue", "7")


def test_the_caller_leaving_cancels_the_ringing(box: Box) -> None:
    phones(box, RINGS)
    inbound = box.inbound(EVENTS)
    uuid, line = answered_call(box, WaitForAnswer(), Wait(0.4), HangUp())
    line.app("bridge", "{origination_uuid=b-1}user/1001@127.0.0.1", wait=False)
    assert inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="b-1")["Hangup-Cause"] == "ORIGINATOR_CANCEL"
    assert box.stage.wait_for_end(uuid).cause == "NORMAL_CLEARING"


def test_early_media_of_the_phone_reaches_an_unanswered_caller(box: Box) -> None:
    phones(box, PhoneBehaviour(answer_after=0.6, early_media=0.1))
    _, line = call(box)
    line.app("bridge", "user/1001@127.0.0.1", wait=False)
    assert line.event("CHANNEL_PROGRESS_MEDIA")["Answer-State"] == "early"
    line.event("CHANNEL_BRIDGE")
    assert line.event("CHANNEL_ANSWER")["Answer-State"] == "answered"


def test_early_media_can_be_ignored(box: Box) -> None:
    phones(box, PhoneBehaviour(answer_after=0.4, early_media=0.1))
    inbound = box.inbound(EVENTS)
    _, line = answered_call(box)
    line.app("bridge", "{ignore_early_media=true,origination_uuid=b-1}user/1001@127.0.0.1", wait=False)
    inbound.event("CHANNEL_BRIDGE")
    names = [event["Event-Name"] for event in inbound.events if event.get("Unique-ID") == "b-1"]
    assert names == ["CHANNEL_CREATE", "CHANNEL_PROGRESS_MEDIA", "CHANNEL_ANSWER"]
