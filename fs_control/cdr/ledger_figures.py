"""Every figure of a call, defined once: what `ledger explain` tells, and what reports count.

A figure is read from the record alone, and a query of the same name (sql/queries_ledger.sql) computes it in the
database; a test compares the two. Easy to break: a figure that a call cannot have (a caller's waiting in a call that we
made) is None and not nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fs_control.cdr.agents import AgentDetail, agent_details
from fs_control.ids import AgentId, Micros
from fs_control.records import CallRecord, Direction, Disposition, Segment, SegmentKind

Value = int | str | None
"""A length in microseconds, a count, a word, or nothing."""


class Figure(StrEnum):
    """What can be counted of a call, or of an agent's part in it."""

    LENGTH = "length"
    IVR = "ivr"
    LINE = "line"
    RING = "ring"
    WAITING = "waiting"
    TALK = "talk"
    HOLD = "hold"
    CONSULT = "consult"
    TIME_TO_ANSWER = "time_to_answer"
    ANSWERED = "answered"
    AGENT_OFFERED = "agent_offered"
    AGENT_RANG = "agent_rang"
    AGENT_ANSWERED = "agent_answered"
    AGENT_TALK = "agent_talk"
    AGENT_HOLD = "agent_hold"
    AGENT_CONSULT = "agent_consult"
    AGENT_ADVICE = "agent_advice"
    AGENT_END = "agent_end"
    WRAP_UP = "wrap_up"
    """Known, and in no row of a call: it begins when the record is closed."""


COUNTS: Final = frozenset({Figure.ANSWERED, Figure.AGENT_OFFERED, Figure.AGENT_ANSWERED})
"""The figures that are numbers of something; the others are lengths of time, but for AGENT_END, which is a word."""

_KINDS: Final[Mapping[Figure, frozenset[SegmentKind]]] = {
    Figure.LENGTH: frozenset(SegmentKind),
    Figure.IVR: frozenset({SegmentKind.IVR}),
    Figure.LINE: frozenset({SegmentKind.LINE}),
    Figure.RING: frozenset({SegmentKind.RING}),
    Figure.WAITING: frozenset({SegmentKind.LINE, SegmentKind.RING}),
    Figure.TALK: frozenset({SegmentKind.TALK}),
    Figure.HOLD: frozenset({SegmentKind.HOLD}),
    Figure.CONSULT: frozenset({SegmentKind.CONSULT}),
}

_OF_AGENTS: Final[Mapping[Figure, Callable[[AgentDetail], Value]]] = {
    Figure.AGENT_OFFERED: lambda each: each.offered,
    Figure.AGENT_RANG: lambda each: each.rang,
    Figure.AGENT_ANSWERED: lambda each: each.answered,
    Figure.AGENT_TALK: lambda each: each.talked,
    Figure.AGENT_HOLD: lambda each: each.held,
    Figure.AGENT_CONSULT: lambda each: each.consulted,
    Figure.AGENT_ADVICE: lambda each: each.advised,
    Figure.AGENT_END: lambda each: None if each.result is None else f"{each.result} {each.cause or ''}".rstrip(),
}

OF_AGENTS: Final = frozenset(_OF_AGENTS)
"""The figures that each agent of a call has."""

_ONLY_INBOUND: Final = frozenset({Figure.WAITING, Figure.TIME_TO_ANSWER})


@dataclass(frozen=True, slots=True)
class Share:
    """A segment of a call, and how much of it is in a figure."""

    position: int
    segment: Segment
    counted: Micros


def figure_of(record: CallRecord, figure: Figure) -> Value:
    """Return a figure of an ended call; None where such a call has none. That of an agent is `figures_of_agents`."""
    if figure in _ONLY_INBOUND and record.direction is not Direction.INBOUND:
        return None
    if figure is Figure.ANSWERED:
        return int(record.disposition is Disposition.ANSWERED)
    if figure is Figure.LENGTH:
        return None if record.ended_at is None else record.ended_at - record.started_at
    if figure is Figure.TIME_TO_ANSWER and _answer(record) is None:
        return None
    if figure in OF_AGENTS or figure is Figure.WRAP_UP:
        return None
    return sum(share.counted for share in shares(record, figure))


def figures_of_agents(record: CallRecord, figure: Figure) -> dict[AgentId, Value]:
    """Return a figure of each agent who had to do with a call; empty for a figure of the call itself."""
    read = _OF_AGENTS.get(figure)
    return {} if read is None else {detail.agent: read(detail) for detail in agent_details(record)}


def shares(record: CallRecord, figure: Figure) -> tuple[Share, ...]:
    """Return every segment of a call with how much of it is in a figure, in their order."""
    answer = _answer(record) if figure is Figure.TIME_TO_ANSWER else None
    begun = _begin_of_waiting(record) if figure is Figure.TIME_TO_ANSWER else None
    found = []
    for position, segment in enumerate(record.segments):
        length = Micros((segment.ended_at or segment.started_at) - segment.started_at)
        if figure is Figure.TIME_TO_ANSWER:
            counts = answer is not None and begun is not None and begun <= segment.started_at < answer
        else:
            counts = segment.kind in _KINDS.get(figure, ())
        found.append(Share(position, segment, length if counts else Micros(0)))
    return tuple(found)


def _answer(record: CallRecord) -> Micros | None:
    """Return when an agent and the caller first heard each other."""
    talks = (each.started_at for each in record.segments if each.kind is SegmentKind.TALK and each.agent is not None)
    return next(talks, None)


def _begin_of_waiting(record: CallRecord) -> Micros | None:
    """Return when the caller first waited for somebody; one whom somebody had at once, when they talked."""
    waits = (each.started_at for each in record.segments if each.kind in _KINDS[Figure.WAITING])
    return next(waits, None)
