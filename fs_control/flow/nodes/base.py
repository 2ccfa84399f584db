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
from typing import Final

from pydantic import BaseModel, ConfigDict

from fs_control.errors import BrokenInvariant
from fs_control.flow.orders import Awaited, Order
from fs_control.flow.session import FlowSession, Resume

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
class Turn:
    """What a node decided. `orders` are those that nothing comes back from; `variables` are to be remembered."""

    then: WaitFor | GoTo | Finish
    orders: tuple[Order, ...] = ()
    trail: tuple[TrailItem, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)


class Part(BaseModel):
    """Anything written in a flow: unknown keys and wrong types are mistakes, and nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Node(Part, ABC):
    """Base of the node types; each adds `do: Literal[<its name>]` and its fields, which are its YAML keys."""

    @abstractmethod
    def exits(self) -> Mapping[str, str]:
        """Return every way out that leads to a step: name of the exit to name of the step."""

    @abstractmethod
    def instant_exits(self) -> Collection[str]:
        """Name the exits that may be taken at once, with nothing heard and no time passed: they must form no circle."""

    @abstractmethod
    def enter(self, session: FlowSession) -> Turn:
        """Begin the step; `session.step` is its name."""

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Go on after a wait; `resume` is of the kind that the wait accepts."""
        raise BrokenInvariant("flow_resume_unhandled", step=session.step, resume=type(resume).__name__)
