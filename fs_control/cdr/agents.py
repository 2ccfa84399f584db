"""What each agent had to do with a call (D8): how often it was offered, how long it rang, how long they talked.

Read from the record alone. Easy to break: the ring segments of a call also hold the moments before and after the phone
rang, so how long it rang is told by the offers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

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
    """Nobody can hold a call yet."""
    consulted: Micros = NOTHING
    """Nor ask a colleague about one."""
    result: OfferResult | None = None
    """How their last offer ended; None while it lasts."""
    cause: str | None = None
    """The switch's word for that end, or ours."""


def agent_details(record: CallRecord) -> tuple[AgentDetail, ...]:
    """Return each agent's part in a call, in the order in which they were first offered it."""
    agents = dict.fromkeys(offer.agent for offer in record.offers)
    return tuple(_detail(agent, record) for agent in agents)


def _detail(agent: AgentId, record: CallRecord) -> AgentDetail:
    offers = [offer for offer in record.offers if offer.agent == agent]
    return AgentDetail(
        agent=agent,
        offered=len(offers),
        rang=Micros(sum(map(_rang, offers))),
        answered=sum(offer.answered_at is not None for offer in offers),
        talked=_spent(agent, record.segments, SegmentKind.TALK),
        result=offers[-1].result,
        cause=offers[-1].cause,
    )


def _rang(offer: Offer) -> int:
    until = offer.answered_at or offer.ended_at
    return until - offer.ringing_at if offer.ringing_at is not None and until is not None else 0


def _spent(agent: AgentId, segments: Iterable[Segment], kind: SegmentKind) -> Micros:
    theirs = (each for each in segments if each.agent == agent and each.kind is kind)
    return Micros(sum(each.ended_at - each.started_at for each in theirs if each.ended_at is not None))
