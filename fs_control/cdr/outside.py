"""With whom outside a stretch of a call was spent: the number that the flow had dialled.

Read from the record alone. Easy to break: a flow may dial several numbers, one after the other.
"""

from __future__ import annotations

from fs_control.records import CallRecord, Segment, SegmentKind

DIALLED = "dialled"
"""The kind of the step that says which number rings from now on."""


def number_outside(record: CallRecord, segment: Segment) -> str | None:
    """Return the outside number that rang or talked during a segment of a call; None where it was an agent."""
    if segment.kind not in (SegmentKind.RING, SegmentKind.TALK) or segment.agent is not None:
        return None
    if segment.group is not None:
        return None
    numbers = (step.detail for step in record.steps if step.kind == DIALLED and step.at <= segment.started_at)
    return next(iter(reversed([*numbers])), None)
