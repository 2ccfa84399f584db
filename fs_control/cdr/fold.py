"""How a call record grows, from the caller's arrival to the end.

Every function takes the record and returns the next one. Moments that lie before the open segment's start (two
clocks, events that overtook each other) are moved up to it: the segments always add up to the call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fs_control.ids import NO_GROUP, AgentId, CallId, EnterpriseId, GroupId, LegId, Micros, PhoneNumber
from fs_control.records import (
    CallRecord,
    Direction,
    Disposition,
    EndedBy,
    FlowStep,
    Offer,
    OfferResult,
    Segment,
    SegmentKind,
)


def open_record(
    call: CallId,
    enterprise: EnterpriseId,
    leg: LegId,
    number: str,
    caller: PhoneNumber,
    caller_name: str,
    at: Micros,
) -> CallRecord:
    """Begin the record of a caller who arrived at `at`; the first segment is the flow's."""
    return CallRecord(
        call_id=call,
        enterprise=enterprise,
        leg=leg,
        number=number,
        caller=caller,
        caller_name=caller_name,
        started_at=at,
        segments=(Segment(SegmentKind.IVR, at),),
    )


def open_outbound(
    call: CallId,
    enterprise: EnterpriseId,
    leg: LegId,
    shown: str,
    customer: PhoneNumber,
    at: Micros,
    agent: AgentId,
    note: str,
) -> CallRecord:
    """Begin the record of a call that an agent makes: the customer is its `caller`, and sees the number `shown`."""
    return CallRecord(
        call_id=call,
        enterprise=enterprise,
        leg=leg,
        number=shown,
        caller=customer,
        caller_name="",
        started_at=at,
        segments=(Segment(SegmentKind.RING, at),),
        direction=Direction.OUTBOUND,
        dialled_by=agent,
        note=note,
    )


def enter_segment(
    record: CallRecord,
    kind: SegmentKind,
    at: Micros,
    ended_by: EndedBy,
    cause: str,
    *,
    group: GroupId | None = None,
    agent: AgentId | None = None,
) -> CallRecord:
    """Close the open segment, telling who ended it and why, and open the next one at the same moment.

    A segment that lasted no time at all is left out.
    """
    closed = _closed(record.segments, at, ended_by, cause)
    start = closed[-1].ended_at if closed else record.started_at
    assert start is not None  # every segment in `closed` has an end
    return replace(record, segments=(*closed, Segment(kind, start, group=group, agent=agent)))


def _closed(segments: tuple[Segment, ...], at: Micros, ended_by: EndedBy, cause: str) -> tuple[Segment, ...]:
    *before, current = segments
    end = max(at, current.started_at)
    if end == current.started_at:
        return tuple(before)
    return (*before, replace(current, ended_at=end, ended_by=ended_by, cause=cause))


def call_answered(record: CallRecord, at: Micros) -> CallRecord:
    """Note when the caller's leg was answered; the first time counts."""
    return record if record.answered_at is not None else replace(record, answered_at=max(at, record.started_at))


def step_taken(record: CallRecord, step: FlowStep) -> CallRecord:
    """Note what happened in the flow."""
    return replace(record, steps=(*record.steps, step))


def offer_made(record: CallRecord, offer: Offer, *others: Offer) -> CallRecord:
    """Note an attempt to ring an agent, and enter the ring segment.

    Where several phones ring at once that is one segment for all of them, and nobody's until somebody answers.
    """
    agent = offer.agent if not others else None
    group = offer.group if offer.group != NO_GROUP else None
    ringing = enter_segment(
        record, SegmentKind.RING, offer.offered_at, EndedBy.CENTRE, "offered", group=group, agent=agent
    )
    began = ringing.segments[-1].started_at
    made = (each if each.offered_at == began else replace(each, offered_at=began) for each in (offer, *others))
    return replace(ringing, offers=(*ringing.offers, *made))


def offer_rang(record: CallRecord, leg: LegId, at: Micros) -> CallRecord:
    """Note the first ring of the agent's phone."""
    return _with_offer(record, leg, lambda offer: replace(offer, ringing_at=offer.ringing_at or _not_before(offer, at)))


