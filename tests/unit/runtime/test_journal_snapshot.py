"""A head written in pieces is the head, byte for byte, and no piece is big."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fs_control.centre import CallCentre
from fs_control.ids import CallId, LegId, Micros
from fs_control.runtime.codec import Gap, decode_gap, decode_head, encode_head
from fs_control.runtime.journal_snapshot import PIECE, head_in_pieces
from tests.unit.runtime.desk import Desk, a_day, the_evening_before

GAP = Gap(5, 8, Micros(1), 'a disk that says "no" {really}')


def in_pieces(centre: CallCentre, gap: Gap | None = None) -> list[bytes]:
    return head_in_pieces(9, centre, gap, lambda: None)


def test_the_pieces_are_the_head_after_every_event(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        for event in (event for batch in [*the_evening_before(), *a_day()] for event in batch):
            desk.take(event)
            assert b"".join(in_pieces(desk.centre)) == encode_head(9, desk.centre)


def test_a_rest_follows_every_piece_and_none_is_big() -> None:
    calls = {LegId(f"leg-{place}"): CallId(f"call-{place}") for place in range(20_000)}
    centre = replace(CallCentre(), legs=CallCentre().legs.update(calls))
    rests: list[None] = []
    pieces = head_in_pieces(1, centre, None, lambda: rests.append(None))
    assert max(map(len, pieces)) < 2 * PIECE
    assert len(rests) == len(pieces) - 4  # the checksum, what stands before and behind the centre, the end
    assert b"".join(pieces) == encode_head(1, centre)


def test_a_head_names_the_gap_before_it_and_is_read_as_any_other() -> None:
    head = encode_head(9, CallCentre(), GAP)
    assert head == b"".join(in_pieces(CallCentre(), GAP))
    assert decode_head(head) == (CallCentre(), 9)
    assert decode_gap(head) == GAP


def test_a_head_without_a_gap_has_none() -> None:
    assert decode_gap(encode_head(9, CallCentre())) is None
    assert decode_gap(b"~") is None
