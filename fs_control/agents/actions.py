"""The one table of what an agent may do at which moment (A6), and of the sentence that refuses everything else.

A moment is what the agent chose, what the centre does with them and where their talk stands, taken together. Command
line, API, phone and plan all ask here, and so do the documents. Whatever depends on more than the moment (whether the
colleague is free, whether there is a gateway) is for the one who carries the action out.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from fs_control.records import Action


class Moment(StrEnum):
    """Where an agent is."""

    SIGNED_OUT = "signed_out"
    IDLE = "idle"
    """Ready, and without a call."""
    BREAK = "break"
    RESERVED = "reserved"
    """Chosen for a caller, whose music has to end first."""
    RINGING = "ringing"
    WRAP_UP = "wrap_up"
    DIALLING = "dialling"
    """Somebody outside is being called for the agent."""
    TALKING = "talking"
    HELD = "held"
    """The customer is on hold."""
    CONSULT_RINGING = "consult_ringing"
    """The customer is on hold, and a colleague's phone rings."""
    CONSULTING = "consulting"
    """The customer is on hold, and the agent speaks with a colleague."""
    SWAPPED = "swapped"
    """The agent speaks with the customer, and the colleague waits."""
    THREE_WAY = "three_way"
    CONSULTED = "consulted"
    """A colleague has asked the agent into a call that is not theirs."""
    INTERNAL = "internal"
    """The agent has called a colleague, or was called by one."""
    SUPERVISING = "supervising"
    LEAVING = "leaving"
    """The agent's part in a call is over, and the leg's end is about to be told."""


_CONSULT: Final = frozenset({Moment.CONSULT_RINGING, Moment.CONSULTING, Moment.SWAPPED, Moment.THREE_WAY})
_WITH_CUSTOMER: Final = _CONSULT | {Moment.TALKING, Moment.HELD}
_ELSEWHERE: Final = frozenset({Moment.CONSULTED, Moment.INTERNAL, Moment.SUPERVISING})
_RINGS: Final = frozenset({Moment.RESERVED, Moment.RINGING, Moment.DIALLING})
_BUSY: Final = _WITH_CUSTOMER | _ELSEWHERE | _RINGS | {Moment.LEAVING}
_EVERY: Final = frozenset(Moment)
_SIGNED_IN: Final = _EVERY - {Moment.SIGNED_OUT}

_ALLOWED: Final[Mapping[Action, frozenset[Moment]]] = {
    Action.SIGN_IN: _EVERY,
    Action.SIGN_OUT: _SIGNED_IN,
    Action.READY: frozenset({Moment.BREAK, Moment.WRAP_UP}),
    Action.BREAK: frozenset({Moment.IDLE}),
    Action.BREAK_AFTER_CALL: _BUSY | {Moment.WRAP_UP},
    Action.STAY: _BUSY | {Moment.WRAP_UP},
    Action.DIAL: frozenset({Moment.IDLE, Moment.BREAK, Moment.WRAP_UP}),
    Action.HANG_UP: _BUSY - {Moment.RESERVED, Moment.LEAVING},
    Action.HOLD: frozenset({Moment.TALKING}),
    Action.RESUME: frozenset({Moment.HELD}),
    Action.MUTE: frozenset({Moment.TALKING, Moment.SWAPPED, Moment.THREE_WAY}),
    Action.UNMUTE: frozenset({Moment.TALKING, Moment.SWAPPED, Moment.THREE_WAY}),
    Action.TRANSFER: frozenset({Moment.TALKING, Moment.HELD}),
    Action.CONSULT: frozenset({Moment.TALKING, Moment.HELD}),
    Action.COMPLETE: _CONSULT,
    Action.CANCEL: _CONSULT,
    Action.SWAP: frozenset({Moment.CONSULTING, Moment.SWAPPED}),
    Action.JOIN: frozenset({Moment.CONSULTING, Moment.SWAPPED}),
}

_AVAILABILITY: Final = frozenset({Action.READY, Action.BREAK, Action.BREAK_AFTER_CALL, Action.STAY})


def allowed_actions(moment: Moment) -> tuple[Action, ...]:
    """Return what an agent may do at a moment, in the order of `Action`."""
    return tuple(action for action in Action if moment in _ALLOWED[action])


def refusal_of(action: Action, moment: Moment) -> str | None:
    """Return the code of the sentence that refuses an action at a moment, or None where it is allowed."""
    if moment in _ALLOWED[action]:
        return None
    if moment is Moment.SIGNED_OUT:
        return "agent_already_signed_out" if action is Action.SIGN_OUT else "agent_not_signed_in"
    if action in _AVAILABILITY:
        return _why_not_available(action, moment)
    if action is Action.DIAL:
        return "dial_in_call"
    return _why_not_in_call(action, moment)


def _why_not_available(action: Action, moment: Moment) -> str:
    match action:
        case Action.READY:
            return "agent_already_ready" if moment is Moment.IDLE else "ready_in_call"
        case Action.BREAK if moment is Moment.BREAK:
            return "already_on_break"
        case Action.BREAK:
            return "break_in_wrap_up" if moment is Moment.WRAP_UP else "break_in_call"
        case _:
            return "action_without_call"


def _why_not_in_call(action: Action, moment: Moment) -> str:
    """Say why something that needs a call with a customer cannot be."""
    if moment in _ELSEWHERE:
        return "call_of_somebody_else"
    if moment in _RINGS:
        return "call_still_rings"
    if moment not in _WITH_CUSTOMER:
        return "action_without_call"
    if action in (Action.COMPLETE, Action.CANCEL, Action.SWAP, Action.JOIN):
        return _why_no_colleague(moment)
    if moment in _CONSULT:
        return "already_three" if moment is Moment.THREE_WAY else "consult_under_way"
    return "not_on_hold" if action is Action.RESUME else "already_on_hold"


def _why_no_colleague(moment: Moment) -> str:
    match moment:
        case Moment.CONSULT_RINGING:
            return "colleague_still_rings"
        case Moment.THREE_WAY:
            return "already_three"
        case _:
            return "nobody_consulted"
