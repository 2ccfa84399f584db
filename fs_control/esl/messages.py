"""Messages: everything that a switch may tell us, and how each is read from its frame.

Owns the kinds of message and their fields. It must not know the state of a connection, nor what an event means. Easy
to break: events and the channel that answers `connect` are percent-encoded, but replies, notices, log lines and api
responses are raw (trace header-traps: `getvar enc` answers `%0AEvil: yes`) and must never be decoded.
Source: mod_event_socket.c 1.10.12; the kinds seen in the traces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from fs_control.errors import RemoteFault
from fs_control.esl.commands import AnsweredBy, Command
from fs_control.esl.frames import Frame
from fs_control.esl.headers import Headers, decode_text


@dataclass(frozen=True, slots=True)
class AuthRequest:
    """FreeSWITCH asks for the password: the first thing on an inbound connection."""


@dataclass(frozen=True, slots=True)
class RudeRejection:
    """FreeSWITCH does not take connections from our address; it closes after this."""

    text: str


@dataclass(frozen=True, slots=True)
class CommandReply:
    """What FreeSWITCH says to `command`: that it took it, seldom that it is done."""

    command: Command
    reply_text: str
    job_uuid: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the switch took the command."""
        return self.reply_text.startswith("+OK")


@dataclass(frozen=True, slots=True)
class ChannelData:
    """The reply to `connect`: the whole channel as headers."""

    command: Command
    headers: Headers

    @property
    def ok(self) -> bool:
        """Whether we have the call; here alone the Reply-Text is encoded (`%2BOK%0A`)."""
        return (self.headers.get("Reply-Text") or "").startswith("+OK")

    def get(self, name: str) -> str | None:
        """The text of the first header of that name, "" when it is empty, None when there is none."""
        return self.headers.get(name)


@dataclass(frozen=True, slots=True)
class ApiResponse:
    """What an api command printed."""

    command: Command
    body: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The output as text."""
        return decode_text(self.body)

    @property
    def ok(self) -> bool:
        """False for what FreeSWITCH prints when it did nothing; much output has no +OK (`sofia_contact`)."""
        return not self.body.startswith((b"-ERR", b"-USAGE"))


@dataclass(frozen=True, slots=True)
class EventMessage:
    """An event: its headers, kept as bytes, and apart from them its body (BACKGROUND_JOB, MESSAGE, CUSTOM)."""

    headers: Headers
    body: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """The Event-Name, "" when there is none."""
        return self.headers.get("Event-Name") or ""

    @property
    def text(self) -> str:
        """The body as text."""
        return decode_text(self.body)

    def get(self, name: str) -> str | None:
        """The text of the first header of that name, "" when it is empty, None when there is none."""
        return self.headers.get(name)

    def get_bytes(self, name: str) -> bytes | None:
        """The value of the first header of that name, percent-decoded but not read as text."""
        return self.headers.get_bytes(name)

    def get_all(self, name: str) -> tuple[str, ...]:
        """The texts of all headers of that name."""
        return self.headers.get_all(name)


@dataclass(frozen=True, slots=True)
class DisconnectNotice:
    """Good-bye (`linger` False), or: the call has ended and the connection stays for `linger_s` seconds.

    `linger_s` is None without a linger, and for one that lasts until we say `exit` (`Linger-Time: -1`).
    """

    linger: bool
    linger_s: int | None
    controlled_session: str | None
    channel_name: str | None
    text: str


@dataclass(frozen=True, slots=True)
class LogData:
    """One line of the switch's log (we never ask for it, but who shares a connection may)."""

    level: int
    file: str
    function: str
    line: int
    leg: str
    text: str


@dataclass(frozen=True, slots=True)
class UnknownMessage:
    """A kind of message that we do not know, such as events as JSON: to be ignored, and counted."""

    content_type: str
    frame: Frame


Message = (
    AuthRequest
    | RudeRejection
    | CommandReply
    | ChannelData
    | ApiResponse
    | EventMessage
    | DisconnectNotice
    | LogData
    | UnknownMessage
)


