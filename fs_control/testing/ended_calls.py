"""Records of calls that are over, one like the other: a minute long, in line, rung for, talked."""

from __future__ import annotations

from typing import Final

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
    RoutingDecision,
    Segment,
    SegmentKind,
)

BEGAN: Final = Micros(1_795_000_000_000_000)


def an_ended_call(number: int, *, agent: int = 1, caller: str = "13800138000") -> CallRecord:
    """Make the `number`-th call: waited for the group 1, was offered to an agent, who spoke in it."""
    start = Micros(BEGAN + number * seconds(60))
    rang, took, end = (Micros(start + seconds(length)) for length in (10, 15, 60))
    group, who = GroupId(1), AgentId(agent)
    return CallRecord(
        call_id=CallId(f"call-{number:03}"),
        enterprise=DEFAULT_ENTERPRISE,
        leg=LegId(f"leg-{number}"),
        number="4001",
        caller=parse_phone_number(caller, "CN"),
        caller_name="张三",
        started_at=start,
        flow="line",
        answered_at=start,
        ended_at=end,
        ended_by=EndedBy.CALLER,
        cause="NORMAL_CLEARING",
        disposition=Disposition.ANSWERED,
        segments=(
            Segment(SegmentKind.LINE, start, rang, EndedBy.CENTRE, "offer", group),
            Segment(SegmentKind.RING, rang, took, EndedBy.AGENT, "answered", group, who),
            Segment(SegmentKind.TALK, took, end, EndedBy.CALLER, "NORMAL_CLEARING", group, who),
        ),
        offers=(
            Offer(
                leg=LegId(f"offer-{number}"),
                agent=who,
                group=group,
                phone=Extension("1001"),
                decision=RoutingDecision("longest_idle_time", who),
                offered_at=rang,
                answered_at=took,
                ended_at=end,
                result=OfferResult.ACCEPTED,
            ),
        ),
        steps=(FlowStep(start, "welcome", "heard", "welcome"),),
    )
