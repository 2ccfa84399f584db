"""`return`: back to the flow that runs this one.

    back:
      do: return

It leads to the `next` of the `flow` step over there. In a flow that no other runs, it ends the call.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from fs_control.flow.nodes.base import GoBack, Node, Turn
from fs_control.flow.session import FlowSession


class Return(Node):
    """End this flow and not the call."""

    do: Literal["return"]

    after_hang_up = True

    def exits(self) -> Mapping[str, str]:
        """Return nothing: no step of this flow comes after it."""
        return {}

    def instant_exits(self) -> Collection[str]:
        """Return none: there is no way out."""
        return ()

    def enter(self, session: FlowSession) -> Turn:
        """Go back."""
        return Turn(GoBack())
