"""Whether what became of a call, in one word, is what its segments and offers say; and who ended it.

Pure. Easy to break: a stretch that lasted no time is not in the record, so the last segment may be one behind which
something followed; its cause is then a word of ours in lower case, such as `agent_left`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from fs_control.cdr.findings import Finding, FindingCode
from fs_control.cdr.outside import DIALLED
from fs_control.records import CallRecord, Direction, Disposition, EndedBy, OfferResult, Segment, SegmentKind

WITH_AGENT: Final = frozenset({SegmentKind.TALK, SegmentKind.HOLD, SegmentKind.CONSULT})
"""What is spent with an agent, if the segment has one."""

_TURNED_AWAY: Final = frozenset(
    {
        Disposition.NOBODY_SIGNED_IN,
        Disposition.WAITED_TOO_LONG,
        Disposition.QUEUE_EXIT_KEY,
        Disposition.LINE_FULL,
        Disposition.NOBODY_FREE,
        Disposition.LEFT_MESSAGE,
        Disposition.NO_NUMBER,
        Disposition.NO_FLOW,
        Disposition.NUMBER_FULL,
        Disposition.CENTRE_FULL,
        Disposition.DRAINING,
        Disposition.RECORDS_FULL,
    }
)
_OUTBOUND: Final = frozenset(
    {
        Disposition.NO_ANSWER,
        Disposition.BUSY,
        Disposition.DECLINED,
        Disposition.UNREACHABLE,
        Disposition.NUMBER_UNKNOWN,
        Disposition.NOT_CARRIED,
        Disposition.CANCELLED,
        Disposition.AGENT_NOT_REACHED,
        Disposition.CUSTOMER_LEFT,
    }
)
_INTERNAL: Final = frozenset({Disposition.PHONE_CODE, Disposition.COLLEAGUE_NOT_REACHED})

_ABANDONED: Final = {
    Disposition.ABANDONED_IN_IVR: SegmentKind.IVR,
    Disposition.ABANDONED_IN_LINE: SegmentKind.LINE,
    Disposition.ABANDONED_RINGING: SegmentKind.RING,
}


def outcome_findings(record: CallRecord) -> Iterator[Finding]:
    """Name what the end of a call, as told, has against the rest of its record."""
    if not _fits(record):
        yield Finding(FindingCode.DISPOSITION_DIFFERS, {"disposition": record.disposition})
    last = record.segments[-1] if record.segments else None
    if last is None or last.ended_by is None or last.cause is None or _something_followed(last):
        return
    if (last.ended_by, last.cause) != (record.ended_by, record.cause):
        told = {"segment_by": last.ended_by, "segment_cause": last.cause}
        yield Finding(FindingCode.END_DIFFERS, {"ended_by": record.ended_by, "cause": record.cause, **told})


def ended_in_last(record: CallRecord) -> bool:
    """Tell whether the last segment is that in which the call ended, and not one behind which something followed."""
    return bool(record.segments) and not _something_followed(record.segments[-1])


def spoke_with_agent(record: CallRecord) -> bool:
    """Tell whether caller and agent were joined for any time."""
    return any(each.kind is SegmentKind.TALK and each.agent is not None for each in record.segments)


def _something_followed(segment: Segment) -> bool:
    """Tell whether the record says of a segment what came behind it, and that lasted no time.

    The end of an outside number's ringing is told in the switch's own words, as that of a call is.
    """
    is_ours = segment.cause is not None and segment.cause == segment.cause.lower()
    return is_ours or (segment.kind is SegmentKind.RING and segment.agent is None and segment.group is None)


def _fits(record: CallRecord) -> bool:
    disposition, direction = record.disposition, record.direction
    is_accepted = any(offer.result is OfferResult.ACCEPTED for offer in record.offers)
    is_talk = any(each.kind is SegmentKind.TALK for each in record.segments)
    if disposition is Disposition.FAILED:
        return True  # a fault can hit a call anywhere
    if disposition is Disposition.ANSWERED or spoke_with_agent(record):
        return disposition is Disposition.ANSWERED and is_accepted
    if disposition in _OUTBOUND:
        return direction is Direction.OUTBOUND
    if disposition in _INTERNAL:
        return direction is Direction.INTERNAL
    if disposition is Disposition.PUT_THROUGH:
        return is_talk or any(step.kind == DIALLED for step in record.steps)  # a talk may have lasted no time
    if disposition in _TURNED_AWAY:
        return direction is not Direction.OUTBOUND
    return disposition is not None and not is_accepted and _REST[disposition](record)


def _abandoned(record: CallRecord) -> bool:
    assert record.disposition is not None  # the caller of this function looked
    is_there = not ended_in_last(record) or record.segments[-1].kind is _ABANDONED[record.disposition]
    return record.ended_by is EndedBy.CALLER and is_there


_REST: Final[dict[Disposition, Callable[[CallRecord], bool]]] = {
    Disposition.ENDED_BY_FLOW: lambda record: record.ended_by not in (EndedBy.CALLER, EndedBy.SWITCH),
    **dict.fromkeys(_ABANDONED, _abandoned),
}
