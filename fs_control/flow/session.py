"""Where one caller is in a flow: plain data, saved and loaded between any two steps.

Knows no definition and no node: a session is moved by `engine` and by nothing else. Each wait has exactly one kind
of answer (`ACCEPTED`); another one is refused and the session stays as it was. A field once shipped keeps its name
and meaning, because sessions lie in snapshots that a newer program reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from pydantic import TypeAdapter, ValidationError

from fs_control.errors import BrokenInvariant, UserMistake


class Wait(StrEnum):
    """What a session may stop for."""

    PROMPT = "prompt"
    """The end of a prompt."""
    DIGITS = "digits"
    """Keys of the caller, or their absence."""
    LINE = "line"
    """The caller's leaving a group's line, whichever way."""


class LineExit(StrEnum):
    """How a caller left a line while still on the phone."""

    SERVED = "served"
    """Talked to an agent, who has left."""
    NOBODY = "nobody"
    """Nobody of the group is signed in."""
    TIMED_OUT = "timed_out"
    """Waited as long as the flow allows."""
    KEY = "key"
    """Pressed one of the keys that lead out of the line (Q10)."""
    FULL = "full"
    """As many callers wait as the group allows."""


@dataclass(frozen=True, slots=True)
class PromptDone:
    """The prompt has ended; `completed` is False where it was cut short or could not be played."""

    completed: bool


@dataclass(frozen=True, slots=True)
class DigitsGot:
    """The keys that the caller pressed, "" for none."""

    digits: str


@dataclass(frozen=True, slots=True)
class LineLeft:
    """The caller is out of the line and still on the phone; `key` is the one by which they left."""

    how: LineExit
    key: str = ""


Resume: TypeAlias = PromptDone | DigitsGot | LineLeft

ACCEPTED: Final[Mapping[Wait, type[Resume]]] = {
    Wait.PROMPT: PromptDone,
    Wait.DIGITS: DigitsGot,
    Wait.LINE: LineLeft,
}


@dataclass(frozen=True, slots=True)
class FlowSession:
    """One caller's place in a flow.

    `wait` is what the current `step` waits for, None before the first step and after the end, and `prompt` what the
    caller hears meanwhile; `attempts` counts what the step has tried in vain since it was entered; `steps_taken` counts
    the steps entered since the start.
    """

    flow: str
    step: str
    wait: Wait | None = None
    prompt: str | None = None
    attempts: int = 0
    variables: Mapping[str, str] = field(default_factory=dict)
    steps_taken: int = 0
    finished: bool = False

    def refuse_unless_awaited(self, resume: Resume) -> None:
        """Raise `ResumeRefused` unless `resume` is the answer that this session waits for."""
        if self.wait is None or not isinstance(resume, ACCEPTED[self.wait]):
            awaited = "nothing" if self.wait is None else self.wait.value
            raise ResumeRefused("flow_resume_not_awaited", awaited=awaited, resume=type(resume).__name__)


class ResumeRefused(UserMistake):
    """The session waits for something else, or for nothing any more; it is as it was before."""


_SESSIONS: Final = TypeAdapter(FlowSession)


def session_to_json(session: FlowSession) -> str:
    """Write a session down; `session_from_json` gives back an equal one."""
    return _SESSIONS.dump_json(session).decode()


def session_from_json(text: str) -> FlowSession:
    """Read a session that `session_to_json` wrote; BrokenInvariant where the text is no session."""
    try:
        return _SESSIONS.validate_json(text)
    except ValidationError as error:
        raise BrokenInvariant("flow_session_unreadable", problems=error.error_count()) from error
