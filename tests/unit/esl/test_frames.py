"""Where a frame begins and ends, in both directions, and what ends the reading."""

from __future__ import annotations

import pytest

from fs_control.errors import BrokenInvariant, RemoteFault
from fs_control.esl import NEED_DATA, Frame, FrameReader
from fs_control.esl.frames import MAX_BODY_BYTES, MAX_HEADER_BLOCK_BYTES


def frames_of(*pieces: bytes) -> list[Frame]:
    reader = FrameReader()
    frames = []
    for piece in pieces:
        reader.receive_data(piece)
        while isinstance(frame := reader.next_frame(), Frame):
            frames.append(frame)
    return frames


def fault_of(*pieces: bytes) -> str:
    with pytest.raises(RemoteFault) as caught:
        frames_of(*pieces)
    return caught.value.code


def test_a_frame_without_a_length_has_no_body():
    assert frames_of(b"Content-Type: auth/request\n\n") == [Frame(b"Content-Type: auth/request", b"")]


def test_a_body_has_the_announced_length_and_may_hold_blank_lines():
    assert frames_of(b"Content-Length: 4\n\na\n\nbnext: 1\n\n") == [
        Frame(b"Content-Length: 4", b"a\n\nb"),
        Frame(b"next: 1", b""),
    ]


@pytest.mark.parametrize("name", [b"Content-Length", b"content-length", b"CONTENT-LENGTH"])
def test_the_length_is_read_in_any_case(name):
    assert frames_of(b"sendmsg\n" + name + b": 2\n\nab")[0].body == b"ab"


def test_the_first_line_of_a_command_needs_no_colon():
    frame = frames_of(b"sendmsg 1-2\ncall-command: execute\n\n")[0]

    assert frame.lines == (b"sendmsg 1-2", b"call-command: execute")
    assert frame.header(b"Call-Command") == b"execute"


def test_the_first_header_of_a_name_wins():
    assert frames_of(b"A: 1\na: 2\n\n")[0].header(b"a") == b"1"


def test_a_header_that_is_not_there_is_none():
    assert Frame(b"api A: 1", b"").header(b"A") is None


def test_a_header_needs_no_blank_before_its_value():
    assert Frame(b"A:1", b"").header(b"a") == b"1"


def test_empty_lines_between_frames_mean_nothing():
    assert frames_of(b"\n\r\na: 1\n\n\n\n", b"\n", b"b: 2\n\n") == [Frame(b"a: 1", b""), Frame(b"b: 2", b"")]


def test_lines_may_end_as_telnet_ends_them():
    frame = frames_of(b"api status\r\nX: 1\r\n\r", b"\n")[0]

    assert frame.lines == (b"api status", b"X: 1")
    assert frame.header(b"x") == b"1"


def test_one_byte_at_a_time_gives_the_same_frame():
    data = b"Content-Length: 3\r\nA: b\n\nxyz"

    assert frames_of(*(bytes([byte]) for byte in data)) == frames_of(data)


def test_a_short_frame_behind_a_long_one_that_came_in_pieces():
    assert frames_of(b"A: a long header", b" block\n\nB: 2\n\n") == [
        Frame(b"A: a long header block", b""),
        Frame(b"B: 2", b""),
    ]


def test_only_blanks_are_dropped_before_a_value():
    assert Frame(b"A:  \t1 ", b"").header(b"a") == b"\t1 "


@pytest.mark.parametrize("length", [b"x", b"-1", b"+1", b"1_0", b"", b"0x1", "１".encode()])
def test_a_length_that_is_no_number_is_a_fault(length):
    assert fault_of(b"Content-Length: " + length + b"\n\n") == "esl_bad_content_length"


@pytest.mark.parametrize("length", [str(MAX_BODY_BYTES + 1), "9" * 5000])
def test_too_long_a_body_is_refused_before_it_is_read(length):
    assert fault_of(f"Content-Length: {length}\n\n".encode()) == "esl_body_too_large"


def test_the_largest_header_block_passes_and_one_byte_more_does_not():
    largest = b"A: " + b"x" * (MAX_HEADER_BLOCK_BYTES - 3)

    assert frames_of(largest, b"\n", b"\n") == [Frame(largest, b"")]
    assert fault_of(largest + b"x\n\n") == "esl_header_block_too_large"
    assert fault_of(largest + b"xxx") == "esl_header_block_too_large"


@pytest.mark.parametrize("piece", [b"A: 1", b"A: 1\n", b"Content-Length: 2\n\n", b"Content-Length: 2\n\na"])
def test_the_end_in_the_middle_of_a_frame_is_a_fault(piece):
    assert fault_of(piece, b"") == "esl_cut_in_frame"


def test_the_end_between_frames_is_no_fault():
    reader = FrameReader()
    reader.receive_data(b"A: 1\n\n\n")
    reader.receive_data(b"")

    assert isinstance(reader.next_frame(), Frame)
    assert reader.next_frame() is NEED_DATA
    assert reader.ended


def test_a_fault_stays():
    reader = FrameReader()
    reader.receive_data(b"Content-Length: x\n\n")
    for _ in range(2):
        with pytest.raises(RemoteFault, match="esl_bad_content_length"):
            reader.next_frame()
        reader.receive_data(b"A: 1\n\n")


def test_bytes_after_the_end_are_our_own_defect():
    reader = FrameReader()
    reader.receive_data(b"")
    reader.receive_data(b"")
    with pytest.raises(BrokenInvariant):
        reader.receive_data(b"A")
