"""Where one caller is in a flow: plain data, saved and loaded between any two steps.

Knows no definition and no node: a session is moved by `engine` and by nothing else. Each wait has exactly one kind
of answer (`ACCEPTED`); another one is refused and the session stays as it was. A field once shipped keeps its name
and meaning, because sessions lie in snapshots that a newer program reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic import TypeAdapter, ValidationError

from fs_control.errors import BrokenInvariant, UserMistake
from fs_control.flow.answers import ACCEPTED, Resume, Value, Wait


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a flow goes on when the flow that it has called comes back."""

    flow: str
    step: str


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
    variables: Mapping[str, Value] = field(default_factory=dict)
    steps_taken: int = 0
    finished: bool = False
    stack: tuple[Frame, ...] = ()
    """The flows that wait for this one to come back, the outermost first."""
    language: str = ""
    """The language of `flow`."""
    facts: Mapping[str, Value] = field(default_factory=dict)
    """What was told at the last step that wanted to know something of the caller or the moment (`facts`)."""
    typed: str = ""
    """Keys pressed ahead, for the next menu or input."""
    secrets: tuple[str, ...] = ()
    """The variables that hold a word for what the caller typed, and not that itself."""
    failed: bool = False
    """`on_error` has had this call; the next fault ends it."""
    hung_up: bool = False
    """The caller has gone; what is done now is heard by nobody."""
    ending: str = ""
    """The caller hears that we are sorry; then the flow ends with this reason."""

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
