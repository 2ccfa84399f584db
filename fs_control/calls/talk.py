"""A talk between a customer and an agent, and the one table of how hold, consult and three-way lead into each other.

What is meant to be is told apart from what the switch has done so far: the state here is what was asked for last. A
trigger that the table does not list is a defect of ours and raises BrokenInvariant; what people may be refused is
checked before (`agents.actions`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from fs_control.errors import BrokenInvariant
from fs_control.ids import NEVER, AgentId, LegId, Micros, OpId


class TalkState(StrEnum):
    """Who hears whom."""

    TALKING = "talking"
    """Customer and agent."""
    HELD = "held"
    """The customer hears music, the agent a tone."""
    CONSULT_RINGING = "consult_ringing"
    """The customer hears music, and the agent the ringing of a colleague's phone."""
    CONSULTING = "consulting"
    """The customer hears music; agent and colleague speak."""
    SWAPPED = "swapped"
    """Customer and agent speak; the colleague hears music."""
    THREE_WAY = "three_way"


class TalkTrigger(StrEnum):
    """What can happen to a talk."""

    HELD = "held"
    RESUMED = "resumed"
    COLLEAGUE_RUNG = "colleague_rung"
    COLLEAGUE_ANSWERED = "colleague_answered"
    SWAPPED = "swapped"
    JOINED = "joined"
    COLLEAGUE_GONE = "colleague_gone"
    """Did not answer, left, or was left: customer and agent are two again."""
    HANDED_OVER = "handed_over"
    """The colleague has the customer, and is the agent of the call from now on."""


_CONSULT: Final = (TalkState.CONSULT_RINGING, TalkState.CONSULTING, TalkState.SWAPPED, TalkState.THREE_WAY)

_TABLE: Final[dict[tuple[TalkState, TalkTrigger], TalkState]] = {
    (TalkState.TALKING, TalkTrigger.HELD): TalkState.HELD,
    (TalkState.HELD, TalkTrigger.RESUMED): TalkState.TALKING,
    (TalkState.TALKING, TalkTrigger.COLLEAGUE_RUNG): TalkState.CONSULT_RINGING,
    (TalkState.HELD, TalkTrigger.COLLEAGUE_RUNG): TalkState.CONSULT_RINGING,
    (TalkState.CONSULT_RINGING, TalkTrigger.COLLEAGUE_ANSWERED): TalkState.CONSULTING,
    (TalkState.CONSULTING, TalkTrigger.SWAPPED): TalkState.SWAPPED,
    (TalkState.SWAPPED, TalkTrigger.SWAPPED): TalkState.CONSULTING,
    (TalkState.CONSULTING, TalkTrigger.JOINED): TalkState.THREE_WAY,
    (TalkState.SWAPPED, TalkTrigger.JOINED): TalkState.THREE_WAY,
    **{(state, TalkTrigger.COLLEAGUE_GONE): TalkState.TALKING for state in _CONSULT},
    **{(state, TalkTrigger.HANDED_OVER): TalkState.TALKING for state in _CONSULT[1:]},
    # By the keys of their phones, without a consultation that we knew of (REFER with Replaces).
    (TalkState.TALKING, TalkTrigger.HANDED_OVER): TalkState.TALKING,
    (TalkState.HELD, TalkTrigger.HANDED_OVER): TalkState.TALKING,
}


@dataclass(frozen=True, slots=True)
class Consulted:
    """The colleague who is asked, over this leg of ours; `agent` is None for somebody outside (`number`)."""

    leg: LegId
    agent: AgentId | None
    number: str
    ring: Micros = NEVER
    rung: bool = False
    """Whether the phone was ordered to ring: before that the agent's own leg has to be free."""
    phone: str = ""
    """What is rung for an agent; "" for somebody outside."""
    is_ours: bool = True
    """Whether that is a phone of ours; an ordinary one is called outside."""
    gateway: str = ""
    """By which somebody outside is called."""
    key: str = ""
    """The number of somebody outside as it may be read and judged again; "" for an agent."""
    cost: int = 0
    """What a minute with somebody outside costs."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk now, in what it is meant to be and in what the switch has yet to do for it."""

    state: TalkState = TalkState.TALKING
    consulted: Consulted | None = None
    muted: bool = False
    by_phone: bool = False
    """Held by the key of the agent's phone, which alone can end that."""
    apart: bool = False
    """Customer and agent are to be joined, and that is not ordered yet: the customer's leg has to be in our hands."""
    joining: int = 0
    """How often their join was ordered and not told yet; 0 where nothing is awaited."""
    tone: OpId | None = None
    """What the agent hears who waits."""
    keys: str = ""
    """The keys that the agent has pressed of a code so far."""

    @property
    def lets_customer_wait(self) -> bool:
        """Tell whether the customer is to hear music of ours."""
        waits = (TalkState.HELD, TalkState.CONSULT_RINGING, TalkState.CONSULTING)
        return self.state in waits and not self.by_phone

    @property
    def is_consult(self) -> bool:
        """Tell whether a colleague has a part in it."""
        return self.state in _CONSULT


def advance_talk(talk: Talk, trigger: TalkTrigger) -> Talk:
    """Return the talk after a trigger. BrokenInvariant where the table has no row."""
    target = _TABLE.get((talk.state, trigger))
    if target is None:
        raise BrokenInvariant("talk_transition", state=talk.state, trigger=trigger)
    match trigger:
        case TalkTrigger.COLLEAGUE_GONE | TalkTrigger.HANDED_OVER:
            return replace(talk, state=target, consulted=None, by_phone=False)
        case _:
            return replace(talk, state=target)
