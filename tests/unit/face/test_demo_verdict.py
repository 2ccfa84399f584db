"""The demo's verdict finds what is wrong with records; a demo that cannot fail would show nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.face.demo.script import MORNING_CALLS, DemoCall
from fs_control.face.demo.verdict import differences
from fs_control.ids import AgentId, CallId, EnterpriseId, Extension, GroupId, LegId, Micros, parse_phone_number
from fs_control.records import (
    CallRecord,
    FlowStep,
    Offer,
    OfferResult,
    RoutingDecision,
    Segment,
    SegmentKind,
)

CALL = next(call for call in MORNING_CALLS if call.title == "demo.declined_by_one_taken_by_the_other")


def offer(result: OfferResult, start: int, end: int, agent: int = 1) -> Offer:
    """An attempt to ring an agent."""
    decision = RoutingDecision("rule.longest_idle_time", AgentId(agent))
    return Offer(
        LegId(f"leg-{start}"),
        AgentId(agent),
        GroupId(1),
        Extension("1006"),
        decision,
        Micros(start),
        ended_at=Micros(end),
        result=result,
    )


def record(call: DemoCall = CALL) -> CallRecord:
    """A record that is as the script demands."""
    talk = Segment(SegmentKind.TALK, Micros(20), Micros(30), call.ended_by, "x", GroupId(1), AgentId(2))
    return CallRecord(
        CallId("c"),
        EnterpriseId("default"),
        LegId("l"),
        call.caller.number,
        parse_phone_number(call.caller.caller_number),
        "",
        Micros(0),
        ended_at=Micros(30),
        ended_by=call.ended_by,
        disposition=call.disposition,
        segments=(Segment(SegmentKind.RING, Micros(0), Micros(20), call.ended_by, "x"), talk),
        offers=(offer(OfferResult.DECLINED, 0, 10), offer(OfferResult.ACCEPTED, 10, 30, agent=2)),
    )


def codes(*records: CallRecord, calls: int = 1) -> list[str]:
    """What the verdict says."""
    return [difference.code for difference in differences([(CALL, each) for each in records], calls)]


def test_a_record_as_demanded_is_no_difference() -> None:
    assert codes(record()) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"disposition": None}, "demo.differs"),
        ({"ended_by": None}, "demo.differs"),
        ({"offers": ()}, "demo.differs"),
        ({"steps": (FlowStep(Micros(1), "s", "pressed", "9"),)}, "demo.differs"),
        ({"ended_at": Micros(31)}, "demo.does_not_add_up"),
    ],
)
def test_every_wrong_fact_is_a_difference(change: dict[str, object], code: str) -> None:
    assert code in codes(replace(record(), **change))  # type: ignore[arg-type]


def test_a_missing_record_is_a_difference() -> None:
    assert codes(record(), calls=2) == ["demo.records_missing"]


def test_Q13_an_agent_with_two_offers_at_once_is_a_difference() -> None:
    """No agent has two offers."""
    twice = (offer(OfferResult.DECLINED, 0, 12, agent=2), offer(OfferResult.ACCEPTED, 10, 30, agent=2))
    assert codes(replace(record(), offers=twice)) == ["demo.two_offers"]


def test_an_agent_chosen_by_another_rule_is_a_difference() -> None:
    call = replace(CALL, rule="colleague.random")
    found = differences([(call, record())], 1)
    assert [(each.code, each.values["what"]) for each in found] == [("demo.differs", "rule")]
    assert differences([(replace(CALL, rule="rule.longest_idle_time"), record())], 1) == []


def test_N8_a_vip_who_went_ahead_of_nobody_is_a_difference() -> None:
    call = replace(CALL, overtakes=True)
    overtook = replace(record(), steps=(FlowStep(Micros(1), "s", "vip", "2"),))
    assert [each.values["what"] for each in differences([(call, record())], 1)] == ["overtakes"]
    assert differences([(call, overtook)], 1) == []
