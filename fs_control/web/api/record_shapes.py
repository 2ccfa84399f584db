"""A call record as the API shows it: rows' ids become people's names.

Pure. Easy to break: the directory is today's and the record may be last year's, so whoever is named may be gone, and
is then null.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fs_control.ids import NO_GROUP, AgentId, GroupId, Micros
from fs_control.records import CallRecord, Directory, MessageLeft, Offer, Segment, SegmentKind
from fs_control.web.api.shapes import (
    MessageShape,
    OfferShape,
    RecordShape,
    SegmentShape,
    StepShape,
    WholeRecord,
    moment,
    moment_or_none,
    seconds_of,
)


@dataclass(frozen=True, slots=True)
class RecordNames:
    """Agents and groups by the names of today."""

    directory: Directory

    def agent(self, agent: AgentId | None) -> str | None:
        """Return an agent's number; None for nobody and for one who is gone."""
        known = self.directory.agents.get(agent) if agent is not None else None
        return known.number if known is not None else None

    def group(self, group: GroupId | None) -> str | None:
        """Return a group's name; None for none and for one that is gone."""
        known = self.directory.groups.get(group) if group not in (None, NO_GROUP) else None
        return known.name if known is not None else None


def is_about(record: CallRecord, agent: AgentId | None) -> bool:
    """Tell whether an agent was offered a call or spoke in it; everybody (None) always was."""
    spoke = {segment.agent for segment in record.segments}
    return agent is None or agent in spoke.union(offer.agent for offer in record.offers)


def record_shape(record: CallRecord, names: RecordNames) -> RecordShape:
    """Return a call in a line."""
    return RecordShape(**_line(record, names))


def whole_record(record: CallRecord, names: RecordNames) -> WholeRecord:
    """Return a call with everything below it."""
    return WholeRecord(
        **_line(record, names),
        flow_version=record.flow_version,
        segments=[_segment(segment, names) for segment in record.segments],
        offers=[_offer(offer, names) for offer in record.offers],
        steps=[
            StepShape(at=moment(step.at), step=step.step, kind=step.kind, detail=step.detail) for step in record.steps
        ],
        messages=[_message(message) for message in record.messages],
    )


def _line(record: CallRecord, names: RecordNames) -> dict[str, Any]:
    talks = [segment.agent for segment in record.segments if segment.kind is SegmentKind.TALK]
    ended = record.ended_at
    return {
        "call": record.call_id,
        "number": record.number,
        "caller": record.caller.e164 or record.caller.raw,
        "caller_name": record.caller_name,
        "started_at": moment(record.started_at),
        "answered_at": moment_or_none(record.answered_at),
        "ended_at": moment_or_none(ended),
        "seconds": None if ended is None else seconds_of(Micros(ended - record.started_at)),
        "disposition": record.disposition,
        "ended_by": record.ended_by,
        "cause": record.cause,
        "flow": record.flow,
        "agents": list(dict.fromkeys(filter(None, map(names.agent, talks)))),
        "groups": list(dict.fromkeys(filter(None, (names.group(segment.group) for segment in record.segments)))),
        "corrected": list(dict.fromkeys(each.field for each in record.corrections)),
    }


def _segment(segment: Segment, names: RecordNames) -> SegmentShape:
    return SegmentShape(
        kind=segment.kind,
        started_at=moment(segment.started_at),
        ended_at=moment_or_none(segment.ended_at),
        ended_by=segment.ended_by,
        cause=segment.cause,
        group=names.group(segment.group),
        agent=names.agent(segment.agent),
    )


def _offer(offer: Offer, names: RecordNames) -> OfferShape:
    return OfferShape(
        agent=names.agent(offer.agent),
        group=names.group(offer.group),
        phone=offer.phone,
        rule=offer.decision.rule,
        offered_at=moment(offer.offered_at),
        ringing_at=moment_or_none(offer.ringing_at),
        answered_at=moment_or_none(offer.answered_at),
        ended_at=moment_or_none(offer.ended_at),
        result=offer.result,
        cause=offer.cause,
    )


def _message(message: MessageLeft) -> MessageShape:
    return MessageShape(box=message.box, file=message.file, at=moment(message.at), seconds=seconds_of(message.length))
