"""Keys that a caller in line presses to leave it (Q10).

A key that is nobody's exit is none of ours: it may be a part of a card number that is told to an agent. So what is
pressed at any other time must not even be written to the journal, and `concerns_line` is asked before. Easy to break:
a caller for whom an agent has taken the call up leaves no line any more.
"""

from __future__ import annotations

from fs_control.calls import CallState, CallTrigger, advance
from fs_control.centre import flows, own_wait
from fs_control.centre.endings import let_go_of_agent
from fs_control.centre.state import CallCentre
from fs_control.centre.step import Step
from fs_control.events import KeyPressed
from fs_control.flow import LineExit
from fs_control.records import OfferResult


def concerns_line(centre: CallCentre, event: KeyPressed) -> bool:
    """Tell whether a caller leaves a line by this key."""
    call = centre.legs.get(event.leg)
    live = centre.calls.get(call) if call is not None else None
    return (
        live is not None
        and live.call.leg == event.leg
        and live.call.state in (CallState.WAITING, CallState.RINGING_AGENT)
        and event.key in live.call.exit_keys
    )


def key_pressed(step: Step, event: KeyPressed) -> None:
    """The caller leaves the line; a phone that rings for them stops, and its agent has missed nothing."""
    live = step.live_on(event.leg)
    if live is None:
        return
    if own_wait.concerns_question(step.centre, event):
        own_wait.key_pressed(step, event)
        return
    if not concerns_line(step.centre, event):
        return
    if live.call.state is CallState.RINGING_AGENT:
        live = let_go_of_agent(step, live, OfferResult.CALLER_LEFT, flows.QUEUE_EXIT_KEY)
        live = step.keep_call(live, advance(live.call, CallTrigger.OFFER_FAILED))
    flows.leave_waiting(step, live, LineExit.KEY, event.key)
