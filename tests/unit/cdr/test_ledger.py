"""The proof of a stored call: what adds up says nothing, and each thing that does not has its own finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.cdr import TOLERANCE, FindingCode, corrected, verify
from fs_control.ids import CallId, LegId, Micros, derived_leg_id
from fs_control.records import (
    FROM_SWITCH,
    CallRecord,
    CorrectedField,
    Correction,
    Direction,
    Disposition,
    EndedBy,
    OfferResult,
    SegmentKind,
    SwitchLeg,
)
from tests.unit.face.telling import BEGAN, a_record, a_segment, a_served_call, an_offer, at

IVR, LINE, TALK = SegmentKind.IVR, SegmentKind.LINE, SegmentKind.TALK
SERVED = a_served_call()


def a_leg(record: CallRecord, **changes: object) -> SwitchLeg:
    """The customer's leg, as a switch tells it that agrees with us."""
    leg = SwitchLeg(
        leg=record.leg,
        call=record.call_id,
        core="core",
        direction="inbound",
        caller="",
        number="",
        created_at=record.started_at,
        answered_at=record.answered_at,
        ended_at=record.ended_at or record.started_at,
        cause=record.cause or "",
        disposition="recv_bye",
        talked_to=None,
    )
    return replace(leg, **changes)  # type: ignore[arg-type]


def codes(record: CallRecord, *legs: SwitchLeg) -> list[FindingCode]:
    return [finding.code for finding in verify(record, legs or None)]


def test_D1_segments_of_a_good_call_add_up_to_its_length() -> None:
    """Exactly one call row per customer call plus one row per leg/segment; segments add up to the call's duration."""
    assert verify(SERVED, [a_leg(SERVED)]) == ()
    spent = sum((each.ended_at or 0) - each.started_at for each in SERVED.segments)
    assert spent == (SERVED.ended_at or 0) - SERVED.started_at


def test_D1_a_call_agrees_with_the_switch_within_40_ms() -> None:
    at_the_edge = a_leg(SERVED, ended_at=Micros((SERVED.ended_at or 0) - TOLERANCE))
    beyond = replace(at_the_edge, ended_at=Micros(at_the_edge.ended_at - 1))
    assert codes(SERVED, at_the_edge) == []
    assert codes(SERVED, beyond) == [FindingCode.LEG_ENDED_DIFFERS]


@pytest.mark.parametrize(
    ("leg", "code"),
    [
        ({"created_at": at(0.05)}, FindingCode.LEG_STARTED_DIFFERS),
        ({"answered_at": None}, FindingCode.LEG_ANSWERED_DIFFERS),
        ({"answered_at": at(1)}, FindingCode.LEG_ANSWERED_DIFFERS),
        ({"cause": "MEDIA_TIMEOUT"}, FindingCode.LEG_CAUSE_DIFFERS),
        ({"leg": LegId("another")}, FindingCode.LEG_OF_NOBODY),
    ],
)
def test_what_the_switch_tells_otherwise_is_named(leg: dict[str, object], code: FindingCode) -> None:
    assert code in codes(SERVED, a_leg(SERVED, **leg))


def test_a_call_of_which_the_switch_should_have_told_and_did_not_is_named() -> None:
    assert [finding.code for finding in verify(SERVED, [])] == [FindingCode.CALL_WITHOUT_LEG]
    assert verify(replace(SERVED, ended_by=EndedBy.CALLER), None) == ()


def test_a_switch_that_died_has_told_nothing_and_nobody_misses_it() -> None:
    lost = a_record(
        replace(a_segment(IVR, 0, 5, EndedBy.SWITCH), cause="SWITCH_LOST"),
        ended_by=EndedBy.SWITCH,
        disposition=Disposition.FAILED,
    )
    assert verify(replace(lost, cause="SWITCH_LOST"), []) == ()


def test_legs_of_offers_and_those_that_we_have_named_belong_to_the_call() -> None:
    offered = a_leg(SERVED, leg=SERVED.offers[1].leg)
    outside = a_leg(SERVED, leg=derived_leg_id(SERVED.call_id, 3))
    elsewhere = a_leg(SERVED, leg=derived_leg_id(CallId("other"), 3))
    assert codes(SERVED, a_leg(SERVED), offered, outside) == []
    assert codes(SERVED, a_leg(SERVED), elsewhere) == [FindingCode.LEG_OF_NOBODY]


def test_a_call_that_an_agent_made_begins_before_the_customers_leg_and_never_after() -> None:
    made = replace(SERVED, direction=Direction.OUTBOUND)
    assert codes(made, a_leg(made, created_at=at(5))) == []
    assert codes(made, a_leg(made, created_at=at(-1))) == [FindingCode.LEG_OUTSIDE]


# --- in itself -----------------------------------------------------------------------------------------------------


def test_an_open_call_is_named_and_nothing_else_is_asked_of_it() -> None:
    assert codes(replace(SERVED, ended_at=None)) == [FindingCode.CALL_OPEN]
    assert codes(replace(SERVED, ended_at=Micros(BEGAN - 1))) == [FindingCode.CALL_BACKWARDS]


