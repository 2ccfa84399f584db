"""`dial`: call a number outside and join the caller with it.

    branch-office:
      do: dial
      number: "02112345678"      # as it is dialled; or a variable alone: "{callback}", of what the rules allow
      ring: 30                   # seconds
      failed: closed             # must be there: the number cannot be reached
      busy: closed               # without it as failed
      no_answer: closed          # without it as failed
      served: goodbye            # after the talk; without it the call ends

A number that stands in the flow was chosen by whoever wrote it. One from a variable was chosen by a caller or a server:
it is judged by the enterprise's rules (`dial-rule`), like what agents dial, and what those do not allow is `failed`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator

from fs_control.flow.answers import TalkExit
from fs_control.flow.facts import FACTS
from fs_control.flow.nodes.base import Turn, WaitFor
from fs_control.flow.nodes.names import StepName, as_text
from fs_control.flow.nodes.talking import Ring, Talk
from fs_control.flow.nodes.values import mistake
from fs_control.flow.orders import Dial
from fs_control.flow.session import FlowSession
from fs_control.flow.spoken import SLOT

LONGEST: Final = 40
"""Characters; no number is longer."""

_NUMBER: Final = re.compile(r"\+?[0-9]{2,20}")
_NAME: Final = re.compile(r"[^\W\d]\w*(?:\.[a-z_]+)?")


def _dialable(number: str) -> str:
    slot = SLOT.fullmatch(number)
    if slot is not None:
        return _variable(number, slot.group(1))
    if "{" in number or number.startswith("="):
        raise mistake("flow_dial_variable", value=number)
    if not _NUMBER.fullmatch(number):
        raise mistake("flow_dial_number", value=number)
    return number


def _variable(number: str, name: str) -> str:
    """Accept one variable or fact that makes up the whole number: nothing is put together to be dialled."""
    if not _NAME.fullmatch(name):
        raise mistake("flow_dial_variable", value=number)
    if "." in name and name not in FACTS:
        raise mistake("flow_unknown_fact", 1, name=name)
    return number


OutsideNumber: TypeAlias = Annotated[
    str, BeforeValidator(as_text, json_schema_input_type=str | int), AfterValidator(_dialable)
]


class DialOut(Talk):
    """Call `number` for `ring` seconds."""

    do: Literal["dial"]
    number: OutsideNumber
    ring: Ring = 30.0
    failed: StepName

    @property
    def variable(self) -> str | None:
        """Return the name of the variable or fact that holds the number, or None where it stands in the flow."""
        slot = SLOT.fullmatch(self.number)
        return slot.group(1) if slot is not None else None

    def names(self) -> Collection[str]:
        """Name the variable."""
        return () if self.variable is None else (self.variable,)

    def wants_facts(self) -> bool:
        """Tell whether the number is a fact, such as the caller's own."""
        return self.variable is not None and "." in self.variable

    def order(self) -> Dial:
        """Return the number that stands in the flow."""
        return Dial(self.number, self.ring)

    def enter(self, session: FlowSession) -> Turn:
        """Ring; with a variable that has no value nobody can be rung, which is for the centre to say."""
        if self.variable is None:
            return super().enter(session)
        value = {**session.facts, **session.variables}.get(self.variable, "")
        text = "" if self.variable in session.secrets else str(value)
        return Turn(WaitFor(Dial(text[:LONGEST], self.ring, is_given=True)))

    def steps(self) -> Mapping[TalkExit, str | None]:
        """Return the step after each outcome."""
        return {
            TalkExit.SERVED: self.served,
            TalkExit.BUSY: self.busy or self.failed,
            TalkExit.NO_ANSWER: self.no_answer or self.failed,
            TalkExit.FAILED: self.failed,
        }
