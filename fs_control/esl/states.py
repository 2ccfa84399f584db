"""The life of one Event Socket connection: every state and every legal step, in one table.

Owns the state; nothing else may change it. It must not know bytes, commands or messages, only the triggers that
they pull. Easy to break: a step that is not in the table is illegal, so a new command or message needs its lines
here. Source: mod_event_socket.c 1.10.12, `listener_run` and `parse_command`; the order of messages in the traces.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final


class Role(Enum):
    """Who dialled whom, in FreeSWITCH's own words: the switch is where "in" and "out" are seen from."""

    INBOUND = auto()
    """We dialled FreeSWITCH: it asks for a password first."""
    OUTBOUND = auto()
    """FreeSWITCH dialled us for one call: we say `connect` first."""


class State(Enum):
    """Where a connection is."""

    WAITING = auto()
    """Inbound: FreeSWITCH has not asked for the password yet."""
    AUTH_REQUESTED = auto()
    AUTHENTICATING = auto()
    NEW = auto()
    """Outbound: nothing may be said before `connect`; FreeSWITCH drops the answer to anything else."""
    CONNECTING = auto()
    """`connect` is under way; commands may follow it at once, for FreeSWITCH works in order."""
    READY = auto()
    LINGERING = auto()
    """The call has hung up, but FreeSWITCH keeps the connection for a while: events come, commands are answered."""
    LEAVING = auto()
    """We said `exit`; what was under way still arrives."""
    REFUSED = auto()
    """Wrong password, address not allowed, or no call to connect to."""
    DISCONNECTED = auto()
    """FreeSWITCH has said good-bye; the end of the stream follows."""
    CLOSED = auto()
    """The stream has ended, or it broke its rules and was given up."""


class Trigger(Enum):
    """What can move a connection: what we send, what arrives, and the end."""

    SEND_AUTH = auto()
    SEND_CONNECT = auto()
    SEND_SESSION_COMMAND = auto()
    """A command that speaks of "the" call of this connection; an inbound connection has none."""
    SEND_COMMAND = auto()
    SEND_EXIT = auto()
    AUTH_ASKED = auto()
    AUTH_ACCEPTED = auto()
    AUTH_REFUSED = auto()
    CONNECTED = auto()
    CONNECT_REFUSED = auto()
    REPLIED = auto()
    TOLD = auto()
    """An event, a log line, or a kind of message that we do not know."""
    LINGER_NOTICE = auto()
    DISCONNECT_NOTICE = auto()
    REJECTED = auto()
    ENDED = auto()


START: Final[Mapping[Role, State]] = {Role.INBOUND: State.WAITING, Role.OUTBOUND: State.NEW}

_Steps = Mapping[State, Mapping[Trigger, State]]

_COMMON: Final[_Steps] = {
    State.READY: {
        Trigger.SEND_COMMAND: State.READY,
        Trigger.SEND_EXIT: State.LEAVING,
        Trigger.REPLIED: State.READY,
        Trigger.TOLD: State.READY,
        Trigger.DISCONNECT_NOTICE: State.DISCONNECTED,
    },
    State.LEAVING: {
        Trigger.REPLIED: State.LEAVING,
        Trigger.TOLD: State.LEAVING,
        Trigger.LINGER_NOTICE: State.LEAVING,
        Trigger.DISCONNECT_NOTICE: State.DISCONNECTED,
    },
    State.REFUSED: {
        Trigger.REPLIED: State.REFUSED,
        Trigger.DISCONNECT_NOTICE: State.DISCONNECTED,
    },
    # A switch that shuts down says good-bye from another thread (`kill_all_listeners`), in the middle of the rest.
    State.DISCONNECTED: {
        Trigger.REPLIED: State.DISCONNECTED,
        Trigger.TOLD: State.DISCONNECTED,
        Trigger.DISCONNECT_NOTICE: State.DISCONNECTED,
    },
    State.CLOSED: {},
}

TRANSITIONS: Final[Mapping[Role, _Steps]] = {
    Role.INBOUND: {
        **_COMMON,
        State.WAITING: {
            Trigger.AUTH_ASKED: State.AUTH_REQUESTED,
            Trigger.REJECTED: State.REFUSED,
            Trigger.DISCONNECT_NOTICE: State.DISCONNECTED,
        },
        State.AUTH_REQUESTED: {
            Trigger.SEND_AUTH: State.AUTHENTICATING,
            Trigger.DISCONNECT_NOTICE: State.DISCONNECTED,
        },
        State.AUTHENTICATING: {
            Trigger.AUTH_ACCEPTED: State.READY,
            Trigger.AUTH_REFUSED: State.REFUSED,
            Trigger.DISCONNECT_NOTICE: State.DISCONNECTED,
        },
    },
    Role.OUTBOUND: {
        **_COMMON,
        State.NEW: {
            Trigger.SEND_CONNECT: State.CONNECTING,
            Trigger.DISCONNECT_NOTICE: State.DISCONNECTED,
        },
        State.CONNECTING: {
            Trigger.SEND_SESSION_COMMAND: State.CONNECTING,
            Trigger.SEND_COMMAND: State.CONNECTING,
            Trigger.CONNECTED: State.READY,
            Trigger.CONNECT_REFUSED: State.REFUSED,
            Trigger.DISCONNECT_NOTICE: State.DISCONNECTED,
        },
        State.READY: {
            **_COMMON[State.READY],
            Trigger.SEND_SESSION_COMMAND: State.READY,
            Trigger.LINGER_NOTICE: State.LINGERING,
        },
        State.LINGERING: {
            Trigger.SEND_SESSION_COMMAND: State.LINGERING,
            Trigger.SEND_COMMAND: State.LINGERING,
            Trigger.SEND_EXIT: State.LEAVING,
            Trigger.REPLIED: State.LINGERING,
            Trigger.TOLD: State.LINGERING,
            Trigger.DISCONNECT_NOTICE: State.DISCONNECTED,
        },
    },
}
"""Every legal step of each role, except ENDED, which is legal always and leads to CLOSED."""


class Progress:
    """The state of one connection, and the only code that changes it."""

    __slots__ = ("_state", "_steps", "_table")

    def __init__(self, role: Role) -> None:
        self._table: Final = TRANSITIONS[role]
        self._enter(START[role])

    def _enter(self, state: State) -> None:
        self._state = state
        self._steps = self._table[state]  # kept: nearly every message is an event, which leads nowhere else

    @property
    def state(self) -> State:
        """Where the connection is now."""
        return self._state

    def allows(self, trigger: Trigger) -> bool:
        """Whether the table has a step for `trigger` from here."""
        return trigger is Trigger.ENDED or trigger in self._steps

    def advance(self, trigger: Trigger) -> bool:
        """Take the step; False, and nothing has changed, where the table has none."""
        following = State.CLOSED if trigger is Trigger.ENDED else self._steps.get(trigger)
        if following is None:
            return False
        if following is not self._state:
            self._enter(following)
        return True
