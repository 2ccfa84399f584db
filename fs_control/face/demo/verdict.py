"""Whether the records are what the script demands; every difference is a code and values, none is forgiven."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from fs_control.face.demo.script import DemoCall
from fs_control.records import CallRecord, EndedBy, Offer, OfferResult, SegmentKind

Told = tuple[DemoCall, CallRecord]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in the records that is not as it must be."""

    code: str
    values: dict[str, object] = field(default_factory=dict)


def differences(told: Sequence[Told], calls: int) -> list[Difference]:
    """Return everything that is wrong with the records of a demo of so many calls."""
    found = [difference for call, record in told for difference in _of_call(call, record)]
    if len(told) != calls:
        found.append(Difference("demo.records_missing", {"expected": calls, "found": len(told)}))
    records = [record for _, record in told]
    found += _of_agents(records)
    found += _of_two_groups(records)
    return found


def _of_call(call: DemoCall, record: CallRecord) -> Iterator[Difference]:
    facts: dict[str, tuple[object, object]] = {
        "disposition": (call.disposition, record.disposition),
        "ended_by": (call.ended_by, record.ended_by),
        "pressed": (call.pressed, "".join(step.detail for step in record.steps if step.kind == "pressed")),
    }
    if call.offers is not None:
        facts["offers"] = (call.offers, tuple(offer.result for offer in record.offers))
    if call.name:
        facts["name"] = (call.name, record.caller_name)
    if call.rule:
        rules = [offer.decision.rule for offer in record.offers if offer.result is OfferResult.ACCEPTED]
        facts["rule"] = ([call.rule], rules)
    if call.overtakes:
        facts["overtakes"] = (True, any(step.kind == "vip" for step in record.steps))
    for what, (expected, found) in facts.items():
        if expected != found:
            yield Difference(
                "demo.differs", {"number": record.caller.raw, "what": what, "expected": expected, "found": found}
            )
    if not _adds_up(record):
        yield Difference("demo.does_not_add_up", {"number": record.caller.raw})
    if call.ended_by is EndedBy.CENTRE and not any(step.kind == "told" for step in record.steps):
        yield Difference("demo.silence", {"number": record.caller.raw})


def _adds_up(record: CallRecord) -> bool:
    moments = [record.started_at]
    for segment in record.segments:
        if segment.started_at != moments[-1] or segment.ended_at is None:
            return False
        moments.append(segment.ended_at)
    return moments[-1] == record.ended_at


def _of_agents(records: Sequence[CallRecord]) -> Iterator[Difference]:
    """No agent is offered two callers at once (Q13)."""
    offers: dict[int, list[Offer]] = {}
    for record in records:
        for offer in record.offers:
            offers.setdefault(offer.agent, []).append(offer)
    for agent, theirs in offers.items():
        theirs.sort(key=lambda offer: offer.offered_at)
        for before, after in pairwise(theirs):
            if before.ended_at is None or before.ended_at > after.offered_at:
                yield Difference("demo.two_offers", {"agent": agent})


def _of_two_groups(records: Sequence[CallRecord]) -> Iterator[Difference]:
    """The agent of two groups has talked to callers of at least one, and nobody talked outside their groups (Q1)."""
    talks = [segment for record in records for segment in record.segments if segment.kind is SegmentKind.TALK]
    if not talks or any(segment.agent is None or segment.group is None for segment in talks):
        yield Difference("demo.talk_without_agent")
