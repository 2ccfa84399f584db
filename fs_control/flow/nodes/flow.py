"""`flow`: go on with another flow.

    holiday:
      do: flow
      flow: holiday-greeting
      next: choose           # where a `return` step over there leads; without it the other flow is all that comes

Variables and keys pressed ahead go along. A call keeps the version of every flow that was active when it began.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from fs_control.flow.nodes.base import Node, RunFlow, TrailItem, TrailKind, Turn
from fs_control.flow.nodes.names import FlowName, StepName
from fs_control.flow.session import FlowSession


class OtherFlow(Node):
    """Run `flow`, and go to `next` when it comes back."""

    do: Literal["flow"]
    flow: FlowName
    next: StepName | None = None

    def exits(self) -> Mapping[str, str]:
        """Return where it comes back to."""
        return {"next": self.next} if self.next is not None else {}

    def instant_exits(self) -> Collection[str]:
        """Return none: nobody knows here what the other flow takes; the proof goes through it."""
        return ()

    def flows(self) -> Collection[str]:
        """Name the other flow."""
        return (self.flow,)

    def enter(self, session: FlowSession) -> Turn:
        """Begin the other flow."""
        return Turn(RunFlow(self.flow, self.next), trail=(TrailItem(session.step, TrailKind.FLOW, self.flow),))
