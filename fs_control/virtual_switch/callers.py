"""The callers of the box: scripts that run, and the journal of what each caller lived through.

Owns playing a CallerScript against a channel, step by step, driven by what happens and by timers (no greenlet of its
own), and the journal: answered, what was heard from when to when, keys pressed, with whom they talked, how it ended.
Easy to break: steps that wait consume what happened in order, so what began a moment too early still counts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gevent.event import Event as Signal

from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    Hold,
    Press,
    PromptEdge,
    Refer,
    ReferWithReplaces,
    Refresh,
    Resume,
    Speak,
    Step,
    Vanish,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
    WaitForTalk,
)
from fs_control.virtual_switch.timing import Timer

if TYPE_CHECKING:
    from fs_control.virtual_switch.core import Core
    from fs_control.virtual_switch.sessions import Session


@dataclass(frozen=True, slots=True)
class Note:
    """One line of a journal: when (virtual microseconds), what kind of thing, and its detail."""

    at: int
    kind: str
    detail: str = ""

    def to_json(self) -> list[Any]:
        """The note as JSON values."""
        return [self.at, self.kind, self.detail]


@dataclass(slots=True)
class Journal:
    """What one caller lived through."""

    call: str
    """The caller leg's uuid."""
    script: CallerScript
    notes: list[Note] = field(default_factory=list)
    cause: str = ""
    """The cause of the end; empty while the call lasts."""
    finished: Signal = field(default_factory=Signal)

    def to_json(self) -> dict[str, Any]:
        """The journal as JSON values."""
        return {
            "call": self.call,
            "label": self.script.label,
            "number": self.script.number,
            "caller_number": self.script.caller_number,
            "cause": self.cause,
            "notes": [note.to_json() for note in self.notes],
        }


class Caller:
    """One caller on the line."""

    def __init__(self, core: Core, session: Session, script: CallerScript) -> None:
        self._core = core
        self._session = session
        self._steps: deque[Step] = deque(script.steps)
        self._heard: deque[tuple[str, PromptEdge]] = deque()
        self._talks = 0
        """How often the caller was joined without having waited for it."""
        self._timer: Timer | None = None
        self._then: Callable[[], None] | None = None
        """What the caller does at the end of a pause."""
        self.journal = Journal(session.channel.uuid, script)

    def begin(self) -> None:
        """The INVITE has been sent."""
        self._note("dialled", self.journal.script.number)
        self._advance()

    # What the switch does.

    def answered(self) -> None:
        """The call was answered."""
        self._note("answered")
        self._advance()

    def hears(self, prompt: str, *, begins: bool) -> None:
        """A prompt begins or ends."""
        edge = PromptEdge.START if begins else PromptEdge.END
        self._note(f"prompt_{edge.value}", prompt)
        self._heard.append((prompt, edge))
        self._advance()

    def talks(self, other: str, *, begins: bool) -> None:
        """Talking with another leg begins or ends."""
        self._note("talk_start" if begins else "talk_end", other)
        if begins:
            self._talks += 1
            self._advance()

    def ended(self, cause: str) -> None:
        """The call is over."""
        self._steps.clear()
        if self._timer is not None:
            self._timer.cancel()
        self._note("ended", cause)
        self.journal.cause = cause
        self.journal.finished.set()

    # What the caller does.

    def _advance(self) -> None:
        """Do what can be done now; stop at the first step that has to wait."""
        while self._steps and self._timer is None and self._do(self._steps[0]):
            self._steps.popleft()

    def _do(self, step: Step) -> bool:
        """Whether the step is done; if not, something will call `_advance` again."""
        match step:
            case WaitForAnswer():
                return self._session.channel.answered
            case WaitForPrompt(text, edge):
                return self._has_heard(text, edge)
            case WaitForTalk():
                return self._has_talked()
            case Wait(seconds):
                self._pause(seconds)
                return True
            case Speak(seconds):
                self._session.channel.begin_to_speak()
                self._pause(seconds)
                self._then = self._session.channel.fall_silent
                return True
            case Press(digits, gap):
                self._press(digits[0])
                if len(digits) > 1:
                    self._steps.insert(1, Press(digits[1:], gap))
                    self._pause(gap)
                return True
            case HangUp():
                self._note("hangs_up")
                self._steps.clear()
                self._steps.append(step)
                self._core.sip.bye(self._session)
                return True
            case Vanish():
                self._note("vanishes")
                self._steps.clear()
                self._steps.append(step)
                self._core.sip.vanishes(self._session)
                return True
            case Refresh():
                self._session.signal(self._session.timer.refreshed_by_caller)
                return True
            case Hold():
                self._core.sip.holds(self._session)
                return True
            case Resume():
                self._core.sip.resumes(self._session)
                return True
            case Refer() | ReferWithReplaces():
                # A caller from outside cannot send agents about: the switch answers 403, and nothing happens.
                return True

    def _has_heard(self, text: str, edge: PromptEdge) -> bool:
        while self._heard:
            prompt, heard = self._heard.popleft()
            if heard is edge and text in prompt:
                return True
        return False

    def _has_talked(self) -> bool:
        talked = self._talks > 0
        self._talks -= talked
        return talked

    def _press(self, key: str) -> None:
        self._note("pressed", key)
        self._session.channel.press(key, "RTP")

    def _pause(self, seconds: float) -> None:
        self._timer = self._core.timing.call_later(seconds, self._go_on)

    def _go_on(self) -> None:
        self._timer = None
        after, self._then = self._then, None
        if after is not None:
            after()
        self._advance()

    def _note(self, kind: str, detail: str = "") -> None:
        self.journal.notes.append(Note(self._core.timing.now_us(), kind, detail))
