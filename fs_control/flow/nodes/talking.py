"""What `agent` and `dial` have in common: somebody is rung, with no line, and there is a step for each outcome."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping
from typing import Annotated, Final

from pydantic import Field

from fs_control.flow.answers import Resume, TalkExit, TalkOver
from fs_control.flow.nodes.base import Finish, GoTo, Node, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.nodes.names import StepName
from fs_control.flow.orders import Dial, Reach
from fs_control.flow.session import FlowSession

MAX_RING_S: Final = 120
"""Nobody lets a telephone ring longer."""

Ring = Annotated[float, Field(ge=5, le=MAX_RING_S)]


class Talk(Node):
    """Ring somebody, and leave by what became of it."""

    served: StepName | None = None
    busy: StepName | None = None
    no_answer: StepName | None = None

    @abstractmethod
    def order(self) -> Reach | Dial:
        """Return whom to ring."""

    @abstractmethod
    def steps(self) -> Mapping[TalkExit, str | None]:
        """Return the step after each outcome; None ends the call."""

    def exits(self) -> Mapping[str, str]:
        """Return the ways out that lead to a step; a talk that is over may end the call instead."""
        return {how.value: step for how, step in self.steps().items() if step is not None}

    def instant_exits(self) -> Collection[str]:
        """Return those of somebody who cannot be rung at all."""
        at_once = {TalkExit.BUSY, TalkExit.NOT_SIGNED_IN, TalkExit.FAILED}
        return tuple(how.value for how, step in self.steps().items() if step is not None and how in at_once)

    def enter(self, session: FlowSession) -> Turn:
        """Ring."""
        return Turn(WaitFor(self.order()))

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Leave by the outcome."""
        match resume:
            case TalkOver(how):
                step = self.steps().get(how)
                then = Finish(how.value) if step is None else GoTo(step)
                return Turn(then, trail=(TrailItem(session.step, TrailKind.EXIT, how.value),))
            case _:
                return super().resume(session, resume)
