"""Dialling phones: what each behaviour answers, and what it looks like on the wire."""

from __future__ import annotations

import pytest

from fs_control.virtual_switch.script import Phone, PhoneBehaviour, Reaction
from tests.unit.virtual_switch.box import Box, Line, trace_events
from tests.unit.virtual_switch.calls import agent_leg

EVENTS = "BACKGROUND_JOB CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_ANSWER CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE"


def behave(box: Box, *behaviours: PhoneBehaviour) -> None:
    box.phone(Phone("1001", behaviours))


def names(line: Line, uuid: str) -> list[str]:
    return [event["Event-Name"] for event in line.events if event.get("Unique-ID") == uuid]


def test_a_phone_that_answers_gives_its_uuid(box: Box) -> None:
    behave(box, PhoneBehaviour(answer_after=0.1))
    line = box.inbound(f"{EVENTS} CHANNEL_PARK")
    assert agent_leg(box, line, "a-1") == "+OK a-1\n"
    parked = line.event("CHANNEL_PARK", Unique_ID="a-1")
    assert (parked["Answer-State"], parked["variable_dialed_user"]) == ("answered", "1001")
    assert names(line, "a-1") == ["CHANNEL_CREATE", "CHANNEL_PROGRESS", "CHANNEL_ANSWER", "CHANNEL_PARK"]


@pytest.mark.parametrize(
    ("reaction", "cause", "status", "trace"),
    [
        (Reaction.BUSY, "USER_BUSY", "486", "bridge-busy"),
        (Reaction.DECLINE, "CALL_REJECTED", "603", "bridge-declined"),
        (Reaction.UNREACHABLE, "NORMAL_TEMPORARY_FAILURE", "503", "bridge-unreachable"),
    ],
)
def test_a_refusal_has_the_cause_and_the_events_of_the_trace(
    box: Box, reaction: Reaction, cause: str, status: str, trace: str
) -> None:
    behave(box, PhoneBehaviour(reaction))
    line = box.inbound(EVENTS)
    assert agent_leg(box, line, "b-1") == f"-ERR {cause}\n"
    line.settle()
    recorded = [event for event in trace_events(trace, "inbound") if event["Call-Direction"] == "outbound"]
    assert names(line, "b-1") == [event["Event-Name"] for event in recorded]
    ended = next(event for event in line.events if event["Event-Name"] == "CHANNEL_HANGUP_COMPLETE")
    assert (ended["Hangup-Cause"], ended["variable_sip_invite_failure_status"]) == (cause, status)
    assert ended["variable_hangup_cause_q850"] == recorded[-1]["variable_hangup_cause_q850"]


def test_a_phone_that_never_answers_is_cancelled(box: Box) -> None:
    behave(box, PhoneBehaviour(Reaction.NO_ANSWER))
    line = box.inbound(EVENTS)
    line.ask("bgapi originate {origination_uuid=n-1,originate_timeout=1}user/1001@127.0.0.1 &park()")
    assert line.event("BACKGROUND_JOB")["body"] == "-ERR NO_ANSWER\n"
    recorded = [event for event in trace_events("bridge-no-answer", "inbound") if event["Call-Direction"] == "outbound"]
    line.settle()
    assert names(line, "n-1") == [event["Event-Name"] for event in recorded]
    ended = next(event for event in line.events if event["Event-Name"] == "CHANNEL_HANGUP_COMPLETE")
    assert ended["variable_sip_hangup_disposition"] == "send_cancel"


def test_a_limit_of_the_leg_alone_has_a_cause_of_its_own(box: Box) -> None:
    behave(box, PhoneBehaviour(Reaction.NO_ANSWER))
    line = box.inbound(EVENTS)
    line.ask("bgapi originate {originate_timeout=60,leg_timeout=1}user/1001@127.0.0.1 &park()")
    assert line.event("BACKGROUND_JOB")["body"] == "-ERR ALLOTTED_TIMEOUT\n"


