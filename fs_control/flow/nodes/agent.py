"""`agent`: ring one agent, and nobody else.

    reception:
      do: agent
      agent: 8001
      ring: 20                   # seconds
      not_signed_in: closed      # must be there
      busy: sales                # talking, on a break, ...; without it as not_signed_in
      no_answer: sales           # without it as not_signed_in
      served: survey             # after the talk; without it the call ends

There is no line: who should wait for somebody goes through a `queue`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from fs_control.flow.answers import TalkExit
from fs_control.flow.nodes.names import AgentNumber, StepName
from fs_control.flow.nodes.talking import Ring, Talk
from fs_control.flow.orders import Reach


class RingAgent(Talk):
    """Ring `agent` for `ring` seconds."""

    do: Literal["agent"]
    agent: AgentNumber
    ring: Ring = 20.0
    not_signed_in: StepName

    def order(self) -> Reach:
        """Return the agent."""
        return Reach(self.agent, self.ring)

    def steps(self) -> Mapping[TalkExit, str | None]:
        """Return the step after each outcome."""
        return {
            TalkExit.SERVED: self.served,
            TalkExit.BUSY: self.busy or self.not_signed_in,
            TalkExit.NO_ANSWER: self.no_answer or self.not_signed_in,
            TalkExit.NOT_SIGNED_IN: self.not_signed_in,
        }
