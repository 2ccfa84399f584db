"""A record is read as lanes, marks and spans, and these as the rows of a ladder."""

from __future__ import annotations

from itertools import pairwise

import pytest

from fs_control.cdr.ladder import ladder_of, stretch
from fs_control.cdr.timeline import LaneKind, MarkKind, SpanKind
from fs_control.cdr.timeline_reading import timeline_of
from fs_control.ids import AgentId, Micros, seconds
from fs_control.records import SwitchLeg
from tests.unit.face.ladders import (
    ALL,
    LISTENED,
    OUTSIDE,
    abandoned,
    consulted,
    long,
    plain,
    rung_all,
    transferred_outside,
    under_way,
)
from tests.unit.face.telling import at

AGENTS = {"801": AgentId(1), "802": AgentId(2), "803": AgentId(3)}


def lanes(record, **more):
    return [(lane.kind, lane.agent or lane.number) for lane in timeline_of(record, AGENTS, **more).lanes]


def marks(record, kind, **more):
    return [mark for mark in timeline_of(record, AGENTS, **more).marks if mark.kind is kind]


def spans(record, lane):
    return [(each.kind, each.start, each.end) for each in timeline_of(record, AGENTS).spans if each.lane == lane]


def test_D1_lanes_are_the_people_of_a_call_in_the_order_in_which_they_came_into_it():
    assert lanes(consulted(), watches=[LISTENED]) == [
        (LaneKind.CUSTOMER, ""),
        (LaneKind.CENTRE, ""),
        (LaneKind.AGENT, 1),
        (LaneKind.AGENT, 2),
        (LaneKind.LEADER, 3),
    ]
    assert lanes(transferred_outside())[-1] == (LaneKind.OUTSIDE, OUTSIDE)


@pytest.mark.parametrize("name", sorted(ALL))
def test_marks_are_in_the_order_of_time_and_name_lanes_that_there_are(name):
    timeline = timeline_of(ALL[name](), AGENTS)
    assert [mark.at for mark in timeline.marks] == sorted(mark.at for mark in timeline.marks)
    assert {mark.lane for mark in timeline.marks} | {span.lane for span in timeline.spans} <= set(
        range(len(timeline.lanes))
    )


@pytest.mark.parametrize("name", sorted(ALL))
def test_D1_the_spans_of_the_customer_add_up_to_the_call(name):
    timeline = timeline_of(ALL[name](), AGENTS)
    moment = timeline.started_at
    for span in (span for span in timeline.spans if span.lane == 0):
        assert span.start == moment
        moment = span.end
    assert moment == timeline.until


def test_D8_each_attempt_to_ring_an_agent_rings_and_ends():
    rings, in_vain = marks(plain(), MarkKind.RINGS), marks(plain(), MarkKind.NOT_ANSWERED)
    assert [(mark.at, mark.to) for mark in rings] == [(at(14.4), 2), (at(34.7), 3)]
    assert [(mark.at, mark.lane) for mark in in_vain] == [(at(34.55), 2)]
    assert len(marks(rung_all(), MarkKind.RINGS)) == 9


def test_who_ended_the_call_has_the_last_mark():
    for record, lane in ((plain(), 0), (transferred_outside(), 3), (rung_all(), 3), (abandoned(), 0)):
        (end,) = marks(record, MarkKind.ENDED)
        assert (end.lane, end.at) == (lane, record.ended_at)


def test_a_colleague_is_asked_by_the_agent_and_has_the_customer_in_the_end():
    assert [(mark.lane, mark.to) for mark in marks(consulted(), MarkKind.RINGS)] == [(1, 2), (2, 3)]
    asked = spans(consulted(), 3)
    assert (SpanKind.CONSULT, at(66), at(200)) in asked
    assert asked[-1] == (SpanKind.TALK, at(140), at(200))
    rows = ladder_of(timeline_of(consulted(), AGENTS)).rows
    (three,) = [row for row in rows if row.mark.step is not None and row.mark.step.kind == "three_way"]
    assert [three.lanes[lane] for lane in (0, 2, 3)] == [SpanKind.TALK] * 3


def test_somebody_outside_rings_and_talks_in_a_lane_of_their_own():
    assert spans(transferred_outside(), 3) == [
        (SpanKind.RING, at(31.5), at(39)),
        (SpanKind.TALK, at(39), at(80)),
    ]


def test_what_the_switch_says_of_a_leg_stands_in_its_lane():
    offer = plain().offers[1]
    leg = SwitchLeg(
        offer.leg,
        None,
        "core",
        "outbound",
        "",
        "1002",
        at(34.6),
        at(38),
        at(61.25),
        "NORMAL_CLEARING",
        "send_bye",
        None,
    )
    (over,) = marks(plain(), MarkKind.LEG_OVER, legs=[leg])
    assert (over.at, over.lane) == (at(61.25), 3)


def test_a_call_under_way_goes_on():
    timeline = timeline_of(under_way(), AGENTS)
    assert timeline.marks[-1].kind is MarkKind.GOES_ON
    assert ladder_of(timeline).rows[-1].lanes == (SpanKind.RING, None, SpanKind.RING)


def test_rows_go_down_and_a_long_time_does_not_push_them_out_of_sight():
    ladder = ladder_of(timeline_of(long(), AGENTS))
    heights = [row.height for row in ladder.rows]
    assert heights == sorted(heights)
    assert all(after - before >= 1.0 for before, after in pairwise(heights))
    assert stretch(seconds(7200)) < 5 * stretch(seconds(5))


def test_a_moment_between_two_rows_lies_between_them():
    ladder = ladder_of(timeline_of(long(), AGENTS))
    before, after = ladder.rows[-2], ladder.rows[-1]
    middle = Micros((before.mark.at + after.mark.at) // 2)
    assert before.height < ladder.height_at(middle) < after.height
    assert ladder.height_at(before.mark.at) == before.height
    assert ladder.height_at(Micros(after.mark.at + 1)) == after.height
