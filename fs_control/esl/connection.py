"""One Event Socket connection as a value machine: commands in, bytes out; bytes in, messages out.

Owns which command each reply answers, and asks the state table what may happen next. It must not know sockets,
clocks or greenlets: its user writes what `send` returns, in the order in which it was returned, and feeds what it
reads. Easy to break: FreeSWITCH answers in the order of the commands and names none of them, so a command may never
be registered without being written, nor written twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Final

from fs_control.errors import RemoteFault, UserMistake
from fs_control.esl.commands import Command
from fs_control.esl.frames import NEED_DATA, Frame, FrameReader, NeedData
from fs_control.esl.messages import (
    ANSWERS,
    ApiResponse,
    AuthRequest,
    ChannelData,
    CommandReply,
    DisconnectNotice,
    EventMessage,
    LogData,
    Message,
    RudeRejection,
    UnknownMessage,
    content_type_of,
    read_answer,
    read_message,
)
from fs_control.esl.states import Progress, Role, State, Trigger

MAX_PENDING_COMMANDS: Final = 4096
"""A burst for some hundred calls is about ten commands each. A switch that owes more answers than this has stopped
answering, and holding still more back would only hide it."""


class Connection:
    """Our end of one connection.

    Feed `receive_data`, then take `next_message` until NEED_DATA. After a RemoteFault, and after the end of the
    stream, the state is CLOSED and `pending` holds the commands that nobody will answer: fail them.
    """

    def __init__(self, role: Role) -> None:
        self._reader: Final = FrameReader()
        self._progress: Final = Progress(role)
        self._pending: Final[deque[Command]] = deque()
        self._fault: RemoteFault | None = None

    @property
    def state(self) -> State:
        """Where the connection is, after the messages taken so far."""
        return self._progress.state

    @property
    def pending(self) -> tuple[Command, ...]:
        """The commands without an answer yet, oldest first."""
        return tuple(self._pending)

    def send(self, command: Command) -> bytes:
        """Register a command and return its bytes, which must now be written.

        UserMistake when the state forbids it (RemoteFault when too many answers are owed); then nothing has changed.
        """
        if not self._progress.allows(command.trigger):
            raise UserMistake("esl_command_not_now", command=type(command).__name__, state=self.state.name)
        if len(self._pending) >= MAX_PENDING_COMMANDS:
            raise RemoteFault("esl_too_many_pending", limit=MAX_PENDING_COMMANDS)
        data = command.encode()
        self._pending.append(command)
        self._progress.advance(command.trigger)
        return data

    def receive_data(self, data: bytes) -> None:
        """Take bytes as they came from the socket; b"" says that the switch will send no more."""
        self._reader.receive_data(data)

    def next_message(self) -> Message | NeedData:
        """The next message, or NEED_DATA; RemoteFault, for ever, once the switch has broken the protocol."""
        if self._fault is not None:
            raise self._fault
        try:
            return self._read()
        except RemoteFault as fault:
            self._fault = fault
            self._progress.advance(Trigger.ENDED)
            raise

    def _read(self) -> Message | NeedData:
        frame = self._reader.next_frame()
        if frame is NEED_DATA:
            if self._reader.ended:
                self._progress.advance(Trigger.ENDED)
            return NEED_DATA
        content_type = content_type_of(frame)
        read = self._take_answer if content_type in ANSWERS else read_message
        message = read(content_type, frame)
        trigger = _trigger_of(message)
        if not self._progress.advance(trigger):
            raise RemoteFault("esl_unexpected_message", message=type(message).__name__, state=self.state.name)
        return message

    def _take_answer(self, content_type: bytes, frame: Frame) -> Message:
        if not self._pending:
            raise RemoteFault("esl_answer_without_command", state=self.state.name)
        answer = read_answer(content_type, frame, self._pending[0])
        self._pending.popleft()
        return answer


_TRIGGERS: Final[Mapping[type[Message], Trigger]] = {
    AuthRequest: Trigger.AUTH_ASKED,
    RudeRejection: Trigger.REJECTED,
    ApiResponse: Trigger.REPLIED,
    LogData: Trigger.TOLD,
    UnknownMessage: Trigger.TOLD,
}
"""The step of the state table that a message takes whatever it says."""


def _trigger_of(message: Message) -> Trigger:
    match message:
        case EventMessage():  # first, for nearly every message is one
            return Trigger.TOLD
        case ChannelData():
            return Trigger.CONNECTED if message.ok else Trigger.CONNECT_REFUSED
        case CommandReply():
            return _trigger_of_reply(message)
        case DisconnectNotice():
            return Trigger.LINGER_NOTICE if message.linger else Trigger.DISCONNECT_NOTICE
        case _:
            return _TRIGGERS[type(message)]


def _trigger_of_reply(reply: CommandReply) -> Trigger:
    match reply.command.trigger:
        case Trigger.SEND_AUTH:
            return Trigger.AUTH_ACCEPTED if reply.ok else Trigger.AUTH_REFUSED
        case Trigger.SEND_CONNECT:
            return Trigger.CONNECT_REFUSED
        case _:
            return Trigger.REPLIED
