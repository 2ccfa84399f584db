"""The caller of a dry run: what was said they would press, used up question by question.

A question is whatever takes keys: a menu, a collect, the question whether to wait for one's own agent, and the music
of a line that may be left by a key. Easy to break: keys for a sentence that may be skipped (`>1`) are no answer to a
question, so they stay until such a sentence comes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from fs_control.centre.rehearsal.scene import AT_ONCE, HANGS_UP, SILENCE
from fs_control.events import DigitsCollected


@dataclass(frozen=True, slots=True)
class Question:
    """Something that took keys: what was asked, and what of `Scene.keys` was the answer, None behind the last one.

    Of a secret input the answer is `DigitsCollected.HIDDEN`.
    """

    asked: str
    answer: str | None


@dataclass(slots=True)
class Caller:
    """What the caller will press, and what they were asked so far."""

    keys: list[str]
    questions: list[Question] = field(default_factory=list)

    def answer(self, asked: str, *, is_secret: bool = False) -> str:
        """Return what the caller does when asked: keys, `SILENCE` or `HANGS_UP`. Secret keys are noted as hidden."""
        answer = self.keys.pop(0) if self.keys else None
        is_hidden = is_secret and answer not in (None, SILENCE, HANGS_UP)
        self.questions.append(Question(asked, DigitsCollected.HIDDEN if is_hidden else answer))
        return (answer or SILENCE).removeprefix(AT_ONCE)

    def skips(self, heard: str) -> str | None:
        """Return the key by which the caller ends a sentence that may be skipped, or None."""
        if not self.keys or not self.keys[0].startswith(AT_ONCE):
            return None
        keys = self.keys.pop(0).removeprefix(AT_ONCE)
        self.questions.append(Question(heard, AT_ONCE + keys))
        return keys[:1] or None


def digits_of(answer: str, max_digits: int, end_key: str = "") -> str:
    """Return the digits that a collect gets from keys: those before the key that ends it, and no more than it takes."""
    if answer in (SILENCE, HANGS_UP):
        return ""
    before = answer.partition(end_key)[0] if end_key else answer
    return before[:max_digits]
