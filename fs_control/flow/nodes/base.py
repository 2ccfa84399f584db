"""What every node type is: a checked piece of YAML, and how a session enters and resumes it.

A node decides one turn at a time: things to order, things for the call record, and whether to wait, go on to a
step, or finish. It keeps nothing between turns: what must be remembered goes into the session by way of its `Turn`.
A node type is one file beside this one, entered in `NODE_TYPES` of the package.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Final

from pydantic import BaseModel, ConfigDict

from fs_control.errors import BrokenInvariant
from fs_control.flow.answers import Resume, Value
from fs_control.flow.expressions import Expression
from fs_control.flow.orders import Awaited, Order
from fs_control.flow.session import FlowSession
from fs_control.flow.spoken import slots_of

NEVER_TAKEN: Final = "never_taken"
"""The pydantic error type of an exit that the step's other settings rule out."""


class TrailKind(StrEnum):
    """What a line of the trail tells; the comment says what its detail is."""

    HEARD = "heard"  # the prompt
    NOT_HEARD = "not_heard"  # the prompt that was cut short or could not be played
    PRESSED = "pressed"  # the key
    WRONG_KEY = "wrong_key"  # the key, or keys, that the menu does not have
    NO_KEY = "no_key"  # nothing
    EXIT = "exit"  # the name of the exit that the step was left by
    ENDED = "ended"  # the reason of `End`
    PRIORITY = "priority"  # the level that the caller has at least from now on
    WRONG = "wrong"  # the digits that are too few, told as COLLECTED tells them
    COLLECTED = "collected"  # the digits, where the step puts them on the record; else one dot for each
    MESSAGE = "message"  # the seconds that the caller spoke
    FETCHED = "fetched"  # "ok", or why there was no answer
    FLOW = "flow"  # the flow that goes on here
    FAULT = "fault"  # what was wrong with the step
    ASKED_AGAIN = "asked_again"  # the step whose secret input was lost


@dataclass(frozen=True, slots=True)
class TrailItem:
    """One thing that happened in a step, for the call record."""

    step: str
    kind: TrailKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class WaitFor:
    """Give this order and stay in this step until its answer comes, having tried in vain `attempts` times."""

    order: Awaited
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class GoTo:
    """Leave this step for another."""

    step: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The flow is over."""

    reason: str


@dataclass(frozen=True, slots=True)
class RunFlow:
    """Go on with another flow; where that comes back, go to `back_to`, or end where there is no such step."""

    flow: str
    back_to: str | None


@dataclass(frozen=True, slots=True)
class GoBack:
    """The flow is over: back to the one that called it; where none did, that is the end."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a node decided. `orders` are those that nothing comes back from; `variables` are to be remembered.

    `typed` are the keys pressed ahead that are left, None for all that there were; `secrets` are the variables among
    `variables` that hold a word for what they stand for.
    """

    then: WaitFor | GoTo | Finish | RunFlow | GoBack
    orders: tuple[Order, ...] = ()
    trail: tuple[TrailItem, ...] = ()
    variables: Mapping[str, Value] = field(default_factory=dict)
    typed: str | None = None
    secrets: tuple[str, ...] = ()


class Part(BaseModel):
    """Anything written in a flow: unknown keys and wrong types are mistakes, and nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, serialize_by_alias=True)


class Node(Part, ABC):
    """Base of the node types; each adds `do: Literal[<its name>]` and its fields, which are its YAML keys.

    `after_hang_up`: the step means something also for a caller who has gone (`on_hangup`).
    """

    after_hang_up: ClassVar[bool] = False

    @abstractmethod
    def exits(self) -> Mapping[str, str]:
        """Return every way out that leads to a step: name of the exit to name of the step."""

    @abstractmethod
    def instant_exits(self) -> Collection[str]:
        """Name the exits that may be taken at once whatever was computed, with nothing heard and no time passed.

        They must form no circle. Circles through others are found, where they have no end, by the proof.
        """

    @abstractmethod
    def enter(self, session: FlowSession) -> Turn:
        """Begin the step; `session.step` is its name."""

    def sets(self) -> Collection[str]:
        """Name the variables that the step may set."""
        return ()

    def sentences(self) -> Collection[str]:
        """Return the sentences with values in them that the step may say."""
        return ()

    def prompts(self) -> Collection[str]:
        """Name the recorded prompts that the step may play."""
        return ()

    def expressions(self) -> Collection[Expression]:
        """Return what the step may compute."""
        return ()

    def flows(self) -> Collection[str]:
        """Name the flows that the step may run."""
        return ()

    def wants_facts(self) -> bool:
        """Tell whether the step needs to know of the caller and the moment: `session.facts` are fresh at its entry."""
        spoken = any("." in slot.name for sentence in self.sentences() for slot in slots_of(sentence))
        return spoken or any(expression.facts for expression in self.expressions())

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Go on after a wait; `resume` is of the kind that the wait accepts."""
        raise BrokenInvariant("flow_resume_unhandled", step=session.step, resume=type(resume).__name__)
