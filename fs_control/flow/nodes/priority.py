"""`priority`: let the caller go before others in line (N8).

    vip:
      do: priority
      level: 5        # 1 to 9; a higher one goes first, and everybody else is 0
      next: sales

It counts in every line of this call from now on, also in one in which the caller stands already. A level that the
caller has by being a customer is never lowered.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field

from fs_control.flow.nodes.base import GoTo, Node, TrailItem, TrailKind, Turn
from fs_control.flow.nodes.names import StepName
from fs_control.flow.orders import Prioritise
from fs_control.flow.session import FlowSession

HIGHEST_LEVEL: Final = 9
"""More than an enterprise tells apart; and one digit is easily said."""


class Priority(Node):
    """Raise the caller to `level`, go to `next`."""

    do: Literal["priority"]
    level: Annotated[int, Field(ge=1, le=HIGHEST_LEVEL)]
    next: StepName

    def exits(self) -> Mapping[str, str]:
        """Return the one way out."""
        return {"next": self.next}

    def instant_exits(self) -> Collection[str]:
        """Return the one way out: nothing is heard and no time passes."""
        return ("next",)

    def enter(self, session: FlowSession) -> Turn:
        """Raise the caller and go on."""
        told = TrailItem(session.step, TrailKind.PRIORITY, str(self.level))
        return Turn(GoTo(self.next), orders=(Prioritise(self.level),), trail=(told,))
