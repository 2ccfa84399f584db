"""Finding and decoding one header of an event that is kept as bytes."""

from __future__ import annotations

import pytest

from fs_control.esl import Headers
from fs_control.esl.headers import decode_text


@pytest.mark.parametrize(("name", "value"), [("First", "1"), ("Middle", "2"), ("Last", "3")])
def test_a_header_is_found_wherever_it_stands(name, value):
    assert Headers(b"First: 1\nMiddle: 2\nLast: 3").get(name) == value


@pytest.mark.parametrize("name", ["irst", "Firs", "1", "", "first", "Middle: 2\nLast", "\udc80"])
def test_only_a_whole_name_is_found(name):
    assert Headers(b"First: 1\nMiddle: 2").get(name) is None


def test_a_value_is_percent_decoded():
    assert Headers(b"A: %2BOK%0A").get("A") == "+OK\n"


def test_a_plus_is_a_plus():
    assert Headers(b"A: 1+1").get("A") == "1+1"


def test_a_value_may_have_several_lines():
    assert Headers(b"A: one%0Atwo%0D%0Athree").get("A") == "one\ntwo\r\nthree"


def test_an_encoded_line_break_makes_no_header():
    headers = Headers(b"Caller-Caller-ID-Name: Eve%0AEvent-Name%3A%20CHANNEL_HANGUP\nEvent-Name: CHANNEL_CREATE")

    assert headers.get("Event-Name") == "CHANNEL_CREATE"
    assert headers.get("Caller-Caller-ID-Name") == "Eve\nEvent-Name: CHANNEL_HANGUP"


def test_an_empty_value_arrives_as_undef():
    headers = Headers(b"A: _undef_\nB: ")

    assert headers.get("A") == ""
    assert headers.get_bytes("A") == b""
    assert headers.get("B") == ""


def test_the_first_of_repeated_headers_wins_and_all_can_be_had():
    headers = Headers(b"A: 1\nA: 2\nB: x\nA: %33")

    assert headers.get("A") == "1"
    assert headers.get_all("A") == ("1", "2", "3")
    assert headers.get_all("C") == ()


def test_items_are_all_headers_in_order():
    assert list(Headers(b"B: 1\nno header\nA: %32").items()) == [("B", "1"), ("A", "2")]


def test_no_headers_at_all():
    assert list(Headers(b"").items()) == []


def test_a_gbk_name_is_readable_and_its_bytes_are_kept():
    headers = Headers(b"Name: %D5%C5%C8%FD\nOther: %E5%BC%A0")

    assert headers.get("Name") == "张三"
    assert headers.get_bytes("Name") == "张三".encode("gbk")
    assert headers.get("Other") == "张"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("张三".encode(), "张三"),
        ("张三".encode("gbk"), "张三"),
        ("㐀".encode("gb18030"), "㐀"),
        (b"caf\xe9", "caf�"),
        (b"\xff\xff", "��"),
    ],
)
def test_text_is_utf8_else_gb18030_else_replaced(raw, text):
    assert decode_text(raw) == text


def test_headers_are_equal_by_their_bytes():
    assert Headers(b"A: 1") == Headers(b"A: 1")
    assert hash(Headers(b"A: 1")) == hash(Headers(b"A: 1"))
    assert Headers(b"A: 1") != Headers(b"A: %31")
    assert Headers(b"A: 1") != b"A: 1"


def test_a_repr_shows_nobodys_number():
    assert "13800138000" not in repr(Headers(b"Caller-Caller-ID-Number: 13800138000"))
