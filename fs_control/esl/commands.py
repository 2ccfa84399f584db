"""Commands: everything that we may write to a switch, each a value that was checked when it was made.

Owns the spelling of each command on the wire. It must not know which application or api call does what. Easy to
break: CR, LF or NUL in any part would start a header or a command of somebody else's making, so `_text` stands
before every part, bodies included. There is no `getvar`: its reply is not encoded, so a variable with a line break
would forge replies; ask `api uuid_getvar`. Source: mod_event_socket.c 1.10.12, `parse_command`; switch_ivr.c,
`switch_ivr_parse_event`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import ClassVar, Final

from fs_control.errors import UserMistake
from fs_control.esl.states import Trigger

MAX_TEXT_BYTES: Final = 64 * 1024
"""A dial string to many phones is a few KB. FreeSWITCH reads a command with one system call for each byte, so a
longer text would hold up every other command of its connection."""

MAX_WORD_BYTES: Final = 200
"""FreeSWITCH builds a reply in 512 bytes, and the one to `bgapi` repeats the Job-UUID twice."""

ARGUMENT_IN_HEADER_BYTES: Final = 1024
"""A longer argument travels as a body (trace header-traps), which FreeSWITCH reads in one piece."""

LONGEST_LINGER_S: Final = 3600
"""A lingering connection holds the dead call's session in the switch; nobody needs its last events an hour later."""

_FORBIDDEN: Final = re.compile("[\r\n\0]")


class AnsweredBy(Enum):
    """Which kind of message answers a command."""

    REPLY = auto()
    """A `command/reply`."""
    CHANNEL = auto()
    """A `command/reply` that holds a whole channel."""
    API_RESPONSE = auto()
    """An `api/response`, or a `command/reply` when the switch will not run it."""


class Command(ABC):
    """One order to the switch."""

    __slots__ = ()
    answered_by: ClassVar[AnsweredBy] = AnsweredBy.REPLY

    @property
    def trigger(self) -> Trigger:
        """The step of the state table that sending this takes."""
        return self._trigger()

    def encode(self) -> bytes:
        """Exactly one frame of the wire, its blank line included."""
        return "\n".join((*self._lines(), "", "")).encode() + self._body()

    def _trigger(self) -> Trigger:
        return Trigger.SEND_COMMAND

    @abstractmethod
    def _lines(self) -> Sequence[str]: ...

    def _body(self) -> bytes:
        return b""


@dataclass(frozen=True, slots=True)
class Auth(Command):
    """Answer the request for the password (inbound); the password shows in no repr and no error."""

    password: str = field(repr=False)

    def __post_init__(self) -> None:
        _filled_text(self, "password", self.password)

    def _trigger(self) -> Trigger:
        return Trigger.SEND_AUTH

    def _lines(self) -> Sequence[str]:
        return (f"auth {self.password}",)


@dataclass(frozen=True, slots=True)
class Connect(Command):
    """Take the call that FreeSWITCH dialled us for (outbound); answered by the whole channel."""

    answered_by: ClassVar[AnsweredBy] = AnsweredBy.CHANNEL

    def _trigger(self) -> Trigger:
        return Trigger.SEND_CONNECT

    def _lines(self) -> Sequence[str]:
        return ("connect",)


class _SessionCommand(Command):
    """A command that needs the one call of an outbound connection."""

    __slots__ = ()

    def _trigger(self) -> Trigger:
        return Trigger.SEND_SESSION_COMMAND


@dataclass(frozen=True, slots=True)
class Linger(_SessionCommand):
    """Keep the connection for so many seconds after the hang-up, for the last events."""

    seconds: int

    def __post_init__(self) -> None:
        if not 1 <= self.seconds <= LONGEST_LINGER_S:
            raise UserMistake("esl_out_of_range", command="Linger", part="seconds", low=1, high=LONGEST_LINGER_S)

    def _lines(self) -> Sequence[str]:
        return (f"linger {self.seconds}",)


@dataclass(frozen=True, slots=True)
class NoLinger(_SessionCommand):
    """Take `Linger` back: the connection ends with the call."""

    def _lines(self) -> Sequence[str]:
        return ("nolinger",)


@dataclass(frozen=True, slots=True)
class MyEvents(_SessionCommand):
    """Send the events of this connection's call."""

    def _lines(self) -> Sequence[str]:
        return ("myevents",)


@dataclass(frozen=True, slots=True)
class _EventList(Command):
    """A command about events of some names and CUSTOM events of some subclasses."""

    events: tuple[str, ...]
    subclasses: tuple[str, ...] = ()
    verb: ClassVar[str]

    def __post_init__(self) -> None:
        for name in self.events:
            _word(self, "events", name)
            if name.upper() == "CUSTOM":
                raise UserMistake("esl_reserved_word", command=type(self).__name__, part="events", word=name)
        for name in self.subclasses:
            _word(self, "subclasses", name)
        if not self.events and not self.subclasses:
            raise UserMistake("esl_empty_part", command=type(self).__name__, part="events")

    def _lines(self) -> Sequence[str]:
        # Names first: FreeSWITCH takes every word after CUSTOM for a subclass.
        custom = ("CUSTOM", *self.subclasses) if self.subclasses else ()
        return (" ".join((self.verb, *self.events, *custom)),)


@dataclass(frozen=True, slots=True)
class Subscribe(_EventList):
    """Send events of these names, and CUSTOM events of these subclasses, on this connection."""

    verb: ClassVar[str] = "event plain"


@dataclass(frozen=True, slots=True)
class Unsubscribe(_EventList):
    """Send events of these names, and CUSTOM events of these subclasses, no more."""

    verb: ClassVar[str] = "nixevent"


