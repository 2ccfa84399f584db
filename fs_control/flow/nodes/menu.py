"""`menu`: let the caller choose by pressing a key (N3).

    choose:
      do: menu
      prompt: main-menu
      keys: {1: sales, 2: service, "*": choose}   # * and # need quotes in YAML
      tries: 3                                    # how often the menu is asked, whatever went wrong before
      timeout: 5                                  # seconds for a key, from the end of the prompt
      wrong_key: {prompt: wrong-key, next: goodbye}
      no_key: {prompt: no-key, next: sales}

After a wrong key its prompt is played and the menu asked again; the last try goes straight to `next`, because the
prompt asks for another key. No key is a branch of its own. The branch of the last try decides where the caller goes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field

from fs_control.flow.nodes.base import GoTo, Node, Part, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.nodes.names import Key, PromptName, StepName
from fs_control.flow.orders import Ask, Say
from fs_control.flow.session import DigitsGot, FlowSession, PromptDone, Resume

MAX_TRIES: Final = 10
"""A caller who has heard a menu ten times needs another way."""
MAX_TIMEOUT_S: Final = 60
"""Silence of a minute is a caller who has gone."""


class Retry(Part):
    """What follows a failed try: `prompt` (or nothing) and the menu again; `next` once the tries are used up."""

    prompt: PromptName | None = None
    next: StepName


class Menu(Node):
    """Ask for one of `keys` up to `tries` times."""

    do: Literal["menu"]
    prompt: PromptName
    keys: Annotated[Mapping[Key, StepName], Field(min_length=1)]
    tries: Annotated[int, Field(ge=1, le=MAX_TRIES)] = 3
    timeout: Annotated[float, Field(ge=1, le=MAX_TIMEOUT_S)] = 5.0
    wrong_key: Retry
    no_key: Retry

    def exits(self) -> Mapping[str, str]:
        """Return one exit for each key, and one for each way to fail."""
        return {**self.keys, "wrong_key": self.wrong_key.next, "no_key": self.no_key.next}

    def instant_exits(self) -> Collection[str]:
        """Return none: a menu is heard first."""
        return ()

    def enter(self, session: FlowSession) -> Turn:
        """Ask for the first time."""
        return self._ask(failed=0)

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Follow the key, or try again, or give up."""
        match resume:
            case PromptDone():
                return self._ask(failed=session.attempts)
            case DigitsGot(""):
                return self._failed(session, self.no_key, TrailItem(session.step, TrailKind.NO_KEY))
            case DigitsGot(key) if key in self.keys:
                return Turn(GoTo(self.keys[key]), trail=(TrailItem(session.step, TrailKind.PRESSED, key),))
            case DigitsGot(keys):
                return self._failed(session, self.wrong_key, TrailItem(session.step, TrailKind.WRONG_KEY, keys))
            case _:
                return super().resume(session, resume)

    def _ask(self, failed: int, trail: tuple[TrailItem, ...] = ()) -> Turn:
        order = Ask(self.prompt, max_digits=1, timeout_s=self.timeout)
        return Turn(WaitFor(order, attempts=failed), trail=trail)

    def _failed(self, session: FlowSession, branch: Retry, what: TrailItem) -> Turn:
        failed = session.attempts + 1
        if failed >= self.tries:
            left = TrailItem(session.step, TrailKind.EXIT, what.kind.value)
            return Turn(GoTo(branch.next), trail=(what, left))
        if branch.prompt is None:
            return self._ask(failed, trail=(what,))
        return Turn(WaitFor(Say(branch.prompt), attempts=failed), trail=(what,))
