"""Whether the offers of a call fit into it, and whether who was accepted was there; and the other way round (D8).

Pure. An accepted offer has a talk, or a reason why it has none: the colleague was asked and spoke with the agent, the
agent was there before a customer who never came, or the talk lasted no time at all. Easy to break: an agent who had
handed the customer over and got them back talks after the end of their offer.
"""

from __future__ import annotations

from collections.abc import Iterator

from fs_control.cdr.consults import ASKED
from fs_control.cdr.findings import Finding, FindingCode
from fs_control.cdr.ledger_outcome import WITH_AGENT
from fs_control.records import CallRecord, Direction, Offer, OfferResult, SegmentKind


def offer_findings(record: CallRecord) -> Iterator[Finding]:
    """Name what does not fit of each offer, and each agent who had the caller without having been offered them."""
    for position, offer in enumerate(record.offers, start=1):
        code = _what_is_wrong(record, offer)
        if code is not None:
            yield Finding(code, {"position": position, "agent": offer.agent})
    offered = {offer.agent for offer in record.offers if offer.result is OfferResult.ACCEPTED}
    served = dict.fromkeys(each.agent for each in record.segments if each.kind in WITH_AGENT and each.agent is not None)
    for agent in served:
        if agent not in offered:
            yield Finding(FindingCode.AGENT_NEVER_OFFERED, {"agent": agent})


def _what_is_wrong(record: CallRecord, offer: Offer) -> FindingCode | None:
    moments = [offer.offered_at, offer.ringing_at, offer.answered_at, offer.ended_at]
    known = [moment for moment in moments if moment is not None]
    if offer.ended_at is None or offer.result is None:
        return FindingCode.OFFER_OPEN
    if known != sorted(known):
        return FindingCode.OFFER_BACKWARDS
    if known[0] < record.started_at or (record.ended_at is not None and known[-1] > record.ended_at):
        return FindingCode.OFFER_OUTSIDE
    if offer.result is OfferResult.ACCEPTED and not _was_there(record, offer):
        return FindingCode.OFFER_WITHOUT_TALK
    return None


def _was_there(record: CallRecord, offer: Offer) -> bool:
    if any(each.agent == offer.agent and each.kind in WITH_AGENT for each in record.segments):
        return True
    if offer.decision.rule == ASKED:
        return offer.answered_at is not None
    if record.direction is Direction.OUTBOUND and not any(each.kind is SegmentKind.TALK for each in record.segments):
        return True  # the agent was there, and the customer never was
    if offer.answered_at == offer.ended_at:
        return True  # the talk lasted no time, and so is not in the record
    return any(each.cause == "answered" and each.ended_at == offer.ended_at for each in record.segments)
