"""Records to be told, with times in seconds since the call began: what a test reads is what happened."""

from __future__ import annotations

from fs_control.ids import (
    DEFAULT_ENTERPRISE,
    AgentId,
    CallId,
    Extension,
    GroupId,
    LegId,
    Micros,
    parse_phone_number,
    seconds,
)
from fs_control.records import (
    CallRecord,
    Disposition,
    EndedBy,
    FlowStep,
    Offer,
    OfferResult,
    PassedOver,
    RoutingDecision,
    Segment,
    SegmentKind,
)
from fs_control.testing.builders import phone_of

BEGAN = Micros(1_795_314_845_000_000)
"""Sunday 2026-11-22, 10:34:05 in Shanghai."""

CALL = CallId("1f3c8a2e-0000-4000-8000-000000000001")


def at(second: float) -> Micros:
    return Micros(BEGAN + seconds(second))


def a_record(
    *segments: Segment,
    ended_by: EndedBy = EndedBy.CALLER,
    disposition: Disposition = Disposition.ANSWERED,
    caller: str = "013800138000",
    caller_name: str = "",
    flow: str | None = "line",
    steps: tuple[FlowStep, ...] = (),
    offers: tuple[Offer, ...] = (),
    call: CallId = CALL,
) -> CallRecord:
    return CallRecord(
        call_id=call,
        enterprise=DEFAULT_ENTERPRISE,
        leg=LegId("leg"),
        number="4001",
        caller=parse_phone_number(caller),
        caller_name=caller_name,
        started_at=BEGAN,
        flow=flow,
        answered_at=at(0.02),
        ended_at=segments[-1].ended_at if segments else BEGAN,
        ended_by=ended_by,
        cause="NORMAL_CLEARING",
        disposition=disposition,
        segments=segments,
        steps=steps,
        offers=offers,
    )


def a_segment(
    kind: SegmentKind,
    start: float,
    end: float,
    ended_by: EndedBy = EndedBy.CALLER,
    group: int | None = None,
    agent: int | None = None,
) -> Segment:
    return Segment(
        kind,
        at(start),
        at(end),
        ended_by,
        "NORMAL_CLEARING",
        None if group is None else GroupId(group),
        None if agent is None else AgentId(agent),
    )


def a_step(second: float, kind: str, detail: str = "", step: str = "step") -> FlowStep:
    return FlowStep(at(second), step, kind, detail)


def an_offer(
    agent: int,
    offered: float,
    ended: float,
    result: OfferResult,
    *,
    ringing: float | None = None,
    answered: float | None = None,
    others: dict[int, str] | None = None,
) -> Offer:
    passed_over = tuple(PassedOver(AgentId(other), reason) for other, reason in (others or {}).items())
    return Offer(
        leg=LegId(f"agent-leg-{offered}"),
        agent=AgentId(agent),
        group=GroupId(1),
        phone=Extension(phone_of(agent)),
        decision=RoutingDecision("rule.longest_idle_time", AgentId(agent), passed_over),
        offered_at=at(offered),
        ringing_at=None if ringing is None else at(ringing),
        answered_at=None if answered is None else at(answered),
        ended_at=at(ended),
        result=result,
        cause="NORMAL_CLEARING",
    )


def a_served_call() -> CallRecord:
    """A wrong key, a line, a phone that nobody answers, the next agent, a talk that the caller ends."""
    ivr, line, ring, talk = SegmentKind.IVR, SegmentKind.LINE, SegmentKind.RING, SegmentKind.TALK
    return a_record(
        a_segment(ivr, 0, 9.14, EndedBy.FLOW),
        a_segment(line, 9.14, 14.2, EndedBy.CENTRE, group=1),
        a_segment(ring, 14.2, 34.55, EndedBy.CENTRE, group=1, agent=1),
        a_segment(ring, 34.55, 38.0, EndedBy.AGENT, group=1, agent=2),
        a_segment(talk, 38.0, 61.23, EndedBy.CALLER, group=1, agent=2),
        caller_name="张三",
        offers=(
            an_offer(
                *(1, 14.2, 34.55, OfferResult.NO_ANSWER),
                ringing=14.4,
                others={2: "reason.on_call", 3: "reason.signed_out"},
            ),
            an_offer(
                *(2, 34.55, 61.23, OfferResult.ACCEPTED),
                ringing=34.7,
                answered=37.98,
                others={1: "reason.resting", 3: "reason.signed_out"},
            ),
        ),
        steps=(
            a_step(3.1, "heard", "welcome"),
            a_step(5.0, "heard", "main-menu"),
            a_step(5.0, "wrong_key", "7"),
            a_step(9.14, "heard", "wrong-key"),
            a_step(9.14, "pressed", "1"),
        ),
    )
