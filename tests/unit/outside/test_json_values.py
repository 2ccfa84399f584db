"""What is taken out of somebody else's JSON, and what is not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.outside.json_values import LONGEST_TEXT, values_from

DATA = {
    "data": {"items": [{"id": 7}, {"id": "x"}], "none": None, "0": "zero", "yes": True, "half": 0.5},
    "secret": "secret:pin",
    "huge": 2**70,
}
BODY = json.dumps(DATA).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [("data.items.0.id", 7), ("data.items.1.id", "x"), ("data.0", "zero"), ("data.yes", True), ("data.half", 0.5)],
)
def test_a_value_is_found_by_its_path(path: str, value: object) -> None:
    answer = values_from(BODY, {"it": path})
    assert (answer.ok, answer.values) == (True, {"it": value})
    assert type(answer.values["it"]) is type(value)


@pytest.mark.parametrize(
    "path",
    [
        "data",
        "data.items",
        "data.items.2.id",
        "data.items.-1.id",
        "data.items.²",
        "data.none",
        "nothing",
        "huge",
        "secret",
    ],
)
def test_what_is_not_there_or_no_single_value_is_named(path: str) -> None:
    assert values_from(BODY, {"it": path}).reason == f"missing:{path}"


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000, b"1" * 5000 + b"x"])
def test_what_is_no_json_is_a_reason(body: bytes) -> None:
    assert values_from(body, {"it": "a"}).reason == "not_json"


def test_where_nothing_is_wanted_the_body_may_be_anything() -> None:
    assert values_from(b"thanks", {}).ok


def test_text_is_cut_and_has_no_control_characters() -> None:
    body = json.dumps({"a": "one\r\n\0two" + "x" * 1000}).encode()
    text = values_from(body, {"it": "a"}).values["it"]
    assert isinstance(text, str)
    assert text.startswith("onetwox")
    assert len(text) == LONGEST_TEXT


@given(st.binary(max_size=200), st.text(max_size=20))
def test_whatever_comes_is_an_answer(body: bytes, path: str) -> None:
    answer = values_from(body, {"it": path})
    assert answer.ok == (not answer.reason)
