"""`play`: let the caller hear a prompt, then go on.

    welcome:
      do: play
      prompt: welcome
      next: choose

A prompt that cannot be played does not hold the caller up: the step goes on and the record says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from fs_control.flow.nodes.base import GoTo, Node, Turn, WaitFor
from fs_control.flow.nodes.names import PromptName, StepName
from fs_control.flow.orders import Say
from fs_control.flow.session import FlowSession, PromptDone, Resume


class Play(Node):
    """Say `prompt`, wait for its end, go to `next`."""

    do: Literal["play"]
    prompt: PromptName
    next: StepName

    def exits(self) -> Mapping[str, str]:
        """Return the one way out."""
        return {"next": self.next}

    def instant_exits(self) -> Collection[str]:
        """Return none: a prompt takes its time."""
        return ()

    def enter(self, session: FlowSession) -> Turn:
        """Order the prompt."""
        return Turn(WaitFor(Say(self.prompt)))

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Go on, whether or not the prompt was heard to its end."""
        match resume:
            case PromptDone():
                return Turn(GoTo(self.next))
            case _:
                return super().resume(session, resume)
