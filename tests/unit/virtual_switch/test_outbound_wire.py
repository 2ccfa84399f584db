"""The connection that the switch makes for a call: connect, linger, notices, and what happens when it ends."""

from __future__ import annotations

import time

import pytest

from fs_control.virtual_switch.dialplan import Action, Extension
from fs_control.virtual_switch.script import CallerScript, HangUp, Wait, WaitForAnswer
from tests.unit.virtual_switch.box import Box, headers_of
from tests.unit.virtual_switch.calls import CALLER, MUSIC, NUMBER, answered_call, call


def test_connect_answers_with_the_whole_channel(box: Box) -> None:
    uuid, line = box.call(CallerScript(NUMBER, CALLER, b"Zhang San"))
    line.send("connect")
    frame = line.reply()
    channel = headers_of(frame.block.decode())
    assert frame.header(b"Reply-Text") == b"%2BOK%0A"
    assert (channel["Event-Name"], channel["Control"], channel["Socket-Mode"]) == ("CHANNEL_DATA", "full", "async")
    assert (channel["Unique-ID"], channel["Channel-Destination-Number"]) == (uuid, NUMBER)
    assert (channel["Caller-Caller-ID-Name"], channel["variable_sip_from_user"]) == ("Zhang San", CALLER)


def test_a_name_in_gbk_keeps_its_bytes(box: Box) -> None:
    _, line = box.call(CallerScript(NUMBER, CALLER, "张三".encode("gbk")))
    line.send("connect")
    assert line.reply().header(b"Caller-Caller-ID-Name") == b"%D5%C5%C8%FD"


def test_a_name_never_becomes_a_header(box: Box) -> None:
    _, line = box.call(CallerScript(NUMBER, CALLER, b"Eve\nEvent-Name: CHANNEL_HANGUP"))
    line.send("connect")
    assert line.reply().header(b"Event-Name") == b"CHANNEL_DATA"


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("linger", "+OK will linger"),
        ("linger 5", "+OK will linger 5 seconds"),
        ("nolinger", "+OK will not linger"),
        ("myevents", "-ERR aready enabled."),
        ("getvar no_such_variable", "-ERR command not found"),
        ("getvar sip_from_user", CALLER),
        ("api uuid_exists nope", "false"),
        ("event plain DTMF", "+OK event listener enabled plain"),
    ],
)
def test_answers_in_the_words_of_freeswitch(box: Box, command: str, answer: str) -> None:
    _, line = call(box, linger="")
    assert line.ask(command) == answer


def test_without_linger_it_closes_after_the_last_event(box: Box) -> None:
    _, line = call(box, WaitForAnswer(), Wait(0.1), HangUp(), linger="")
    line.app("answer")
    line.until_closed()
    assert line.order[-2:] == ["CHANNEL_HANGUP_COMPLETE", "notice disconnect"]


def test_with_linger_it_says_so_and_stays_that_long(box: Box) -> None:
    uuid, line = answered_call(box)
    line.app("hangup", wait=False)
    notice = line.event("notice linger")
    began = time.monotonic()
    assert (notice["Linger-Time"], notice["Controlled-Session-UUID"]) == ("1", uuid)
    assert line.ask("getvar hangup_cause") == "NORMAL_CLEARING"
    line.until_closed()
    assert time.monotonic() - began > 0.9
    assert line.order[-1] == "notice disconnect"


def test_lingering_without_a_limit_ends_with_exit(box: Box) -> None:
    _, line = call(box, linger="linger")
    line.app("answer")
    line.app("hangup", wait=False)
    assert line.event("notice linger")["Linger-Time"] == "-1"
    assert line.ask("exit") == "+OK bye"
    line.until_closed()


def test_the_channel_is_destroyed_when_the_last_wire_has_gone(box: Box) -> None:
    inbound = box.inbound("CHANNEL_DESTROY")
    uuid, line = answered_call(box)
    line.app("hangup", wait=False)
    line.event("notice linger")
    assert inbound.ask(f"api uuid_exists {uuid}") == "true"
    line.until_closed()
    inbound.event("CHANNEL_DESTROY", Unique_ID=uuid)
    assert inbound.ask(f"api uuid_exists {uuid}") == "false"


def test_when_the_controller_leaves_the_dialplan_goes_on(box: Box) -> None:
    inbound = box.inbound("CHANNEL_HANGUP_COMPLETE")
    uuid, line = answered_call(box)
    assert line.ask("exit") == "+OK bye"
    event = inbound.event("CHANNEL_HANGUP_COMPLETE", Unique_ID=uuid)
    assert (event["Hangup-Cause"], event["variable_last_app"]) == ("NORMAL_CLEARING", "hangup")


def test_without_socket_resume_what_plays_goes_on_without_a_controller(box: Box) -> None:
    inbound = box.inbound("CHANNEL_HANGUP_COMPLETE")
    uuid, line = answered_call(box)
    line.app("playback", MUSIC, wait=False)
    line.event("CHANNEL_EXECUTE", Application="playback")
    line.close()
    inbound.settle(0.3)
    assert inbound.ask(f"api uuid_exists {uuid}") == "true"
    inbound.ask(f"api uuid_kill {uuid}")


def test_nobody_at_the_controllers_port_means_the_next_action_at_once(box: Box) -> None:
    refused = Extension(
        "refused", r"^7\d+$", (Action("socket", "127.0.0.1:1 async full"), Action("hangup", "USER_BUSY"))
    )
    box.stage.set_dialplan([refused, *box.default_dialplan()])
    journal = box.stage.wait_for_end(box.stage.place_call(CallerScript("700", CALLER)))
    assert journal.cause == "USER_BUSY"


def test_a_number_without_an_extension_has_no_route(box: Box) -> None:
    box.stage.set_dialplan(box.default_dialplan())
    assert box.stage.wait_for_end(box.stage.place_call(CallerScript("abc", CALLER))).cause == "NO_ROUTE_DESTINATION"


def test_the_dialplan_sets_variables_before_it_hands_over(box: Box) -> None:
    actions = (Action("set", "enterprise=e-1"), Action("set", "dialled=${destination_number}"), *box.hand_over())
    box.stage.set_dialplan([Extension("with variables", r"^8\d+$", actions), *box.default_dialplan()])
    _, line = call(box, number="800")
    assert (line.ask("getvar enterprise"), line.ask("getvar dialled")) == ("e-1", "800")


def test_events_of_one_channel_stay_on_its_wire(box: Box) -> None:
    _, first = answered_call(box)
    second_uuid, second = answered_call(box)
    first.settle(0.1)
    assert all(event.get("Unique-ID") != second_uuid for event in first.events)
    assert second.events


def test_a_caller_who_leaves_before_connect_is_noticed(box: Box) -> None:
    uuid, line = box.call(CallerScript(NUMBER, CALLER, b"", (Wait(0.1), HangUp())))
    assert box.stage.wait_for_end(uuid).cause == "ORIGINATOR_CANCEL"
    line.until_closed()
