"""Days in random order leave records that the ledger proves, and each kind of damage to one is named as what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.agents import allowed_actions
from fs_control.cdr import FindingCode, verify
from fs_control.centre.moments import moment_of
from fs_control.ids import AgentId, Micros, seconds
from fs_control.records import Action, CallRecord, Disposition, EndedBy, OfferResult, SegmentKind, SwitchLeg
from fs_control.testing.builders import phone_of
from fs_control.testing.talk_rules import OUTSIDER, Talks

AGENTS: Final = (1, 2, 3, 4)
ACTIONS: Final = frozenset({Action.HOLD, Action.RESUME, Action.CONSULT, Action.SWAP, Action.JOIN, Action.TRANSFER}) | {
    Action.COMPLETE,
    Action.CANCEL,
}
TARGETS: Final = ("802", "803", "804", "sales", OUTSIDER)
ANY_CALL: Final = st.integers(0, 10_000)


def a_day(chance: Random, acts: int = 120) -> Sequence[CallRecord]:
    """Customers come and go, agents pick up and do what they can; the switch takes its time."""
    talks = Talks(slowness_s=0.06)
    talks.sign_in(*AGENTS)
    for _ in range(acts):
        what = chance.random()
        if what < 0.2 and len(talks.centre.calls) < 3:
            talks.customer()
        elif what < 0.5:
            for phone in (*map(phone_of, AGENTS), OUTSIDER):
                talks.picks_up(phone)
        elif what < 0.9:
            somebody_acts(talks, chance)
        elif talks.centre.calls:
            talks.hang_up(chance.choice(sorted(talks.centre.calls)))
        talks.wait(chance.choice((0.1, 1.0, 4.0)))
    talks.customers_leave()
    talks.wait(60)
    return tuple(talks.records.values())


def somebody_acts(talks: Talks, chance: Random) -> None:
    """One who talks goes on with what is possible then."""
    possible = [
        (agent, action)
        for agent in AGENTS
        for action in allowed_actions(moment_of(talks.centre, AgentId(agent)))
        if action in ACTIONS
    ]
    if possible:
        talks.asks(*chance.choice(possible), chance.choice(TARGETS))


@cache
def some_days() -> Sequence[CallRecord]:
    """Return the calls of a few days, the same in every run."""
    return [record for seed in range(6) for record in a_day(Random(seed))]


def the_leg(record: CallRecord) -> SwitchLeg:
    """The customer's leg, as a switch tells it."""
    assert record.ended_at is not None
    assert record.cause is not None
    moments = (record.started_at, record.answered_at, record.ended_at)
    return SwitchLeg(record.leg, record.call_id, "core", "inbound", "", "", *moments, record.cause, "", None)


def test_D1_every_call_of_days_in_random_order_is_proved() -> None:
    """Segments add up to the call's duration."""
    kinds = {segment.kind for record in some_days() for segment in record.segments}
    assert kinds == set(SegmentKind)
    assert [finding for record in some_days() for finding in verify(record, [the_leg(record)])] == []


# --- damage --------------------------------------------------------------------------------------------------------

Damage = Callable[[CallRecord], CallRecord]
SECOND: Final = seconds(1)


def _moved(at: Micros | None, by: int) -> Micros:
    return Micros((at or 0) + by)


def _segment(record: CallRecord, place: int, **changes: object) -> CallRecord:
    segments = list(record.segments)
    segments[place] = replace(segments[place], **changes)  # type: ignore[arg-type]
    return replace(record, segments=tuple(segments))


def _offer(record: CallRecord, **changes: object) -> CallRecord:
    *before, last = record.offers
    return replace(record, offers=(*before, replace(last, **changes)))  # type: ignore[arg-type]


