"""`hangup`: end the call.

    goodbye:
      do: hangup
      reason: finished

The reason goes into the call record. To say good-bye, put a `play` step before it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Literal

from pydantic import Field

from fs_control.flow.nodes.base import Finish, Node, Turn
from fs_control.flow.session import FlowSession


class Hangup(Node):
    """End the call with a `reason` of the admin's choice: one line of at most 64 characters."""

    do: Literal["hangup"]
    reason: Annotated[str, Field(pattern=r"^[\w-][\w -]{0,63}$")] = "finished"

    after_hang_up = True

    def exits(self) -> Mapping[str, str]:
        """Return nothing: no step comes after the end."""
        return {}

    def instant_exits(self) -> Collection[str]:
        """Return none: there is no way out."""
        return ()

    def enter(self, session: FlowSession) -> Turn:
        """End the flow."""
        return Turn(Finish(self.reason))
