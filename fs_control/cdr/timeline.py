"""A call as lanes, marks and spans: who had a part in it, what happened when, and who was busy with what.

Values alone; `timeline_reading` makes them from a record. They know no words and no picture: a mark names what
happened by a kind and carries the part of the record that tells it. Easy to break: marks are in the order of time, and
of spans that overlap in one lane the later one counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fs_control.ids import AgentId, Micros
from fs_control.records import CallRecord, FlowStep, Offer, Segment, SupervisionEntry, SwitchLeg


class LaneKind(StrEnum):
    """Who goes down a lane."""

    CUSTOMER = "customer"
    CENTRE = "centre"
    """The flow, the line, and what we do ourselves."""
    AGENT = "agent"
    OUTSIDE = "outside"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane; `agent` is None for everybody else, and `number` is that of somebody outside."""

    kind: LaneKind
    agent: AgentId | None = None
    number: str = ""


class SpanKind(StrEnum):
    """What somebody in a lane is busy with."""

    IVR = "ivr"
    LINE = "line"
    RING = "ring"
    TALK = "talk"
    HOLD = "hold"
    CONSULT = "consult"
    SUPERVISE = "supervise"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a lane; where two overlap, the later one of the timeline counts."""

    lane: int
    kind: SpanKind
    start: Micros
    end: Micros


class MarkKind(StrEnum):
    """What happened at a moment."""

    CALLED = "called"
    AGENT_CALLED = "agent_called"
    """An agent of ours began the call."""
    TAKEN_UP = "taken_up"
    CUSTOMER_ANSWERED = "customer_answered"
    STEP = "step"
    """Something that `step` tells: of the flow, of the line, of a talk."""
    JOINED_LINE = "joined_line"
    OFFERED = "offered"
    """An agent was chosen whose phone never rang."""
    RINGS = "rings"
    ANSWERS = "answers"
    NOT_ANSWERED = "not_answered"
    TALKS = "talks"
    LEAVES = "leaves"
    """An agent's leg is over, and the call goes on."""
    SUPERVISES = "supervises"
    SUPERVISED = "supervised"
    """A leader has heard enough."""
    LEG_OVER = "leg_over"
    """What the switch itself says of the end of a leg."""
    ENDED = "ended"
    GOES_ON = "goes_on"
    """The call is not over yet."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a moment in a lane; with `to`, between two lanes. The parts of the record say more."""

    at: Micros
    kind: MarkKind
    lane: int
    to: int | None = None
    step: FlowStep | None = None
    offer: Offer | None = None
    segment: Segment | None = None
    watch: SupervisionEntry | None = None
    leg: SwitchLeg | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole call; marks are in the order of time."""

    record: CallRecord
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    spans: tuple[Span, ...]
    started_at: Micros
    until: Micros
    """The end of the call, or the last thing that is known of one under way."""

    def is_open(self, span: Span) -> bool:
        """Tell whether a span lasts on: it is of a call under way, and nobody knows of its end."""
        return self.record.ended_at is None and span.end == self.until
