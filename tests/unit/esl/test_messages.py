"""Each kind of message, as mod_event_socket writes it and as the traces hold it."""

from __future__ import annotations

import pytest

from fs_control.errors import RemoteFault
from fs_control.esl import (
    Api,
    ApiResponse,
    AuthRequest,
    ChannelData,
    CommandReply,
    DisconnectNotice,
    EventMessage,
    Execute,
    Frame,
    Headers,
    LogData,
    MyEvents,
    RudeRejection,
    UnknownMessage,
)
from fs_control.esl.commands import Connect
from fs_control.esl.messages import content_type_of, read_answer, read_message

LINGER_NOTICE = (
    b"Content-Type: text/disconnect-notice\nControlled-Session-UUID: u-1\nContent-Disposition: linger\n"
    b"Channel-Name: sofia/internal/1%%@x\nLinger-Time: %s\nContent-Length: 0"
)


def read(block: bytes, body: bytes = b"") -> object:
    frame = Frame(block, body)
    return read_message(content_type_of(frame), frame)


def reply(text: bytes) -> CommandReply:
    frame = Frame(b"Content-Type: command/reply\nReply-Text: " + text, b"")
    answer = read_answer(b"command/reply", frame, MyEvents())
    assert isinstance(answer, CommandReply)
    return answer


def jobs_of(messages):
    events = [each for each in messages if isinstance(each, EventMessage) and each.name == "BACKGROUND_JOB"]
    return {event.get("Job-Command-Arg"): event.text for event in events}


def test_auth_request():
    assert read(b"Content-Type: auth/request") == AuthRequest()


def test_rude_rejection():
    block = b"Content-Type: text/rude-rejection\nContent-Length: 24"

    assert read(block, b"Access Denied, go away.\n") == RudeRejection("Access Denied, go away.")


def test_a_reply_is_not_percent_decoded():
    assert reply(b"%0AEvil: yes").reply_text == "%0AEvil: yes"


@pytest.mark.parametrize(("text", "ok"), [(b"+OK", True), (b"-ERR command not found", False), (b"", False)])
def test_a_reply_is_ok_or_not(text, ok):
    assert reply(text).ok is ok


def test_a_reply_without_text_refuses():
    answer = read_answer(b"command/reply", Frame(b"Content-Type: command/reply", b""), MyEvents())

    assert answer == CommandReply(MyEvents(), "")


def test_an_api_command_may_be_refused_by_a_plain_reply():
    frame = Frame(b"Content-Type: command/reply\nReply-Text: -ERR permission denied", b"")

    assert read_answer(b"command/reply", frame, Api("status")) == CommandReply(Api("status"), "-ERR permission denied")


def test_connect_may_be_refused_by_a_plain_reply():
    frame = Frame(b"Content-Type: command/reply\nReply-Text: -ERR no", b"")

    assert read_answer(b"command/reply", frame, Connect()) == CommandReply(Connect(), "-ERR no")


def test_an_api_response_to_another_command_is_a_fault():
    with pytest.raises(RemoteFault, match="esl_answer_of_wrong_kind"):
        read_answer(b"api/response", Frame(b"Content-Type: api/response", b"+OK"), Execute("answer"))


@pytest.mark.parametrize(
    ("body", "ok"),
    [(b"+OK\n", True), (b"false", True), (b"-ERR No such channel!\n", False), (b"-USAGE: <uuid>\n", False)],
)
def test_an_api_response_is_ok_unless_it_says_otherwise(body, ok):
    assert ApiResponse(Api("x"), body).ok is ok


def test_an_event_keeps_body_and_headers_apart():
    event = read(b"Content-Type: text/event-plain", b"A: 1\nContent-Length: 9\n\nA: 2\n\nend")

    assert isinstance(event, EventMessage)
    assert event.get_all("A") == ("1",)
    assert event.body == b"A: 2\n\nend"


def test_a_body_may_end_as_an_event_without_a_body_does():
    event = read(b"Content-Type: text/event-plain", b"A: 1\nContent-Length: 7\n\nB: 2\n\n\n\n")

    assert isinstance(event, EventMessage)
    assert event.get("B") is None
    assert event.body == b"B: 2\n\n\n\n"


def test_an_event_may_be_nearly_nothing():
    for body in (b"", b"\n", b"\n\n"):
        event = read(b"Content-Type: text/event-plain", body)
        assert isinstance(event, EventMessage)
        assert (event.name, event.body) == ("", b"")


def test_an_event_shows_its_header_as_bytes_too():
    event = EventMessage(Headers(b"Name: %D5%C5%C8%FD"), b"")

    assert event.get_bytes("Name") == b"\xd5\xc5\xc8\xfd"
    assert event.get("Name") == "张三"


def test_kind_is_read_in_any_case():
    assert read(b"content-type:  Auth/Request ") == AuthRequest()


@pytest.mark.parametrize(("time", "seconds"), [(b"5", 5), (b"-1", None)])
def test_a_notice_with_linger(time, seconds):
    notice = read(LINGER_NOTICE % time)

    assert notice == DisconnectNotice(True, seconds, "u-1", "sofia/internal/1%@x", "")


@pytest.mark.parametrize("time", [b"", b"soon", b"--1", b"1" * 10, "٣".encode()])
def test_a_linger_time_that_is_no_number_is_a_fault(time):
    with pytest.raises(RemoteFault, match="esl_bad_number"):
        read(LINGER_NOTICE % time)


