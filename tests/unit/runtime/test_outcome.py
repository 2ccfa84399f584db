"""The switch's words decide between gone and refused; the replies are those of the traces."""

from __future__ import annotations

import pytest

from fs_control.errors import CallGone, SwitchRefused
from fs_control.esl import Api, ApiResponse, ChannelData, CommandReply, Connect, Execute, Headers
from fs_control.runtime.outcome import result_of

KILL = Api("uuid_kill", "nope")
ANSWER = Execute("answer", leg="nope")


@pytest.mark.parametrize("text", ["+OK", "+OK will linger 5 seconds", "+OK Job-UUID: 5cc382f9"])
def test_an_accepted_command_results_in_its_answer(text: str):
    reply = CommandReply(ANSWER, text)
    assert result_of(reply) is reply


def test_output_of_an_api_command_needs_no_ok():
    printed = ApiResponse(Api("sofia_contact", "1001"), b"sofia/internal/sip:1001@127.0.0.1:6001")
    assert result_of(printed) is printed


@pytest.mark.parametrize(
    "answer",
    [
        ApiResponse(KILL, b"-ERR No such channel!\n"),
        ApiResponse(KILL, b"-ERR No Such Channel nope!\n"),
        CommandReply(ANSWER, "-ERR invalid session id [nope]"),
    ],
)
def test_a_leg_that_is_not_there_is_gone(answer: ApiResponse | CommandReply):
    assert isinstance(result_of(answer), CallGone)


@pytest.mark.parametrize(
    "answer",
    [
        ApiResponse(KILL, b"-ERR nosuchcommand Command not found!\n"),
        ApiResponse(KILL, b"-USAGE: uuid_kill <uuid>\n"),
        ApiResponse(Api("uuid_bridge", "a b"), b"-ERR Invalid uuid\n"),
        CommandReply(ANSWER, "-ERR command not found"),
        CommandReply(ANSWER, ""),
        ChannelData(Connect(), Headers(b"Reply-Text: -ERR")),
    ],
)
def test_every_other_refusal_says_what_the_switch_said(answer: ApiResponse | CommandReply | ChannelData):
    result = result_of(answer)
    assert isinstance(result, SwitchRefused)
    assert set(result.values) == {"command", "reply"}


def test_a_refusal_keeps_its_words_and_a_listing_does_not_fill_the_log():
    result = result_of(ApiResponse(KILL, b"-ERR no reply" + b"x" * 10_000))
    assert isinstance(result, SwitchRefused)
    assert str(result.values["reply"]).startswith("-ERR no reply")
    assert len(str(result.values["reply"])) == 200
