"""Applications on an answered call: what they do, when they start, how they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.virtual_switch.box import Box
from tests.unit.virtual_switch.calls import MUSIC, answered_call, call
from tests.unit.virtual_switch.test_audio import write_wav


def test_set_multiset_and_unset_change_variables(box: Box) -> None:
    _, line = answered_call(box)
    line.app("set", "a=1=2 3")
    line.app("multiset", "^^;b=x;c=y z")
    assert [line.ask(f"getvar {name}") for name in "abc"] == ["1=2 3", "x", "y z"]
    line.app("unset", "a")
    assert line.ask("getvar a") == "-ERR command not found"


def test_arguments_are_expanded(box: Box) -> None:
    _, line = answered_call(box)
    line.app("set", "who=${caller_id_number}")
    assert line.ask("getvar who") == "13800138000"


def test_an_argument_may_come_as_a_body(box: Box) -> None:
    _, line = answered_call(box)
    text = "sendmsg\ncall-command: execute\nexecute-app-name: set\ncontent-type: text/plain\ncontent-length: 22\n\n"
    assert line.ask(text + "long=argument, in body") == "+OK"
    line.event("CHANNEL_EXECUTE_COMPLETE", Application="set")
    assert line.ask("getvar long") == "argument, in body"


def test_our_event_uuid_comes_back(box: Box) -> None:
    _, line = answered_call(box)
    assert line.app("sleep", "20", "Event-UUID: aaaa-1")["Application-UUID"] == "aaaa-1"


def test_a_prompt_is_played_to_its_end(box: Box) -> None:
    inbound = box.inbound("PLAYBACK_START PLAYBACK_STOP")
    _, line = answered_call(box)
    assert line.app("playback", "silence_stream://100")["Application-Response"] == "FILE PLAYED"
    assert inbound.event("PLAYBACK_START")["Playback-File-Path"] == "silence_stream://100"
    assert inbound.event("PLAYBACK_STOP")["Playback-Status"] == "done"


def test_a_file_plays_as_long_as_it_is(box: Box, tmp_path: Path) -> None:
    write_wav(tmp_path / "hello.wav", 300)
    _, line = answered_call(box)
    done = line.app("playback", str(tmp_path / "hello.wav"))
    assert (done["Application-Response"], done["variable_playback_ms"]) == ("FILE PLAYED", "300")


def test_a_missing_file_completes_at_once(box: Box) -> None:
    _, line = answered_call(box)
    assert line.app("playback", "/nowhere/hello.wav")["Application-Response"] == "FILE NOT FOUND"


def test_an_unanswered_caller_is_pre_answered_to_hear_a_prompt(box: Box) -> None:
    _, line = call(box)
    line.app("playback", "silence_stream://20")
    media = next(event for event in line.events if event["Event-Name"] == "CHANNEL_PROGRESS_MEDIA")
    assert (media["Answer-State"], media["Caller-Channel-Answered-Time"]) == ("early", "0")


def test_uuid_break_ends_what_plays(box: Box) -> None:
    uuid, line = answered_call(box)
    line.app("playback", MUSIC, wait=False)
    line.event("CHANNEL_EXECUTE", Application="playback")
    assert line.ask(f"api uuid_break {uuid} all") == "+OK\n"
    done = line.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    assert done["Application-Response"] == "FILE PLAYED"


def test_a_star_ends_a_prompt_and_other_keys_do_not(box: Box) -> None:
    uuid, line = answered_call(box)
    line.app("playback", MUSIC, wait=False)
    line.event("CHANNEL_EXECUTE", Application="playback")
    line.ask(f"api uuid_recv_dtmf {uuid} 5*")
    done = line.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    assert done["variable_playback_terminator_used"] == "*"
    assert [event["DTMF-Digit"] for event in line.events if event["Event-Name"] == "DTMF"] == ["5", "*"]


def test_an_order_during_a_prompt_is_carried_out_inside_it(box: Box) -> None:
    _, line = answered_call(box)
    line.app("playback", MUSIC, wait=False)
    line.event("CHANNEL_EXECUTE", Application="playback")
    line.app("set", "inside=yes")
    applications = [(event["Event-Name"], event["Application"]) for event in line.events if "Application" in event]
    assert ("CHANNEL_EXECUTE_COMPLETE", "playback") not in applications


def test_event_lock_keeps_orders_waiting(box: Box) -> None:
    _, line = answered_call(box)
    line.app("playback", "silence_stream://200", "event-lock: true", wait=False)
    line.app("set", "after=yes")
    done = [event["Application"] for event in line.events if event["Event-Name"] == "CHANNEL_EXECUTE_COMPLETE"]
    assert done == ["answer", "playback", "set"]


def test_loops_repeat_an_application_that_takes_its_time(box: Box) -> None:
    _, line = answered_call(box)
    line.app("sleep", "520", "loops: 2", wait=False)
    line.event("CHANNEL_EXECUTE_COMPLETE", Application="sleep")
    second = line.event("CHANNEL_EXECUTE_COMPLETE", Application="sleep")
    assert second["variable_current_loop"] == "2"


def test_orders_sent_together_run_in_one_frame(box: Box) -> None:
    _, line = answered_call(box)
    text = "sendmsg\ncall-command: execute\nexecute-app-name: set\nexecute-app-arg: n="
    line.send("\n\n".join(f"{text}{number}" for number in range(5)))
    stamps = [line.event("CHANNEL_EXECUTE", Application="set")["Event-Date-Timestamp"] for _ in range(5)]
    assert len(set(stamps)) <= 2


def test_an_order_waits_for_the_next_frame(box: Box) -> None:
    """Each command that waits for its completion before the next one costs the caller a frame of 20 ms."""
    _, line = answered_call(box)
    stamps = [int(line.app("set", f"n={number}")["Event-Date-Timestamp"]) for number in range(5)]
    assert stamps[-1] - stamps[0] >= 4 * 20_000
    assert all(stamp % 20_000 == stamps[0] % 20_000 for stamp in stamps)


@pytest.mark.parametrize("argument", ["200", "0", "x", ""])
def test_sleep_takes_any_argument(box: Box, argument: str) -> None:
    _, line = answered_call(box)
    assert line.app("sleep", argument)["Application-Response"] == "_none_"


def test_a_key_ends_sleep_and_stays_queued(box: Box) -> None:
    uuid, line = answered_call(box)
    line.app("sleep", "20000", wait=False)
    line.event("CHANNEL_EXECUTE", Application="sleep")
    line.ask(f"api uuid_recv_dtmf {uuid} 7")
    line.event("CHANNEL_EXECUTE_COMPLETE", Application="sleep")
    assert line.event("DTMF")["DTMF-Digit"] == "7"


def test_an_application_nobody_knows_ends_the_call(box: Box) -> None:
    uuid, line = answered_call(box)
    line.app("no_such_application", wait=False)
    assert line.event("CHANNEL_HANGUP")["Hangup-Cause"] == "DESTINATION_OUT_OF_ORDER"
    assert box.stage.wait_for_end(uuid).cause == "DESTINATION_OUT_OF_ORDER"


def test_ring_ready_tells_the_caller_that_it_rings(box: Box) -> None:
    inbound = box.inbound("CHANNEL_PROGRESS")
    _, line = call(box)
    line.app("ring_ready")
    assert int(inbound.event("CHANNEL_PROGRESS")["Caller-Channel-Progress-Time"]) > 0


def test_uuid_broadcast_plays_on_a_parked_caller(box: Box) -> None:
    uuid, line = answered_call(box)
    assert box.inbound().ask(f"api uuid_broadcast {uuid} silence_stream://100 aleg") == "+OK Message sent\n"
    assert line.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")["Application-Response"] == "FILE PLAYED"


def test_uuid_transfer_brings_the_caller_on_a_new_connection(box: Box) -> None:
    uuid, line = answered_call(box)
    assert box.inbound().ask(f"api uuid_transfer {uuid} 4009999999 XML default") == "+OK\n"
    second = box.accept()
    second.send("connect")
    channel = second.reply()
    assert channel.header(b"Caller-Destination-Number") == b"4009999999"
    assert channel.header(b"Caller-RDNIS") == b"4001234567"
    line.event("CHANNEL_EXECUTE", Application="socket")