def test_a_call_of_no_length_needs_no_segments_and_a_longer_one_does() -> None:
    left_at_once = replace(a_record(disposition=Disposition.ABANDONED_IN_IVR), answered_at=None)
    assert codes(left_at_once) == []
    assert codes(replace(left_at_once, ended_at=at(1))) == [FindingCode.SEGMENTS_MISSING]


def test_an_agent_with_the_customer_who_was_never_offered_them_is_named() -> None:
    record = a_record(a_segment(TALK, 0, 5, agent=7), offers=(an_offer(1, 0, 5, OfferResult.ACCEPTED, answered=0),))
    assert codes(record) == [FindingCode.OFFER_WITHOUT_TALK, FindingCode.AGENT_NEVER_OFFERED]


def test_an_accepted_offer_without_a_talk_needs_a_reason() -> None:
    """The colleague was only asked; or the agent was there before a customer who never came."""
    accepted = an_offer(2, 1, 5, OfferResult.ACCEPTED, answered=2)
    talk = a_segment(TALK, 0, 9, agent=1)
    theirs = an_offer(1, 0, 9, OfferResult.ACCEPTED, answered=0)
    asked = replace(accepted, decision=replace(accepted.decision, rule="named.by_agent"))
    assert codes(a_record(talk, offers=(theirs, accepted))) == [FindingCode.OFFER_WITHOUT_TALK]
    assert codes(a_record(talk, offers=(theirs, asked))) == []
    busy = a_record(a_segment(SegmentKind.RING, 0, 5), disposition=Disposition.BUSY, offers=(accepted,))
    assert codes(replace(busy, direction=Direction.OUTBOUND)) == []


@pytest.mark.parametrize(
    "disposition", [Disposition.NOBODY_SIGNED_IN, Disposition.ABANDONED_IN_LINE, Disposition.PUT_THROUGH]
)
def test_a_call_in_which_an_agent_talked_is_answered(disposition: Disposition) -> None:
    assert codes(replace(SERVED, disposition=disposition)) == [FindingCode.DISPOSITION_DIFFERS]


def test_an_abandoned_call_was_where_it_says_and_left_by_the_caller() -> None:
    in_line = a_record(a_segment(IVR, 0, 1), a_segment(LINE, 1, 5), disposition=Disposition.ABANDONED_IN_LINE)
    assert codes(in_line) == []
    assert codes(replace(in_line, disposition=Disposition.ABANDONED_IN_IVR)) == [FindingCode.DISPOSITION_DIFFERS]
    assert codes(replace(in_line, disposition=Disposition.ENDED_BY_FLOW)) == [FindingCode.DISPOSITION_DIFFERS]


# --- put right -----------------------------------------------------------------------------------------------------


def a_correction(field: CorrectedField, value: Micros | str | None) -> Correction:
    return Correction(field, None, value, "leg_ended_differs", FROM_SWITCH, at(100), "anna")


@pytest.mark.parametrize("ended", [64.0, 50.0, 36.0, 12.0, 3.0])
def test_a_call_that_ended_at_another_moment_adds_up_with_the_correction(ended: float) -> None:
    fixed = corrected(SERVED, [a_correction(CorrectedField.ENDED_AT, at(ended))])
    assert fixed.ended_at == at(ended)
    assert verify(fixed, None) == ()
    assert fixed.segments[-1].cause == SERVED.cause


def test_a_call_that_began_at_another_moment_adds_up_with_the_correction() -> None:
    for began in (-1.0, 0.5):
        fixed = corrected(SERVED, [a_correction(CorrectedField.STARTED_AT, at(began))])
        assert (fixed.started_at, fixed.segments[0].started_at) == (at(began), at(began))
        assert [each.code for each in verify(replace(fixed, answered_at=at(2)), None)] == []


def test_the_last_correction_of_a_field_counts_and_its_cause_is_that_of_the_last_segment() -> None:
    corrections = [a_correction(CorrectedField.CAUSE, cause) for cause in ("NO_ANSWER", "USER_BUSY")]
    fixed = corrected(SERVED, corrections)
    assert (fixed.cause, fixed.segments[-1].cause, len(fixed.corrections)) == ("USER_BUSY", "USER_BUSY", 2)


def test_every_change_that_a_finding_proposes_is_the_answer_to_it() -> None:
    leg = a_leg(SERVED, created_at=at(-0.5), answered_at=at(2), ended_at=at(62), cause="MEDIA_TIMEOUT")
    changes = [finding.change for finding in verify(SERVED, [leg]) if finding.change is not None]
    assert len(changes) == 4
    put_right = [a_correction(change.field, change.corrected) for change in changes]
    assert verify(corrected(SERVED, put_right), [leg]) == ()


def test_a_segment_that_ends_as_it_begins_is_named() -> None:
    first, second, *others = SERVED.segments
    empty = replace(second, ended_at=second.started_at)
    record = replace(SERVED, segments=(first, empty, replace(second, kind=SegmentKind.IVR), *others))
    assert codes(record) == [FindingCode.SEGMENT_BACKWARDS]
