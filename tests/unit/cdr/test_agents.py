"""What each agent had to do with a call, read from its record."""

from __future__ import annotations

from fs_control.cdr import agent_details
from fs_control.ids import AgentId, seconds
from fs_control.records import OfferResult, SegmentKind
from tests.unit.face.telling import a_record, a_segment, a_served_call, an_offer

RING, TALK = SegmentKind.RING, SegmentKind.TALK


def test_D8_each_agent_has_offers_ring_answer_talk_and_end() -> None:
    """Per agent: offered, ring seconds, answered, talk, hold, consult, end cause."""
    missed, served = agent_details(a_served_call())
    assert (missed.agent, missed.offered, missed.answered, missed.talked) == (1, 1, 0, 0)
    assert (missed.rang, missed.result) == (seconds(20.15), OfferResult.NO_ANSWER)
    assert (served.agent, served.offered, served.answered) == (2, 1, 1)
    assert (served.rang, served.talked) == (seconds(3.28), seconds(23.23))
    assert (served.held, served.consulted, served.cause) == (0, 0, "NORMAL_CLEARING")


def test_D8_an_agent_who_is_rung_again_is_one_agent() -> None:
    offers = (
        an_offer(1, 0, 2, OfferResult.BUSY),
        an_offer(1, 5, 20, OfferResult.ACCEPTED, ringing=6, answered=8),
    )
    (detail,) = agent_details(a_record(a_segment(RING, 0, 8), a_segment(TALK, 8, 20, agent=1), offers=offers))
    assert (detail.agent, detail.offered, detail.rang, detail.answered) == (AgentId(1), 2, seconds(2), 1)
    assert detail.result is OfferResult.ACCEPTED


def test_D8_a_call_that_nobody_was_offered_has_no_agents() -> None:
    assert agent_details(a_record()) == ()
