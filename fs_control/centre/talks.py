"""Talks without a line: begun when the caller's leg is in our hands, whatever it was doing when the flow wanted them.

Owns when one begins; how an agent is rung is `reaching`, an outside number `dialling`. Easy to break: a flow may go
from one of them straight to the next, so each is begun here and not where the flow orders it.
"""

from __future__ import annotations

from fs_control.calls import CallState
from fs_control.centre import dialling, flows, outbound, reaching
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.flow import Reach


def begin(step: Step) -> None:
    """Begin what is due; an agent who cannot be rung lets the flow go on at once, perhaps to another one.

    That ends: a flow has only so many steps.
    """
    for call_id in list(step.touched):
        live = step.live(call_id)
        if live is not None and outbound.begin(step, live):
            live = step.live(call_id)
        while live is not None and _is_due(step, live):
            _begin(step, live)
            live = step.live(call_id)


def _is_due(step: Step, live: LiveCall) -> bool:
    """Tell whether a talk waits to be begun, and can be: the phone shows who calls, so that is waited for."""
    can_be = live.call.hears_us and not live.being_looked_up and step.centre.link_lost_at is None
    is_due = live.talk is not None and live.call.state is CallState.IN_FLOW and can_be
    return is_due and not reaching.is_still_leaving(step, live)


def _begin(step: Step, live: LiveCall) -> None:
    assert live.talk is not None  # it is due
    if isinstance(live.talk, Reach):
        how = reaching.reach(step, live, live.talk)
    else:
        how = dialling.dial(step, live, live.talk)
    if how is not None:
        flows.talk_over(step, step.centre.calls[live.call.id], how)
