"""Our end against a small switch in memory: which reply is whose, what may be sent when, and every end."""

from __future__ import annotations

from typing import Any

import pytest

from fs_control.errors import RemoteFault, UserMistake
from fs_control.esl import (
    NEED_DATA,
    Api,
    ApiResponse,
    Auth,
    AuthRequest,
    ChannelData,
    CommandReply,
    Connect,
    Connection,
    DisconnectNotice,
    EventMessage,
    Execute,
    Exit,
    Frame,
    FrameReader,
    HangUp,
    Linger,
    LogData,
    Message,
    MyEvents,
    NeedData,
    Role,
    RudeRejection,
    State,
    Subscribe,
    UnknownMessage,
)
from fs_control.esl import connection as connection_module

AUTH_REQUEST = b"Content-Type: auth/request\n\n"
NOTICE = b"Content-Type: text/disconnect-notice\nContent-Length: 4\n\nBye\n"
LINGER_NOTICE = b"Content-Type: text/disconnect-notice\nContent-Disposition: linger\nLinger-Time: 5\n\n"
CHANNEL = b"Event-Name: CHANNEL_DATA\nUnique-ID: u-1\nContent-Type: command/reply\nReply-Text: %2BOK%0A\n\n"
EVENT = b"Content-Length: 18\nContent-Type: text/event-plain\n\nEvent-Name: DTMF\n\n"
LOG = b"Content-Type: log/data\nContent-Length: 2\nLog-Level: 7\nLog-Line: 1\n\nhi"
REJECTION = b"Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n"
UNKNOWN = b"Content-Type: text/event-json\nContent-Length: 2\n\n{}"


def reply(text: str) -> bytes:
    return f"Content-Type: command/reply\nReply-Text: {text}\n\n".encode()


def api_response(text: str) -> bytes:
    return f"Content-Type: api/response\nContent-Length: {len(text)}\n\n{text}".encode()


class TinySwitch:
    """The other end: reads commands with the frame reader of its own and answers in their order."""

    def __init__(self, password: str = "secret") -> None:
        self._reader = FrameReader()
        self._password = password

    def answer(self, data: bytes) -> bytes:
        self._reader.receive_data(data)
        answers = b""
        while isinstance(frame := self._reader.next_frame(), Frame):
            answers += self._answer(frame)
        return answers

    def _answer(self, frame: Frame) -> bytes:
        verb, _, rest = frame.lines[0].decode().partition(" ")
        if verb == "auth":
            return reply("+OK accepted" if rest == self._password else "-ERR invalid")
        if verb == "connect":
            return CHANNEL
        if verb == "api":
            return api_response(rest)
        return reply("+OK bye") + NOTICE if verb == "exit" else reply(f"+OK {verb}")


def take(connection: Connection, data: bytes = b"") -> list[Any]:
    """All messages that are there; a test knows which kinds it expects."""
    if data:
        connection.receive_data(data)
    taken: list[Message] = []
    while not isinstance(message := connection.next_message(), NeedData):
        taken.append(message)
    return taken


def inbound() -> Connection:
    connection = Connection(Role.INBOUND)
    take(connection, AUTH_REQUEST)
    take(connection, TinySwitch().answer(connection.send(Auth("secret"))))
    return connection


def outbound() -> Connection:
    connection = Connection(Role.OUTBOUND)
    take(connection, TinySwitch().answer(connection.send(Connect())))
    return connection


def fault_of(connection: Connection, data: bytes) -> str:
    with pytest.raises(RemoteFault) as caught:
        take(connection, data)
    assert connection.state is State.CLOSED
    with pytest.raises(RemoteFault) as again:
        take(connection)
    assert again.value is caught.value
    return caught.value.code


def test_inbound_life_from_password_to_good_bye():
    switch, connection = TinySwitch(), Connection(Role.INBOUND)
    assert take(connection, AUTH_REQUEST) == [AuthRequest()]
    assert take(connection, switch.answer(connection.send(Auth("secret"))))[0].ok
    last = take(connection, switch.answer(connection.send(Exit())))
    assert last == [CommandReply(Exit(), "+OK bye"), DisconnectNotice(False, None, None, None, "Bye")]
    connection.receive_data(b"")
    assert connection.next_message() is NEED_DATA
    assert connection.state is State.CLOSED


