"""Any text either makes exactly one frame, or is refused: nobody writes a command into ours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fs_control.errors import UserMistake
from fs_control.esl import (
    NEED_DATA,
    Api,
    Auth,
    BgApi,
    Command,
    Execute,
    Filter,
    Frame,
    FrameReader,
    HangUp,
    Subscribe,
    Unsubscribe,
)
from fs_control.esl.commands import ARGUMENT_IN_HEADER_BYTES

evil = st.sampled_from(["\n", "\r", "\0", "\n\n", "\r\n\r\n", "\nContent-Length: 5", ": ", " ", "\x85", "\u2028", "张"])
texts = st.one_of(
    st.text(),
    st.lists(st.one_of(evil, st.text(max_size=5)), max_size=5).map("".join),
    st.integers(1, 3 * ARGUMENT_IN_HEADER_BYTES).map(lambda size: "é" * size),
)
words = st.one_of(texts, st.from_regex(r"[a-z0-9_:-]{1,20}", fullmatch=True))
optional_words = st.one_of(st.none(), words)
word_lists = st.lists(words, max_size=4).map(tuple)

makers = st.one_of(
    st.tuples(st.just(Auth), st.tuples(texts)),
    st.tuples(st.sampled_from((Subscribe, Unsubscribe)), st.tuples(word_lists, word_lists)),
    st.tuples(st.just(Filter), st.tuples(words, texts)),
    st.tuples(st.just(Execute), st.tuples(words, texts, optional_words, st.booleans(), st.integers(), optional_words)),
    st.tuples(st.just(HangUp), st.tuples(words, optional_words)),
    st.tuples(st.just(Api), st.tuples(words, texts)),
    st.tuples(st.just(BgApi), st.tuples(words, texts, words)),
)


def frames_of(data: bytes) -> list[Frame]:
    reader = FrameReader()
    reader.receive_data(data)
    reader.receive_data(b"")
    frames = []
    while (frame := reader.next_frame()) is not NEED_DATA:
        frames.append(frame)
    return frames


@settings(deadline=None)
@given(maker=makers)
def test_a_command_is_exactly_one_frame_or_a_user_mistake(maker):
    kind, parts = maker
    try:
        command: Command = kind(*parts)
    except UserMistake:
        return
    data = command.encode()

    assert len(frames_of(data)) == 1
    assert [frame.block for frame in frames_of(data + b"api next\n\n")][1:] == [b"api next"]
    assert not {b"\r", b"\0"} & set(data.split(b"\n\n")[0])


@settings(deadline=None)
@given(argument=texts, event_uuid=words)
def test_an_argument_arrives_as_it_was_given(argument, event_uuid):
    try:
        command = Execute("set", argument, event_uuid=event_uuid)
    except UserMistake:
        return
    frame = frames_of(command.encode())[0]
    arrived = frame.header(b"execute-app-arg") or frame.body

    assert arrived.decode() == argument
    assert (frame.header(b"event-uuid") or b"").decode() == event_uuid
    assert len([line for line in frame.lines if line.lower().startswith(b"execute-app-name:")]) == 1


@settings(deadline=None)
@given(before=st.text(max_size=10), after=st.text(max_size=10), mark=st.sampled_from("\r\n\0"))
def test_a_line_break_or_nul_never_passes(before, after, mark):
    for make in (Auth, lambda text: Api("status", text), lambda text: Execute("set", text)):
        with pytest.raises(UserMistake, match="esl_line_break"):
            make(before + mark + after)
