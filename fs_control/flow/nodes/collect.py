"""`collect`: take a number that the caller types (N4).

    ask-id:
      do: collect
      prompt: enter-id               # or in its place say: "Please enter your number, then the hash key."
      length: 18                     # ends at that many digits; or, instead of it,
      # end: "#"                     # ends on this key,
      # min: 4                       # with at least so many digits before it
      # max: 18                      # and at most so many
      into: id_number                # the variable that holds the digits
      next: look-up
      wrong: {prompt: try-again, next: operator}     # too few digits
      no_key: {prompt: no-key, next: operator}       # nothing at all
      tries: 3
      timeout: 5                     # seconds for the first key, from the end of the prompt
      between: 3                     # seconds from key to key
      on_record: true                # the digits stand in the record of the call
      # sensitive: true              # instead of that: nobody ever sees them, only an `http` step can send them on

The digits are in the record only with `on_record`. With `sensitive` they are in no file, no record and no condition;
should fs_control be started anew before they are used, the caller is asked again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from fs_control.flow.answers import DigitsGot, PromptDone, Resume
from fs_control.flow.nodes.base import GoTo, TrailItem, TrailKind, Turn, WaitFor
from fs_control.flow.nodes.names import Key, StepName
from fs_control.flow.nodes.retry import MAX_TIMEOUT_S, Question, Retry
from fs_control.flow.nodes.values import VariableName, mistake
from fs_control.flow.orders import Ask
from fs_control.flow.session import FlowSession
from fs_control.flow.spoken import Said

MAX_DIGITS: Final = 32
"""Longer than any number that people type."""

Digits = Annotated[int, Field(ge=1, le=MAX_DIGITS)]


class Collect(Question):
    """Ask for digits up to `tries` times."""

    do: Literal["collect"]
    length: Digits | None = None
    end: Key | None = None
    min: Digits | None = None
    max: Digits | None = None
    into: VariableName
    between: Annotated[float, Field(ge=1, le=MAX_TIMEOUT_S)] = 3.0
    next: StepName
    wrong: Retry
    on_record: bool = False
    sensitive: bool = False

    @model_validator(mode="after")
    def _ends_somehow(self) -> Collect:
        others = [name for name in ("end", "min", "max") if getattr(self, name) is not None]
        if self.length is not None and others:
            raise mistake("flow_length_and_end", key=others[0])
        if self.length is None and self.end is None:
            raise mistake("flow_length_or_end_missing")
        if self.least > self.most:
            raise mistake("flow_min_above_max", min=str(self.least), max=str(self.most))
        if self.sensitive and self.on_record:
            raise mistake("flow_sensitive_on_record")
        return self

    def exits(self) -> Mapping[str, str]:
        """Return the way on, and one for each way to fail."""
        return {"next": self.next, "wrong": self.wrong.next, "no_key": self.no_key.next}

    def instant_exits(self) -> Collection[str]:
        """Return none: the caller types first."""
        return ()

    def sets(self) -> Collection[str]:
        """Name the variable of the digits."""
        return (self.into,)

    def failures(self) -> Collection[Retry]:
        """Return too few digits and the silence."""
        return (self.wrong, self.no_key)

    @property
    def least(self) -> int:
        """How many digits there must be."""
        return self.length or self.min or 1

    @property
    def most(self) -> int:
        """How many digits are taken."""
        return self.length or self.max or MAX_DIGITS

    def question(self, session: FlowSession, said: Said) -> Ask:
        """Ask for all digits."""
        return Ask(
            said.text,
            max_digits=self.most,
            timeout_s=self.timeout,
            parts=said.parts,
            end_key=self.end or "",
            between_s=self.between,
            secret=f"secret:{session.step}" if self.sensitive else "",
        )

    def enter(self, session: FlowSession) -> Turn:
        """Ask for the first time; digits typed ahead count, and then nothing is played."""
        typed = session.typed
        if not typed or self.sensitive:
            return self.ask(session, failed=0)
        if self._is_whole(typed):
            return self._got(session, typed)
        order = replace(self.question(session, Said("", ())), timeout_s=self.between, max_digits=self.most - len(typed))
        return Turn(WaitFor(order), typed=typed)

    def resume(self, session: FlowSession, resume: Resume) -> Turn:
        """Take the digits, or try again, or give up."""
        match resume:
            case PromptDone():
                return self.ask(session, failed=session.attempts)
            case DigitsGot(digits):
                return self._got(session, session.typed + digits)
            case _:
                return super().resume(session, resume)

    def _is_whole(self, typed: str) -> bool:
        return len(typed) >= self.most or (self.end is not None and self.end in typed)

    def _got(self, session: FlowSession, typed: str) -> Turn:
        if self.sensitive and typed:  # a word for it; whether there are enough is looked at where they are kept
            kept = TrailItem(session.step, TrailKind.COLLECTED, "")
            return Turn(GoTo(self.next), trail=(kept,), variables={self.into: typed}, secrets=(self.into,))
        digits = typed.partition(self.end)[0] if self.end else typed
        if not typed:
            return self.failed(session, self.no_key, TrailItem(session.step, TrailKind.NO_KEY))
        if not digits.isdigit() or not self.least <= len(digits) <= self.most:
            return self.failed(session, self.wrong, TrailItem(session.step, TrailKind.WRONG, self._told(digits)))
        told = TrailItem(session.step, TrailKind.COLLECTED, self._told(digits))
        return Turn(GoTo(self.next), trail=(told,), variables={self.into: digits}, typed="")

    def _told(self, digits: str) -> str:
        return digits if self.on_record else "•" * len(digits)
