"""Numbers and names are masked, equal ones equally, and what makes a journal fold stays as it is."""

from __future__ import annotations

import json
import random
from zlib import crc32

import pytest

from fs_control.flow.definition import flow_key
from fs_control.ids import NumberKind, parse_phone_number
from fs_control.runtime.codec import sum_of
from fs_control.runtime.masking import Mask

CALL = "12345678-1234-4234-8234-123456789012"


@pytest.fixture
def mask() -> Mask:
    return Mask(random.Random(7).randrange)


def masked(mask: Mask, **event: object) -> dict[str, object]:
    line = mask.line(json.dumps({"crc": "00000000", "seq": 1, "event": event}).encode())
    assert line.startswith(sum_of(crc32(line.partition(b",")[2])))
    read: dict[str, object] = json.loads(line)["event"]
    return read


def test_a_number_keeps_its_length_its_beginning_and_its_kind(mask):
    found = str(masked(mask, caller="13800138000")["caller"])
    assert (found[:5], len(found), found != "13800138000") == ("13800", 11, True)
    assert parse_phone_number(found).kind is NumberKind.REGULAR


def test_all_forms_of_one_number_stay_forms_of_one_number(mask):
    forms = ("13800138000", "013800138000", "+86 138-0013-8000", "008613800138000")
    keys = {parse_phone_number(str(masked(mask, caller=form)["caller"])).key for form in forms}
    assert len(keys) == 1
    assert keys != {"+8613800138000"}


def test_different_numbers_stay_different(mask):
    numbers = [f"1380013{end:04}" for end in range(500)]
    assert len({masked(mask, caller=number)["caller"] for number in numbers}) == 500


def test_a_number_is_masked_wherever_it_stands(mask):
    caller = str(masked(mask, caller="13800138000")["caller"])
    found = masked(mask, steps=[{"detail": "13800138000/no_gateway"}], variables={"account": "13800138000"})
    assert found == {"steps": [{"detail": f"{caller}/no_gateway"}], "variables": {"account": caller}}
    assert masked(mask, loads={"4001234567": 3}) == {"loads": {masked(mask, dialled="4001234567")["dialled"]: 3}}


@pytest.mark.parametrize(
    "kept",
    [
        {"leg": CALL, "op": f"{CALL}.3", "timer": f"ring:{CALL}"},
        {"at": 1795000001000000, "key": "1795000001000000"},
        {"flow": "main@123456789012"},
        {"day": "2026-12-31", "phone": "1001", "number": "8001", "digits": "12345"},
        {"dial_rules": [{"target": "+86138001380"}]},
        {"caller": "", "caller_name": "", "raw": "anonymous"},
        {"a": None, "b": 1.5, "c": True},
    ],
)
def test_what_is_no_number_of_a_person_stays_as_it_is(mask, kept):
    assert masked(mask, **kept) == kept


def test_names_and_notes_are_masked_equal_ones_equally(mask):
    found = masked(
        mask, caller_name="张三", note="owes us", via="8001: owes us", agents={"1": {"name": "张三", "number": "8"}}
    )
    note = found["note"]
    assert found["caller_name"] not in ("张三", note)
    assert found["via"] == f"8001: {note}"
    assert found["agents"] == {"1": {"name": found["caller_name"], "number": "8"}}
    assert masked(mask, groups={"1": {"name": "sales"}}) == {"groups": {"1": {"name": "sales"}}}


def test_a_name_that_is_a_number_stays_that_number(mask):
    assert masked(mask, caller_name="13800138000")["caller_name"] == masked(mask, caller="13800138000")["caller"]


def test_a_flow_with_numbers_in_it_has_the_key_of_its_masked_text(mask):
    text = 'steps: {out: {do: dial, number: "02112345678"}}'
    event = {"flows": [{"name": "main", "text": text}]}
    line = json.dumps({"seq": 1, "type": "DirectoryLoaded", "event": event}).encode()
    mask.learn([line])
    found = masked(mask, flows=[{"name": "main", "text": text}], flow=flow_key("main", text))
    text_there = text.replace("02112345678", str(masked(mask, number="02112345678")["number"]))
    assert found == {"flows": [{"name": "main", "text": text_there}], "flow": flow_key("main", text_there)}
    assert text_there != text


def test_what_is_no_line_of_ours_is_refused(mask):
    for line in (b"", b"[]", b"{"):
        with pytest.raises(ValueError, match=r"\w"):
            mask.line(line)