def test_a_notice_without_a_call():
    assert read(b"Content-Type: text/disconnect-notice\nContent-Length: 4", b"Bye\n") == DisconnectNotice(
        False, None, None, None, "Bye"
    )


def test_log_data():
    block = (
        b"Content-Type: log/data\nContent-Length: 6\nLog-Level: 6\nText-Channel: 0\nLog-File: mod_dptools.c\n"
        b"Log-Func: log_function\nLog-Line: 1866\nUser-Data: u-1"
    )

    assert read(block, b"hello\n") == LogData(6, "mod_dptools.c", "log_function", 1866, "u-1", "hello\n")


def test_a_kind_we_do_not_know_is_said_so():
    frame = Frame(b"Content-Type: text/event-json\nContent-Length: 2", b"{}")

    assert read(frame.block, frame.body) == UnknownMessage("text/event-json", frame)


def test_a_stranger_on_the_port_is_a_fault():
    with pytest.raises(RemoteFault, match="esl_no_content_type"):
        read(b"GET / HTTP/1.1\nHost: x")


def test_no_repr_shows_what_people_said():
    secret = b"Caller-Caller-ID-Number: 13800138000"
    for message in (EventMessage(Headers(secret), secret), ApiResponse(Api("x"), secret), Frame(secret, secret)):
        assert "13800138000" not in repr(message)


def test_no_forged_header_appears(messages_of):
    for wire in ("inbound", "outbound-1"):
        events = [each for each in messages_of("header-traps", wire) if isinstance(each, (EventMessage, ChannelData))]
        named_eve = [each for each in events if (each.get("Caller-Caller-ID-Name") or "").startswith("Eve\n")]

        assert named_eve
        for event in events:
            assert len(event.headers.get_all("Event-Name")) == 1
            assert event.headers.get_all("Evil") == ()
            assert "Evil" not in dict(event.headers.items())


def test_values_of_the_trap_stay_values(messages_of):
    last = [each for each in messages_of("header-traps", "outbound-1") if isinstance(each, EventMessage)][-1]

    assert last.get("variable_enc") == "\nEvil: yes"  # typed as %0A, which the switch does not encode again
    assert last.get("variable_zh") == "中文 提示"
    assert last.get("variable_long") == "argument, in body"


def test_a_custom_event_has_its_own_length_and_body(messages_of):
    custom = [each for each in messages_of("header-traps", "inbound") if isinstance(each, EventMessage)][-1]

    assert custom.name == "CUSTOM"
    assert custom.get("Event-Subclass") == "my::thing"
    assert custom.get("X-Name") == "张三"
    assert custom.get_all("Content-Length") == ("27", "27")
    assert custom.text == "body line 1\n\nbody line 3: x"


def test_the_reply_to_connect_is_the_channel(messages_of):
    data = messages_of("header-traps", "outbound-1")[0]

    assert isinstance(data, ChannelData)
    assert data.ok
    assert data.get("Reply-Text") == "+OK\n"
    assert data.get("Control") == "full"


def test_background_jobs_answer_in_their_body(messages_of):
    assert jobs_of(messages_of("originate-results", "inbound")) == {
        "user/1001@127.0.0.1 &park()": "+OK 59497191-25a2-4673-8d1b-00a97b4cdac7\n",
        "user/1002@127.0.0.1 &park()": "-ERR USER_BUSY\n",
        "user/1009@127.0.0.1 &park()": "-ERR SUBSCRIBER_ABSENT\n",
        "{originate_timeout=2}sofia/internal/x@127.0.0.1:6998 &park()": "-ERR NORMAL_TEMPORARY_FAILURE\n",
        "bogus/1 &park()": "-ERR CHAN_NOT_IMPLEMENTED\n",
    }


def test_a_job_is_named_in_reply_and_event(messages_of):
    messages = messages_of("originate-results", "inbound")
    replied = {each.job_uuid for each in messages if isinstance(each, CommandReply) and each.job_uuid}
    done = {each.get("Job-UUID") for each in messages if isinstance(each, EventMessage) and each.get("Job-Command")}

    assert len(replied) == 5
    assert replied == done


def test_api_responses_of_a_trace_belong_to_their_commands(messages_of):
    answers = [each for each in messages_of("originate-results", "inbound") if isinstance(each, ApiResponse)]
    texts = {answer.command.encode().decode().strip(): answer.text for answer in answers}

    assert texts["api uuid_kill nope"] == "-ERR No such channel!\n"
    assert texts["api sofia_contact 1001@127.0.0.1"] == "sofia/internal/sip:1001@127.0.0.1:6001"
    assert texts["api uuid_exists nope"] == "false"


def test_a_hangup_cause_is_repeated(messages_of):
    ended = [
        each
        for each in messages_of("originate-results", "inbound")
        if isinstance(each, EventMessage) and each.name == "CHANNEL_HANGUP_COMPLETE"
    ]

    assert ended[0].get_all("Hangup-Cause") == ("USER_BUSY", "USER_BUSY")


@pytest.mark.parametrize(
    ("trace", "notices"),
    [
        ("caller-hangs-up-no-linger", [(False, None)]),
        ("caller-hangs-up-in-playback", [(True, None), (False, None)]),
        ("uuid-transfer", [(True, 5)]),
    ],
)
def test_notices_of_the_traces(messages_of, trace, notices):
    found = [each for each in messages_of(trace, "outbound-1") if isinstance(each, DisconnectNotice)]

    assert [(notice.linger, notice.linger_s) for notice in found] == notices
    assert all(notice.controlled_session for notice in found)
