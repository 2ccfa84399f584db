"""The record of a call as it is stored: its segments, its offers, and who ended what."""

from __future__ import annotations

import pytest

from fs_control.ids import SECOND, NumberKind
from fs_control.records import CallRecord, Disposition, EndedBy, OfferResult, SegmentKind
from fs_control.testing.play import Play


def lengths(record: CallRecord) -> list[tuple[SegmentKind, float, EndedBy | None, str | None]]:
    """The segments as (kind, seconds, ended by, cause)."""
    return [
        (each.kind, ((each.ended_at or 0) - each.started_at) / SECOND, each.ended_by, each.cause)
        for each in record.segments
    ]


def a_whole_call(play: Play) -> CallRecord:
    """8 s of menu, 5 s of line, 4 s of ringing and a no, 3 s of ringing, 30 s of talk, 3 s of good-bye."""
    play.sign_in(1)
    busy = play.caller()
    play.answer(1)
    call = play.caller("4002", name="张三")
    play.wait(8)
    play.press(call, "1")
    play.wait(5)
    play.sign_in(2)  # takes a second
    play.wait(4)
    play.decline(2)
    play.agent_hangs_up(1)
    play.wait(3)
    play.answer(1)
    play.wait(30)
    play.agent_hangs_up(1)
    play.wait(3)
    assert busy in play.records
    return play.records[call]


@pytest.mark.parametrize("ahead_s", [0, 3600, -3600, 0.01])
def test_D1_the_segments_touch_and_their_sum_is_the_call_however_far_the_clocks_are_apart(ahead_s: float) -> None:
    """Exactly one call row per customer call plus one row per leg/segment; segments add up to the call's duration."""
    record = a_whole_call(Play(groups={"sales": (1, 2), "service": ()}, switch_ahead_s=ahead_s))
    assert lengths(record) == [
        (SegmentKind.IVR, 8, EndedBy.FLOW, "joined_line"),
        (SegmentKind.LINE, 6, EndedBy.CENTRE, "offered"),
        (SegmentKind.RING, 4, EndedBy.AGENT, "offer_declined"),
        (SegmentKind.RING, 3, EndedBy.AGENT, "answered"),
        (SegmentKind.TALK, 30, EndedBy.AGENT, "agent_left"),
        (SegmentKind.IVR, 3, EndedBy.FLOW, "NORMAL_CLEARING"),
    ]
    assert record.ended_at is not None
    assert sum(length for _, length, _, _ in lengths(record)) == (record.ended_at - record.started_at) / SECOND
    assert (record.disposition, record.ended_by) == (Disposition.ANSWERED, EndedBy.FLOW)


def test_D8_each_agent_who_was_rung_has_a_row_with_ring_and_talk() -> None:
    """Per agent: offered, ring seconds, answered, talk, end cause."""
    first, second = a_whole_call(Play(groups={"sales": (1, 2), "service": ()})).offers
    assert (first.agent, first.result, first.cause, first.answered_at) == (
        2,
        OfferResult.DECLINED,
        "CALL_REJECTED",
        None,
    )
    assert first.ringing_at is not None
    assert first.ended_at is not None
    assert first.ended_at - first.ringing_at == 4 * SECOND
    assert (second.agent, second.result, second.cause) == (1, OfferResult.ACCEPTED, "NORMAL_CLEARING")
    assert second.ringing_at is not None
    assert second.answered_at is not None
    assert second.ended_at is not None
    assert second.answered_at - second.ringing_at == 3 * SECOND
    assert second.ended_at - second.answered_at == 30 * SECOND


def test_D8_ring_and_talk_segments_name_their_agent_and_group() -> None:
    record = a_whole_call(Play(groups={"sales": (1, 2), "service": ()}))
    assert [(each.agent, each.group) for each in record.segments[1:5]] == [(None, 1), (2, 1), (1, 1), (1, 1)]


def test_the_record_tells_what_was_heard_and_pressed() -> None:
    record = a_whole_call(Play(groups={"sales": (1, 2), "service": ()}))
    assert [(each.step, each.kind, each.detail) for each in record.steps] == [
        ("welcome", "heard", "welcome"),
        ("choose", "heard", "main-menu"),
        ("choose", "pressed", "1"),
        ("sales", "exit", "served"),
        ("goodbye", "heard", "goodbye"),
        ("end", "ended", "finished"),
    ]


def test_O12_the_raw_number_and_name_are_kept_beside_what_we_read() -> None:
    play = Play()
    call = play.caller(number="013800138000", name="GBK 张")
    caller = play.live(call).record.caller
    assert (caller.raw, caller.kind, caller.e164) == ("013800138000", NumberKind.REGULAR, "+8613800138000")
    assert play.live(call).record.caller_name == "GBK 张"


@pytest.mark.parametrize(
    ("moments_s", "disposition"),
    [(1, Disposition.ABANDONED_IN_IVR), (4, Disposition.ABANDONED_IN_LINE), (7, Disposition.ABANDONED_RINGING)],
)
def test_where_a_caller_left_is_told(moments_s: int, disposition: Disposition) -> None:
    play = Play(groups={"sales": (1, 2), "service": ()})
    play.sign_in(1)
    play.caller()
    play.answer(1)
    call = play.caller("4002")
    for second in range(moments_s):
        play.wait(1)
        if second == 2:
            play.press(call, "1")
        if second == 5:
            play.agent_hangs_up(1)
    play.hang_up(call)
    record = play.records[call]
    assert (record.disposition, record.ended_by, record.cause) == (disposition, EndedBy.CALLER, "NORMAL_CLEARING")


def test_a_caller_who_hangs_up_in_the_talk_ended_it() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller()
    play.answer(1)
    play.wait(9)
    play.hang_up(call)
    record = play.records[call]
    assert lengths(record) == [(SegmentKind.TALK, 9, EndedBy.CALLER, "NORMAL_CLEARING")]
    assert (record.disposition, record.offers[0].result) == (Disposition.ANSWERED, OfferResult.ACCEPTED)


def test_a_talk_of_no_time_at_all_was_answered_all_the_same() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller()
    play.answer(1)
    play.hang_up(call)
    assert play.records[call].disposition is Disposition.ANSWERED


def test_what_a_caller_heard_when_leaving_is_told() -> None:
    play = Play()
    call = play.caller("4002")
    play.wait(1)
    play.hang_up(call)
    last = play.records[call].steps[-1]
    assert (last.step, last.kind, last.detail) == ("welcome", "left_during", "welcome")


def test_a_leg_that_the_network_lost_was_not_abandoned() -> None:
    play = Play()
    call = play.caller("4002")
    play.switch.hang_up(play.live(call).call.leg, "MEDIA_TIMEOUT")
    play.wait(0)
    record = play.records[call]
    assert (record.disposition, record.ended_by, record.cause) == (Disposition.FAILED, EndedBy.SWITCH, "MEDIA_TIMEOUT")
