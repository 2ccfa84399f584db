"""How an event is written: percent-encoding exactly as FreeSWITCH does it."""

from __future__ import annotations

import gzip
import json

import pytest

from fs_control.virtual_switch.event import Event, percent_encode, to_bytes, to_text
from tests.unit.virtual_switch.box import TRACES


@pytest.mark.parametrize(
    ("plain", "encoded"),
    [
        (b"a: b", b"a%3A%20b"),
        (b"100%", b"100%25"),
        (b"Eve%0AEvent-Name", b"Eve%0AEvent-Name"),
        (b"1%0a2", b"1%250a2"),
        (b"tone_stream://%(500,0,440)", b"tone_stream%3A//%25(500,0,440)"),
        ("张".encode(), b"%E5%BC%A0"),
        (b"+OK\n", b"%2BOK%0A"),
    ],
)
def test_encodes_what_freeswitch_encodes_and_nothing_twice(plain: bytes, encoded: bytes) -> None:
    assert percent_encode(plain) == encoded


def test_an_empty_value_is_written_as_undef() -> None:
    assert Event("X", [("Event-Name", "X"), ("Empty", "")]).serialized() == b"Event-Name: X\nEmpty: _undef_\n\n"


def test_bytes_that_are_no_utf8_come_out_as_they_went_in() -> None:
    name = "张三".encode("gbk")
    assert to_bytes(to_text(name)) == name
    assert Event("X", [("Name", to_text(name))]).serialized() == b"Name: %D5%C5%C8%FD\n\n"


def test_a_body_has_its_own_length() -> None:
    frame = Event("BACKGROUND_JOB", [("A", "b")], "+OK\n").frame()
    assert frame == b"Content-Length: 28\nContent-Type: text/event-plain\n\nA: b\nContent-Length: 4\n\n+OK\n"


def test_values_of_a_real_event_encode_to_themselves_again() -> None:
    """Each value in the trace header-traps, decoded once, is encoded to the very same bytes."""
    with gzip.open(TRACES / "queue-uuid-bridge.jsonl.gz", "rt", encoding="utf-8") as lines:
        frames = [json.loads(line)["frame"] for line in lines if "text/event-plain" in line]
    values = {line.partition(": ")[2] for frame in frames for line in frame.split("\n") if ": " in line}
    from urllib.parse import unquote_to_bytes

    different = {value for value in values if percent_encode(unquote_to_bytes(value)) != value.encode()}
    assert len(values) > 200
    assert not different
