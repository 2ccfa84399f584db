"""Whatever comes in on a socket ends in an error on that socket; the switch goes on."""

from __future__ import annotations

import json
import random
import socket

import pytest

from tests.unit.virtual_switch.box import PASSWORD, Box
from tests.unit.virtual_switch.calls import answered_call, call


def alive(box: Box) -> bool:
    return box.inbound().ask("api hostname") == "virtual-switch"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"x" * 300_000, b"-ERR esl_header_block_too_large"),
        (b"auth x\nContent-Length: -1\n\n", b"-ERR esl_bad_content_length"),
        (b"auth x\nContent-Length: 99999999999\n\n", b"-ERR esl_body_too_large"),
        (b"auth x\nContent-Length: 1e9\n\n", b"-ERR esl_bad_content_length"),
    ],
)
def test_a_broken_frame_is_answered_with_an_error_and_the_end(box: Box, data: bytes, error: bytes) -> None:
    line = box.knock()
    line.send_bytes(data)
    assert line.reply().header(b"Reply-Text") == error
    line.until_closed()
    assert alive(box)


@pytest.mark.parametrize(
    "command",
    [
        "auth",
        "\0\0\0",
        "sendmsg",
        "sendmsg \x01",
        "filter",
        "filter delete",
        "event",
        "event plain",
        "event json ALL",
        "nixevent",
        "myevents nobody",
        "linger 99999999999999999999",
        "api uuid_kill",
        "api uuid_setvar",
        "api uuid_getvar",
        "api uuid_recv_dtmf x",
        "api uuid_transfer x",
        "api uuid_broadcast x",
        "api uuid_dump",
        "api originate {",
        "api originate {a=b}user/ &",
        "api originate [[[{{{ &park()",
        "api originate sofia/internal/x@127.0.0.1:99999999999999 &park()",
        "api show",
        "api show channels like",
        "api show calls as",
        "api hupall \xff",
        "bgapi originate \udcff",
    ],
)
def test_a_command_that_makes_no_sense_gets_an_answer(box: Box, command: str) -> None:
    line = box.inbound()
    assert line.ask(command) is not None
    assert line.ask("api hostname") == "virtual-switch"


@pytest.mark.parametrize(
    "message",
    [
        "call-command: execute",
        "call-command: nonsense",
        "execute-app-name: playback",
        "call-command: execute\nexecute-app-name: playback\nloops: x",
        "call-command: execute\nexecute-app-name: playback\nexecute-app-arg: tone_stream://%(99999999999,1,1)",
        "call-command: execute\nexecute-app-name: play_and_get_digits\nexecute-app-arg: x",
        "call-command: execute\nexecute-app-name: play_and_get_digits\nexecute-app-arg: -1 -1 99999999999999",
        "call-command: execute\nexecute-app-name: sleep\nexecute-app-arg: 99999999999999999999",
        "call-command: execute\nexecute-app-name: multiset\nexecute-app-arg: ^^",
        "call-command: execute\nexecute-app-name: socket\nexecute-app-arg: 127.0.0.1:99999 async full",
        "call-command: execute\nexecute-app-name: set\nexecute-app-arg: a=${${${a}",
        "call-command: execute\nexecute-app-name: transfer",
    ],
)
def test_an_order_that_makes_no_sense_does_no_harm(box: Box, message: str) -> None:
    _, line = answered_call(box)
    assert line.ask(f"sendmsg\n{message}") == "+OK"
    line.app("set", "still=here", wait=False)
    line.event("CHANNEL_EXECUTE_COMPLETE", Application_Data="still=here")
    assert line.ask("getvar still") == "here"


def test_random_bytes_do_not_end_the_switch(box: Box) -> None:
    chance = random.Random(20261122)
    for _ in range(20):
        line = box.knock()
        if chance.random() < 0.5:
            line.ask(f"auth {PASSWORD}")
        line.send_bytes(chance.randbytes(2000) + b"\n\n")
        line.close()
    assert alive(box)


def test_a_peer_that_vanishes_in_the_middle_is_forgotten(box: Box) -> None:
    before = box.stage.snapshot().wires
    for _ in range(10):
        line = box.inbound("ALL")
        line.send_bytes(b"api show cha")
        line.close()
    call(box)[1].close()
    box.inbound().ask("api hupall")
    box.until(lambda: box.stage.snapshot().wires <= before + 1)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"nonsense\n", "stage_not_json"),
        (b"[1,2]\n", "stage_unknown_operation"),
        (b'{"op": "explode"}\n', "stage_unknown_operation"),
        (b'{"op": "place_call"}\n', "stage_bad_value"),
        (b'{"op": "place_call", "script": {"number": 7}}\n', "script_invalid"),
        (b'{"op": "wait_for_end", "call": "x", "seconds": "soon"}\n', "stage_unknown_call"),
        (b'{"op": "set_dialplan", "extensions": [{"pattern": "("}]}\n', "dialplan_invalid"),
        (b"[" * 100_000 + b"\n", "stage_not_json"),
        (b"\xff\xfe\n", "stage_not_json"),
    ],
)
def test_the_stage_answers_nonsense_with_a_code(box: Box, line: bytes, code: str) -> None:
    with socket.create_connection(("127.0.0.1", box.process.stage_port)) as connection:
        connection.sendall(line)
        with connection.makefile("rb") as answers:
            answer = json.loads(answers.readline())
    assert (answer["ok"], answer["error"]["code"]) == (False, code)
    assert alive(box)
