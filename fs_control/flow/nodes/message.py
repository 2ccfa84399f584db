"""`message`: let the caller leave a message (N7).

    after-hours:
      do: message
      box: sales                 # whom it is for: a word of your own, mostly the group's name
      prompt: leave-message      # said before the tone; or say: "..."
      longest: 120               # seconds
      silence: 4                 # seconds of silence that end it
      end: "#"                   # the key that ends it
      next: thanks
      nothing_said: goodbye      # nobody spoke; without it as next

Offer it where nobody is signed in or nobody is free: at `nobody_signed_in` and `nobody_free` of a queue. It takes the
call up in a flow that leaves that to agents.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field

from fs_control.flow.answers import MessageTaken, PromptDone, Resume
from fs_control.flow.nodes.base import GoTo, Node, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.nodes.names import Key, StepName
from fs_control.flow.nodes.values import MustSpeak
from fs_control.flow.orders import Answer, Say, TakeMessage
from fs_control.flow.session import FlowSession

MAX_MESSAGE_S: Final = 600
"""Nobody listens to more than ten minutes."""


class Message(Node, MustSpeak):
    """Say what is said before the tone, then record."""

    do: Literal["message"]
    box: Annotated[str, Field(pattern=r"^\w[\w-]{0,63}$")]
    longest: Annotated[float, Field(ge=5, le=MAX_MESSAGE_S)] = 120.0
    silence: Annotated[float, Field(ge=1, le=60)] = 4.0
    end: Key = "#"
    next: StepName
    nothing_said: StepName | None = None

    def exits(self) -> Mapping[str, str]:
        """Return the two ways out."""
        return {"next": self.next, "nothing_said": self.nothing_said or self.next}

    def instant_exits(self) -> Collection[str]:
        """Return none: recording takes its time."""
        return ()

    def sentences(self) -> Collection[str]:
        """Return what is said before the tone."""
        return self.sentences_here()

    def prompts(self) -> Collection[str]:
        """Name what is said before the tone."""
        return self.prompts_here()

    def enter(self, session: FlowSession) -> Turn:
        """Take the call up, and say what the message is for; keys pressed ahead mean nothing."""
        said = self.spoken(session)
        then = Say(said.text, said.parts) if said is not None else self._record()
        return Turn(WaitFor(then), orders=(Answer(),), typed="")

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Record, then go on."""
        match resume:
            case PromptDone():
                return Turn(WaitFor(self._record()))
            case MessageTaken(seconds):
                name = "next" if seconds > 0 else "nothing_said"
                told = TrailItem(session.step, TrailKind.MESSAGE, f"{seconds:g}")
                return Turn(GoTo(self.exits()[name]), trail=(told, TrailItem(session.step, TrailKind.EXIT, name)))
            case _:
                return super().resume(session, resume)

    def _record(self) -> TakeMessage:
        return TakeMessage(self.box, self.longest, self.silence, self.end)