def test_an_unknown_extension_and_an_unregistered_phone_make_no_channel(box: Box) -> None:
    box.phone(Phone("1003", registered=False))
    line = box.inbound(EVENTS)
    assert agent_leg(box, line, "u-1", "user/1009@127.0.0.1") == "-ERR SUBSCRIBER_ABSENT\n"
    assert agent_leg(box, line, "u-2", "user/1003@127.0.0.1") == "-ERR USER_NOT_REGISTERED\n"
    assert names(line, "u-1") == names(line, "u-2") == []


@pytest.mark.parametrize(
    ("dial", "answer"),
    [
        ("bogus/1", "-ERR CHAN_NOT_IMPLEMENTED\n"),
        ("error/USER_BUSY", "-ERR USER_BUSY\n"),
        ("sofia/internal/x@127.0.0.1:6998", "-ERR NORMAL_TEMPORARY_FAILURE\n"),
        ("", "-USAGE: <call url> <exten>|&<application_name>(<app_args>)"),
    ],
)
def test_addresses_that_lead_nowhere(box: Box, dial: str, answer: str) -> None:
    line = box.inbound(EVENTS)
    assert line.ask(f"api originate {dial} &park()".replace("originate  ", "originate ")).startswith(answer)


def test_a_uuid_in_use_is_refused(box: Box) -> None:
    behave(box, PhoneBehaviour(answer_after=0.0))
    line = box.inbound(EVENTS)
    assert agent_leg(box, line, "twice") == "+OK twice\n"
    assert agent_leg(box, line, "twice") == "-ERR DESTINATION_OUT_OF_ORDER\n"


def test_behaviours_follow_one_another_and_the_last_one_stays(box: Box) -> None:
    behave(box, PhoneBehaviour(Reaction.BUSY), PhoneBehaviour(answer_after=0.0))
    line = box.inbound(EVENTS)
    answers = [agent_leg(box, line, f"s-{number}") for number in range(3)]
    assert answers == ["-ERR USER_BUSY\n", "+OK s-1\n", "+OK s-2\n"]


def test_a_ringing_leg_can_be_killed(box: Box) -> None:
    behave(box, PhoneBehaviour(Reaction.NO_ANSWER))
    line = box.inbound(EVENTS)
    line.ask("bgapi originate {origination_uuid=k-1}user/1001@127.0.0.1 &park()")
    line.event("CHANNEL_PROGRESS", Unique_ID="k-1")
    assert line.ask("api uuid_kill k-1 ORIGINATOR_CANCEL") == "+OK\n"
    assert line.event("BACKGROUND_JOB")["body"] == "-ERR ORIGINATOR_CANCEL\n"


def test_variables_in_braces_and_brackets_are_on_the_leg(box: Box) -> None:
    behave(box, PhoneBehaviour(answer_after=0.0))
    line = box.inbound(EVENTS)
    dial = (
        r"{origination_uuid=v-1,fsc_call_id=c-1,origination_caller_id_name='Li Si'}[zh=张三\,李四]user/1001@127.0.0.1"
    )
    line.ask(f"bgapi originate {dial} &park()")
    created = line.event("CHANNEL_CREATE")
    assert (created["variable_fsc_call_id"], created["variable_zh"]) == ("c-1", "张三,李四")
    assert created["Caller-Caller-ID-Name"] == "Li Si"


def test_the_agent_who_hangs_up_first_sends_a_bye(box: Box) -> None:
    behave(box, PhoneBehaviour(answer_after=0.0, talk=0.2))
    line = box.inbound(EVENTS)
    agent_leg(box, line, "t-1")
    ended = line.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="t-1")
    assert (ended["Hangup-Cause"], ended["variable_sip_hangup_disposition"]) == ("NORMAL_CLEARING", "recv_bye")


def test_times_of_a_leg_are_of_one_clock(box: Box) -> None:
    behave(box, PhoneBehaviour(ring_after=0.1, answer_after=0.2, talk=0.2))
    line = box.inbound(EVENTS)
    agent_leg(box, line, "c-1")
    ended = line.event("CHANNEL_HANGUP_COMPLETE", Unique_ID="c-1")
    created, progress, answered, hangup = (
        int(ended[f"Caller-Channel-{name}-Time"]) for name in ("Created", "Progress", "Answered", "Hangup")
    )
    assert created < progress < answered < hangup
    assert ended["variable_billmsec"] == str(hangup // 1000 - answered // 1000)
