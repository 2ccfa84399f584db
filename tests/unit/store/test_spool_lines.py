"""A damaged line costs the record in it and no other, wherever the damage is (D1)."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from fs_control.ids import DEFAULT_ENTERPRISE, CallId, LegId, Micros, parse_phone_number
from fs_control.records import CallRecord
from fs_control.store.spool_lines import Damaged, LineCodec

CODEC = LineCodec(CallRecord)


def a_record(name: str) -> CallRecord:
    caller = parse_phone_number("13800138000")
    return CallRecord(CallId(name), DEFAULT_ENTERPRISE, LegId(name), "4001", caller, "王芳", Micros(1))


RECORDS = [a_record(name) for name in ("a", "b", "c")]
LINES = [CODEC.encode(record) for record in RECORDS]
FILE = b"".join(LINES)


def test_a_record_comes_back_equal() -> None:
    assert list(CODEC.decode_all(FILE)) == RECORDS


def test_what_is_told_beside_a_record_stands_in_its_line() -> None:
    line = CODEC.encode(RECORDS[0], name="a", why="database_refused")
    assert json.loads(line)["why"] == "database_refused"
    assert CODEC.decode(line[:-1]) == RECORDS[0]


@given(place=st.integers(0, len(FILE) - 1), bit=st.integers(0, 7))
def test_D1_a_flipped_bit_costs_only_the_lines_it_touches(place: int, bit: int) -> None:
    flipped = bytearray(FILE)
    flipped[place] ^= 1 << bit
    read = list(CODEC.decode_all(bytes(flipped)))
    hit = next(number for number in range(3) if place < sum(map(len, LINES[: number + 1])))
    spared = [record for number, record in enumerate(RECORDS) if number not in (hit, hit + 1)]
    assert [record for record in spared if record not in read] == []
    assert all(isinstance(each, Damaged) or each in RECORDS for each in read)
    assert any(isinstance(each, Damaged) for each in read)


@given(length=st.integers(0, len(FILE)))
def test_D1_of_a_file_that_was_cut_short_every_whole_line_is_read(length: int) -> None:
    read = list(CODEC.decode_all(FILE[:length]))
    whole = FILE[:length].count(b"\n")
    assert read[:whole] == RECORDS[:whole]
    assert all(isinstance(each, Damaged) for each in read[whole:])


def test_a_line_of_a_newer_program_is_not_guessed_at() -> None:
    line = CODEC.encode(RECORDS[0], v=2)
    assert CODEC.decode(line[:-1]) == "newer_program"