def content_type_of(frame: Frame) -> bytes:
    """What kind of message a frame is; RemoteFault when it does not say, as strangers on the port do not."""
    value = frame.header(b"content-type")
    if value is None:
        raise RemoteFault("esl_no_content_type", starts_with=frame.block[:40])
    return value.strip().lower()


def read_answer(content_type: bytes, frame: Frame, command: Command) -> CommandReply | ChannelData | ApiResponse:
    """Read a frame of a kind in ANSWERS as the answer to `command`; RemoteFault when it cannot be its answer."""
    if content_type == b"api/response":
        if command.answered_by is not AnsweredBy.API_RESPONSE:
            raise RemoteFault("esl_answer_of_wrong_kind", command=type(command).__name__)
        return ApiResponse(command, frame.body)
    if command.answered_by is AnsweredBy.CHANNEL and frame.header(b"event-name") is not None:
        return ChannelData(command, Headers(frame.block))
    job_uuid = frame.header(b"job-uuid")
    return CommandReply(command, _raw(frame, b"reply-text"), None if job_uuid is None else decode_text(job_uuid))


def read_message(content_type: bytes, frame: Frame) -> Message:
    """Read a frame that answers no command."""
    reader = READERS.get(content_type)
    return UnknownMessage(decode_text(content_type), frame) if reader is None else reader(frame)


def _read_auth_request(_frame: Frame) -> AuthRequest:
    return AuthRequest()


def _read_rude_rejection(frame: Frame) -> RudeRejection:
    return RudeRejection(decode_text(frame.body).strip())


def _read_event(frame: Frame) -> EventMessage:
    event = frame.body
    # The switch writes a Content-Length before each body (`switch_event_serialize`). Nearly no event has one, and
    # looking for that name from the end is several times faster than looking for the blank line.
    if event.endswith(b"\n\n") and event.rfind(b"\nContent-Length: ") < 0:
        return EventMessage(Headers(event), b"")
    # The body is what follows the blank line, whatever the length claims: an event made by `sendevent` holds two
    # lengths (trace header-traps). Encoded values hold no line break, so no caller can forge that line.
    block, _, body = event.partition(b"\n\n")
    return EventMessage(Headers(block), body)


def _read_disconnect_notice(frame: Frame) -> DisconnectNotice:
    linger = frame.header(b"content-disposition") == b"linger"
    seconds = _number(frame, b"linger-time") if linger else -1
    return DisconnectNotice(
        linger=linger,
        linger_s=None if seconds < 0 else seconds,
        controlled_session=_raw(frame, b"controlled-session-uuid") or None,
        channel_name=_raw(frame, b"channel-name") or None,
        text=decode_text(frame.body).strip(),
    )


def _read_log_data(frame: Frame) -> LogData:
    return LogData(
        level=_number(frame, b"log-level"),
        file=_raw(frame, b"log-file"),
        function=_raw(frame, b"log-func"),
        line=_number(frame, b"log-line"),
        leg=_raw(frame, b"user-data"),
        text=decode_text(frame.body),
    )


ANSWERS: Final = frozenset({b"command/reply", b"api/response"})
"""The kinds of message that answer a command."""

READERS: Final[Mapping[bytes, Callable[[Frame], Message]]] = {
    b"auth/request": _read_auth_request,
    b"text/rude-rejection": _read_rude_rejection,
    b"text/event-plain": _read_event,
    b"text/disconnect-notice": _read_disconnect_notice,
    b"log/data": _read_log_data,
}
"""How each other kind is read."""

_MAX_NUMBER_DIGITS: Final = 9
"""Line numbers, levels and seconds are C ints; longer ones are nobody's."""


def _raw(frame: Frame, name: bytes) -> str:
    """A value that is not percent-encoded, "" when it is missing."""
    return decode_text(frame.header(name) or b"")


def _number(frame: Frame, name: bytes) -> int:
    value = frame.header(name) or b""
    digits = value.removeprefix(b"-")
    if not digits.isdigit() or len(digits) > _MAX_NUMBER_DIGITS:
        raise RemoteFault("esl_bad_number", header=name, value=value[:40])
    return int(value)
