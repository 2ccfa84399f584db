"""What a session may stop for, and what it is told then. One kind of answer for each wait.

An answer says what the caller or the world did, in the words of a flow; `engine.resume_flow` takes it. Plain values,
made by whoever carries orders out: the centre, a dry run, a proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

Value: TypeAlias = str | int | float | bool
"""What a variable of a flow may hold."""


class Wait(StrEnum):
    """What a session may stop for."""

    PROMPT = "prompt"
    """The end of a prompt."""
    DIGITS = "digits"
    """Keys of the caller, or their absence."""
    LINE = "line"
    """The caller's leaving a group's line, whichever way."""
    TALK = "talk"
    """The end of a talk without a line, or of the attempt at one."""
    MESSAGE = "message"
    """The end of a recorded message."""
    FETCH = "fetch"
    """What somebody else's server answers."""
    FACTS = "facts"
    """What is known of the caller and the moment."""
    HOURS = "hours"
    """What a calendar says."""


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
    NONE_FREE = "none_free"
    """Somebody is signed in, and nobody is free; the flow does not want the caller to wait (N7)."""


class TalkExit(StrEnum):
    """What became of ringing an agent or a number outside; the caller is still on the phone."""

    SERVED = "served"
    """They talked, and the other side has left."""
    BUSY = "busy"
    """The other side cannot take the call at this moment."""
    NO_ANSWER = "no_answer"
    """It rang as long as the flow allows."""
    NOT_SIGNED_IN = "not_signed_in"
    """The agent is not at work."""
    FAILED = "failed"
    """The number cannot be reached."""


@dataclass(frozen=True, slots=True)
class PromptDone:
    """The prompt has ended; `completed` is False where it was cut short or could not be played.

    `key` is the key by which the caller cut it short, where the order allowed that.
    """

    completed: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class DigitsGot:
    """The keys that the caller pressed, "" for none; of a secret input its word."""

    digits: str


@dataclass(frozen=True, slots=True)
class LineLeft:
    """The caller is out of the line and still on the phone; `key` is the one by which they left."""

    how: LineExit
    key: str = ""


@dataclass(frozen=True, slots=True)
class TalkOver:
    """The talk, or the attempt at one, is over."""

    how: TalkExit


@dataclass(frozen=True, slots=True)
class MessageTaken:
    """The caller has left a message of so many seconds; 0 where nothing was said."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Fetched:
    """Somebody else's server has answered, or has not: then `reason` is why, and there are no values."""

    ok: bool
    values: Mapping[str, Value] = field(default_factory=dict)
    reason: str = ""


SECRET_LOST: Final = "secret_lost"
"""The reason of a `Fetched` for which the secret input is no longer there: this program has started anew since."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the caller and the moment, by the names of `facts.FACTS`."""

    facts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class HoursTold:
    """A calendar is open or not, by its layer `special`, `holiday`, `regular`, `none`; `missing` is no calendar."""

    is_open: bool
    layer: str


Resume: TypeAlias = PromptDone | DigitsGot | LineLeft | TalkOver | MessageTaken | Fetched | Known | HoursTold

ACCEPTED: Final[Mapping[Wait, type[Resume]]] = {
    Wait.PROMPT: PromptDone,
    Wait.DIGITS: DigitsGot,
    Wait.LINE: LineLeft,
    Wait.TALK: TalkOver,
    Wait.MESSAGE: MessageTaken,
    Wait.FETCH: Fetched,
    Wait.FACTS: Known,
    Wait.HOURS: HoursTold,
}
