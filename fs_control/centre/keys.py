"""Keys that a caller presses: in a flow (`typing_ahead`), or in line to leave it (Q10) or answer (`own_wait`).

Any other key is none of ours: it may be a part of a card number that is told to an agent. So what nobody asks for must
not even be written to the journal, and `is_awaited` is asked before. Easy to break: a caller for whom an agent has
taken the call up leaves no line any more.
"""

from __future__ import annotations

from fs_control.calls import CallState, CallTrigger, advance
from fs_control.centre import flows, key_codes, own_wait, supervised, supervision, typing_ahead
from fs_control.centre.endings import let_go_of_agent
from fs_control.centre.state import CallCentre, LiveCall
from fs_control.centre.step import Step
from fs_control.events import KeyPressed
from fs_control.flow import LineExit
from fs_control.records import OfferResult


def is_awaited(centre: CallCentre, event: KeyPressed) -> bool:
    """Tell whether a key means anything at this moment."""
    if key_codes.is_awaited(centre, event) or supervised.is_awaited(centre, event):
        return True
    live = _caller(centre, event)
    if live is None:
        return False
    awaited = own_wait.is_answer(live, event.key) or _leaves_line(live, event.key)
    return awaited or typing_ahead.takes_keys(centre, live)


def key_pressed(step: Step, event: KeyPressed) -> None:
    """The caller has answered, or leaves the line; an agent wants something; any other key is no news."""
    if supervision.key_pressed(step, event):
        return
    live = _caller(step.centre, event)
    if live is None:
        key_codes.key_pressed(step, event)
        return
    if own_wait.is_answer(live, event.key):
        own_wait.answered(step, live, event.key)
    elif _leaves_line(live, event.key):
        _leave_line(step, live, event.key)
    elif typing_ahead.takes_keys(step.centre, live):
        typing_ahead.note_key(step, live, event.key)


def _caller(centre: CallCentre, event: KeyPressed) -> LiveCall | None:
    """Return the call whose caller pressed the key; None where an agent did."""
    call = centre.legs.get(event.leg)
    live = centre.calls.get(call) if call is not None else None
    return live if live is not None and live.call.leg == event.leg else None


def _leaves_line(live: LiveCall, key: str) -> bool:
    is_in_line = live.call.state in (CallState.WAITING, CallState.RINGING_AGENT) and live.call.group is not None
    return is_in_line and key in live.call.exit_keys


def _leave_line(step: Step, live: LiveCall, key: str) -> None:
    """A phone that rings for the caller stops, and its agent has missed nothing."""
    if live.call.state is CallState.RINGING_AGENT:
        live = let_go_of_agent(step, live, OfferResult.CALLER_LEFT, flows.QUEUE_EXIT_KEY)
        live = step.keep_call(live, advance(live.call, CallTrigger.OFFER_FAILED))
    flows.leave_waiting(step, live, LineExit.KEY, key)
