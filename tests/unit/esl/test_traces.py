"""Every recording of a real FreeSWITCH decodes, however its bytes were cut on their way."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fs_control.errors import UserMistake
from fs_control.esl import NEED_DATA, EventMessage, Frame, FrameReader, State, UnknownMessage

TRACES = sorted(path.name.removesuffix(".jsonl.gz") for path in (Path(__file__).parents[2] / "traces").glob("*.gz"))

CHUNKINGS = 500
"""For each trace, over all its wires together."""

SPOKE_BEFORE_AUTH = ("originate-results", "inbound-2")
"""The recorder sent `api status` before its password, to see the refusal; our Connection does not let us."""


def test_all_traces_are_here():
    assert len(TRACES) == 129


def wires_of(load_trace, trace):
    return [wire for wire in load_trace(trace) if (wire.trace, wire.name) != SPOKE_BEFORE_AUTH]


def cut(stream: bytes, rng: random.Random) -> list[bytes]:
    """The stream in pieces: from a few large ones to many of a few bytes."""
    places = sorted(rng.sample(range(len(stream) + 1), min(len(stream), rng.choice((1, 3, 10, 30)))))
    ends = [*places, len(stream)]
    # An empty piece would mean the end of the stream.
    return [stream[a:b] for a, b in zip([0, *places], ends, strict=True) if a < b]


@pytest.mark.parametrize("trace", TRACES)
def test_every_frame_of_the_switch_is_a_message_we_know(load_trace, trace):
    for wire in wires_of(load_trace, trace):
        messages, connection = wire.replay([b"".join(wire.frames), b""])

        assert len(messages) == len(wire.frames)
        assert not [message for message in messages if isinstance(message, UnknownMessage)]
        assert connection.state is State.CLOSED


@pytest.mark.parametrize("trace", TRACES)
def test_a_trace_decodes_the_same_in_500_chunkings(load_trace, trace):
    rng = random.Random(trace)
    wires = wires_of(load_trace, trace)
    streams = [b"".join(wire.frames) for wire in wires]
    whole = [wire.replay([stream])[0] for wire, stream in zip(wires, streams, strict=True)]

    for number in range(CHUNKINGS):
        which = number % len(wires)
        assert wires[which].replay(cut(streams[which], rng))[0] == whole[which]


@pytest.mark.parametrize("trace", ["registrations", "originate-results", "caller-hangs-up-in-playback"])
def test_a_trace_decodes_the_same_byte_by_byte(load_trace, trace):
    for wire in wires_of(load_trace, trace):
        stream = b"".join(wire.frames)

        assert wire.replay(bytes([byte]) for byte in stream)[0] == wire.replay([stream])[0]


@pytest.mark.parametrize("trace", TRACES)
def test_every_command_of_a_trace_is_one_frame(load_trace, trace):
    for wire in load_trace(trace):
        reader = FrameReader()
        reader.receive_data(b"".join(command.encode() for _, command in wire.sends) + b"\n")
        frames = []
        while (frame := reader.next_frame()) is not NEED_DATA:
            assert isinstance(frame, Frame)
            frames.append(frame)

        assert [frame.lines[0].decode() for frame in frames] == [c.frame.split("\n")[0] for _, c in wire.sends]


@pytest.mark.parametrize("trace", TRACES)
def test_events_know_their_name_and_body(load_trace, trace):
    for wire in wires_of(load_trace, trace):
        for message in wire.replay([b"".join(wire.frames)])[0]:
            if isinstance(message, EventMessage):
                announced = message.get_all("Content-Length")
                assert message.name.replace("_", "").isupper()
                assert len(message.body) == (int(announced[-1]) if announced else 0)


def test_no_command_goes_out_before_the_password(load_trace):
    wire = next(each for each in load_trace(SPOKE_BEFORE_AUTH[0]) if each.name == SPOKE_BEFORE_AUTH[1])

    with pytest.raises(UserMistake, match="esl_command_not_now"):
        wire.replay([b"".join(wire.frames)])