def test_outbound_life_with_commands_right_behind_connect():
    switch, connection = TinySwitch(), Connection(Role.OUTBOUND)
    data = b"".join(connection.send(each) for each in (Connect(), Linger(5), MyEvents(), Execute("answer")))
    channel, *replies = take(connection, switch.answer(data))

    assert isinstance(channel, ChannelData)
    assert [each.command for each in replies] == [Linger(5), MyEvents(), Execute("answer")]
    assert connection.state is State.READY
    assert connection.pending == ()


def test_a_wrong_password_is_refused():
    connection = Connection(Role.INBOUND)
    take(connection, AUTH_REQUEST)
    answer, notice = take(connection, TinySwitch().answer(connection.send(Auth("wrong"))) + NOTICE)

    assert not answer.ok
    assert isinstance(notice, DisconnectNotice)
    assert connection.state is State.DISCONNECTED


def test_a_call_may_refuse_to_be_connected():
    connection = Connection(Role.OUTBOUND)
    connection.send(Connect())
    connection.send(MyEvents())

    assert [each.ok for each in take(connection, reply("-ERR no") + reply("-ERR no"))] == [False, False]
    assert connection.state is State.REFUSED


def test_a_channel_that_is_not_ok_refuses_too():
    connection = Connection(Role.OUTBOUND)
    connection.send(Connect())
    take(connection, CHANNEL.replace(b"%2BOK", b"-ERR"))

    assert connection.state is State.REFUSED


def test_rude_rejection_comes_instead_of_the_request():
    connection = Connection(Role.INBOUND)

    assert take(connection, REJECTION) == [RudeRejection("Access Denied, go away.")]
    assert connection.state is State.REFUSED


def test_replies_find_their_commands_in_order_with_events_between():
    connection = inbound()
    commands = (Api("first"), Subscribe(("DTMF",)), Api("second"))
    answers = [TinySwitch().answer(connection.send(each)) for each in commands]
    messages = take(connection, EVENT + answers[0] + EVENT + answers[1] + answers[2])

    assert [each.command for each in messages if isinstance(each, ApiResponse | CommandReply)] == list(commands)
    assert [each.text for each in messages if isinstance(each, ApiResponse)] == ["first", "second"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [(EVENT, EventMessage), (LOG, LogData), (UNKNOWN, UnknownMessage)],
    ids=["event", "log", "unknown"],
)
def test_what_is_told_changes_no_state_and_answers_nothing(data, kind):
    connection = outbound()
    connection.send(MyEvents())

    assert isinstance(take(connection, data)[0], kind)
    assert connection.state is State.READY
    assert connection.pending == (MyEvents(),)


@pytest.mark.parametrize(
    "data",
    [AUTH_REQUEST, EVENT, LOG, UNKNOWN, NOTICE, LINGER_NOTICE, reply("+OK"), api_response("x" * 40)],
    ids=["auth", "event", "log", "unknown", "notice", "linger", "reply", "api"],
)
def test_every_message_one_byte_at_a_time(data):
    def ready() -> Connection:
        if data == AUTH_REQUEST:
            return Connection(Role.INBOUND)
        connection = outbound()
        connection.send(Api("x"))
        return connection

    slow = ready()
    pieces = [take(slow, bytes([byte])) for byte in data]

    assert not any(pieces[:-1])
    assert pieces[-1] == take(ready(), data)
    assert len(pieces[-1]) == 1


def test_after_the_linger_notice_commands_and_events_go_on():
    connection = outbound()
    take(connection, LINGER_NOTICE)
    states = [connection.state]
    answers = TinySwitch().answer(connection.send(Api("x")) + connection.send(Exit()))
    kinds = [type(each) for each in take(connection, EVENT + answers)]

    assert kinds == [EventMessage, ApiResponse, CommandReply, DisconnectNotice]
    assert [*states, connection.state] == [State.LINGERING, State.DISCONNECTED]


