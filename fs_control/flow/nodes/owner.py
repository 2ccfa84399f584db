"""`owner`: hand a caller to their own agent, if that is one of those named here (N11, 主叫路由).

    to-own:
      do: owner
      targets: [8001, 8002]      # agents whom callers may reach here as their own; the others' callers are anybody's
      group: sales               # and all else as in `queue`: strangers, and colleagues of an agent who cannot
      nobody_signed_in: closed

A `queue` step lets callers reach any agent as their own; this one only those whom it names. Easy to break: an agent who
owns customers and is not named cannot be reached by them here; `flow check` warns of it. Its older spelling is
`do: transfer` with `mode: ani`, by who calls.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from fs_control.flow.nodes.names import AgentNumber
from fs_control.flow.nodes.queue import Queue
from fs_control.flow.orders import Enqueue

MAX_TARGETS = 10_000
"""More agents than one enterprise has."""


class Owner(Queue):
    """Enter the line of `group`, in which only `targets` are anybody's own agent."""

    do: Literal["owner"]  # type: ignore[assignment]  # the key by which the types of steps are told apart
    targets: Annotated[list[AgentNumber], Field(min_length=1, max_length=MAX_TARGETS)]

    def order(self) -> Enqueue:
        """Return the line to join, with whom the caller may reach as their own agent."""
        return replace(super().order(), own_agents=tuple(self.targets))


class Transfer(Owner):
    """The older spelling of `owner`."""

    do: Literal["transfer"]  # type: ignore[assignment]
    mode: Literal["ani"]
