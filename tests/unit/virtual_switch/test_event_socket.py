"""The event socket from the controller's side: words asked and words answered."""

from __future__ import annotations

import pytest

from tests.unit.virtual_switch.box import PASSWORD, Box
from tests.unit.virtual_switch.calls import MUSIC, answered_call, call


def test_lets_in_who_knows_the_password(box: Box) -> None:
    assert box.knock().ask(f"auth {PASSWORD}") == "+OK accepted"


def test_turns_away_who_does_not(box: Box) -> None:
    line = box.knock()
    assert line.ask("auth wrong") == "-ERR invalid"
    line.until_closed()
    assert line.events[-1]["Event-Name"] == "notice"


def test_answers_nothing_before_the_password(box: Box) -> None:
    assert box.knock().ask("api status") == "-ERR command not found"


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("nosuchverb", "-ERR command not found"),
        ("api", "-ERR command not found"),
        ("bgapi", "-ERR command not found"),
        ("getvar x", "-ERR command not found"),
        ("api nosuchcommand", "-ERR nosuchcommand Command not found!\n"),
        ("event plain NOSUCH", "-ERR no keywords supplied"),
        ("nixevent NOSUCH", "-ERR no keywords supplied"),
        ("noevents", "-ERR not listening for events"),
        ("filter Unique-ID x", "+OK filter added. [Unique-ID]=[x]"),
        ("filter delete all", "+OK filter deleted. [all][]"),
        ("linger", "-ERR not controlling a session"),
        ("sendmsg nope\ncall-command: hangup", "-ERR invalid session id [nope]"),
        ("api uuid_kill nope", "-ERR No such channel!\n"),
        ("api uuid_bridge a b", "-ERR Invalid uuid\n"),
        ("api uuid_exists nope", "false"),
        ("api reloadxml", "+OK [Success]\n"),
        ("api show channels count", "\n0 total.\n"),
        ("api show channels as json", '{"row_count": 0}\n'),
        ("api hostname", "virtual-switch"),
    ],
)
def test_answers_in_the_words_of_freeswitch(box: Box, command: str, answer: str) -> None:
    assert box.inbound().ask(command) == answer


def test_answers_in_the_order_of_the_questions(box: Box) -> None:
    line = box.inbound()
    line.send("api hostname\n\nnoevents\n\napi strepoch\n\nbgapi version\nJob-UUID: my-job\n\nexit")
    replies = [line.reply() for _ in range(5)]
    assert replies[0].body == b"virtual-switch"
    assert replies[1].header(b"Reply-Text") == b"-ERR not listening for events"
    assert replies[2].body.isdigit()
    assert replies[3].header(b"Job-UUID") == b"my-job"
    assert replies[4].header(b"Reply-Text") == b"+OK bye"


def test_a_job_brings_its_answer_as_an_event(box: Box) -> None:
    line = box.inbound("BACKGROUND_JOB")
    line.ask("bgapi status\nJob-UUID: 7f4de4bc")
    event = line.event("BACKGROUND_JOB", Job_UUID="7f4de4bc")
    assert event["Job-Command"] == "status"
    assert event["body"].startswith("UP 0 years")


def test_hears_only_what_it_subscribed_to(box: Box) -> None:
    line = box.inbound("CHANNEL_ANSWER CHANNEL_CREATE")
    assert line.ask("nixevent CHANNEL_CREATE") == "+OK events nixed"
    answered_call(box)
    assert line.event("CHANNEL_ANSWER")["Caller-Destination-Number"] == "4001234567"
    assert {event["Event-Name"] for event in line.events} == {"CHANNEL_ANSWER"}


def test_hears_nothing_after_noevents(box: Box) -> None:
    line = box.inbound("ALL")
    assert line.ask("noevents") == "+OK no longer listening for events"
    before = len(line.events)
    answered_call(box)
    line.settle()
    assert len(line.events) == before


def test_a_filter_keeps_other_channels_out(box: Box) -> None:
    line = box.inbound("CHANNEL_ANSWER")
    first, first_line = call(box)
    line.ask(f"filter Unique-ID {first}")
    answered_call(box)
    first_line.app("answer")
    line.event("CHANNEL_ANSWER", Unique_ID=first)
    assert len(line.events) == 1


def test_events_are_numbered_without_repetition(box: Box) -> None:
    line = box.inbound("ALL")
    answered_call(box)[1].app("set", "a=b")
    line.event("CHANNEL_EXECUTE_COMPLETE", Application="set")
    numbers = [int(event["Event-Sequence"]) for event in line.events]
    assert numbers == sorted(set(numbers))


def test_both_wires_carry_the_same_event(box: Box) -> None:
    inbound = box.inbound("CHANNEL_ANSWER")
    _, line = answered_call(box)
    ours, theirs = line.events, inbound.event("CHANNEL_ANSWER")
    mine = next(event for event in ours if event["Event-Name"] == "CHANNEL_ANSWER")
    assert (mine["Core-UUID"], mine["Event-Sequence"]) == (theirs["Core-UUID"], theirs["Event-Sequence"])


def test_orders_reach_a_channel_by_its_uuid(box: Box) -> None:
    uuid, line = answered_call(box)
    inbound = box.inbound()
    text = f"sendmsg {uuid}\ncall-command: execute\nexecute-app-name: playback\nexecute-app-arg: {MUSIC}"
    assert inbound.ask(text) == "+OK"
    line.event("CHANNEL_EXECUTE", Application="playback")
    assert inbound.ask(f"sendmsg {uuid}\ncall-command: hangup\nhangup-cause: USER_BUSY") == "+OK"
    assert line.event("CHANNEL_HANGUP")["Hangup-Cause"] == "USER_BUSY"


def test_an_event_can_be_sent_to_others(box: Box) -> None:
    listener, sender = box.inbound("CUSTOM my::thing"), box.inbound()
    text = "sendevent CUSTOM\nEvent-Subclass: my::thing\nX-Name: 张三\nContent-Length: 27\n\n"
    assert sender.ask(f"{text}body line 1\n\nbody line 3: x").startswith("+OK ")
    event = listener.event("CUSTOM", Event_Subclass="my::thing")
    assert event["body"].startswith("body line 1")
