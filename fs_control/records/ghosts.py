"""Vocabulary: where the centre and the switch do not agree on what there is, and what was done about it.

A ghost is what one of the two believes in and the other does not know: a call without a caller, an agent who is busy
with nothing, a leg of ours that belongs to no call. Must not know how one is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fs_control.ids import CallId, LegId, Micros


class GhostKind(StrEnum):
    """What does not agree."""

    CALLER_GONE = "caller_gone"
    """A call whose customer's leg the switch does not have."""
    LEG_GONE = "leg_gone"
    """The leg of an agent, a colleague, a leader or somebody outside that the switch does not have."""
    END_UNTOLD = "end_untold"
    """A leg that was to end is gone, and its agent is still kept busy by it."""
    NOT_ENDED = "not_ended"
    """A leg that was to end is there."""
    ANSWER_UNTOLD = "answer_untold"
    """A phone was taken up, and rings as far as the centre knows."""
    AGENT_ALONE = "agent_alone"
    """An agent is busy, and no call is behind it."""
    LEFT_IN_LINE = "left_in_line"
    """A line names a call that is no more."""
    LEFT_LEG = "left_leg"
    """A leg is kept for a call that is no more."""
    LEFT_TIMER = "left_timer"
    """A timer runs for a call, a leg or an agent of which there is nothing to wait for any more."""
    TIMER_OVERDUE = "timer_overdue"
    """A timer has been due for long, and never fired."""
    NOT_IN_LINE = "not_in_line"
    """A caller waits, and stands in no line."""
    NOT_TAKEN_BACK = "not_taken_back"
    """A caller is with the dialplan, or with nobody, and nothing will bring them back."""
    STRANGER = "stranger"
    """A leg at the switch carries a call of ours that the centre does not know it by, and is alone."""


class Remedy(StrEnum):
    """What was done about a ghost."""

    CLOSED = "closed"
    """It was taken for over, as if its end had been told."""
    FREED = "freed"
    ENDED_AGAIN = "ended_again"
    TAKEN_UP = "taken_up"
    REMOVED = "removed"
    FIRED = "fired"
    PUT_IN_LINE = "put_in_line"
    BROUGHT_BACK = "brought_back"
    HUNG_UP = "hung_up"


@dataclass(frozen=True, slots=True)
class Stranger:
    """A leg of ours at the switch that the centre does not know, and that is with nobody.

    `call` is what it carries as the name of its call; `is_caller` tells a leg that came to us from one that we made.
    """

    leg: LegId
    call: CallId
    is_caller: bool


@dataclass(frozen=True, slots=True)
class Ghost:
    """One that was healed: since when it was seen, when it was healed, what it was, and what was done.

    `subject` is the leg, call, agent or timer that it is about; `agent` is the agent's number, "" where none is.
    """

    kind: GhostKind
    subject: str
    since: Micros
    at: Micros
    done: Remedy
    call: CallId | None = None
    legs: tuple[LegId, ...] = ()
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """What came of looking: `looked` is False where the switch could not be asked. `differences` are of the first look.

    A difference that was gone at the second look was none, only something that was on its way.
    """

    looked: bool
    differences: int = 0
    healed: int = 0
