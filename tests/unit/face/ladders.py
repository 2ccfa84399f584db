"""Calls to be drawn: one of each kind that a ladder must show well."""

from __future__ import annotations

from dataclasses import replace

from fs_control.ids import DEFAULT_ENTERPRISE, AgentId
from fs_control.records import (
    CallRecord,
    Disposition,
    EndedBy,
    Offer,
    OfferResult,
    RoutingDecision,
    SegmentKind,
    SuperviseMode,
    SupervisionEntry,
)
from tests.unit.face.telling import CALL, a_record, a_segment, a_served_call, a_step, an_offer, at

IVR, LINE, RING, TALK = SegmentKind.IVR, SegmentKind.LINE, SegmentKind.RING, SegmentKind.TALK
HOLD, CONSULT = SegmentKind.HOLD, SegmentKind.CONSULT
OUTSIDE = "02112345678"


def plain() -> CallRecord:
    """A wrong key, a phone that rings in vain, the next agent, a talk."""
    return a_served_call()


def abandoned() -> CallRecord:
    """The caller waits in line, and nobody comes."""
    return a_record(
        a_segment(IVR, 0, 6.3, EndedBy.FLOW),
        a_segment(LINE, 6.3, 71.8, EndedBy.CALLER, group=1),
        disposition=Disposition.ABANDONED_IN_LINE,
        steps=(a_step(3.1, "heard", "welcome"), a_step(6.3, "pressed", "1"), a_step(36.4, "announced", "2/5")),
    )


def asked(agent: int, offered: float, ended: float, ringing: float, answered: float) -> Offer:
    """A colleague whom an agent asks, and who answers."""
    offer = an_offer(agent, offered, ended, OfferResult.ACCEPTED, ringing=ringing, answered=answered)
    return replace(offer, decision=RoutingDecision("named.by_agent", AgentId(agent)))


def consulted() -> CallRecord:
    """Hold, a colleague who is asked, all three, and the colleague has the customer."""
    return a_record(
        a_segment(LINE, 0, 2, EndedBy.CENTRE, group=1),
        a_segment(RING, 2, 5, EndedBy.AGENT, group=1, agent=1),
        a_segment(TALK, 5, 30, EndedBy.AGENT, group=1, agent=1),
        a_segment(HOLD, 30, 41, EndedBy.AGENT, group=1, agent=1),
        a_segment(TALK, 41, 60, EndedBy.AGENT, group=1, agent=1),
        a_segment(CONSULT, 60, 95, EndedBy.AGENT, group=1, agent=1),
        a_segment(TALK, 95, 140, EndedBy.AGENT, group=1, agent=1),
        a_segment(TALK, 140, 200, EndedBy.CALLER, group=1, agent=2),
        caller_name="张三",
        offers=(
            an_offer(1, 2, 140, OfferResult.ACCEPTED, ringing=2.2, answered=4.9),
            asked(2, 60, 200, 60.4, 66),
        ),
        steps=(
            a_step(30, "held", "801"),
            a_step(41, "resumed", "801"),
            a_step(60, "consulted", "802"),
            a_step(95, "three_way", "801"),
            a_step(140, "handed_over", "802"),
        ),
    )


def transferred_outside() -> CallRecord:
    """The agent hands the customer to a number outside, whose owner ends the call."""
    return a_record(
        a_segment(RING, 0, 4, EndedBy.AGENT, group=1, agent=3),
        a_segment(TALK, 4, 31.5, EndedBy.AGENT, group=1, agent=3),
        a_segment(RING, 31.5, 39, EndedBy.OUTSIDE),
        a_segment(TALK, 39, 80, EndedBy.OUTSIDE),
        ended_by=EndedBy.OUTSIDE,
        offers=(an_offer(3, 0, 31.5, OfferResult.ACCEPTED, ringing=0.3, answered=3.9),),
        steps=(a_step(31.5, "transferred", OUTSIDE), a_step(31.6, "dialled", OUTSIDE)),
    )


def rung_all() -> CallRecord:
    """All phones of the group ring three times before somebody answers."""
    offers: list[Offer] = []
    for start in (1.0, 22.0, 43.0):
        together = {2: "reason.rings_as_well", 3: "reason.rings_as_well"}
        for agent in (1, 2, 3):
            answers = start == 43.0 and agent == 2
            gone = OfferResult.ANSWERED_ELSEWHERE if start == 43.0 else OfferResult.NO_ANSWER
            end = 90.0 if answers else start + (5.3 if start == 43.0 else 20)
            offers.append(
                an_offer(
                    *(agent, start + agent / 1000, end, OfferResult.ACCEPTED if answers else gone),
                    ringing=start + 0.2 + agent / 100,
                    answered=48.2 if answers else None,
                    others=together if agent == 1 else None,
                )
            )
    return a_record(
        a_segment(LINE, 0, 1, EndedBy.CENTRE, group=1),
        a_segment(RING, 1, 21, EndedBy.CENTRE, group=1),
        a_segment(LINE, 21, 22, EndedBy.CENTRE, group=1),
        a_segment(RING, 22, 42, EndedBy.CENTRE, group=1),
        a_segment(LINE, 42, 43, EndedBy.CENTRE, group=1),
        a_segment(RING, 43, 48.2, EndedBy.AGENT, group=1, agent=2),
        a_segment(TALK, 48.2, 90, EndedBy.AGENT, group=1, agent=2),
        ended_by=EndedBy.AGENT,
        offers=tuple(offers),
    )


def long() -> CallRecord:
    """A talk of two hours with holds in it."""
    talk = [
        a_segment(TALK, 8, 1800, EndedBy.AGENT, group=1, agent=1),
        a_segment(HOLD, 1800, 1860, EndedBy.AGENT, group=1, agent=1),
        a_segment(TALK, 1860, 7290, EndedBy.CALLER, group=1, agent=1),
    ]
    return a_record(
        a_segment(IVR, 0, 5, EndedBy.FLOW),
        a_segment(RING, 5, 8, EndedBy.AGENT, group=1, agent=1),
        *talk,
        offers=(an_offer(1, 5, 7290, OfferResult.ACCEPTED, ringing=5.2, answered=7.9),),
        steps=(a_step(5, "pressed", "1"), a_step(1800, "held", "801"), a_step(1860, "resumed", "801")),
    )


def under_way() -> CallRecord:
    """Somebody whose name is an attack, and whose phone still rings an agent."""
    record = a_record(
        a_segment(LINE, 0, 2, EndedBy.CENTRE, group=1),
        replace(a_segment(RING, 2, 5, group=1, agent=1), ended_at=None, ended_by=None),
        caller_name="\"><script>alert('1')</script>\x1b[2J&\u202e",
        offers=(replace(an_offer(1, 2, 5, OfferResult.ACCEPTED, ringing=2.5), ended_at=None, result=None),),
    )
    return replace(record, ended_at=None, ended_by=None, disposition=None)


LISTENED = SupervisionEntry(
    id="one",
    enterprise=DEFAULT_ENTERPRISE,
    call=CALL,
    leader=AgentId(3),
    leader_number="803",
    agent=AgentId(1),
    agent_number="801",
    mode=SuperviseMode.LISTEN,
    by="test",
    began_at=at(10),
    ended_at=at(25),
)
"""A leader on the call of `consulted`."""

ALL = {
    "plain": plain,
    "abandoned": abandoned,
    "consulted": consulted,
    "outside": transferred_outside,
    "ring-all": rung_all,
    "long": long,
    "under-way": under_way,
}
