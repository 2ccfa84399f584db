"""Whatever comes in on the wire, the answer is a message, NEED_DATA or a RemoteFault, and never anything else."""

from __future__ import annotations

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from fs_control.errors import RemoteFault, UserMistake
from fs_control.esl import (
    NEED_DATA,
    Api,
    Auth,
    ChannelData,
    Command,
    Connect,
    Connection,
    EventMessage,
    Execute,
    Exit,
    Frame,
    FrameReader,
    Headers,
    Message,
    MyEvents,
    Role,
)

HEADERS = (
    b"Content-Type: auth/request\n",
    b"Content-Type: command/reply\n",
    b"Content-Type: api/response\n",
    b"Content-Type: text/event-plain\n",
    b"Content-Type: text/event-json\n",
    b"Content-Type: text/disconnect-notice\n",
    b"Content-Type: text/rude-rejection\n",
    b"Content-Type: log/data\n",
    b"content-type:\n",
    b"Content-Disposition: linger\n",
    b"Linger-Time: -1\n",
    b"Linger-Time: x\n",
    b"Log-Level: 7\nLog-Line: 1\n",
    b"Reply-Text: +OK accepted\n",
    b"Reply-Text: -ERR \xd5\xc5\n",
    b"Reply-Text: %2BOK%0A\n",
    b"Event-Name: CHANNEL_DATA\n",
    b"Unique-ID: %zz%\n",
    b"Job-UUID: j-1\n",
    b"Content-Length: 0\n",
    b"Content-Length: 7\n",
    b"content-length: 99999999999\n",
    b"Content-Length: -1\n",
    b"\n",
    b"\r\n",
    b"\n\n",
)

COMMANDS: tuple[Command, ...] = (Auth("x"), Connect(), MyEvents(), Api("status"), Execute("answer"), Exit())

streams = st.lists(st.one_of(st.sampled_from(HEADERS), st.binary(max_size=12)), max_size=40).map(b"".join)
pieces = st.one_of(st.lists(st.binary(min_size=1), max_size=10), streams.map(lambda stream: [stream] if stream else []))


def said_by(connection: Connection) -> bool:
    """Take one message; whether one came. Reads all that a caller could ask of it."""
    try:
        message = connection.next_message()
    except RemoteFault:
        return False
    if message is NEED_DATA:
        return False
    assert isinstance(message, get_args(Message))
    repr(message)
    if isinstance(message, EventMessage | ChannelData):
        assert all(isinstance(value, str) for _, value in message.headers.items())
    return True


@settings(deadline=None)
@given(
    role=st.sampled_from(Role),
    pieces=pieces,
    commands=st.lists(st.sampled_from(COMMANDS), max_size=30),
    end=st.booleans(),
)
def test_any_bytes_end_in_a_message_or_need_data_or_a_remote_fault(role, pieces, commands, end):
    connection = Connection(role)
    for piece in [*pieces, *([b""] if end else [])]:
        connection.receive_data(piece)
        # One command after each message, so that all states are met; most are refused, as they should be.
        while said_by(connection):
            if commands:
                try:
                    connection.send(commands.pop())
                except UserMistake:
                    continue


def frames_of(pieces: list[bytes]) -> tuple[list[Frame], str | None]:
    reader, frames = FrameReader(), []
    try:
        for piece in [*pieces, b""]:
            reader.receive_data(piece)
            while (frame := reader.next_frame()) is not NEED_DATA:
                frames.append(frame)
    except RemoteFault as fault:
        return frames, fault.code
    return frames, None


@settings(deadline=None)
@given(stream=streams, places=st.lists(st.integers(0, 400), max_size=12))
def test_frames_and_faults_do_not_depend_on_how_the_bytes_were_cut(stream, places):
    ends = sorted({place for place in places if 0 < place < len(stream)})
    cut = [stream[a:b] for a, b in zip([0, *ends], [*ends, len(stream)], strict=True) if a < b]

    assert frames_of(cut) == frames_of([stream] if stream else [])


@settings(deadline=None)
@given(block=st.binary(max_size=200), names=st.lists(st.text(max_size=8), max_size=4))
def test_any_header_block_can_be_asked_for_anything(block, names):
    headers = Headers(block)
    for name in [*names, *(name for name, _ in headers.items())]:
        every = headers.get_all(name)
        if "\n" not in name:
            assert headers.get(name) == (every[0] if every else None)


@settings(deadline=None)
@given(value=st.text(), name=st.from_regex(r"[A-Za-z_-]{1,12}", fullmatch=True))
def test_a_value_that_the_switch_encodes_comes_back_whole(value, name):
    encoded = "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "replace"))
    headers = Headers(f"X-Before: 1\n{name}: {encoded}\nX-After: 2".encode())

    assert headers.get(name) == value.encode("utf-8", "replace").decode()
    assert (headers.get("X-Before"), headers.get("X-After")) == ("1", "2")
