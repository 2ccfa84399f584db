"""`dial`: call a number outside and join the caller with it.

    branch-office:
      do: dial
      number: "02112345678"      # as it is dialled; a variable is refused
      ring: 30                   # seconds
      failed: closed             # must be there: the number cannot be reached
      busy: closed               # without it as failed
      no_answer: closed          # without it as failed
      served: goodbye            # after the talk; without it the call ends

The number stands in the flow and nowhere else, so that no caller and no server can make this system dial.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator

from fs_control.flow.answers import TalkExit
from fs_control.flow.nodes.names import StepName, as_text
from fs_control.flow.nodes.talking import Ring, Talk
from fs_control.flow.nodes.values import mistake
from fs_control.flow.orders import Dial

_NUMBER: Final = re.compile(r"\+?[0-9]{2,20}")


def _dialable(number: str) -> str:
    if "{" in number or number.startswith("="):
        raise mistake("flow_dial_variable", value=number)
    if not _NUMBER.fullmatch(number):
        raise mistake("flow_dial_number", value=number)
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

    def order(self) -> Dial:
        """Return the number."""
        return Dial(self.number, self.ring)

    def steps(self) -> Mapping[TalkExit, str | None]:
        """Return the step after each outcome."""
        return {
            TalkExit.SERVED: self.served,
            TalkExit.BUSY: self.busy or self.failed,
            TalkExit.NO_ANSWER: self.no_answer or self.failed,
            TalkExit.FAILED: self.failed,
        }
