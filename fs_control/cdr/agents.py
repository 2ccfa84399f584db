"""What each agent had to do with a call (D8): how often it was offered, how long it rang, how long they talked.

Read from the record alone; these are the figures of `ledger_figures` that an agent has. Easy to break: the ring
segments of a call also hold the moments before and after the phone rang, so how long it rang is told by the offers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fs_control.cdr.consults import ASKED
from fs_control.ids import AgentId, Micros
from fs_control.records import CallRecord, Offer, OfferResult, Segment, SegmentKind

NOTHING: Final = Micros(0)


@dataclass(frozen=True, slots=True)
class AgentDetail:
    """One agent's part in a call; lengths in microseconds, of what has ended."""

    agent: AgentId
    offered: int
    """How often the call was offered to them."""
    rang: Micros
    answered: int
    talked: Micros
    held: Micros = NOTHING
    """The customer heard music because this agent wanted that."""
    consulted: Micros = NOTHING
    """The customer heard music while this agent called a colleague or spoke with one."""
    result: OfferResult | None = None
    """How their last offer ended; None while it lasts."""
    cause: str | None = None
    """The switch's word for that end, or ours."""
    advised: Micros = NOTHING
    """Was there as the colleague who was asked: from taking it up to leaving, or to having the customer."""


def agent_details(record: CallRecord) -> tuple[AgentDetail, ...]:
    """Return each agent's part in a call, in the order in which they were first offered it.

    Whoever has a segment without ever having been offered the call comes last: the ledger names such a call.
    """
    offered = (offer.agent for offer in record.offers)
    spent_with = (segment.agent for segment in record.segments if segment.agent is not None)
    agents = dict.fromkeys((*offered, *spent_with))
    return tuple(_detail(agent, record) for agent in agents)


def _detail(agent: AgentId, record: CallRecord) -> AgentDetail:
    offers = [offer for offer in record.offers if offer.agent == agent]
    return AgentDetail(
        agent=agent,
        offered=len(offers),
        rang=Micros(sum(map(_rang, offers))),
        answered=sum(offer.answered_at is not None for offer in offers),
        talked=_spent(agent, record.segments, SegmentKind.TALK),
        held=_spent(agent, record.segments, SegmentKind.HOLD),
        consulted=_spent(agent, record.segments, SegmentKind.CONSULT),
        result=offers[-1].result if offers else None,
        cause=offers[-1].cause if offers else None,
        advised=Micros(sum(_advised(offer, record.segments) for offer in offers)),
    )


def _rang(offer: Offer) -> int:
    until = offer.answered_at or offer.ended_at
    return until - offer.ringing_at if offer.ringing_at is not None and until is not None else 0


def _advised(offer: Offer, segments: Iterable[Segment]) -> int:
    """Return how long a colleague was in the call because an agent had asked; the customer may be theirs after that."""
    since = offer.answered_at
    if offer.decision.rule != ASKED or since is None or offer.ended_at is None:
        return 0
    theirs = (each.started_at for each in segments if each.agent == offer.agent and each.started_at >= since)
    return max(0, min(next(theirs, offer.ended_at), offer.ended_at) - since)


def _spent(agent: AgentId, segments: Iterable[Segment], kind: SegmentKind) -> Micros:
    theirs = (each for each in segments if each.agent == agent and each.kind is kind)
    return Micros(sum(each.ended_at - each.started_at for each in theirs if each.ended_at is not None))
