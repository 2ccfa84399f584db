"""The record grows: segments touch, no moment lies before the one it follows, and the outcome is one word."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.cdr import (
    call_answered,
    close_record,
    enter_segment,
    offer_answered,
    offer_ended,
    offer_made,
    offer_rang,
    open_record,
)
from fs_control.ids import (
    DEFAULT_ENTERPRISE,
    AgentId,
    CallId,
    Extension,
    GroupId,
    LegId,
    Micros,
    parse_phone_number,
)
from fs_control.records import CallRecord, Disposition, EndedBy, Offer, OfferResult, RoutingDecision, SegmentKind

MOMENTS = st.integers(0, 1000).map(Micros)
LEG = LegId("agent-leg")


def a_record(at: int = 100) -> CallRecord:
    caller = parse_phone_number("13800138000")
    return open_record(CallId("call"), DEFAULT_ENTERPRISE, LegId("leg"), "4001", caller, "", Micros(at))


def an_offer(at: int) -> Offer:
    return Offer(LEG, AgentId(1), GroupId(1), Extension("1001"), RoutingDecision("rule", AgentId(1)), Micros(at))


@given(moments=st.lists(st.tuples(st.sampled_from(SegmentKind), MOMENTS)), end=MOMENTS)
def test_D1_whatever_the_clocks_say_the_segments_touch_and_their_sum_is_the_call(
    moments: list[tuple[SegmentKind, Micros]], end: Micros
) -> None:
    """Segments add up to the call's duration."""
    record = a_record()
    for kind, at in moments:
        record = enter_segment(record, kind, at, EndedBy.FLOW, "test")
    record = close_record(record, end, EndedBy.CALLER, "NORMAL_CLEARING", None)
    assert record.ended_at is not None
    lengths = [(each.ended_at or 0) - each.started_at for each in record.segments]
    assert all(length > 0 for length in lengths)
    assert sum(lengths) == record.ended_at - record.started_at
    assert all(before.ended_at == after.started_at for before, after in pairwise(record.segments))


def test_D1_a_segment_that_lasted_no_time_is_left_out() -> None:
    record = enter_segment(a_record(100), SegmentKind.LINE, Micros(100), EndedBy.FLOW, "joined_line")
    assert [each.kind for each in record.segments] == [SegmentKind.LINE]
    assert record.segments[0].started_at == 100


@given(offered=MOMENTS, rang=MOMENTS, answered=MOMENTS, ended=MOMENTS)
def test_D8_the_moments_of_an_offer_never_run_backwards(
    offered: Micros, rang: Micros, answered: Micros, ended: Micros
) -> None:
    record = offer_made(a_record(), an_offer(offered))
    record = offer_answered(offer_rang(record, LEG, rang), LEG, answered)
    offer = offer_ended(record, LEG, ended, OfferResult.ACCEPTED, "NORMAL_CLEARING").offers[0]
    moments = [offer.offered_at, offer.ringing_at or 0, offer.answered_at or 0, offer.ended_at or 0]
    assert moments == sorted(moments)
    assert offer.offered_at == record.segments[-1].started_at


def test_D8_what_is_told_twice_counts_once() -> None:
    record = offer_rang(offer_rang(offer_made(a_record(), an_offer(110)), LEG, Micros(120)), LEG, Micros(130))
    record = offer_ended(record, LEG, Micros(140), OfferResult.DECLINED, "CALL_REJECTED")
    record = offer_ended(record, LEG, Micros(150), OfferResult.FAILED, "CALL_REJECTED")
    offer = record.offers[0]
    assert (offer.ringing_at, offer.ended_at, offer.result) == (120, 140, OfferResult.DECLINED)
    assert call_answered(call_answered(record, Micros(90)), Micros(200)).answered_at == 100


@pytest.mark.parametrize(
    ("kind", "disposition"),
    [
        (SegmentKind.IVR, Disposition.ABANDONED_IN_IVR),
        (SegmentKind.LINE, Disposition.ABANDONED_IN_LINE),
        (SegmentKind.RING, Disposition.ABANDONED_RINGING),
    ],
)
def test_an_abandoned_call_says_where(kind: SegmentKind, disposition: Disposition) -> None:
    record = enter_segment(a_record(), kind, Micros(110), EndedBy.FLOW, "test")
    assert close_record(record, Micros(120), EndedBy.CALLER, "X", None).disposition is disposition


@pytest.mark.parametrize(
    ("who", "verdict", "disposition"),
    [
        (EndedBy.FLOW, None, Disposition.ENDED_BY_FLOW),
        (EndedBy.SWITCH, None, Disposition.FAILED),
        (EndedBy.CALLER, Disposition.NO_NUMBER, Disposition.NO_NUMBER),
    ],
)
def test_the_outcome_is_the_verdict_or_follows_from_who_ended_it(
    who: EndedBy, verdict: Disposition | None, disposition: Disposition
) -> None:
    assert close_record(a_record(), Micros(120), who, "X", verdict).disposition is disposition


def test_answered_means_that_a_human_spoke() -> None:
    record = offer_made(a_record(), an_offer(110))
    rang_only = offer_ended(record, LEG, Micros(120), OfferResult.CALLER_LEFT, "X")
    spoke = offer_ended(record, LEG, Micros(120), OfferResult.ACCEPTED, "X")
    assert close_record(rang_only, Micros(120), EndedBy.CALLER, "X", None).disposition is Disposition.ABANDONED_RINGING
    assert close_record(spoke, Micros(120), EndedBy.SWITCH, "X", None).disposition is Disposition.ANSWERED


def test_D1_phones_that_ring_together_share_one_segment_which_is_nobodys_until_somebody_answers() -> None:
    first, second = an_offer(110), replace(an_offer(110), leg=LegId("other-leg"), agent=AgentId(2))
    record = offer_made(a_record(), first, second)
    assert [(each.kind, each.agent) for each in record.segments[1:]] == [(SegmentKind.RING, None)]
    assert [offer.offered_at for offer in record.offers] == [110, 110]
    answered = offer_answered(record, second.leg, Micros(120))
    assert answered.segments[-1].agent == 2


def test_what_was_told_of_an_offer_after_the_end_of_the_call_is_not_beyond_it() -> None:
    """The end of a leg whose link was lost is known only later, and the phone may have rung meanwhile."""
    record = offer_rang(offer_made(a_record(), an_offer(110)), LEG, Micros(160))
    record = offer_ended(record, LEG, Micros(120), OfferResult.CALLER_LEFT, "X")
    closed = close_record(record, Micros(120), EndedBy.SWITCH, "X", None)
    assert closed.ended_at == 120
    assert [(offer.ringing_at, offer.ended_at) for offer in closed.offers] == [(120, 120)]


def test_complaint_7_who_spoke_with_an_agent_was_not_turned_away_by_what_followed() -> None:
    """Handed on to a line in which nobody was: an agent had answered all the same. A fault is a fault."""
    record = offer_ended(offer_made(a_record(), an_offer(100)), LEG, Micros(150), OfferResult.ACCEPTED, "X")
    record = enter_segment(record, SegmentKind.TALK, Micros(110), EndedBy.AGENT, "answered", agent=AgentId(1))
    for verdict, told in (
        (Disposition.NOBODY_SIGNED_IN, Disposition.ANSWERED),
        (Disposition.FAILED, Disposition.FAILED),
    ):
        assert close_record(record, Micros(200), EndedBy.FLOW, "X", verdict).disposition is told