@pytest.mark.parametrize(
    ("make", "command"),
    [
        (lambda: Connection(Role.INBOUND), Auth("x")),
        (lambda: Connection(Role.INBOUND), Api("x")),
        (lambda: Connection(Role.OUTBOUND), MyEvents()),
        (lambda: Connection(Role.OUTBOUND), Auth("x")),
        (inbound, Connect()),
        (inbound, Linger(5)),
        (inbound, Execute("answer")),
        (inbound, HangUp("USER_BUSY")),
        (outbound, Connect()),
    ],
)
def test_a_command_at_the_wrong_time_is_refused_and_changes_nothing(make, command):
    connection = make()
    state = connection.state
    with pytest.raises(UserMistake, match="esl_command_not_now"):
        connection.send(command)

    assert connection.state is state
    assert connection.pending == ()


@pytest.mark.parametrize("command", [Execute("answer", leg="u-1"), HangUp("USER_BUSY", leg="u-1")])
def test_an_inbound_connection_commands_legs_by_name(command):
    connection = inbound()

    assert take(connection, TinySwitch().answer(connection.send(command)))[0].ok


def test_too_many_unanswered_commands_are_a_fault_of_the_switch(monkeypatch):
    monkeypatch.setattr(connection_module, "MAX_PENDING_COMMANDS", 2)
    connection = outbound()
    for _ in range(2):
        connection.send(MyEvents())
    with pytest.raises(RemoteFault, match="esl_too_many_pending"):
        connection.send(MyEvents())

    assert connection.pending == (MyEvents(), MyEvents())
    take(connection, reply("+OK"))
    connection.send(MyEvents())


@pytest.mark.parametrize(
    ("make", "data", "code"),
    [
        (inbound, reply("+OK"), "esl_answer_without_command"),
        (inbound, AUTH_REQUEST, "esl_unexpected_message"),
        (inbound, LINGER_NOTICE, "esl_unexpected_message"),
        (outbound, REJECTION, "esl_unexpected_message"),
        (outbound, b"Content-Length: x\n\n", "esl_bad_content_length"),
        (lambda: Connection(Role.INBOUND), EVENT, "esl_unexpected_message"),
        (lambda: Connection(Role.OUTBOUND), b"GET / HTTP/1.1\r\n\r\n", "esl_no_content_type"),
    ],
)
def test_a_switch_that_breaks_the_protocol_is_given_up(make, data, code):
    assert fault_of(make(), data) == code


def test_messages_before_a_fault_are_still_told():
    connection = inbound()
    connection.receive_data(EVENT + reply("+OK"))

    assert isinstance(connection.next_message(), EventMessage)
    with pytest.raises(RemoteFault):
        connection.next_message()


def test_an_api_response_to_another_command_leaves_it_pending():
    connection = outbound()
    connection.send(MyEvents())

    assert fault_of(connection, api_response("x")) == "esl_answer_of_wrong_kind"
    assert connection.pending == (MyEvents(),)


def test_at_the_end_the_commands_without_an_answer_can_be_told():
    connection = outbound()
    connection.send(MyEvents())
    connection.send(Execute("answer"))
    take(connection, reply("+OK"))
    connection.receive_data(b"")

    assert take(connection) == []
    assert connection.state is State.CLOSED
    assert connection.pending == (Execute("answer"),)


def test_the_end_in_the_middle_of_a_frame_is_a_fault():
    connection = outbound()
    take(connection, EVENT[:-1])
    connection.receive_data(b"")
    with pytest.raises(RemoteFault, match="esl_cut_in_frame"):
        connection.next_message()


def test_a_switch_that_shuts_down_may_say_good_bye_twice():
    connection = outbound()

    assert len(take(connection, NOTICE + EVENT + NOTICE)) == 3
    assert connection.state is State.DISCONNECTED
