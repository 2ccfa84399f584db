"""`say`: let the caller hear a sentence, with values in it.

    balance:
      do: say
      text: "您有 {balance:number} 个订单。"
      next: choose
      skip: true

A value stands in braces with how it is said: `digits`, `number`, `money`, `date`, `time`, `agent`; without that,
numbers as numbers and all else digit by digit. The words are made into a prompt when the flow is activated.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from fs_control.flow.nodes.play import Announcement
from fs_control.flow.nodes.values import Sentence
from fs_control.flow.session import FlowSession
from fs_control.flow.spoken import Said, said


class Speak(Announcement):
    """Say `text`, wait for its end, go to `next`."""

    do: Literal["say"]
    text: Sentence

    def sentences(self) -> Collection[str]:
        """Return the sentence."""
        return (self.text,)

    def heard(self, session: FlowSession) -> Said:
        """Put the sentence together."""
        return said(self.text, {**session.facts, **session.variables}, session.language)