@dataclass(frozen=True, slots=True)
class Filter(Command):
    """Send only events whose `header` is `value`; several filters widen what passes."""

    header: str
    value: str

    def __post_init__(self) -> None:
        _word(self, "header", self.header)
        _filled_text(self, "value", self.value)
        if self.header.lower() in ("add", "delete"):  # FreeSWITCH takes these for its own sub-commands
            raise UserMistake("esl_reserved_word", command="Filter", part="header", word=self.header)

    def _lines(self) -> Sequence[str]:
        return (f"filter {self.header} {self.value}",)


@dataclass(frozen=True, slots=True)
class Execute(Command):
    """Run an application on a leg: this connection's own, or the one named by `leg`.

    `event_uuid` comes back as Application-UUID of the events CHANNEL_EXECUTE and CHANNEL_EXECUTE_COMPLETE (trace
    dtmf-events). `event_lock` makes later commands of the leg wait for this one. `loops` -1 is for ever.
    """

    application: str
    argument: str = ""
    event_uuid: str | None = None
    event_lock: bool = False
    loops: int = 1
    leg: str | None = None

    def __post_init__(self) -> None:
        _word(self, "application", self.application)
        _text(self, "argument", self.argument)
        _optional_word(self, "event_uuid", self.event_uuid)
        _optional_word(self, "leg", self.leg)
        if self.loops < -1 or self.loops == 0:
            raise UserMistake("esl_out_of_range", command="Execute", part="loops", low=1, high=None)

    def _trigger(self) -> Trigger:
        return _sendmsg_trigger(self.leg)

    def _lines(self) -> Sequence[str]:
        lines = [_sendmsg(self.leg), "call-command: execute", f"execute-app-name: {self.application}"]
        if self.event_uuid is not None:
            lines.append(f"Event-UUID: {self.event_uuid}")
        if self.event_lock:
            lines.append("event-lock: true")
        if self.loops != 1:
            lines.append(f"loops: {self.loops}")
        if body := self._body():
            lines += ["content-type: text/plain", f"content-length: {len(body)}"]
        elif self.argument:
            lines.append(f"execute-app-arg: {self.argument}")
        return lines

    def _body(self) -> bytes:
        body = self.argument.encode()
        # FreeSWITCH drops blanks at the start of a header's value, which a body keeps.
        return body if len(body) > ARGUMENT_IN_HEADER_BYTES or body.startswith(b" ") else b""


@dataclass(frozen=True, slots=True)
class HangUp(Command):
    """End a leg with a cause (FreeSWITCH's name of it): this connection's own leg, or the one named by `leg`."""

    cause: str
    leg: str | None = None

    def __post_init__(self) -> None:
        _word(self, "cause", self.cause)
        _optional_word(self, "leg", self.leg)

    def _trigger(self) -> Trigger:
        return _sendmsg_trigger(self.leg)

    def _lines(self) -> Sequence[str]:
        return (_sendmsg(self.leg), "call-command: hangup", f"hangup-cause: {self.cause}")


@dataclass(frozen=True, slots=True)
class Api(Command):
    """Run an api command and wait: FreeSWITCH does nothing else on this connection until it is done."""

    command: str
    argument: str = ""
    answered_by: ClassVar[AnsweredBy] = AnsweredBy.API_RESPONSE

    def __post_init__(self) -> None:
        _word(self, "command", self.command)
        _text(self, "argument", self.argument)

    def _lines(self) -> Sequence[str]:
        return (_call("api", self.command, self.argument),)


@dataclass(frozen=True, slots=True)
class BgApi(Command):
    """Start an api command in the background; its result is a BACKGROUND_JOB event with our `job_uuid`."""

    command: str
    argument: str
    job_uuid: str

    def __post_init__(self) -> None:
        _word(self, "command", self.command)
        _text(self, "argument", self.argument)
        _word(self, "job_uuid", self.job_uuid)

    def _lines(self) -> Sequence[str]:
        return (_call("bgapi", self.command, self.argument), f"Job-UUID: {self.job_uuid}")


@dataclass(frozen=True, slots=True)
class Exit(Command):
    """Close the connection from our side; the call is left to the switch."""

    def _trigger(self) -> Trigger:
        return Trigger.SEND_EXIT

    def _lines(self) -> Sequence[str]:
        return ("exit",)


def _call(how: str, command: str, argument: str) -> str:
    return f"{how} {command} {argument}" if argument else f"{how} {command}"


def _sendmsg(leg: str | None) -> str:
    return "sendmsg" if leg is None else f"sendmsg {leg}"


def _sendmsg_trigger(leg: str | None) -> Trigger:
    return Trigger.SEND_SESSION_COMMAND if leg is None else Trigger.SEND_COMMAND


def _text(command: Command, part: str, value: str, limit: int = MAX_TEXT_BYTES) -> None:
    """Refuse what cannot stand in one line of the wire. The value itself is left out: it may be a secret."""
    name = type(command).__name__
    if _FORBIDDEN.search(value):
        raise UserMistake("esl_line_break", command=name, part=part)
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        raise UserMistake("esl_not_text", command=name, part=part) from None  # the error quotes the value
    if size > limit:
        raise UserMistake("esl_too_long", command=name, part=part, limit=limit)


def _filled_text(command: Command, part: str, value: str) -> None:
    if not value:
        raise UserMistake("esl_empty_part", command=type(command).__name__, part=part)
    _text(command, part, value)


def _word(command: Command, part: str, value: str) -> None:
    """Refuse what is not exactly one word: FreeSWITCH parts words at blanks."""
    _text(command, part, value, MAX_WORD_BYTES)
    if value.split() != [value]:
        raise UserMistake("esl_not_one_word", command=type(command).__name__, part=part)


def _optional_word(command: Command, part: str, value: str | None) -> None:
    if value is not None:
        _word(command, part, value)
