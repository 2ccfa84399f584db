"""`menu`: let the caller choose by pressing a key (N3).

    choose:
      do: menu
      prompt: main-menu                           # or say: "For sales, press 1."
      keys: {1: sales, 2: service, "*": choose}   # * and # need quotes in YAML
      tries: 3                                    # how often the menu is asked, whatever went wrong before
      timeout: 5                                  # seconds for a key, from the end of the prompt
      wrong_key: {prompt: wrong-key, next: goodbye}
      no_key: {prompt: no-key, next: sales}

After a wrong key its prompt is played and the menu asked again; the last try goes straight to `next`, because the
prompt asks for another key. No key is a branch of its own. The branch of the last try decides where the caller goes.
A key that was pressed during the step before counts, and the menu is not played.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from fs_control.flow.answers import DigitsGot, PromptDone, Resume
from fs_control.flow.nodes.base import GoTo, TrailItem, TrailKind, Turn
from fs_control.flow.nodes.names import Key, StepName
from fs_control.flow.nodes.retry import Question, Retry
from fs_control.flow.orders import Ask
from fs_control.flow.session import FlowSession
from fs_control.flow.spoken import Said


class Menu(Question):
    """Ask for one of `keys` up to `tries` times."""

    do: Literal["menu"]
    keys: Annotated[Mapping[Key, StepName], Field(min_length=1)]
    wrong_key: Retry

    def exits(self) -> Mapping[str, str]:
        """Return one exit for each key, and one for each way to fail."""
        return {**self.keys, "wrong_key": self.wrong_key.next, "no_key": self.no_key.next}

    def instant_exits(self) -> Collection[str]:
        """Return none: a menu is heard first, or a key was pressed."""
        return ()

    def failures(self) -> Collection[Retry]:
        """Return the wrong key and the silence."""
        return (self.wrong_key, self.no_key)

    def question(self, session: FlowSession, said: Said) -> Ask:
        """Ask for one key."""
        return Ask(said.text, max_digits=1, timeout_s=self.timeout, parts=said.parts)

    def enter(self, session: FlowSession) -> Turn:
        """Ask for the first time, unless the caller has pressed a key already."""
        if not session.typed:
            return self.ask(session, failed=0)
        key, rest = session.typed[0], session.typed[1:]
        turn = self._pressed(session, key)
        return replace(turn, typed=rest) if isinstance(turn.then, GoTo) else turn

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Follow the key, or try again, or give up."""
        match resume:
            case PromptDone():
                return self.ask(session, failed=session.attempts)
            case DigitsGot(""):
                return self.failed(session, self.no_key, TrailItem(session.step, TrailKind.NO_KEY))
            case DigitsGot(key):
                return self._pressed(session, key)
            case _:
                return super().resume(session, resume)

    def _pressed(self, session: FlowSession, key: str) -> Turn:
        if key in self.keys:
            return Turn(GoTo(self.keys[key]), trail=(TrailItem(session.step, TrailKind.PRESSED, key),))
        return self.failed(session, self.wrong_key, TrailItem(session.step, TrailKind.WRONG_KEY, key))