DAMAGE: Final[dict[FindingCode, Damage]] = {
    FindingCode.SEGMENTS_MISSING: lambda record: replace(
        record, segments=(), offers=(), disposition=Disposition.FAILED
    ),
    FindingCode.SEGMENTS_BEGIN: lambda record: _segment(record, 0, started_at=_moved(record.started_at, 1)),
    FindingCode.SEGMENTS_END: lambda record: _segment(record, -1, ended_at=_moved(record.ended_at, -1)),
    FindingCode.SEGMENT_GAP: lambda record: _segment(record, 1, started_at=_moved(record.segments[1].started_at, 1)),
    FindingCode.SEGMENT_OVERLAP: lambda record: _segment(
        record, 1, started_at=_moved(record.segments[1].started_at, -1)
    ),
    FindingCode.SEGMENT_OPEN: lambda record: _segment(record, 0, ended_at=None),
    FindingCode.SEGMENT_WITHOUT_REASON: lambda record: _segment(record, 0, ended_by=None),
    FindingCode.CALL_OPEN: lambda record: replace(record, disposition=None),
    FindingCode.CALL_BACKWARDS: lambda record: replace(record, ended_at=_moved(record.started_at, -1)),
    FindingCode.ANSWERED_OUTSIDE: lambda record: replace(record, answered_at=_moved(record.ended_at, 1)),
    FindingCode.END_DIFFERS: lambda record: replace(record, ended_by=EndedBy.SWITCH),
    FindingCode.DISPOSITION_DIFFERS: lambda record: replace(record, disposition=Disposition.ABANDONED_IN_LINE),
    FindingCode.OFFER_OPEN: lambda record: _offer(record, ended_at=None),
    FindingCode.OFFER_BACKWARDS: lambda record: _offer(record, answered_at=_moved(record.offers[-1].offered_at, -1)),
    FindingCode.OFFER_OUTSIDE: lambda record: _offer(record, ended_at=_moved(record.ended_at, 1)),
    FindingCode.OFFER_WITHOUT_TALK: lambda record: _offer(record, agent=AgentId(99)),
    FindingCode.AGENT_NEVER_OFFERED: lambda record: _segment(record, -1, agent=AgentId(99)),
}
"""Each kind of damage to a record; those to what the switch tells are below."""


def _served() -> list[CallRecord]:
    """Calls in which damage of every kind can be done: the agent who had the customer had nothing else of the call."""
    return [
        record
        for record in some_days()
        if len(record.segments) > 2
        and record.segments[-1].kind is SegmentKind.TALK
        and record.segments[-1].agent is not None
        and record.segments[-1].cause == record.cause
        and len(record.offers) > 1
        and record.offers[-1].result is OfferResult.ACCEPTED
        and record.offers[-1].agent == record.segments[-1].agent
    ]


@pytest.mark.parametrize("code", DAMAGE)
@given(pick=ANY_CALL)
def test_each_kind_of_damage_to_a_record_is_named(code: FindingCode, pick: int) -> None:
    calls = _served()
    record = DAMAGE[code](calls[pick % len(calls)])
    found = {finding.code for finding in verify(record, None)}
    assert code in found
    assert found <= {code, *_CONSEQUENCES.get(code, ())}


_CONSEQUENCES: Final = {
    FindingCode.OFFER_WITHOUT_TALK: (FindingCode.AGENT_NEVER_OFFERED,),
    FindingCode.AGENT_NEVER_OFFERED: (FindingCode.OFFER_WITHOUT_TALK,),
}
"""What is the same damage, seen from the other side."""

LEG_DAMAGE: Final[dict[FindingCode, Callable[[SwitchLeg], SwitchLeg]]] = {
    FindingCode.LEG_STARTED_DIFFERS: lambda leg: replace(leg, created_at=_moved(leg.created_at, -SECOND)),
    FindingCode.LEG_ANSWERED_DIFFERS: lambda leg: replace(leg, answered_at=_moved(leg.answered_at, SECOND)),
    FindingCode.LEG_ENDED_DIFFERS: lambda leg: replace(leg, ended_at=_moved(leg.ended_at, SECOND)),
    FindingCode.LEG_CAUSE_DIFFERS: lambda leg: replace(leg, cause="MEDIA_TIMEOUT"),
}


@pytest.mark.parametrize("code", LEG_DAMAGE)
@given(pick=ANY_CALL)
def test_each_way_in_which_the_switch_can_differ_is_named_alone(code: FindingCode, pick: int) -> None:
    calls = [record for record in some_days() if record.segments]
    record = calls[pick % len(calls)]
    assert [finding.code for finding in verify(record, [LEG_DAMAGE[code](the_leg(record))])] == [code]


def test_every_finding_is_tried() -> None:
    elsewhere = {
        FindingCode.SEGMENT_BACKWARDS,
        FindingCode.CALL_WITHOUT_LEG,
        FindingCode.LEG_OUTSIDE,
        FindingCode.LEG_OF_NOBODY,
        FindingCode.LEG_WITHOUT_CALL,
    }
    assert {*DAMAGE, *LEG_DAMAGE, *elsewhere} == set(FindingCode)
