"""A call record as rows of four tables, and the same record again.

Knows the columns and no connection. Easy to break: a record read back is equal to the one stored, to the microsecond
and in the order of its segments, offers and steps; a field added to `records` has to go both ways here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final, TypeVar

from sqlalchemy import Row

from fs_control.errors import BrokenInvariant
from fs_control.ids import NumberKind, PhoneNumber
from fs_control.records import (
    Basis,
    CallRecord,
    Claim,
    ClaimKind,
    Colleague,
    Direction,
    Disposition,
    EndedBy,
    FlowStep,
    MemberFacts,
    MessageLeft,
    Offer,
    OfferResult,
    PassedOver,
    RoutingDecision,
    Segment,
    SegmentKind,
    Strategy,
)
from fs_control.store.column_types import storable_text

_Word = TypeVar("_Word", bound=StrEnum)

Values = dict[str, Any]
"""The columns of one row to be written, by name."""

_FACTS: Final = tuple(field.name for field in fields(MemberFacts))
"""The columns of what is stored of each member; a big group has many, so that names are not said of each."""

_facts_of: Final[Callable[[MemberFacts], tuple[int, ...]]] = attrgetter(*_FACTS)


# --- writing -------------------------------------------------------------------------------------------------------


def call_values(record: CallRecord) -> Values:
    """Return the row of `call` for a record."""
    return {
        **_key(record),
        "leg_id": record.leg,
        "number": record.number,
        "caller_raw": record.caller.raw,
        "caller_kind": record.caller.kind,
        "caller_e164": record.caller.e164,
        "caller_name": record.caller_name,
        "flow": record.flow,
        "started_at": record.started_at,
        "answered_at": record.answered_at,
        "ended_at": record.ended_at,
        "ended_by": record.ended_by,
        "cause": record.cause,
        "disposition": record.disposition,
        "flow_version": record.flow_version,
        "direction": record.direction,
        "dialled_by": record.dialled_by,
        "note": record.note,
    }


def segment_values(record: CallRecord) -> Iterable[Values]:
    """Return the rows of `call_segment` for a record."""
    for position, segment in enumerate(record.segments):
        yield {
            **_key(record),
            "position": position,
            "kind": segment.kind,
            "started_at": segment.started_at,
            "ended_at": segment.ended_at,
            "ended_by": segment.ended_by,
            "cause": segment.cause,
            "group_id": segment.group,
            "agent_id": segment.agent,
        }


def offer_values(record: CallRecord) -> Iterable[Values]:
    """Return the rows of `call_offer` for a record."""
    for position, offer in enumerate(record.offers):
        yield {
            **_key(record),
            "position": position,
            "leg_id": offer.leg,
            "agent_id": offer.agent,
            "group_id": offer.group,
            "phone": offer.phone,
            "decision": _decision_values(offer.decision),
            "offered_at": offer.offered_at,
            "ringing_at": offer.ringing_at,
            "answered_at": offer.answered_at,
            "ended_at": offer.ended_at,
            "result": offer.result,
            "cause": offer.cause,
        }


def step_values(record: CallRecord) -> Iterable[Values]:
    """Return the rows of `call_step` for a record."""
    for position, step in enumerate(record.steps):
        yield {
            **_key(record),
            "position": position,
            "happened_at": step.at,
            "step": step.step,
            "kind": step.kind,
            "detail": step.detail,
        }


def message_values(record: CallRecord) -> Iterable[Values]:
    """Return the rows of `call_message` for a record."""
    for position, message in enumerate(record.messages):
        yield {
            **_key(record),
            "position": position,
            "box": message.box,
            "file": message.file,
            "left_at": message.at,
            "length_us": message.length,
        }


NOT_REACHED: Final = frozenset({Disposition.NUMBER_UNKNOWN, Disposition.NOT_CARRIED, Disposition.FAILED})
"""What became of calls by which no telephone rang: nobody is bound by those."""


def memory_values(record: CallRecord) -> Values | None:
    """Return what is to be remembered of a call that an agent made (M1), or None where that is nothing."""
    if record.direction is not Direction.OUTBOUND or record.disposition in NOT_REACHED or record.caller.e164 is None:
        return None
    remembered = {"number": record.caller.e164, "agent_id": record.dialled_by, "at": record.started_at}
    return {"enterprise": record.enterprise, **remembered}


def _key(record: CallRecord) -> Values:
    return {"enterprise_id": record.enterprise, "call_id": record.call_id}


def _decision_values(decision: RoutingDecision) -> Values:
    values: Values = {
        "rule": storable_text(decision.rule),
        "agent": decision.agent,
        "passed_over": [_passed_over_values(other) for other in decision.passed_over],
    }
    if decision.claim is not None:
        values["claim"] = {"agent": decision.claim.agent, "kind": decision.claim.kind}
    if decision.lapsed is not None:
        values["lapsed"] = _passed_over_values(decision.lapsed)
    if decision.basis is not None:
        values["basis"] = _basis_values(decision.basis)
    return values


def _basis_values(basis: Basis) -> Values:
    return {
        "strategy": basis.strategy,
        "colleague": basis.colleague,
        "at": basis.at,
        "last_turn": basis.last_turn,
        "draw": storable_text(basis.draw),
        "facts": _FACTS,
        "free": list(map(_facts_of, basis.free)),
        "others": list(map(_facts_of, basis.others)),
    }


def _passed_over_values(other: PassedOver) -> Values:
    values: Values = {"agent": other.agent, "reason": storable_text(other.reason)}
    if other.values:
        values["values"] = {storable_text(name): value for name, value in other.values.items()}
    return values


# --- reading -------------------------------------------------------------------------------------------------------


def record_from(
    call: Row[Any],
    segments: Sequence[Row[Any]],
    offers: Sequence[Row[Any]],
    steps: Sequence[Row[Any]],
    messages: Sequence[Row[Any]] = (),
) -> CallRecord:
    """Return the record that these rows hold; the rows below the call come in the order of their position."""
    return CallRecord(
        call_id=call.call_id,
        enterprise=call.enterprise_id,
        leg=call.leg_id,
        number=call.number,
        caller=PhoneNumber(call.caller_raw, _word(NumberKind, call.caller_kind), call.caller_e164),
        caller_name=call.caller_name,
        started_at=call.started_at,
        flow=call.flow,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        ended_by=_word_or_none(EndedBy, call.ended_by),
        cause=call.cause,
        disposition=_word_or_none(Disposition, call.disposition),
        segments=tuple(map(_segment_from, segments)),
        offers=tuple(map(_offer_from, offers)),
        steps=tuple(FlowStep(row.happened_at, row.step, row.kind, row.detail) for row in steps),
        flow_version=call.flow_version,
        messages=tuple(MessageLeft(row.file, row.box, row.left_at, row.length_us) for row in messages),
        direction=_word(Direction, call.direction),
        dialled_by=call.dialled_by,
        note=call.note,
    )


def _segment_from(row: Row[Any]) -> Segment:
    return Segment(
        kind=_word(SegmentKind, row.kind),
        started_at=row.started_at,
        ended_at=row.ended_at,
        ended_by=_word_or_none(EndedBy, row.ended_by),
        cause=row.cause,
        group=row.group_id,
        agent=row.agent_id,
    )


def _offer_from(row: Row[Any]) -> Offer:
    return Offer(
        leg=row.leg_id,
        agent=row.agent_id,
        group=row.group_id,
        phone=row.phone,
        decision=_decision_from(row.decision),
        offered_at=row.offered_at,
        ringing_at=row.ringing_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        result=_word_or_none(OfferResult, row.result),
        cause=row.cause,
    )


def _decision_from(values: Mapping[str, Any]) -> RoutingDecision:
    claim, lapsed = values.get("claim"), values.get("lapsed")
    return RoutingDecision(
        values["rule"],
        values["agent"],
        tuple(map(_passed_over_from, values["passed_over"])),
        Claim(claim["agent"], _word(ClaimKind, claim["kind"])) if claim is not None else None,
        _passed_over_from(lapsed) if lapsed is not None else None,
        _basis_from(values["basis"]) if "basis" in values else None,
    )


def _passed_over_from(values: Mapping[str, Any]) -> PassedOver:
    return PassedOver(values["agent"], values["reason"], values.get("values", {}))


def _basis_from(values: Mapping[str, Any]) -> Basis:
    return Basis(
        strategy=_word(Strategy, values["strategy"]),
        free=tuple(MemberFacts(**dict(zip(values["facts"], member, strict=True))) for member in values["free"]),
        others=tuple(MemberFacts(**dict(zip(values["facts"], member, strict=True))) for member in values["others"]),
        colleague=_word(Colleague, values["colleague"]),
        at=values["at"],
        last_turn=values["last_turn"],
        draw=values["draw"],
    )


def _word(words: type[_Word], stored: str) -> _Word:
    try:
        return words(stored)
    except ValueError as error:
        raise BrokenInvariant("stored_word_unknown", kind=words.__name__, word=stored) from error


def _word_or_none(words: type[_Word], stored: str | None) -> _Word | None:
    return None if stored is None else _word(words, stored)
