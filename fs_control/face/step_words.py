"""What happened in a step of a flow, in the reader's words: the sentence of one line of a call's record.

Used by the story of a call, by `call why` and by the example of a proof. Must not know which of them asks. Easy to
break: what was wrong with a step is kept in the record as the code and the values of an error of ours, so it has to be
read back here, and whatever else stands there (an older record, one that was cut) is shown as it is.
"""

from __future__ import annotations

import ast
import re
from typing import Final

from fs_control.texts import sentence

SAID_ANYWAY: Final = frozenset({"served", "next"})
"""The exits of which another line tells already: the talk, the message, the answer of the other system."""

NO_MESSAGE: Final = "0"
"""The length of a message in which nobody spoke."""

_VALUE: Final = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[\w.-]+"
_ERROR: Final = re.compile(rf"(\w+)((?: \w+=(?:{_VALUE}))*)")
_DETAIL: Final = re.compile(rf" (\w+)=({_VALUE})")


def step_words(kind: str, step: str, detail: str, language: str) -> str:
    """Return what a line of the record says that a step did (`records.FlowStep`)."""
    if kind == "collected" and not detail:  # `sensitive`: nobody is told how many there were, either
        return sentence("story.collected_secretly", {}, language)
    shown = fault_words(detail, language) if kind == "fault" else detail
    return sentence(f"step.{kind}", {"detail": shown, "step": step}, language)


def exit_words(step: str, name: str, language: str) -> str:
    """Return how a caller left a step by the exit of this name."""
    kind, _, number = name.partition(" ")
    return sentence(f"exit.{kind}", {"step": step, "detail": number}, language)


def fault_words(fault: str, language: str) -> str:
    """Return what was wrong with a step, without a full stop: `str` of an error of ours becomes its sentence."""
    error = _ERROR.fullmatch(fault)
    if error is None:
        return fault
    try:
        values = {name: ast.literal_eval(value) for name, value in _DETAIL.findall(error[2])}
    except (ValueError, SyntaxError):  # a value that is no literal, such as that of an enum
        return fault
    return sentence(error[1], values, language).rstrip(".。")
