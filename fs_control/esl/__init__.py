"""Event Socket as a value machine: bytes in, messages out; commands in, bytes out; it owns no socket.

The room knows the wire of mod_event_socket and nothing of calls: which application does what, and what an event
means, is the dialect of `fs_control.switch`. `Connection` is our end of a link; `FrameReader` alone cuts either
direction into frames.
"""

from fs_control.esl.commands import (
    Api,
    Auth,
    BgApi,
    Command,
    Connect,
    Execute,
    Exit,
    Filter,
    HangUp,
    Linger,
    MyEvents,
    NoLinger,
    Subscribe,
    Unsubscribe,
)
from fs_control.esl.connection import Connection
from fs_control.esl.frames import NEED_DATA, Frame, FrameReader, NeedData
from fs_control.esl.headers import Headers
from fs_control.esl.messages import (
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
)
from fs_control.esl.states import Role, State

__all__ = [
    "NEED_DATA",
    "Api",
    "ApiResponse",
    "Auth",
    "AuthRequest",
    "BgApi",
    "ChannelData",
    "Command",
    "CommandReply",
    "Connect",
    "Connection",
    "DisconnectNotice",
    "EventMessage",
    "Execute",
    "Exit",
    "Filter",
    "Frame",
    "FrameReader",
    "HangUp",
    "Headers",
    "Linger",
    "LogData",
    "Message",
    "MyEvents",
    "NeedData",
    "NoLinger",
    "Role",
    "RudeRejection",
    "State",
    "Subscribe",
    "UnknownMessage",
    "Unsubscribe",
]
