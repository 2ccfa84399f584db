"""What each command looks like on the wire, and what never gets there."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from fs_control.errors import UserMistake
from fs_control.esl import (
    Api,
    Auth,
    BgApi,
    Connect,
    Execute,
    Exit,
    Filter,
    HangUp,
    Linger,
    MyEvents,
    NoLinger,
    Subscribe,
    Unsubscribe,
)
from fs_control.esl.commands import ARGUMENT_IN_HEADER_BYTES, LONGEST_LINGER_S, MAX_TEXT_BYTES, MAX_WORD_BYTES

EXECUTE = b"sendmsg\ncall-command: execute\nexecute-app-name: "

SPELLINGS: list[tuple[Any, bytes]] = [
    (Auth("ClueCon"), b"auth ClueCon\n\n"),
    (Connect(), b"connect\n\n"),
    (Linger(5), b"linger 5\n\n"),
    (NoLinger(), b"nolinger\n\n"),
    (MyEvents(), b"myevents\n\n"),
    (Subscribe(("DTMF", "CHANNEL_ANSWER")), b"event plain DTMF CHANNEL_ANSWER\n\n"),
    (Subscribe(("DTMF",), ("my::thing", "sofia::register")), b"event plain DTMF CUSTOM my::thing sofia::register\n\n"),
    (Subscribe((), ("my::thing",)), b"event plain CUSTOM my::thing\n\n"),
    (Unsubscribe(("DTMF",), ("my::thing",)), b"nixevent DTMF CUSTOM my::thing\n\n"),
    (Filter("Unique-ID", "x"), b"filter Unique-ID x\n\n"),
    (Execute("answer"), EXECUTE + b"answer\n\n"),
    (Execute("set", "a=b c"), EXECUTE + b"set\nexecute-app-arg: a=b c\n\n"),
    (Execute("park", leg="1-2"), b"sendmsg 1-2\ncall-command: execute\nexecute-app-name: park\n\n"),
    (
        Execute("playback", "a.wav", event_uuid="e-1", event_lock=True, loops=-1),
        EXECUTE + b"playback\nEvent-UUID: e-1\nevent-lock: true\nloops: -1\nexecute-app-arg: a.wav\n\n",
    ),
    (Execute("set", " a"), EXECUTE + b"set\ncontent-type: text/plain\ncontent-length: 2\n\n a"),
    (HangUp("USER_BUSY"), b"sendmsg\ncall-command: hangup\nhangup-cause: USER_BUSY\n\n"),
    (HangUp("USER_BUSY", "1-2"), b"sendmsg 1-2\ncall-command: hangup\nhangup-cause: USER_BUSY\n\n"),
    (Api("status"), b"api status\n\n"),
    (Api("uuid_exists", "1-2"), b"api uuid_exists 1-2\n\n"),
    (BgApi("originate", "user/1001 &park()", "j-1"), b"bgapi originate user/1001 &park()\nJob-UUID: j-1\n\n"),
    (BgApi("status", "", "j-1"), b"bgapi status\nJob-UUID: j-1\n\n"),
    (Exit(), b"exit\n\n"),
]

TEXT_PARTS = [
    (command, part.name)
    for command, _ in SPELLINGS
    for part in fields(command)
    if isinstance(getattr(command, part.name), str)
]


@pytest.mark.parametrize(("command", "wire"), SPELLINGS, ids=lambda value: type(value).__name__)
def test_a_command_is_spelt(command, wire):
    assert command.encode() == wire


@pytest.mark.parametrize("evil", ["\n", "\r", "\0", "a\nb: c", "a\n\napi hupall", "a\r\n"])
@pytest.mark.parametrize(("command", "part"), TEXT_PARTS)
def test_a_line_break_or_nul_in_any_part_is_refused(command, part, evil):
    with pytest.raises(UserMistake, match="esl_line_break"):
        replace(command, **{part: evil})


@pytest.mark.parametrize("part", ["events", "subclasses"])
@pytest.mark.parametrize(
    ("evil", "code"), [("A\nB", "esl_line_break"), ("A B", "esl_not_one_word"), ("", "esl_not_one_word")]
)
def test_an_event_name_is_one_word(part, evil, code):
    with pytest.raises(UserMistake, match=code):
        Subscribe(**{"events": ("DTMF",), part: (evil,)})


def test_custom_is_said_by_its_subclasses():
    with pytest.raises(UserMistake, match="esl_reserved_word"):
        Subscribe(("custom", "DTMF"))


def test_an_empty_subscription_is_refused():
    with pytest.raises(UserMistake, match="esl_empty_part"):
        Unsubscribe(())


@pytest.mark.parametrize("word", ["add", "Delete"])
def test_a_filter_cannot_name_a_sub_command(word):
    with pytest.raises(UserMistake, match="esl_reserved_word"):
        Filter(word, "x")


@pytest.mark.parametrize("make", [lambda: Auth(""), lambda: Filter("A", "")])
def test_a_needed_text_is_not_empty(make):
    with pytest.raises(UserMistake, match="esl_empty_part"):
        make()


@pytest.mark.parametrize("word", ["", " ", "a b", " a", "a\t", "　"])
def test_a_word_is_one_word(word):
    with pytest.raises(UserMistake, match="esl_not_one_word"):
        BgApi("status", "", word)


def test_text_that_is_no_unicode_is_refused():
    with pytest.raises(UserMistake, match="esl_not_text"):
        Api("status", "\udc80")


@pytest.mark.parametrize("seconds", [0, -1, LONGEST_LINGER_S + 1])
def test_a_linger_has_an_end(seconds):
    with pytest.raises(UserMistake, match="esl_out_of_range"):
        Linger(seconds)


@pytest.mark.parametrize("loops", [0, -2])
def test_loops_are_some_or_for_ever(loops):
    with pytest.raises(UserMistake, match="esl_out_of_range"):
        Execute("playback", "a.wav", loops=loops)


def test_a_long_argument_travels_as_a_body_counted_in_bytes():
    argument = "张" * ARGUMENT_IN_HEADER_BYTES
    head, _, body = Execute("set", argument).encode().partition(b"\n\n")

    assert body.decode() == argument
    assert b"content-length: %d" % (3 * ARGUMENT_IN_HEADER_BYTES) in head
    assert b"execute-app-arg" not in head


def test_lengths_have_limits():
    with pytest.raises(UserMistake, match="esl_too_long"):
        Execute("set", "x" * (MAX_TEXT_BYTES + 1))
    with pytest.raises(UserMistake, match="esl_too_long"):
        BgApi("status", "", "x" * (MAX_WORD_BYTES + 1))


@pytest.mark.parametrize("password", ["hunter2", "hunter2\nexit", "hunter2\udc80"])
def test_a_password_shows_nowhere(password):
    try:
        shown = repr(Auth(password))
    except UserMistake as mistake:
        shown = f"{mistake} {mistake!r} {mistake.values} {mistake.__cause__}"
    assert "hunter2" not in shown


@pytest.mark.parametrize(
    ("trace", "command"),
    [
        ("bridge-answered", Connect()),
        ("bridge-answered", MyEvents()),
        ("bridge-answered", Linger(5)),
        ("bridge-answered", Auth("ClueCon")),
        ("bridge-answered", Execute("answer")),
        ("originate-results", Subscribe(("BACKGROUND_JOB", "CHANNEL_HANGUP_COMPLETE"))),
        ("originate-results", Filter("Unique-ID", "x")),
        ("originate-results", Api("uuid_kill", "nope")),
        ("originate-results", Exit()),
        ("header-traps", Execute("set", "zh=中文 提示")),
    ],
)
def test_our_spelling_is_the_one_that_freeswitch_was_seen_to_take(load_trace, trace, command):
    recorded = {sent.encode() for wire in load_trace(trace) for _, sent in wire.sends}

    assert command.encode() in recorded
