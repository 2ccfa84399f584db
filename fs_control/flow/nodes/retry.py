"""A question that may fail and be asked again: what `menu` and `collect` have in common.

After a failed try its prompt is played and the question asked again; the last try goes straight to `next`, because the
prompt asks for another go. Which branch counts is decided by the last try.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection
from typing import Annotated, Final

from pydantic import Field

from fs_control.flow.nodes.base import GoTo, Node, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.nodes.names import StepName
from fs_control.flow.nodes.values import MustSpeak, Spoken
from fs_control.flow.orders import Ask, Say
from fs_control.flow.session import FlowSession
from fs_control.flow.spoken import Said

MAX_TRIES: Final = 10
"""A caller who has heard a question ten times needs another way."""
MAX_TIMEOUT_S: Final = 60
"""Silence of a minute is a caller who has gone."""


class Retry(Spoken):
    """What follows a failed try: `prompt` (or nothing) and the question again; `next` once the tries are used up."""

    next: StepName

    @property
    def is_silent_by_chance(self) -> bool:
        """Whether nothing was written of what is said; `prompt: null` is silence that is meant."""
        return not self.model_fields_set & {"prompt", "say"}


class Question(Node, MustSpeak):
    """Say something and wait for keys, up to `tries` times."""

    tries: Annotated[int, Field(ge=1, le=MAX_TRIES)] = 3
    timeout: Annotated[float, Field(ge=1, le=MAX_TIMEOUT_S)] = 5.0
    no_key: Retry

    @abstractmethod
    def failures(self) -> Collection[Retry]:
        """Return every way to fail."""

    @abstractmethod
    def question(self, session: FlowSession, said: Said) -> Ask:
        """Return the order that asks."""

    def sentences(self) -> Collection[str]:
        """Return the question and what is said after failures."""
        return [sentence for part in (self, *self.failures()) for sentence in part.sentences_here()]

    def prompts(self) -> Collection[str]:
        """Name the question and what is said after failures."""
        return [prompt for part in (self, *self.failures()) for prompt in part.prompts_here()]

    def ask(self, session: FlowSession, failed: int, trail: tuple[TrailItem, ...] = ()) -> Turn:
        """Ask, having failed so often; keys pressed ahead do not count any more."""
        said = self.spoken(session) or Said("", ())
        return Turn(WaitFor(self.question(session, said), attempts=failed), trail=trail, typed="")

    def failed(self, session: FlowSession, branch: Retry, what: TrailItem) -> Turn:
        """Try again, or give up."""
        failed = session.attempts + 1
        if failed >= self.tries:
            left = TrailItem(session.step, TrailKind.EXIT, what.kind.value)
            return Turn(GoTo(branch.next), trail=(what, left), typed="")
        said = branch.spoken(session)
        if said is None:
            return self.ask(session, failed, trail=(what,))
        return Turn(WaitFor(Say(said.text, said.parts), attempts=failed), trail=(what,), typed="")
