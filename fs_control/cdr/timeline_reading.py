"""How a call's record is read as a timeline.

Reads the record alone, with what leaders did and what the switch says of the legs where somebody has it. Easy to
break: people of the record are ids, those of its steps are numbers as people say them, so who is who is handed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from fs_control.cdr.outside import DIALLED, number_outside
from fs_control.cdr.timeline import Lane, LaneKind, Mark, MarkKind, Span, SpanKind, Timeline
from fs_control.ids import AgentId, LegId, Micros
from fs_control.records import (
    CallRecord,
    Direction,
    EndedBy,
    FlowStep,
    Offer,
    OfferResult,
    Segment,
    SegmentKind,
    SuperviseMode,
    SupervisionEntry,
    SwitchLeg,
)

BY_AGENT: Final = "named.by_agent"
"""The rule of the offer to a colleague whom an agent asks."""

TO_CUSTOMER: Final = frozenset({"held", "resumed", "muted", "unmuted"})
"""Kinds of steps by which an agent does something to the customer."""

TO_COLLEAGUE: Final = frozenset({"consulted", "transferred", "handed_over"})
"""Kinds of steps whose detail is whom the customer, or the question, goes to."""

OF_COLLEAGUE: Final = frozenset({"colleague_left", "colleague_not_reached"})
CONSULT_ENDS: Final = frozenset({"consult_cancelled", "handed_over", *OF_COLLEAGUE})

BEFORE_A_TALK: Final = (SegmentKind.IVR, SegmentKind.LINE, SegmentKind.RING)
"""What a customer comes from who begins to talk; from elsewhere they go on."""

_ORDER: Final = {kind: place for place, kind in enumerate(MarkKind)}
"""What is simultaneous stands in this order: a cause before what follows from it, as far as one can tell."""


def timeline_of(
    record: CallRecord,
    agents: Mapping[str, AgentId],
    watches: Sequence[SupervisionEntry] = (),
    legs: Sequence[SwitchLeg] = (),
) -> Timeline:
    """Return the timeline of a call; `agents` are those of the directory by their numbers."""
    return _Teller(record, agents, watches, legs).timeline()


@dataclass(slots=True)
class _Teller:
    """Reads one record; lanes come to be in the order in which people came into the call."""

    record: CallRecord
    agents: Mapping[str, AgentId]
    watches: Sequence[SupervisionEntry]
    legs: Sequence[SwitchLeg]
    lanes: dict[Lane, int] = field(default_factory=dict)

    def timeline(self) -> Timeline:
        customer, centre = self._lane(Lane(LaneKind.CUSTOMER)), self._lane(Lane(LaneKind.CENTRE))
        assert (customer, centre) == (0, 1)  # the two that every call has
        self._meet_everybody()
        marks = sorted(self._marks(), key=lambda mark: (mark.at, _ORDER[mark.kind]))
        until = self.record.ended_at or max((mark.at for mark in marks), default=self.record.started_at)
        if self.record.ended_at is None:
            marks.append(Mark(until, MarkKind.GOES_ON, centre))
        is_over = self.record.ended_at is not None
        spans = tuple(span for span in self._spans(until) if span.end > span.start or not is_over)
        return Timeline(self.record, tuple(self.lanes), tuple(marks), spans, self.record.started_at, until)

    # --- lanes ---

    def _lane(self, lane: Lane) -> int:
        return self.lanes.setdefault(lane, len(self.lanes))

    def _agent(self, agent: AgentId) -> int:
        return self._lane(Lane(LaneKind.AGENT, agent))

    def _numbered(self, number: str) -> int:
        """Return the lane of whom a step names: an agent by the number, a group (our own lane), or somebody outside."""
        if number in self.agents:
            return self._agent(self.agents[number])
        is_number = number.lstrip("+").isdigit()
        return self._lane(Lane(LaneKind.OUTSIDE, number=number)) if is_number else 1

    def _meet_everybody(self) -> None:
        """Give everybody a lane, in the order in which they came into the call."""
        record = self.record
        if record.dialled_by is not None:
            self._agent(record.dialled_by)
        met = [(offer.offered_at, 0, str(offer.agent)) for offer in record.offers]
        dialled = (step for step in record.steps if self._names_somebody(step))
        met += [(step.at, 1, step.detail.partition("/")[0]) for step in dialled]
        for _, is_number, who in sorted(met):
            _ = self._numbered(who) if is_number else self._agent(AgentId(int(who)))
        for watch in self.watches:
            self._lane(Lane(LaneKind.LEADER, watch.leader))

    def _names_somebody(self, step: FlowStep) -> bool:
        if step.kind == DIALLED:
            return self.record.direction is not Direction.OUTBOUND  # whom an agent called is the customer
        return step.kind in TO_COLLEAGUE

    def _talking_at(self, at: Micros) -> int | None:
        """Return the lane of the agent who had the customer just before a moment."""
        before = [each for each in self.record.segments if each.started_at < at and each.agent is not None]
        agent = before[-1].agent if before else None
        return self._agent(agent) if agent is not None else None

    # --- marks ---

    def _marks(self) -> Iterator[Mark]:
        yield from self._beginning()
        for step in self.record.steps:
            yield self._of_step(step)
        yield from self._of_segments()
        for offer in self.record.offers:
            yield from self._of_offer(offer)
        yield from self._of_leaders()
        yield from self._of_legs()
        if self.record.ended_at is not None:
            yield Mark(self.record.ended_at, MarkKind.ENDED, self._ender())

    def _beginning(self) -> Iterator[Mark]:
        record = self.record
        if record.dialled_by is not None:
            yield Mark(record.started_at, MarkKind.AGENT_CALLED, self._agent(record.dialled_by), 0)
        else:
            yield Mark(record.started_at, MarkKind.CALLED, 0, 1)
        if record.answered_at is not None and record.dialled_by is not None:
            yield Mark(record.answered_at, MarkKind.CUSTOMER_ANSWERED, 0)
        elif record.answered_at is not None:
            yield Mark(record.answered_at, MarkKind.TAKEN_UP, 1, 0)

    def _of_step(self, step: FlowStep) -> Mark:
        lane, to = self._lanes_of(step)
        return Mark(step.at, MarkKind.STEP, lane, to, step=step)

    def _lanes_of(self, step: FlowStep) -> tuple[int, int | None]:
        talking, who = self._talking_at(step.at), step.detail.partition("/")[0]
        match step.kind:
            case "pressed" | "wrong_key" | "collected" | "message":
                return 0, 1
            case "heard" | "not_heard" | "told" | "left_during" | "announced":
                return 1, 0
            case "dialled" if self._names_somebody(step):
                return 1, self._numbered(who)
            case kind if kind in TO_CUSTOMER and talking is not None:
                return talking, 0
            case kind if kind in TO_COLLEAGUE:
                return (talking if talking is not None else 1), self._numbered(who)
            case "three_way" | "swapped" | "consult_cancelled" if talking is not None:
                return talking, self._asked_before(step)
            case kind if kind in OF_COLLEAGUE:
                asked = self._asked_before(step)
                return (asked if asked is not None else 1), None
            case "taken_over":
                return self._numbered(who), 0
            case "transfer_back":
                return 1, self._numbered(who)
            case _:
                return 1, None

    def _asked_before(self, step: FlowStep) -> int | None:
        """Return the lane of the colleague whom an agent asked last."""
        asked = [each for each in self.record.steps if each.kind == "consulted" and each.at <= step.at]
        return self._numbered(asked[-1].detail) if asked else None

    def _of_segments(self) -> Iterator[Mark]:
        before: Segment | None = None
        for segment in self.record.segments:
            went_on = before is not None and before.agent == segment.agent and before.kind not in BEFORE_A_TALK
            if segment.kind is SegmentKind.LINE and (before is None or before.kind is not SegmentKind.RING):
                yield Mark(segment.started_at, MarkKind.JOINED_LINE, 1, segment=segment)
            elif segment.kind is SegmentKind.TALK and not went_on:
                yield Mark(segment.started_at, MarkKind.TALKS, self._partner(segment), 0, segment=segment)
            before = segment

    def _partner(self, segment: Segment) -> int:
        if segment.agent is not None:
            return self._agent(segment.agent)
        number = self._outside_in(segment)
        return self._numbered(number) if number is not None else 1

    def _outside_in(self, segment: Segment) -> str | None:
        """Return the number outside with which a segment was spent: the one handed on to, or the one dialled."""
        if segment.agent is not None or segment.group is not None:
            return None
        handed = [step for step in self.record.steps if step.kind in TO_COLLEAGUE and step.at <= segment.started_at]
        return handed[-1].detail if handed else number_outside(self.record, segment)

    def _of_offer(self, offer: Offer) -> Iterator[Mark]:
        lane = self._agent(offer.agent)
        asks = self._talking_at(offer.offered_at) if offer.decision.rule == BY_AGENT else None
        by = asks if asks is not None else 1
        kind = MarkKind.RINGS if offer.ringing_at is not None else MarkKind.OFFERED
        yield Mark(offer.ringing_at or offer.offered_at, kind, by, lane, offer=offer)
        if offer.answered_at is not None:
            yield Mark(offer.answered_at, MarkKind.ANSWERS, lane, by if by != 1 else None, offer=offer)
        if offer.ended_at is None:
            return
        if offer.result is not OfferResult.ACCEPTED:
            yield Mark(offer.ended_at, MarkKind.NOT_ANSWERED, lane, offer=offer)
        elif offer.ended_at != self.record.ended_at:
            yield Mark(offer.ended_at, MarkKind.LEAVES, lane, offer=offer)

    def _of_leaders(self) -> Iterator[Mark]:
        for watch in self.watches:
            leader, agent = self._lane(Lane(LaneKind.LEADER, watch.leader)), self._agent(watch.agent)
            yield Mark(watch.began_at, MarkKind.SUPERVISES, leader, agent, watch=watch)
            if watch.mode is not SuperviseMode.TAKE:
                yield Mark(watch.ended_at, MarkKind.SUPERVISED, leader, watch=watch)

    def _of_legs(self) -> Iterator[Mark]:
        lanes: dict[LegId, int] = {offer.leg: self._agent(offer.agent) for offer in self.record.offers}
        lanes[self.record.leg] = 0
        for leg in self.legs:
            if leg.answered_at is None and leg.leg != self.record.leg:
                continue  # a phone that only rang: its offer says the same
            yield Mark(leg.ended_at, MarkKind.LEG_OVER, lanes.get(leg.leg, 1), leg=leg)

    def _ender(self) -> int:
        match self.record.ended_by:
            case EndedBy.CALLER:
                return 0
            case EndedBy.AGENT:
                agents = [each.agent for each in self.record.segments if each.agent is not None]
                by = agents[-1] if agents else self.record.dialled_by
                return self._agent(by) if by is not None else 1
            case EndedBy.OUTSIDE:
                return max((place for lane, place in self.lanes.items() if lane.kind is LaneKind.OUTSIDE), default=1)
            case _:
                return 1

    # --- spans ---

    def _spans(self, until: Micros) -> Iterator[Span]:
        """Yield what everybody was busy with; whatever counts more comes later."""
        for offer in self.record.offers:
            yield from self._rung_and_asked(offer, until)
        yield from self._asked_outside(until)
        for segment in self.record.segments:
            kind, end = SpanKind(segment.kind.value), segment.ended_at or until
            yield Span(0, kind, segment.started_at, end)
            if kind in (SpanKind.IVR, SpanKind.LINE):
                yield Span(1, kind, segment.started_at, end)
            elif kind is not SpanKind.RING or self._rings_outside(segment):
                yield Span(self._partner(segment), kind, segment.started_at, end)
        for watch in self.watches:
            leader = self._lane(Lane(LaneKind.LEADER, watch.leader))
            yield Span(leader, SpanKind.SUPERVISE, watch.began_at, watch.ended_at)

    def _rings_outside(self, segment: Segment) -> bool:
        return self._outside_in(segment) is not None and self.record.direction is not Direction.OUTBOUND

    def _rung_and_asked(self, offer: Offer, until: Micros) -> Iterator[Span]:
        lane, end = self._agent(offer.agent), offer.ended_at or until
        yield Span(lane, SpanKind.RING, offer.ringing_at or offer.offered_at, offer.answered_at or end)
        if offer.decision.rule == BY_AGENT and offer.answered_at is not None:
            yield Span(lane, SpanKind.CONSULT, offer.answered_at, end)
            joined = [each.at for each in self.record.steps if each.kind == "three_way"]
            three = next((at for at in joined if offer.answered_at <= at < end), None)
            if three is not None:
                yield Span(lane, SpanKind.TALK, three, end)

    def _asked_outside(self, until: Micros) -> Iterator[Span]:
        """Yield how long somebody outside was asked by an agent; the record has no offer to them."""
        for step in self.record.steps:
            lane = self._numbered(step.detail) if step.kind == "consulted" else 0
            if lane and list(self.lanes)[lane].kind is LaneKind.OUTSIDE:
                over = (each.at for each in self.record.steps if each.kind in CONSULT_ENDS and each.at >= step.at)
                yield Span(lane, SpanKind.CONSULT, step.at, min(over, default=until))
