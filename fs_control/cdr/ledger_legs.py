"""Whether a call agrees with what the switch itself told of its legs: within 40 ms, and with the same cause.

Pure. Easy to break: a call that an agent made begins with the wish and not with the customer's leg; and a customer who
was never reached may have had no leg at all, as has one whose switch died with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from fs_control.cdr.findings import Change, Finding, FindingCode
from fs_control.ids import LegId, Micros, derived_leg_id
from fs_control.records import CallRecord, CorrectedField, Direction, EndedBy, SwitchLeg

TOLERANCE: Final = Micros(40_000)
"""Two turns of the switch's own loop (20 ms): so far may our moment of a thing be from the switch's."""

LEADERS: Final = 20
"""So many legs of a call may be those of leaders who listened: they are in `supervision_log` and not in the record."""


def leg_findings(record: CallRecord, legs: Sequence[SwitchLeg], tolerance: Micros) -> Iterator[Finding]:
    """Name what the switch told otherwise, of the customer's leg and of the others."""
    customers = next((leg for leg in legs if leg.leg == record.leg), None)
    if customers is None:
        if must_have_leg(record):
            yield Finding(FindingCode.CALL_WITHOUT_LEG, {"leg": record.leg})
    else:
        yield from _customers(record, customers, tolerance)
    offered = {record.leg, *(offer.leg for offer in record.offers)}
    others = [leg.leg for leg in legs if leg.call == record.call_id and leg.leg not in offered]
    named = _named_by_us(record) if others else ()
    for other in others:
        if other not in named:
            yield Finding(FindingCode.LEG_OF_NOBODY, {"leg": other})


def must_have_leg(record: CallRecord) -> bool:
    """Tell whether the switch must have told of the customer's leg; one that died has told nothing."""
    if record.ended_by is EndedBy.SWITCH:
        return False
    return record.direction is not Direction.OUTBOUND or record.answered_at is not None


def _customers(record: CallRecord, leg: SwitchLeg, tolerance: Micros) -> Iterator[Finding]:
    compared = [
        (FindingCode.LEG_ANSWERED_DIFFERS, CorrectedField.ANSWERED_AT, record.answered_at, leg.answered_at),
        (FindingCode.LEG_ENDED_DIFFERS, CorrectedField.ENDED_AT, record.ended_at, leg.ended_at),
    ]
    if record.direction is not Direction.OUTBOUND:
        started = (FindingCode.LEG_STARTED_DIFFERS, CorrectedField.STARTED_AT, record.started_at, leg.created_at)
        compared.insert(0, started)
    elif leg.created_at < record.started_at - tolerance:
        yield Finding(FindingCode.LEG_OUTSIDE, {"leg": leg.leg})
    for code, field, ours, theirs in compared:
        if not _agree(ours, theirs, tolerance):
            can_be = bool(record.segments) or field is CorrectedField.ANSWERED_AT  # with none nothing can be longer
            yield Finding(code, {"ours": ours, "switch": theirs}, Change(field, ours, theirs) if can_be else None)
    if record.cause != leg.cause:
        change = Change(CorrectedField.CAUSE, record.cause, leg.cause)
        yield Finding(FindingCode.LEG_CAUSE_DIFFERS, {"ours": record.cause, "switch": leg.cause}, change)


def _agree(ours: Micros | None, theirs: Micros | None, tolerance: Micros) -> bool:
    if ours is None or theirs is None:
        return ours == theirs
    return abs(ours - theirs) <= tolerance


def _named_by_us(record: CallRecord) -> set[LegId]:
    """Return every name that we may have given a leg of this call: numbers outside and leaders have no offer."""
    made = len(record.offers) + len(record.steps) + LEADERS
    return {derived_leg_id(record.call_id, count) for count in range(1, made + 1)}
