"""Every figure of a call, and of an agent's part in it, read from the record."""

from __future__ import annotations

from dataclasses import replace

from fs_control.cdr import ASKED, Figure, agent_details, figure_of, figures_of_agents, shares
from fs_control.ids import AgentId, seconds
from fs_control.records import CallRecord, Direction, Disposition, OfferResult, SegmentKind
from tests.unit.face.telling import a_record, a_segment, a_served_call, an_offer

IVR, LINE, RING, TALK = SegmentKind.IVR, SegmentKind.LINE, SegmentKind.RING, SegmentKind.TALK
HOLD, CONSULT = SegmentKind.HOLD, SegmentKind.CONSULT
SERVED = a_served_call()
ONE, TWO = AgentId(1), AgentId(2)


def a_consulted_call() -> CallRecord:
    """Agent 1 talks, holds, asks agent 2, who answers after 2 s, swaps back, and hands the customer over."""
    asked = an_offer(2, 20, 50, OfferResult.ACCEPTED, ringing=20.5, answered=22)
    return a_record(
        a_segment(LINE, 0, 4),
        a_segment(RING, 4, 6, agent=1),
        a_segment(TALK, 6, 14, agent=1),
        a_segment(HOLD, 14, 20, agent=1),
        a_segment(CONSULT, 20, 30, agent=1),
        a_segment(TALK, 30, 33, agent=1),
        a_segment(TALK, 33, 50, agent=2),
        offers=(
            an_offer(1, 4, 33, OfferResult.ACCEPTED, ringing=4.5, answered=6),
            replace(asked, decision=replace(asked.decision, rule=ASKED)),
        ),
    )


def test_D8_hold_consult_and_advice_are_those_of_the_agent_who_had_them() -> None:
    """Per agent: offered, ring seconds, answered, talk, hold, consult, end cause."""
    asks, asked = agent_details(a_consulted_call())
    assert (asks.talked, asks.held, asks.consulted, asks.advised) == (seconds(11), seconds(6), seconds(10), 0)
    assert (asked.talked, asked.held, asked.consulted, asked.advised) == (seconds(17), 0, 0, seconds(11))
    assert (asked.offered, asked.rang, asked.answered) == (1, seconds(1.5), 1)
    assert (asked.result, asked.cause) == (OfferResult.ACCEPTED, "NORMAL_CLEARING")


def test_D8_what_agents_did_adds_up_with_the_segments() -> None:
    record = a_consulted_call()
    for figure, kind in ((Figure.AGENT_TALK, TALK), (Figure.AGENT_HOLD, HOLD), (Figure.AGENT_CONSULT, CONSULT)):
        spent = sum((each.ended_at or 0) - each.started_at for each in record.segments if each.kind is kind)
        assert sum(value for value in figures_of_agents(record, figure).values() if isinstance(value, int)) == spent


def test_figures_are_the_sum_of_their_segments() -> None:
    assert figure_of(SERVED, Figure.LENGTH) == seconds(61.23)
    assert figure_of(SERVED, Figure.IVR) == seconds(9.14)
    assert figure_of(SERVED, Figure.WAITING) == seconds(38 - 9.14)
    assert figure_of(SERVED, Figure.TALK) == seconds(61.23 - 38)
    assert sum(share.counted for share in shares(SERVED, Figure.LENGTH)) == seconds(61.23)


def test_time_to_answer_begins_with_waiting_and_ends_with_an_agents_talk() -> None:
    assert figure_of(SERVED, Figure.TIME_TO_ANSWER) == seconds(38 - 9.14)
    at_once = a_record(a_segment(TALK, 0, 5, agent=1))
    assert figure_of(at_once, Figure.TIME_TO_ANSWER) == 0


def test_a_call_that_only_the_queue_has_answered_has_no_time_to_answer() -> None:
    """The trap: `answered_at` is when our flow picked up."""
    left = a_record(a_segment(LINE, 0, 30), disposition=Disposition.ABANDONED_IN_LINE)
    assert left.answered_at is not None
    assert (figure_of(left, Figure.TIME_TO_ANSWER), figure_of(left, Figure.ANSWERED)) == (None, 0)
    assert figure_of(SERVED, Figure.ANSWERED) == 1


def test_a_call_that_an_agent_made_has_no_waiting() -> None:
    made = replace(SERVED, direction=Direction.OUTBOUND)
    assert (figure_of(made, Figure.WAITING), figure_of(made, Figure.TIME_TO_ANSWER)) == (None, None)


def test_figures_of_agents_are_none_of_the_calls_and_wrap_up_is_nobodys() -> None:
    assert figure_of(SERVED, Figure.AGENT_TALK) is None
    assert figures_of_agents(SERVED, Figure.TALK) == {}
    assert (figure_of(SERVED, Figure.WRAP_UP), figures_of_agents(SERVED, Figure.WRAP_UP)) == (None, {})
    assert figures_of_agents(SERVED, Figure.AGENT_END) == {
        ONE: "no_answer NORMAL_CLEARING",
        TWO: "accepted NORMAL_CLEARING",
    }
