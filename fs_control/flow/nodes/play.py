"""`play`: let the caller hear a prompt, then go on.

    welcome:
      do: play
      prompt: welcome
      next: choose
      skip: true        # a key ends it, and counts for the menu or the input that comes next

A prompt that cannot be played does not hold the caller up: the step goes on and the record says so.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping
from typing import Literal

from fs_control.flow.answers import PromptDone, Resume
from fs_control.flow.nodes.base import GoTo, Node, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.nodes.names import PromptName, StepName
from fs_control.flow.orders import Say
from fs_control.flow.session import FlowSession
from fs_control.flow.spoken import Said


class Announcement(Node):
    """Let the caller hear something, go to `next`."""

    next: StepName
    skip: bool = True

    @abstractmethod
    def heard(self, session: FlowSession) -> Said:
        """Return what this caller hears."""

    def exits(self) -> Mapping[str, str]:
        """Return the one way out."""
        return {"next": self.next}

    def instant_exits(self) -> Collection[str]:
        """Return none: it takes its time, unless the caller has pressed a key."""
        return ()

    def enter(self, session: FlowSession) -> Turn:
        """Order it; who has pressed a key for what follows does not want to hear it."""
        said = self.heard(session)
        if self.skip and session.typed:
            return Turn(GoTo(self.next), trail=(TrailItem(session.step, TrailKind.NOT_HEARD, said.text),))
        return Turn(WaitFor(Say(said.text, said.parts, self.skip)))

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Go on, whether or not it was heard to its end."""
        match resume:
            case PromptDone():
                return Turn(GoTo(self.next))
            case _:
                return super().resume(session, resume)


class Play(Announcement):
    """Play `prompt`, wait for its end, go to `next`."""

    do: Literal["play"]
    prompt: PromptName

    def prompts(self) -> Collection[str]:
        """Name the prompt."""
        return (self.prompt,)

    def heard(self, session: FlowSession) -> Said:
        """Return the prompt."""
        return Said(self.prompt, ())
