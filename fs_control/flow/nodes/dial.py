"""`dial`: a talk without a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Literal

from pydantic import Field

from fs_control.flow import orders
from fs_control.flow.nodes.base import Finish, GoTo, Node, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.nodes.names import AgentNumber, StepName
from fs_control.flow.orders import Reach
from fs_control.flow.session import FlowSession, Resume, TalkOver

_NAMES = (AgentNumber, Reach, orders)


class Dial(Node):
    """Talk, and go on as it ended."""

    do: Literal["dial"]
    number: Annotated[str, Field(pattern=r"^\+?[0-9]{2,20}$")]
    ring: Annotated[float, Field(ge=1, le=300)] = 30.0
    served: StepName | None = None
    busy: StepName | None = None
    no_answer: StepName | None = None
    failed: StepName

    def exits(self) -> Mapping[str, str]:
        """Return the ways out."""
        named = {"served": self.served, "busy": self.busy, "no_answer": self.no_answer, "failed": self.failed}
        return {name: step for name, step in named.items() if step is not None}

    def instant_exits(self) -> Collection[str]:
        """Return those that take no time."""
        return ("busy", "no_answer", "failed")

    def enter(self, session: FlowSession) -> Turn:
        """Order the talk."""
        return Turn(WaitFor(orders.Dial(self.number, self.ring)))

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Leave by the exit that was told."""
        match resume:
            case TalkOver(how):
                told = (TrailItem(session.step, TrailKind.EXIT, how.value),)
                if how == "served":
                    return Turn(Finish("served") if self.served is None else GoTo(self.served), trail=told)
                return Turn(GoTo(self.exits().get(how.value, self.failed)), trail=told)
            case _:
                return super().resume(session, resume)