def offer_answered(record: CallRecord, leg: LegId, at: Micros) -> CallRecord:
    """Note the agent's answer; the ring segment is that agent's, if it was nobody's."""

    def answered(offer: Offer) -> Offer:
        return replace(offer, answered_at=offer.answered_at or _not_before(offer, at))

    *before, current = record.segments
    if current.kind is SegmentKind.RING:
        agent = next((offer.agent for offer in record.offers if offer.leg == leg), current.agent)
        record = replace(record, segments=(*before, replace(current, agent=agent)))
    return _with_offer(record, leg, answered)


def offer_ended(record: CallRecord, leg: LegId, at: Micros, result: OfferResult, cause: str) -> CallRecord:
    """Note the end of an offer; the first end counts (a failed originate is told twice, trace originate-results)."""

    def ended(offer: Offer) -> Offer:
        if offer.result is not None:
            return offer
        return replace(offer, ended_at=_not_before(offer, at), result=result, cause=cause)

    return _with_offer(record, leg, ended)


def _not_before(offer: Offer, at: Micros) -> Micros:
    """Return a moment, or the last one known of the offer where that is later."""
    return max(at, offer.answered_at or offer.ringing_at or offer.offered_at)


def _with_offer(record: CallRecord, leg: LegId, change: Callable[[Offer], Offer]) -> CallRecord:
    offers = tuple(change(offer) if offer.leg == leg else offer for offer in record.offers)
    return replace(record, offers=offers)


def close_record(
    record: CallRecord, at: Micros, ended_by: EndedBy, cause: str, verdict: Disposition | None
) -> CallRecord:
    """End the record: close the open segment and say in one word what became of the call.

    `verdict` is given where the segments do not tell (a refusal, a fault). Whoever has spoken with an agent before is
    not turned away by what followed: only a fault is.
    """
    segments = _closed(record.segments, at, ended_by, cause)
    ended_at = segments[-1].ended_at if segments else record.started_at
    assert ended_at is not None  # every segment in `segments` has an end
    offers = tuple(_not_beyond(offer, ended_at) for offer in record.offers)
    ended = replace(record, segments=segments, offers=offers, ended_at=ended_at, ended_by=ended_by, cause=cause)
    last = record.segments[-1].kind
    if verdict is not Disposition.FAILED and _spoke_with_agent(ended):
        verdict = None
    return replace(ended, disposition=verdict or disposition_of(ended, last))


def _not_beyond(offer: Offer, end: Micros) -> Offer:
    """Return an offer without what was told of it after the end of the call, which may be known only later."""
    moments = (offer.offered_at, offer.ringing_at, offer.answered_at, offer.ended_at)
    if all(at is None or at <= end for at in moments):
        return offer
    offered, *others = (None if at is None else min(at, end) for at in moments)
    assert offered is not None  # an offer has a beginning
    ringing, answered, ended = others
    return replace(offer, offered_at=offered, ringing_at=ringing, answered_at=answered, ended_at=ended)


def _spoke_with_agent(record: CallRecord) -> bool:
    return any(each.kind is SegmentKind.TALK and each.agent is not None for each in record.segments)


def disposition_of(record: CallRecord, last: SegmentKind) -> Disposition:
    """Say what became of a call in one word; answered means: a human spoke with the caller (complaint 7).

    `last` is the segment in which the call ended, also where that lasted no time.
    """
    if any(offer.result is OfferResult.ACCEPTED for offer in record.offers):
        return Disposition.ANSWERED
    if any(segment.kind is SegmentKind.TALK for segment in record.segments):  # no agent's: that is an offer's result
        return Disposition.PUT_THROUGH
    if record.ended_by is EndedBy.SWITCH:
        return Disposition.FAILED
    if record.ended_by is not EndedBy.CALLER:
        return Disposition.ENDED_BY_FLOW
    return _ABANDONED[last]


_ABANDONED = {
    SegmentKind.IVR: Disposition.ABANDONED_IN_IVR,
    SegmentKind.LINE: Disposition.ABANDONED_IN_LINE,
    SegmentKind.RING: Disposition.ABANDONED_RINGING,
    SegmentKind.TALK: Disposition.PUT_THROUGH,
    SegmentKind.HOLD: Disposition.PUT_THROUGH,
    SegmentKind.CONSULT: Disposition.PUT_THROUGH,
}
