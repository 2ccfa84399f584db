"""The proof of a stored call (D1): that it adds up in itself, and agrees with the switch's own record of its legs.

Pure: reads a record and the legs that the switch told, and names what does not fit; an empty answer is the proof. That
the segments touch each other, begin with the call and end with it is that their sum is the call. Easy to break: a rule
here is a second opinion and shares no code with the fold that grew the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from fs_control.cdr.findings import Finding, FindingCode
from fs_control.cdr.ledger_legs import TOLERANCE, leg_findings
from fs_control.cdr.ledger_offers import offer_findings
from fs_control.cdr.ledger_outcome import outcome_findings
from fs_control.ids import Micros
from fs_control.records import CallRecord, SwitchLeg


def verify(record: CallRecord, legs: Sequence[SwitchLeg] | None, tolerance: Micros = TOLERANCE) -> tuple[Finding, ...]:
    """Return what does not add up in the record of an ended call.

    `legs` are those that the switch told of this call; None where it was not (yet) telling, so that none can be missed.
    `tolerance` is how far our moments may be from the switch's.
    """
    if record.ended_at is None or record.ended_by is None or record.cause is None or record.disposition is None:
        return (Finding(FindingCode.CALL_OPEN),)
    if record.ended_at < record.started_at:
        return (Finding(FindingCode.CALL_BACKWARDS, {"started": record.started_at, "ended": record.ended_at}),)
    found = [*_segment_findings(record), *_answer_findings(record), *outcome_findings(record), *offer_findings(record)]
    if legs is not None:
        found.extend(leg_findings(record, legs, tolerance))
    return tuple(found)


def _segment_findings(record: CallRecord) -> Iterator[Finding]:
    segments = record.segments
    if not segments:
        if record.ended_at != record.started_at:
            yield Finding(FindingCode.SEGMENTS_MISSING)
        return
    if segments[0].started_at != record.started_at:
        yield _at(FindingCode.SEGMENTS_BEGIN, 0, away=segments[0].started_at - record.started_at)
    for position, segment in enumerate(segments):
        if segment.ended_at is None:
            yield _at(FindingCode.SEGMENT_OPEN, position, kind=segment.kind)
        elif segment.ended_at <= segment.started_at:
            yield _at(FindingCode.SEGMENT_BACKWARDS, position, kind=segment.kind)
        if segment.ended_at is not None and (segment.ended_by is None or segment.cause is None):
            yield _at(FindingCode.SEGMENT_WITHOUT_REASON, position, kind=segment.kind)
    yield from _borders(record)
    last = segments[-1].ended_at
    if last is not None and last != record.ended_at:
        yield _at(FindingCode.SEGMENTS_END, len(segments) - 1, away=last - (record.ended_at or 0))


def _borders(record: CallRecord) -> Iterator[Finding]:
    for position, (before, after) in enumerate(pairwise(record.segments), start=1):
        if before.ended_at is None or before.ended_at == after.started_at:
            continue
        away = after.started_at - before.ended_at
        yield _at(FindingCode.SEGMENT_GAP if away > 0 else FindingCode.SEGMENT_OVERLAP, position, away=abs(away))


def _answer_findings(record: CallRecord) -> Iterator[Finding]:
    answered, ended = record.answered_at, record.ended_at
    if answered is not None and ended is not None and not record.started_at <= answered <= ended:
        yield Finding(FindingCode.ANSWERED_OUTSIDE, {"answered": answered})


def _at(code: FindingCode, position: int, **values: object) -> Finding:
    return Finding(code, {"position": position + 1, **values})
