"""What phones and callers do: scripts as values, to and from JSON.

Owns the vocabulary of a demo or a test: how a phone answers an INVITE, and the steps of a caller. Everything here is
what a SIP phone can do, so that a script can also be turned into a sipp scenario for a real FreeSWITCH. All lengths of
time are virtual seconds. Easy to break: a caller's name is bytes, because carriers send GBK as well as UTF-8.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from fs_control.errors import UserMistake
from fs_control.virtual_switch.event import to_bytes, to_text

Json = dict[str, Any]


class Reaction(StrEnum):
    """What a phone does with an INVITE."""

    ANSWER = "answer"
    """180, then 200 after `answer_after`."""
    BUSY = "busy"
    """486 Busy Here."""
    DECLINE = "decline"
    """603 Decline."""
    NO_ANSWER = "no_answer"
    """180 and nothing more, until the switch cancels."""
    UNREACHABLE = "unreachable"
    """Nothing listens at the registered contact: the switch gives 503 to itself."""


@dataclass(frozen=True, slots=True)
class PhoneBehaviour:
    """How a phone treats one call."""

    reaction: Reaction = Reaction.ANSWER
    ring_after: float = 0.0
    """Seconds from INVITE to 180 Ringing, or to the refusal."""
    answer_after: float = 0.6
    """Seconds from 180 Ringing to 200 OK."""
    talk: float | None = None
    """Seconds from 200 OK to the phone's own BYE; None: it never hangs up first."""
    early_media: float | None = None
    """Seconds until a 183 with sound, which comes instead of the 180; None: no sound before the answer."""
    steps: tuple[Step, ...] = ()
    """What the phone does after its 200 OK."""

    def to_json(self) -> Json:
        """The behaviour as JSON values."""
        return {
            "reaction": self.reaction.value,
            "ring_after": self.ring_after,
            "answer_after": self.answer_after,
            "talk": self.talk,
            "early_media": self.early_media,
            "steps": [_step_to_json(step) for step in self.steps],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PhoneBehaviour:
        """Read JSON values; UserMistake when they describe no behaviour."""
        talk, early = data.get("talk"), data.get("early_media")
        return cls(
            reaction=_reaction(data.get("reaction", Reaction.ANSWER)),
            ring_after=_seconds(data, "ring_after", 0.0),
            answer_after=_seconds(data, "answer_after", 0.6),
            talk=None if talk is None else _seconds(data, "talk", 0.0),
            early_media=None if early is None else _seconds(data, "early_media", 0.0),
            steps=_steps(data),
        )


@dataclass(frozen=True, slots=True)
class Phone:
    """A SIP phone of the directory.

    `behaviours` are used call by call, the last one for all further calls; `contact_port` is where it says it listens.
    """

    number: str
    behaviours: tuple[PhoneBehaviour, ...] = (PhoneBehaviour(),)
    registered: bool = True
    contact_port: int = 0
    """0: the switch gives it a port of its own."""
    expires: int = 3600
    """Seconds for which it registers."""

    def to_json(self) -> Json:
        """The phone as JSON values."""
        return {
            "number": self.number,
            "behaviours": [behaviour.to_json() for behaviour in self.behaviours],
            "registered": self.registered,
            "contact_port": self.contact_port,
            "expires": self.expires,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Phone:
        """Read JSON values; UserMistake when they describe no phone."""
        behaviours = data.get("behaviours", [{}])
        if not isinstance(behaviours, list) or not behaviours:
            raise UserMistake("script_invalid", what="behaviours", value=str(behaviours)[:80])
        return cls(
            number=_plain_text(data, "number"),
            behaviours=tuple(PhoneBehaviour.from_json(_mapping(each)) for each in behaviours),
            registered=bool(data.get("registered", True)),
            contact_port=_whole(data, "contact_port", 0, 65535),
            expires=_whole(data, "expires", 3600, 10_000_000),
        )


@dataclass(frozen=True, slots=True)
class WaitForAnswer:
    """Wait until the call is answered (200 OK)."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Let time pass."""

    seconds: float


class PromptEdge(StrEnum):
    """Which end of a prompt a caller waits for."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class WaitForPrompt:
    """Wait until the caller begins or ceases to hear a prompt whose name contains `text`.

    Prompts are waited for in the order in which they are heard: what began before this step and was not waited for
    counts as well, so that a prompt is not missed by a step that came a moment late.
    """

    text: str
    edge: PromptEdge = PromptEdge.START


@dataclass(frozen=True, slots=True)
class WaitForTalk:
    """Wait until the caller is joined with somebody.

    Each step takes one talk, also one that began before the step.
    """


@dataclass(frozen=True, slots=True)
class Press:
    """Press keys, one after another."""

    digits: str
    gap: float = 0.2
    """Seconds between two keys."""


@dataclass(frozen=True, slots=True)
class Speak:
    """Say something for so long; a caller who does not speak sends no sound at all."""

    seconds: float


@dataclass(frozen=True, slots=True)
class HangUp:
    """Hang up (BYE, or CANCEL before the answer)."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Press the hold key: a re-INVITE that only sends."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Press the hold key again: a re-INVITE that sends and receives."""


@dataclass(frozen=True, slots=True)
class Refer:
    """Press the transfer key: send the other one on to a number (REFER)."""

    to: str


@dataclass(frozen=True, slots=True)
class ReferWithReplaces:
    """Join the other one with whom the phone talks in its other call, and leave both (REFER with Replaces)."""


@dataclass(frozen=True, slots=True)
class Vanish:
    """Be gone without a BYE, as in a power cut: the switch notices when its media time-out is over."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """Say that the call still is: a re-INVITE that changes nothing (session timers)."""


Step = (
    WaitForAnswer
    | Wait
    | WaitForPrompt
    | WaitForTalk
    | Press
    | HangUp
    | Hold
    | Resume
    | Refer
    | ReferWithReplaces
    | Vanish
    | Refresh
    | Speak
)
"""What a caller or a phone does; a phone waits for no prompts and no talks."""

_STEPS: Final[dict[str, type[Any]]] = {
    "wait_for_answer": WaitForAnswer,
    "wait": Wait,
    "wait_for_prompt": WaitForPrompt,
    "wait_for_talk": WaitForTalk,
    "press": Press,
    "hang_up": HangUp,
    "hold": Hold,
    "resume": Resume,
    "refer": Refer,
    "refer_with_replaces": ReferWithReplaces,
    "vanish": Vanish,
    "refresh": Refresh,
    "speak": Speak,
}
_PLAIN_STEPS: Final[dict[str, Callable[[], Step]]] = {
    "wait_for_answer": WaitForAnswer,
    "wait_for_talk": WaitForTalk,
    "hang_up": HangUp,
    "hold": Hold,
    "resume": Resume,
    "refer_with_replaces": ReferWithReplaces,
    "vanish": Vanish,
    "refresh": Refresh,
}
"""Those without values."""
_STEP_NAMES: Final = {kind: name for name, kind in _STEPS.items()}


@dataclass(frozen=True, slots=True)
class CallerScript:
    """One call: who calls which number and what the caller does; after the last step the caller stays on the line."""

    number: str
    caller_number: str = ""
    caller_name: bytes = b""
    steps: tuple[Step, ...] = ()
    label: str = ""
    """A name for the journal, never on the wire."""
    session_expires: int = 0
    """Seconds after which a call ends that the caller has not refreshed since (Session-Expires); 0: never."""
    allow: str = ""
    """The methods that the caller's INVITE says it takes (Allow)."""
    phone: str = ""
    """Number of the phone of the directory that dials, from its contact; then the phone says who calls."""

    def to_json(self) -> Json:
        """The script as JSON values; a name that is no UTF-8 keeps its bytes as surrogate escapes."""
        return {
            "number": self.number,
            "caller_number": self.caller_number,
            "caller_name": to_text(self.caller_name),
            "steps": [_step_to_json(step) for step in self.steps],
            "label": self.label,
            "session_expires": self.session_expires,
            "allow": self.allow,
            "phone": self.phone,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CallerScript:
        """Read JSON values; UserMistake when they describe no call."""
        return cls(
            number=_plain_text(data, "number"),
            caller_number=_plain_text(data, "caller_number", ""),
            caller_name=to_bytes(_text(data, "caller_name", "")),
            steps=_steps(data),
            label=_text(data, "label", ""),
            session_expires=_whole(data, "session_expires", 0, 1_000_000),
            allow=_text(data, "allow", ""),
            phone=_plain_text(data, "phone", ""),
        )


def _steps(data: Mapping[str, Any]) -> tuple[Step, ...]:
    steps = data.get("steps", [])
    if not isinstance(steps, list):
        raise UserMistake("script_invalid", what="steps", value=str(steps)[:80])
    return tuple(_step_from_json(_mapping(step)) for step in steps)


def _step_to_json(step: Step) -> Json:
    values: Json = {"step": _STEP_NAMES[type(step)]}
    match step:
        case Wait(seconds) | Speak(seconds):
            values["seconds"] = seconds
        case WaitForPrompt(text, edge):
            values.update(text=text, edge=edge.value)
        case Press(digits, gap):
            values.update(digits=digits, gap=gap)
        case Refer(to):
            values["to"] = to
    return values


def _step_from_json(data: Mapping[str, Any]) -> Step:
    match data.get("step"):
        case "wait":
            return Wait(_seconds(data, "seconds"))
        case "speak":
            return Speak(_seconds(data, "seconds"))
        case "wait_for_prompt":
            edge = data.get("edge", PromptEdge.START)
            if edge not in tuple(PromptEdge):
                raise UserMistake("script_invalid", what="edge", value=str(edge)[:80])
            return WaitForPrompt(_text(data, "text"), PromptEdge(edge))
        case "press":
            return Press(_digits(data), _seconds(data, "gap", 0.2))
        case "refer":
            return Refer(_plain_text(data, "to"))
        case str(name) if name in _PLAIN_STEPS:
            return _PLAIN_STEPS[name]()
        case other:
            raise UserMistake("script_invalid", what="step", value=str(other)[:80])


def _reaction(value: object) -> Reaction:
    if value not in tuple(Reaction):
        raise UserMistake("script_invalid", what="reaction", value=str(value)[:80])
    return Reaction(str(value))


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise UserMistake("script_invalid", what="object", value=str(value)[:80])
    return value


def _text(data: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = data.get(name, default)
    if not isinstance(value, str):
        raise UserMistake("script_invalid", what=name, value=str(value)[:80])
    return value


def _plain_text(data: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """Text that goes into a SIP address: no control characters, no spaces."""
    value = _text(data, name, default)
    if any(ord(each) <= 32 for each in value):
        raise UserMistake("script_invalid", what=name, value=value[:80])
    return value


def _digits(data: Mapping[str, Any]) -> str:
    digits = _text(data, "digits")
    if not digits or set(digits) - set("0123456789*#ABCDabcd"):
        raise UserMistake("script_invalid", what="digits", value=digits[:80])
    return digits


def _seconds(data: Mapping[str, Any], name: str, default: float | None = None) -> float:
    value = data.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e7:
        raise UserMistake("script_invalid", what=name, value=str(value)[:80])
    return float(value)


def _whole(data: Mapping[str, Any], name: str, default: int, limit: int) -> int:
    value = data.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= limit:
        raise UserMistake("script_invalid", what=name, value=str(value)[:80])
    return value
